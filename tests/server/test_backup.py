"""What an operator may count on from backups, the security journal and the epoch's file."""

import asyncio
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from server import lease
from server.clock import HOUR, FixedClock
from server.commands.backup import Manifest, backup, unpack
from server.commands.copies import CopyFailed, copies
from server.journal import Journal, JournalBroken
from server.ledger import Ledger, StoreRestored, epoch, recovery
from server.ledger.connections import Transaction
from server.settings import Settings
from tests.world.phone import NOON, Phone, ids, officer, violation
from tests.world.stores import Store

LEFT = ["backup", "data"]
"""Nothing else stays beside a backup that was made."""


async def a_letter(store: Store) -> Phone:
    phone = Phone(officer(ids(5)), store.ledger.exchange)
    phone.write("violation", violation(phone.actor))
    await phone.exchange()
    return phone


def listed(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def made(store: Store, file: Path) -> Manifest:
    return await asyncio.to_thread(backup, copies(store.settings), file)


async def test_a_backup_is_one_file_that_vouches_for_itself(store: Store, tmp_path: Path) -> None:
    await a_letter(store)
    file = tmp_path / "backup"
    manifest = await made(store, file)
    assert (manifest.epoch, manifest.newest) == (store.ledger.epoch, 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in await asyncio.to_thread(listed, tmp_path)) == LEFT
    folder = tmp_path / "unpacked"
    folder.mkdir()
    again, copy = await asyncio.to_thread(unpack, copies(store.settings), file, folder)
    assert (again, copy.stat().st_size) == (manifest, manifest.bytes)


async def test_nothing_secret_is_in_a_backup(store: Store, tmp_path: Path) -> None:
    await a_letter(store)
    await made(store, tmp_path / "backup")
    with tarfile.open(tmp_path / "backup") as tar:
        assert tar.getnames() == ["manifest.json", "store"]
    key = (store.settings.secrets / "mark.key").read_bytes()
    assert key not in (tmp_path / "backup").read_bytes()


async def test_a_backup_takes_nobody_elses_place(store: Store, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("somebody's")
    with pytest.raises(FileExistsError):
        await made(store, tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "somebody's"


def flipped(whole: bytes) -> bytes:
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]


@pytest.mark.parametrize(
    "spoil",
    [flipped, lambda whole: whole[: len(whole) // 2], lambda whole: b"", lambda whole: whole[700:]],
    ids=["one bit", "cut", "empty", "no manifest"],
)
async def test_a_spoiled_backup_is_refused(
    store: Store, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    await a_letter(store)
    file = tmp_path / "backup"
    await made(store, file)
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(CopyFailed):
        await asyncio.to_thread(unpack, copies(store.settings), file, tmp_path)


def test_a_backup_of_the_other_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").write_bytes(b"")
    said = Manifest(1, "postgresql", 0, "e", 0, 1, 0, "0" * 64)
    said = msgspec.structs.replace(said, sha256=sha256(b"").hexdigest())
    (tmp_path / "manifest.json").write_bytes(msgspec.json.encode(said))
    with tarfile.open(tmp_path / "backup", "w") as tar:
        for name in ("manifest.json", "store"):
            tar.add(tmp_path / name, name)
    (tmp_path / "to").mkdir()
    with pytest.raises(CopyFailed, match="is of postgresql"):
        unpack(copies(Settings(data=tmp_path)), tmp_path / "backup", tmp_path / "to")


class Died(Exception):
    """The power went."""


@pytest.mark.parametrize("when", ["before the commit", "after the commit"])
async def test_a_kill_while_an_epoch_is_opened_is_no_restore(
    store: Store, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file and the store change one after the other; between them is a moment."""
    before, folder = store.ledger.epoch, store.settings.data

    def die(*_: object) -> None:
        raise Died

    with monkeypatch.context() as patch:
        if when == "after the commit":
            patch.setattr(epoch, "_arrive", die)
        else:
            patch.setattr(recovery, "begin", die)
        with pytest.raises(Died):
            await epoch.renew(store.ledger._connections, folder, 0)
    await store.close()
    await store.open()
    assert (store.ledger.epoch == before) is (when == "before the commit")
    kept = epoch.kept_in(folder)
    assert kept is not None
    assert kept.epoch == store.ledger.epoch


async def test_two_workers_that_see_one_restore_open_one_epoch(store: Store) -> None:
    connections, folder, old = store.ledger._connections, store.settings.data, store.ledger.epoch
    renewed = [await epoch.renew(connections, folder, 5, instead_of=old) for _ in range(2)]
    assert renewed[0] == renewed[1] != old


async def test_an_empty_database_beside_an_old_epoch_is_not_opened(store: Store) -> None:
    def wipe(opened: Transaction) -> None:
        opened.rows("DELETE FROM ledger_store", {})

    await store.ledger._connections.write(wipe)
    with pytest.raises(StoreRestored):
        await Ledger.open(store.engine, store.settings, store.clock)
    epoch.part(store.settings.data)
    with pytest.raises(StoreRestored):
        await Ledger.open(store.engine, store.settings, store.clock)


def test_a_restore_and_a_server_exclude_each_other(tmp_path: Path) -> None:
    together, alone, in_use = lease.together, lease.alone, pytest.raises(lease.StoreInUse)
    with together(tmp_path), together(tmp_path), in_use, alone(tmp_path):
        pass
    with alone(tmp_path), pytest.raises(lease.StoreInUse), together(tmp_path):
        pass


def test_the_journal_remembers_what_was_decided(tmp_path: Path) -> None:
    clock = FixedClock(NOON)
    journal = Journal(tmp_path, clock)
    assert not journal.exists()
    journal.closed(["old"])
    clock.advance(13 * HOUR)
    journal.note("device_revoked", "phone", person="somebody")
    Journal(tmp_path, clock).closed(["a", "b"])
    decided = journal.decided()
    assert decided.revoked == {"phone": ("somebody", NOON + 13 * HOUR)}
    assert decided.closed == {"a", "b"}  # the old session has ended by itself
    assert [line.n for line in journal.lines()] == [1, 2, 3, 4]


def test_a_line_that_was_torn_by_a_kill_is_written_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path, FixedClock(NOON))
    journal.closed(["a"])
    with (tmp_path / "journal").open("ab") as file:
        file.write(b'{"n":2,"at":17')
    journal.closed(["b"])
    assert [line.name for line in journal.lines()] == ["a", "b"]


@pytest.mark.parametrize("spoil", [("a", "x"), ('"n":1', '"n":2')])
def test_a_journal_that_was_changed_is_not_believed(tmp_path: Path, spoil: tuple[str, str]) -> None:
    journal = Journal(tmp_path, FixedClock(NOON))
    journal.closed(["a", "b"])
    path = tmp_path / "journal"
    path.write_text(path.read_text().replace(f'"{spoil[0]}"', f'"{spoil[1]}"').replace(*spoil, 1))
    with pytest.raises(JournalBroken):
        journal.lines()


def test_a_line_that_was_taken_out_is_missed(tmp_path: Path) -> None:
    journal = Journal(tmp_path, FixedClock(NOON))
    journal.closed(["a", "b", "c"])
    path = tmp_path / "journal"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(lines[0] + lines[2])
    with pytest.raises(JournalBroken, match="line 2"):
        journal.lines()


def test_a_copy_is_checked_by_the_database_itself(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with sqlite3.connect(tmp_path / "copy") as copy:
        copy.execute("CREATE TABLE a (b)")
        copy.executemany("INSERT INTO a VALUES (?)", [(bytes(500),) for _ in range(200)])
    copy.close()
    copies(settings).check(tmp_path / "copy")
    with (tmp_path / "copy").open("r+b") as file:
        file.seek(8_192)
        file.write(b"\0" * 8_192)
    with pytest.raises(CopyFailed):
        copies(settings).check(tmp_path / "copy")
