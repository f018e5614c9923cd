"""A restore that nobody declared: by whoever copies files back with the server down."""

import shutil
from pathlib import Path

import pytest

from server.ledger.epoch import part
from tests.campaign.judge import apart
from tests.campaign.serving import Place
from tests.campaign.test_drill import City, city, refused

__all__ = ["city", "place"]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "data")


def copied(folder: Path, to: Path, *names: str) -> None:
    to.mkdir(exist_ok=True)
    for name in names:
        shutil.copy(folder / name, to / name)


def put_back(kept: Path, folder: Path, *names: str) -> None:
    for file in folder.glob("kezek.db-*"):
        file.unlink()
    copied(kept, folder, *names)


async def test_files_copied_back_with_their_epoch_are_proved_by_a_mark(
    city: City, tmp_path: Path
) -> None:
    folder, kept = city.place.folder, tmp_path / "kept"
    await city.found(2)
    await city.work(2)
    await city.settle()
    city.server.end()
    copied(folder, kept, "kezek.db", "epoch")
    city.server.start()
    await city.work(3)
    await city.settle()
    stolen = city.walkers["officer0b"]
    city.place.done("revoke", stolen.phone.actor.device)
    promised = {at: hash_ for at, (hash_, _) in city.told.acknowledged.items()}
    city.server.end()

    put_back(kept, folder, "kezek.db", "epoch")
    city.begin_anew()
    city.server.start()
    assert await refused(stolen) == "not_signed_in"
    await city.settle("officer0b")

    assert (folder / "epoch").read_bytes() != (kept / "epoch").read_bytes()
    stored = await city.stored()
    mine = stolen.phone.actor.device
    assert {at: stored.get(at) for at in promised if at[0] != mine} == {
        at: hash_ for at, hash_ in promised.items() if at[0] != mine
    }
    there = [walker for walker in city.walkers.values() if walker is not stolen]
    assert apart(there, await city.fresh()) == []
    lanes = (await city.report()).values()
    assert {lane.device for lane in lanes if not lane.came and lane.missing} == set()
    assert '"why":"proved"' in (folder / "secrets/journal").read_text()


async def test_files_copied_back_without_their_epoch_are_not_served(
    city: City, tmp_path: Path
) -> None:
    folder, kept = city.place.folder, tmp_path / "kept"
    await city.found(2)
    city.server.end()
    copied(folder, kept, "kezek.db")
    city.place.done("restored")
    put_back(kept, folder, "kezek.db")
    answer = city.place.kezek("serve", "--port", str(city.server.port))
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "`kezek restored`" in answer.stderr


async def test_a_restore_that_was_killed_half_way_is_not_served(city: City) -> None:
    await city.found(2)
    city.server.end()
    part(city.place.folder)  # the step after which the copy takes the store's place
    answer = city.place.kezek("serve", "--port", str(city.server.port))
    assert "`kezek restored`" in answer.stderr
    city.place.done("restored")
    city.begin_anew()
    city.server.start()
    await city.settle()
