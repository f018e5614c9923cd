"""The model city: the same each time, nobody in two places, nothing surer than its source."""

import stat
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from server import city, demo
from server.city import files
from server.city.identity import Source
from server.city.offences import is_verified, offences
from server.clock import HOUR, MINUTE, FixedClock, day
from server.database import open_engine, reading
from server.ledger import Ledger
from server.migrations import migrate
from server.people import Accounts
from server.settings import Settings
from sync.catalogue import CATALOGUE
from sync.record import Body
from sync.roles import Role

NOON = 1_795_330_800_000  # 2026-11-22T12:00 in the city (UTC+5)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def almaly() -> city.City:
    return city.build(Source(1, NOON))


def test_the_clock_of_these_tests_is_the_citys() -> None:
    assert day(NOON) == TODAY.isoformat()
    assert day(NOON + 12 * HOUR) != TODAY.isoformat()


def test_the_same_seed_and_founding_build_the_same_city(almaly: city.City) -> None:
    again = city.build(Source(1, NOON))
    assert list(again.standing()) == list(almaly.standing())
    assert list(again.shifts(TODAY)) == list(almaly.shifts(TODAY))
    assert {t.id for t in city.build(Source(2, NOON)).standing()}.isdisjoint(
        {t.id for t in almaly.standing()}
    )


def test_the_city_is_as_large_as_was_agreed(almaly: city.City) -> None:
    counts: dict[str, int] = defaultdict(int)
    for told in almaly.standing():
        counts[told.kind] += 1
    assert counts == {"district": 8, "offence": 82, "formation": 2, "person": 100, "route": 20}
    assert len({member.person.name for member in almaly.people}) == 100
    assert len({member.person.call_sign for member in almaly.people}) == 100


def test_every_record_is_what_its_kind_says(almaly: city.City) -> None:
    ids = set()
    for told in [*almaly.standing(), *almaly.shifts(TODAY)]:
        assert msgspec.to_builtins(msgspec.convert(told.body, CATALOGUE[told.kind].shape))
        ids.add(told.id)
        assert told.id[14] == "7"
        assert int(told.id[:13].replace("-", ""), 16) == NOON
    assert len(ids) == 212 + len(list(almaly.shifts(TODAY)))


def test_every_route_stays_inside_its_district(almaly: city.City) -> None:
    box = next(area.box for area in files.areas() if area.code == "ALM")
    for _, route in almaly.routes:
        flat = route.line + [x for c in route.checkpoints for x in (c.lat, c.lon)]
        points = zip(flat[::2], flat[1::2], strict=True)
        assert all(box.holds((lat / 1e7, lon / 1e7)) for lat, lon in points), route.code
        assert 4 <= len(route.checkpoints) <= 8, route.code
        assert all(c.name_kk and c.name_ru for c in route.checkpoints)
    codes = {route.code for _, route in almaly.routes}
    assert {"ALM-А-003", "ALM-П-017"} <= codes
    assert len(codes) == 20


def test_nobody_is_in_two_places_and_everybody_rests(almaly: city.City) -> None:
    turns: dict[object, list[tuple[int, int]]] = defaultdict(list)
    for n in range(14):
        for told in almaly.shifts(TODAY + timedelta(days=n)):
            turns[told.body["person"]].append(_span(told.body))
    assert len(turns) == 78 + 16
    for spans in turns.values():
        spans.sort()
        for (_, ended), (starts, _) in pairwise(spans):
            assert starts - ended >= 24 * HOUR


def test_crews_know_each_other_and_volunteers_walk_with_police(almaly: city.City) -> None:
    roles = {member.id: member.person.role for member in almaly.people}
    means = {route: course.means for route, course in almaly.routes}
    shifts = [told.body for told in almaly.shifts(TODAY)]
    for body in shifts:
        crew = body["crew"]
        assert isinstance(crew, list)
        others = {b["person"] for b in shifts if _same_way(b, body)} - {body["person"]}
        assert others == set(crew)
        if roles[str(body["person"])] in (Role.VOLUNTEER, Role.LEADER):
            assert means[str(body["route"])] == "foot"
            assert {roles[str(p)] for p in crew} & {Role.OFFICER, Role.GUARD}


@pytest.mark.parametrize("after", range(0, 96 * HOUR, 37 * MINUTE))
def test_at_any_moment_the_two_who_are_named_are_on_duty(almaly: city.City, after: int) -> None:
    now = NOON + after
    on_duty = almaly.on_duty(now, date.fromisoformat(day(now)))
    officer, volunteer = city.pair(on_duty)
    where = {member.id: shift for member, shift in on_duty}
    assert where[officer.id].route == where[volunteer.id].route
    assert where[officer.id].starts <= now < where[officer.id].ends
    assert (officer.person.role, volunteer.person.role) == (Role.OFFICER, Role.VOLUNTEER)


def test_no_offence_is_surer_than_its_source() -> None:
    rows = files.rows("offences")
    sure = [row for row in rows if is_verified(row)]
    assert 0 < len(sure) < len(rows)
    for row in sure:
        assert row["mark"] == "V"
        assert row["title_kk"]
        assert "?" not in row["part"] + row["typical_measure"]
        assert "do not pre-fill" not in row["typical_measure"]
    assert [o.verified for o in offences()] == [is_verified(row) for row in rows]


async def test_the_store_is_filled_once_and_gets_each_new_days_shifts(tmp_path: Path) -> None:
    settings, clock, said = Settings(data=tmp_path), FixedClock(NOON), list[str]()
    settings.prepare()
    engine = open_engine(settings.database_url)
    await migrate(engine)
    ledger = await Ledger.open(engine, settings, clock)
    try:
        first = await demo.fill(engine, ledger, settings, clock, said.append)
        assert stat.S_IMODE((tmp_path / "demo.txt").stat().st_mode) == 0o600
        async with reading(engine) as connection:
            for login in (first.officer, first.volunteer):
                assert await Accounts(connection).open_under(login)
            count = text("SELECT COUNT(*) FROM record")
            before = await connection.scalar(count)

        said.clear()
        assert await demo.fill(engine, ledger, settings, clock, said.append) == first
        assert said == []

        clock.advance(24 * HOUR)
        second = await demo.ensure_today(ledger, settings, clock, said.append)
        assert second is not None
        assert second == demo.who(settings, clock)
        assert len(said) == 1
        async with reading(engine) as connection:
            assert (await connection.scalar(count) or 0) - (before or 0) in range(44, 50)
    finally:
        await ledger.close()
        await engine.dispose()


async def test_a_refusal_is_not_passed_over(almaly: city.City, tmp_path: Path) -> None:
    """The shifts cannot be told twice under other numbers: the ids are there already."""
    settings, clock = Settings(data=tmp_path), FixedClock(NOON)
    settings.prepare()
    engine = open_engine(settings.database_url)
    await migrate(engine)
    ledger = await Ledger.open(engine, settings, clock)
    try:
        await city.tell_city(almaly, ledger, clock, lambda _: None)
        courier = city.Courier(almaly.source, "again", NOON, 300)
        courier.write(almaly.standing())
        with pytest.raises(city.RefusedError, match="record_exists"):
            await courier.deliver(ledger, clock)
    finally:
        await ledger.close()
        await engine.dispose()


def _same_way(one: Body, other: Body) -> bool:
    return (one["route"], one["starts"]) == (other["route"], other["starts"])


def _span(body: Body) -> tuple[int, int]:
    return int(str(body["starts"])), int(str(body["ends"]))
