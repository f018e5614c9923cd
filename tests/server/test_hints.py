"""What a listener may count on: hints of what moved here and in the other workers, until the end of
its session."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.response import ServerSentEventMessage
from redis.asyncio import Redis
from sqlalchemy import update

from server.clock import MINUTE
from server.database import open_engine, writing
from server.ledger import Ledger
from server.ledger.hints import BEHIND_MAX, CHANNEL, Hint
from server.ledger.routes import _hints
from server.people import Gate, Passwords
from server.people.tables import devices
from server.settings import Settings
from sync.roles import Actor
from tests.borrowed import free_port
from tests.server.door import Door, a_door, settings_in
from tests.world.phone import Phone, ids, officer, violation
from tests.world.stores import Store

make = ids(11)
SOON_S = 20


class Open:
    """A gate that knows one person."""

    def __init__(self, actor: Actor) -> None:
        self.person: Actor | None = actor

    async def actor(self, cookie: str, *, active: bool = True) -> Actor | None:
        assert not active, "listening is nobody's doing"
        return self.person


@asynccontextmanager
async def worker(folder: Path, redis: str = "") -> AsyncIterator[Store]:
    store = Store(Settings(data=folder, redis=redis))
    await store.open()
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with worker(tmp_path) as store:
        yield store


@contextmanager
def beats_every(seconds: float) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(_hints.__globals__, "BEAT_S", seconds)
        yield


async def log_one(store: Store, actor: Actor) -> None:
    phone = Phone(actor, store.ledger.exchange)
    phone.write("violation", violation(actor))
    await phone.exchange()
    assert phone.outcomes() == [(1, "applied", "")]


async def heard(queue: asyncio.Queue[Hint]) -> Hint:
    return await asyncio.wait_for(queue.get(), SOON_S)


def said(message: ServerSentEventMessage) -> tuple[str | None, Any]:
    return message.event, msgspec.json.decode(str(message.data))


async def test_a_listener_hears_which_feeds_moved_after_the_commit(store: Store) -> None:
    asel = officer(make)
    with store.ledger.hints.listening() as queue:
        await log_one(store, asel)
        hint = await heard(queue)

    assert hint.position == 1
    assert set(hint.feeds) & await store.ledger.readable(asel)
    store.ledger.hints.moved(["after"], 2)
    assert queue.empty(), "whoever has left is not told"


async def test_a_listener_that_falls_behind_loses_the_oldest_only(store: Store) -> None:
    with store.ledger.hints.listening() as queue:
        for position in range(BEHIND_MAX + 3):
            store.ledger.hints.moved(["feed"], position)

        kept = [queue.get_nowait().position for _ in range(queue.qsize())]
    assert kept == list(range(3, BEHIND_MAX + 3))


async def test_feeds_that_are_not_granted_are_not_told(store: Store) -> None:
    asel = officer(make)
    mine = min(await store.ledger.readable(asel))
    with beats_every(SOON_S):
        stream = _hints("", Open(asel), store.ledger)
        assert said(await anext(stream)) == ("beat", {})

        store.ledger.hints.moved(["somebody/else"], 6)
        store.ledger.hints.moved(["somebody/else", mine], 7)

        told = await asyncio.wait_for(anext(stream), SOON_S)
    assert said(told) == ("moved", {"feeds": [mine], "position": 7})


async def test_the_stream_ends_with_the_session_also_when_hints_leave_no_pause(
    store: Store,
) -> None:
    gate = Open(officer(make))
    with beats_every(0.01):
        stream = _hints("", gate, store.ledger)
        assert [said(await anext(stream)) for _ in range(2)] == [("beat", {})] * 2
        gate.person = None
        assert [message async for message in stream] == []

    gate = Open(officer(make))
    stream = _hints("", gate, store.ledger)
    await anext(stream)
    store.ledger.hints.moved(sorted(await store.ledger.readable(officer(make))), 7)
    gate.person = None
    assert [message async for message in stream] == []


async def test_whoever_is_not_signed_in_hears_nothing(tmp_path: Path) -> None:
    async with a_door(settings_in(tmp_path)) as door:
        assert (await door.client.get("/live")).status_code == 401


async def test_signing_out_ends_the_open_stream(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with a_door(settings) as door, listening(door, settings) as stream:
        await door.post("/sign-out")
        door.clock.advance(MINUTE)
        await ended(stream)


async def test_a_revoked_device_ends_the_open_stream(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with a_door(settings) as door, listening(door, settings) as stream:
        engine = open_engine(settings.database_url)
        async with writing(engine) as connection:
            await connection.execute(update(devices).values(revoked=1))
        await engine.dispose()
        door.clock.advance(MINUTE)
        await ended(stream)


async def test_listening_does_not_keep_a_desk_signed_in(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with a_door(settings) as door, listening(door, settings, "supervisor") as stream:
        door.clock.advance(8 * MINUTE)
        assert said(await anext(stream)) == ("beat", {})
        door.clock.advance(8 * MINUTE)
        await ended(stream)


@asynccontextmanager
async def listening(
    door: Door, settings: Settings, login: str = "officer"
) -> AsyncIterator[AsyncIterator[ServerSentEventMessage]]:
    """The open stream of somebody who signed in, as another worker than the door's gives it."""
    answer = await door.sign_in(login=login)
    cookie = answer.headers["set-cookie"].partition(";")[0]
    engine = open_engine(settings.database_url)
    gate = Gate(engine, door.clock, Passwords())
    ledger = await Ledger.open(engine, settings, door.clock)
    try:
        with beats_every(0.01):
            stream = _hints(cookie, gate, ledger)
            assert [said(await anext(stream)) for _ in range(2)] == [("beat", {})] * 2
            yield stream
    finally:
        await ledger.close()
        await engine.dispose()


async def ended(stream: AsyncIterator[ServerSentEventMessage]) -> None:
    assert [message async for message in stream] == []


async def test_workers_hear_each_other_through_redis(redis: str, tmp_path: Path) -> None:
    asel = officer(make)
    async with worker(tmp_path, redis) as here, worker(tmp_path, redis) as there:
        await subscribed(redis, 2)
        with here.ledger.hints.listening() as near, there.ledger.hints.listening() as far:
            await log_one(here, asel)
            hint = await heard(far)
            assert await heard(near) == hint
        assert set(hint.feeds) & await there.ledger.readable(asel)


async def subscribed(redis: str, count: int) -> None:
    async with asyncio.timeout(SOON_S), Redis.from_url(redis) as client:
        while (await client.pubsub_numsub(CHANNEL))[0][1] < count:  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.02)


async def test_a_redis_that_is_not_there_stops_nobody(tmp_path: Path) -> None:
    async with worker(tmp_path, f"redis://127.0.0.1:{free_port()}/0") as store:
        with store.ledger.hints.listening() as queue:
            async with asyncio.timeout(SOON_S):
                await log_one(store, officer(make))
            assert (await heard(queue)).position == 1, "whoever listens here is still told"
