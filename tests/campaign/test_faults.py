"""A store that cannot write says so, takes nothing, and goes on by itself when it can."""

import asyncio
import random
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from sync.roles import Actor, Role
from tests.campaign.judge import LETTERS, ask
from tests.campaign.line import Line, Refused
from tests.campaign.serving import Place, Server
from tests.campaign.walker import PASSWORD, Told, Walker, enrol, person

PATIENCE_S = 20


class Post:
    """One server, and one officer who is signed in."""

    def __init__(self, place: Place) -> None:
        self.place, self.server = place, Server(place)
        self.actor: Actor = person(random.Random(1), Role.OFFICER)
        self.walker = Walker(self.actor, "officer", self.server.port, Told(), random.Random(2))

    async def open(self) -> None:
        await enrol(self.place, [(self.actor, "officer")])
        await asyncio.to_thread(self.server.start)
        await self.walker.sign_in()
        self.walker.write(5)
        await self.walker.settle()

    async def refusal(self) -> Refused:
        """What an exchange with letters is answered now."""
        with pytest.raises(Refused) as caught:
            await self.walker.line.post("/sync", self.walker.phone.request())
        return caught.value

    def stored(self) -> set[str]:
        [rows] = ask(self.place, LETTERS)
        hashes = [bytes(row[4]).hex() for row in rows]
        assert len(hashes) == len(set(hashes))
        return set(hashes)

    async def recovers(self) -> None:
        """Without anybody's doing all that was written is there, once."""
        until = time.monotonic() + PATIENCE_S
        while self.walker.phone.unsent():
            assert time.monotonic() < until, "it does not recover"
            await self.walker.meet()
        await self.walker.settle()
        assert self.walker.told.broken == []
        assert self.stored() == set(self.walker.told.written.values())


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    post = Post(Place(tmp_path / "data"))
    await post.open()
    yield post
    await post.walker.line.close()
    await asyncio.to_thread(post.server.kill)


async def test_a_locked_store_says_later_and_goes_on_when_it_is_free(post: Post) -> None:
    path, before = post.place.folder / "kezek.db", post.stored()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        post.walker.write(5)
        began = time.monotonic()
        refusal = await post.refusal()
        assert (refusal.status, refusal.code) == (503, "later")
        assert int(refusal.retry_after) > 0
        assert 3 < time.monotonic() - began < 15  # a bounded wait, not a pile of waiting ones
        other.execute("ROLLBACK")
    assert post.stored() == before
    await post.recovers()


async def test_reading_goes_on_while_the_store_is_locked(post: Post) -> None:
    with closing(sqlite3.connect(post.place.folder / "kezek.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        assert await post.walker.meet()
        assert time.monotonic() - began < 1
        other.execute("ROLLBACK")


async def test_a_full_disk_says_later_and_takes_nothing(post: Post) -> None:
    # A limit on the size of files stands in for the disk: the write fails half way all the same.
    wal = post.place.folder / "kezek.db-wal"
    post.server.limit(wal.stat().st_size + 20_000)
    before = post.stored()
    post.walker.write(140)
    for _ in range(2):
        refusal = await post.refusal()
        assert (refusal.status, refusal.code) == (503, "later")
        assert int(refusal.retry_after) > 0
    empty = Walker(post.actor, "officer", post.server.port, Told(), random.Random(3))
    empty.phone.state.device = post.actor.device
    empty.line.cookie = post.walker.line.cookie
    assert await empty.meet(), "reading goes on"
    await empty.line.close()
    assert post.stored() == before

    post.server.limit(-1)
    await post.recovers()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only whoever may mount a small disk can fill one")
    yield folder
    # Lazily: a process that was killed a moment ago may still be leaving.
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
async def small_post(small_disk: Path) -> AsyncIterator[Post]:
    post = Post(Place(small_disk / "data"))
    await post.open()
    yield post
    await post.walker.line.close()
    await asyncio.to_thread(post.server.kill)


async def test_a_disk_that_is_really_full_says_later_to_letters_and_to_signing_in(
    small_post: Post,
) -> None:
    post = small_post
    ballast = post.place.folder / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"0" * 4_096):
            pass
    post.walker.write(140)
    for _ in range(2):
        refusal = await post.refusal()
        assert (refusal.status, refusal.code) == (503, "later")
    line = Line(post.server.port)
    with pytest.raises(Refused) as caught:
        await line.sign_in("officer", PASSWORD, post.actor.person)
    assert (caught.value.code, caught.value.retry_after != "") == ("later", True)
    await line.close()

    ballast.unlink()
    await post.recovers()


async def test_the_server_lives_on_after_many_refusals(post: Post) -> None:
    """Nothing piles up: as many refused exchanges as there are phones at a station."""
    post.server.limit(1)
    post.walker.write(5)
    message = post.walker.phone.request()
    lines = [Line(post.server.port) for _ in range(20)]
    for line in lines:
        line.cookie = post.walker.line.cookie
    answers = await asyncio.gather(
        *(line.post("/sync", message) for line in lines), return_exceptions=True
    )
    codes = {a.code for a in answers if isinstance(a, Refused)}
    assert codes == {"later"}
    for line in lines:
        await line.close()
    post.server.limit(-1)
    await post.recovers()
