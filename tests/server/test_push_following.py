"""From a letter in the ledger to a notice in the queue: none is missed, none is doubled."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from server.clock import HOUR
from server.database import open_engine, writing
from server.ledger import Following, renewed
from server.people import Standing
from server.push import follower
from server.push.follower import Follower
from server.push.queue import Queue
from sync.record import Body
from sync.roles import Actor, Role
from tests.server.pushing import Station, a_station, person
from tests.world.phone import NOON, Phone, violation
from tests.world.stores import Store

OFFICER, AIDA, BERIK, LEADER = (
    person(1, Role.OFFICER),
    person(2),
    person(3),
    person(4, Role.LEADER, "019a0000-0000-7000-8000-0000000000f1"),
)
VOLUNTEER = person(5, Role.VOLUNTEER, LEADER.formation)
ADAPTER = person(6, Role.ADAPTER)
ROUTE = "019a0000-0000-7000-8000-0000000000aa"


@pytest.fixture
async def station(store: Store) -> AsyncIterator[Station]:
    async with a_station(store, OFFICER, AIDA, BERIK, LEADER, VOLUNTEER, ADAPTER) as station:
        for actor in (OFFICER, AIDA, BERIK, LEADER):
            await station.subscribe(actor)
        yield station


async def a_follower(station: Station, *, start: bool = True) -> Follower:
    followed = Following(station.store.ledger, station.engine)
    made = Follower(station.engine, followed, Standing(station.engine), station.clock)
    if start:
        await made.start()
    return made


async def read_on(follower: Follower) -> None:
    while await follower.go():
        pass


async def told(station: Station) -> list[tuple[str, str]]:
    names = {
        a.person: n
        for n, a in {"officer": OFFICER, "aida": AIDA, "berik": BERIK, "leader": LEADER}.items()
    }
    return sorted((row.code, names[row.person]) for row in await station.rows())


def phone(station: Station, actor: Actor) -> Phone:
    """The one phone that a person has."""
    seed = int(actor.person[-5:], 16)
    made = Phone(actor, station.store.ledger.exchange, seed)
    return station.phones.setdefault(actor.device, made)


def shift(actor: Actor, starts: int = NOON - HOUR, **said: object) -> Body:
    body: Body = {
        "person": actor.person,
        "route": ROUTE,
        "district": actor.district,
        "day": "2026-11-22",
        "starts": starts,
        "ends": starts + 8 * HOUR,
        "crew": [],
        "state": "planned",
    }
    return {**body, **said}  # type: ignore[dict-item]  # the test says what fits


async def write(station: Station, actor: Actor, kind: str, body: Body, record: str = "") -> str:
    author = phone(station, actor)
    record = author.write(kind, body, record)
    await author.exchange()
    assert {code for _, _, code in author.outcomes()} == {""}
    return record


async def test_a_call_for_backup_reaches_the_dispatcher_on_duty(station: Station) -> None:
    following = await a_follower(station)
    await write(station, ADAPTER, "shift", shift(AIDA))
    await read_on(following)
    await write(station, OFFICER, "violation", violation(OFFICER, needs_backup=True))
    await read_on(following)
    assert await told(station) == [("backup", "aida"), ("shift_new", "aida")]
    assert await station.sender.go() == 2
    read = station.receivers[AIDA.device].read
    assert {read(posted.body)["code"] for posted in station.service.posted} == {
        "backup",
        "shift_new",
    }


@pytest.mark.parametrize("state", ["ended", "cancelled"])
async def test_who_went_home_is_not_on_duty(station: Station, state: str) -> None:
    following = await a_follower(station)
    await write(station, ADAPTER, "shift", shift(AIDA, state=state))
    await write(station, ADAPTER, "shift", shift(BERIK))
    await write(station, OFFICER, "violation", violation(OFFICER, needs_backup=True))
    await read_on(following)
    assert ("backup", "berik") in await told(station)
    assert ("backup", "aida") not in await told(station)


async def test_with_nobody_on_duty_all_dispatchers_hear(station: Station) -> None:
    following = await a_follower(station)
    await write(station, OFFICER, "violation", violation(OFFICER, needs_backup=True))
    await write(station, OFFICER, "violation", violation(OFFICER))
    await read_on(following)
    assert await told(station) == [("backup", "aida"), ("backup", "berik")]


async def test_a_call_made_later_is_heard_and_repeated_is_not(station: Station) -> None:
    following = await a_follower(station)
    author = phone(station, OFFICER)
    record = author.write("violation", violation(OFFICER))
    await author.exchange()
    await read_on(following)
    assert await told(station) == []
    for said in ({"needs_backup": True}, {"needs_backup": True, "text": "x"}):
        author.write("violation", said, record)  # type: ignore[arg-type]  # a body
        await author.exchange()
        await read_on(following)
    assert await told(station) == [("backup", "aida"), ("backup", "berik")]


async def test_an_assist_reaches_the_dispatcher_and_the_leader(station: Station) -> None:
    following = await a_follower(station)
    await write(
        station,
        VOLUNTEER,
        "assist",
        {
            "member": VOLUNTEER.person,
            "formation": VOLUNTEER.formation,
            "district": "ALM",
            "happened": NOON,
            "activity": "patrol",
        },
    )
    await read_on(following)
    assert await told(station) == [("assist", "aida"), ("assist", "berik"), ("assist", "leader")]


async def test_a_changed_shift_reaches_the_officer(station: Station) -> None:
    author, following = phone(station, ADAPTER), await a_follower(station)
    record = author.write("shift", shift(OFFICER, NOON + HOUR))
    await author.exchange()
    await read_on(following)
    for said in ({"starts": NOON + 2 * HOUR}, {"state": "cancelled"}):
        author.write("shift", said, record)  # type: ignore[arg-type]  # a body
        await author.exchange()
        await read_on(following)
        await station.sender.go()
    assert await told(station) == [
        ("shift_cancelled", "officer"),
        ("shift_changed", "officer"),
        ("shift_new", "officer"),
    ]


async def test_what_was_before_push_is_not_told(station: Station) -> None:
    await write(station, OFFICER, "violation", violation(OFFICER, needs_backup=True))
    following = await a_follower(station)
    await read_on(following)
    assert await told(station) == []


async def test_what_happened_while_the_server_was_down_is_told(station: Station) -> None:
    await read_on(await a_follower(station))
    await write(station, OFFICER, "violation", violation(OFFICER, needs_backup=True))
    await read_on(await a_follower(station))
    await read_on(await a_follower(station))
    assert await told(station) == [("backup", "aida"), ("backup", "berik")]


async def test_a_crash_before_the_commit_loses_and_doubles_nothing(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = await a_follower(station)
    await write(station, OFFICER, "violation", violation(OFFICER, needs_backup=True))

    async def die(*_: object) -> list[str]:
        raise OSError("the power failed")

    with monkeypatch.context() as broken:
        broken.setattr(Queue, "put", die)
        with pytest.raises(OSError, match="power"):
            await following.go()
    assert await told(station) == []
    await read_on(await a_follower(station))
    assert await told(station) == [("backup", "aida"), ("backup", "berik")]


async def test_two_workers_queue_each_notice_once(station: Station) -> None:
    one, other = await a_follower(station), await a_follower(station)
    for _ in range(5):
        await write(station, OFFICER, "violation", violation(OFFICER, needs_backup=True))
    await asyncio.gather(read_on(one), read_on(other))
    await read_on(other)
    assert len(await station.rows()) == 10


async def test_many_letters_are_read_in_pages(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "AT_ONCE", 3)
    monkeypatch.setattr(follower, "STRIDE", 2)
    following, author = await a_follower(station), phone(station, OFFICER)
    for number in range(20):
        author.write("violation", violation(OFFICER, needs_backup=number % 7 == 6))
    await author.exchange()
    await read_on(following)
    assert len(await station.rows()) == 4


async def test_a_letter_that_waited_is_told_when_it_is_taken(station: Station) -> None:
    """A person's record may not be a phone's business: nothing else of the ledger is read."""
    following = await a_follower(station)
    await write(station, ADAPTER, "district", {
        "code": "ALM", "lat": 1, "lon": 2, "name_kk": "a", "name_ru": "a", "name_en": "a",
    })  # fmt: skip
    await read_on(following)
    assert await told(station) == []


async def test_after_a_restore_nothing_old_is_sent(store: Store, station: Station) -> None:
    following = await a_follower(station)
    await write(station, OFFICER, "violation", violation(OFFICER, needs_backup=True))
    await read_on(following)
    assert await station.states() == ["queued", "queued"]
    await store.close()
    engine = open_engine(store.settings.database_url)
    await renewed(engine, store.settings)
    await engine.dispose()
    await store.open()
    again = Station(store, station.service, station._post)
    await read_on(await a_follower(again))
    assert await again.states() == ["dropped", "dropped"]
    assert await again.sender.go() == 0


async def test_the_cursor_is_one_row(station: Station) -> None:
    await a_follower(station)
    await a_follower(station)
    async with writing(station.engine) as connection:
        found = await connection.execute(text("SELECT name FROM push_cursor"))
        assert [row.name for row in found] == ["ledger"]
