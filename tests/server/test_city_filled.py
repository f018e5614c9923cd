"""The model city in a store: told through the one door, once, and a little more each day."""

import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from server import city, demo
from server.city.founding import EDITION, founding, remembered
from server.city.identity import Source
from server.clock import HOUR, FixedClock
from server.database import open_engine, reading
from server.ledger import Ledger
from server.migrations import migrate
from server.people import Accounts
from server.settings import Settings
from sync.faults import Fault
from sync.roles import Actor, Role
from tests.world.phone import Phone, ids

NOON = 1_795_330_800_000  # 2026-11-22T12:00 in the city (UTC+5)
TODAY = date(2026, 11, 22)
make = ids(51)
Filled = tuple[AsyncEngine, Ledger, Settings, FixedClock]


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Filled]:
    settings, clock = Settings(data=folder), FixedClock(NOON)
    settings.prepare()
    engine = open_engine(settings.database_url)
    await migrate(engine)
    ledger = await Ledger.open(engine, settings, clock)
    try:
        yield engine, ledger, settings, clock
    finally:
        await ledger.close()
        await engine.dispose()


async def count(engine: AsyncEngine, table: str) -> int:
    async with reading(engine) as connection:
        return await connection.scalar(text(f"SELECT COUNT(*) FROM {table}")) or 0


async def test_the_store_is_filled_once_and_gets_each_new_days_shifts(tmp_path: Path) -> None:
    said = list[str]()
    async with opened(tmp_path) as (engine, ledger, settings, clock):
        first = await demo.fill(engine, ledger, settings, clock, said.append, "small")
        assert stat.S_IMODE((tmp_path / "demo.txt").stat().st_mode) == 0o600
        assert [line.split(":")[0] for line in said] == [
            "city",
            "shifts of 2026-11-22",
            "shifts of 2026-11-23",
            "accounts",
        ]
        async with reading(engine) as connection:
            for login in (first.officer, first.volunteer, *first.logins.values()):
                assert await Accounts(connection).open_under(login)
        before = await count(engine, "record")

        said.clear()
        assert await demo.fill(engine, ledger, settings, clock, said.append) == first
        assert said == []

        clock.advance(24 * HOUR)
        second = await demo.ensure_today(ledger, settings, clock, said.append)
        assert second is not None
        assert second == demo.who(settings, clock)
        assert [line.split(":")[0] for line in said] == ["shifts of 2026-11-24"]
        assert await count(engine, "record") - before in range(100, 125)


async def test_a_night_that_began_yesterday_is_there_in_the_morning(tmp_path: Path) -> None:
    said = list[str]()
    async with opened(tmp_path) as (engine, ledger, settings, clock):
        clock.advance(-8 * HOUR)  # 04:00
        await demo.fill(engine, ledger, settings, clock, said.append, "small")
        assert [line.split(":")[0] for line in said][1:-1] == [
            "shifts of 2026-11-21",
            "shifts of 2026-11-22",
            "shifts of 2026-11-23",
        ]


async def test_a_filling_that_broke_off_is_gone_on_with(tmp_path: Path) -> None:
    said = list[str]()
    async with opened(tmp_path) as (engine, ledger, settings, clock):
        door = BreaksOff(ledger, 3)
        with pytest.raises(Fault):
            await demo.fill(engine, door, settings, clock, said.append, "small")
        there = await count(engine, "record")
        assert there > 0
        await demo.fill(engine, ledger, settings, clock, said.append)
        built = city.build(Source(1, NOON, "small"))
        assert said[0].startswith(f"city: {len(list(built.standing())) - there} records")


class BreaksOff:
    """A door that falls shut after so many exchanges."""

    def __init__(self, door: city.Door, after: int) -> None:
        self._door, self._left = door, after

    async def exchange(self, actor: Actor, message: bytes) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise Fault("later")
        return await self._door.exchange(actor, message)


async def test_a_refusal_is_not_passed_over(tmp_path: Path) -> None:
    """The city cannot be told twice under other numbers: the ids are there already."""
    built = city.build(Source(1, NOON, "small"))
    async with opened(tmp_path) as (_, ledger, _, clock):
        await city.tell_city(built, ledger, clock, _nothing)
        courier = city.Courier(built.source, "again", NOON, 300)
        courier.write(built.standing())
        with pytest.raises(city.RefusedError, match="record_exists"):
            await courier.deliver(ledger, clock, "again", _nothing)


@pytest.mark.parametrize("edition", ["", f',"edition":{EDITION + 1}'])
def test_a_city_of_another_edition_is_told_in_a_sentence(tmp_path: Path, edition: str) -> None:
    settings = Settings(data=tmp_path)
    source = founding(settings, NOON, "small")
    assert remembered(settings) == source
    (tmp_path / "city.json").write_text(f'{{"seed":1,"born":1{edition}}}')
    with pytest.raises(city.OtherEditionError, match="another edition"):
        remembered(settings)


async def test_the_whole_city_goes_through_the_door_and_a_phone_gets_little_of_it(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as (engine, ledger, settings, clock):
        who = await demo.fill(engine, ledger, settings, clock, _nothing)
        built = city.build(Source(1, NOON))
        standing = len(list(built.standing()))
        assert await count(engine, "record") > standing + 2 * 2_200
        assert await count(engine, "person_account") == len(built.people)
        assert set(who.logins) == {r.value for r in Role} - {"officer", "volunteer", "adapter"}

        on_duty = {m.login: s for m, s in built.on_duty(NOON, TODAY)}
        for role in ("guard", "leader", "operator", "dispatcher", "inspector", "supervisor"):
            assert who.logins[role] in on_duty, role
        members = {member.login: member for member in built.people}
        for login, records, size in ((who.officer, 400, 450_000), (who.volunteer, 250, 150_000)):
            phone, carried = _phone(members[login], ledger)
            await phone.exchange()
            kinds = [kind for kind, _ in phone.records]
            assert len(kinds) < records
            assert sum(carried) < size
            assert (kinds.count("person"), kinds.count("place"), kinds.count("index")) == (4, 86, 5)
            assert phone.sees("shift", _shift_of(phone, members[login])) is not None


def _phone(member: city.Member, ledger: Ledger) -> tuple[Phone, list[int]]:
    person = member.person
    actor = Actor(member.id, person.role, person.district, person.formation, make())
    carried: list[int] = []

    async def carry(asking: Actor, message: bytes) -> bytes:
        answer = await ledger.exchange(asking, message)
        carried.append(len(answer))
        return answer

    return Phone(actor, carry, 52), carried


def _shift_of(phone: Phone, member: city.Member) -> str:
    shifts = [name for kind, name in phone.records if kind == "shift"]
    own = [name for name in shifts if (phone.sees("shift", name) or {})["person"] == member.id]
    return own[0]


def _nothing(_line: str) -> None:
    pass
