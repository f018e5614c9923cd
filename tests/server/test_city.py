"""The model city: the same each time, nobody in two places, nothing surer than its source."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import cos, hypot, radians

import msgspec
import pytest

from server import city
from server.city import files
from server.city.borders import borders
from server.city.identity import Source
from server.city.offences import indexes, is_verified, offences
from server.clock import HOUR, MINUTE, day
from sync.catalogue import CATALOGUE
from sync.kinds.route import Checkpoint, Route
from sync.record import Body
from sync.roles import Role

NOON = 1_795_330_800_000  # 2026-11-22T12:00 in the city (UTC+5)
TODAY = date(2026, 11, 22)
APART = {"vehicle": 250, "foot": 130}  # metres between any two checkpoints of a route


@pytest.fixture(scope="module")
def small() -> city.City:
    return city.build(Source(1, NOON, "small"))


@pytest.fixture(scope="module")
def full() -> city.City:
    return city.build(Source(1, NOON))


def test_the_clock_of_these_tests_is_the_citys() -> None:
    assert day(NOON) == TODAY.isoformat()
    assert day(NOON + 12 * HOUR) != TODAY.isoformat()


@pytest.mark.parametrize("extent", ["small", "full"])
def test_the_same_seed_and_founding_build_the_same_city(extent: city.Extent) -> None:
    one, again, other = (city.build(Source(seed, NOON, extent)) for seed in (1, 1, 2))
    assert list(one.standing()) == list(again.standing())
    assert list(one.shifts(TODAY)) == list(again.shifts(TODAY))
    assert {t.id for t in other.standing()}.isdisjoint({t.id for t in one.standing()})
    assert [route.line for _, route in other.routes] != [route.line for _, route in one.routes]


def test_the_routes_are_the_same_whenever_the_city_was_founded(small: city.City) -> None:
    later = city.build(Source(1, NOON + HOUR, "small"))
    assert [route for _, route in later.routes] == [route for _, route in small.routes]
    assert {name for name, _ in later.routes}.isdisjoint({name for name, _ in small.routes})


def test_the_whole_city_is_as_large_as_was_agreed(full: city.City) -> None:
    standing = list(full.standing())
    counts = Counter(told.kind for told in standing)
    strength = counts.pop("person")
    assert 4_900 <= strength <= 5_100
    assert counts == {
        "district": 8,
        "offence": 82,
        "index": 5,
        "place": 86,
        "formation": 8,
        "route": 550,
    }
    assert Counter(route.means for _, route in full.routes) == {"vehicle": 300, "foot": 250}
    types = Counter(formation.type for formation in full.formations.values())
    assert types == {"formation": 1, "collective": 7}
    for said in ("name", "call_sign"):
        assert len({getattr(member.person, said) for member in full.people}) == strength
    assert {member.person.role for member in full.people} == set(Role) - {Role.ADAPTER}


def test_the_small_city_is_a_corner_of_it(small: city.City, full: city.City) -> None:
    assert len(small.routes) == 20
    assert {member.person.role for member in small.people} == set(Role) - {Role.ADAPTER}
    assert len(small.people) * 10 < len(full.people)


def test_every_record_is_what_its_kind_says(full: city.City) -> None:
    ids = set()
    told = [*full.standing(), *full.shifts(TODAY)]
    for one in told:
        assert msgspec.to_builtins(msgspec.convert(one.body, CATALOGUE[one.kind].shape))
        ids.add(one.id)
        assert one.id[14] == "7"
        assert int(one.id[:13].replace("-", ""), 16) == NOON
    assert len(ids) == len(told)


def test_every_route_stays_inside_its_district(full: city.City) -> None:
    boxes = {area.code: area.box for area in files.areas()}
    per_district = Counter((route.district, route.means) for _, route in full.routes)
    for row in files.rows("districts"):
        assert per_district[row["code"], "vehicle"] == int(row["vehicle_routes"])
        assert per_district[row["code"], "foot"] == int(row["foot_routes"])
    for _, route in full.routes:
        flat = route.line + [x for c in route.checkpoints for x in (c.lat, c.lon)]
        points = zip(flat[::2], flat[1::2], strict=True)
        box = boxes[route.district]
        assert all(box.holds((lat / 1e7, lon / 1e7)) for lat, lon in points), route.code


def test_no_two_routes_are_alike(full: city.City) -> None:
    routes = [route for _, route in full.routes]
    ways = [_there_or_back(route) for route in routes]
    assert len(set(ways)) == len({route.code for route in routes}) == 550
    assert all(route.name_kk and route.name_ru for route in routes)


def test_routes_are_as_long_as_their_crews_can_go(full: city.City) -> None:
    for _, route in full.routes:
        points = list(zip(route.line[::2], route.line[1::2], strict=True))
        length = sum(_metres(a, b) for a, b in pairwise(points))
        low, high = (3_900, 12_000) if route.means == "vehicle" else (1_200, 4_500)
        assert low <= length <= high, (route.code, length)


def test_checkpoints_can_be_told_apart_and_lie_on_the_way(full: city.City) -> None:
    for _, route in full.routes:
        stops = route.checkpoints
        assert 4 <= len(stops) <= 12, route.code
        assert [stop.number for stop in stops] == list(range(1, len(stops) + 1))
        for names in ([s.name_kk for s in stops], [s.name_ru for s in stops]):
            assert all(names)
            assert len(set(names)) == len(stops), route.code
        for one, other in combinations(stops, 2):
            apart = _metres((one.lat, one.lon), (other.lat, other.lon))
            assert apart >= APART[route.means] - 1, route.code
        assert all(_off(route, stop) < 2 for stop in stops), route.code


def test_nobody_is_in_two_places_and_everybody_rests(full: city.City) -> None:
    turns: dict[object, list[tuple[int, int]]] = defaultdict(list)
    for n in range(9):
        for told in full.shifts(TODAY + timedelta(days=n)):
            turns[told.body["person"]].append(_span(told.body))
    working = [m for m in full.people if m.person.role not in OFFICES]
    assert 0.97 * len(working) < len(turns) <= len(working), "some are in reserve"
    for spans in turns.values():
        spans.sort()
        for (_, ended), (starts, _) in pairwise(spans):
            assert starts - ended >= 12 * HOUR


OFFICES = {Role.PLANNER, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR}


def test_every_route_is_manned_in_both_watches(full: city.City) -> None:
    shifts = [told.body for told in full.shifts(TODAY)]
    patrols = [body for body in shifts if body["post"] == "patrol"]
    assert len(patrols) >= 2_200
    crews = Counter((body["route"], body["starts"]) for body in patrols)
    assert len(crews) == 2 * 550
    assert min(crews.values()) >= 2
    yesterday = {told.body["person"] for told in full.shifts(TODAY - timedelta(days=1))}
    fresh = [body for body in patrols if body["person"] not in yesterday]
    assert len(fresh) > len(patrols) / 3, "a rota, not the same people each day"


def test_a_crew_walks_another_route_when_its_turn_comes_again(full: city.City) -> None:
    first = {t.body["person"]: t.body["route"] for t in full.shifts(TODAY) if t.body["route"]}
    later = TODAY + timedelta(days=4)
    again = {t.body["person"]: t.body["route"] for t in full.shifts(later) if t.body["route"]}
    both = first.keys() & again.keys()
    assert len(both) > 2_000
    assert sum(first[person] == again[person] for person in both) < len(both) / 20


def test_desks_are_served_in_both_watches(full: city.City) -> None:
    served: dict[object, Counter[tuple[object, object]]] = defaultdict(Counter)
    for told in full.shifts(TODAY):
        served[told.body["starts"]][told.body["post"], told.body["district"]] += 1
        assert (told.body["post"] == "patrol") == bool(told.body["route"])
    assert len(served) == 2
    for posts in served.values():
        for area in files.areas():
            assert posts["dispatcher", area.code] == 2
            assert posts["supervisor", area.code] == 1
            assert posts["inspector", area.code] == 1
        assert posts["operator", "ALM"] >= 25


def test_crews_know_each_other_and_volunteers_walk_with_police(full: city.City) -> None:
    roles = {member.id: member.person.role for member in full.people}
    means = {route: course.means for route, course in full.routes}
    together: dict[object, set[object]] = defaultdict(set)
    patrols = [told.body for told in full.shifts(TODAY) if told.body["route"]]
    for body in patrols:
        together[body["route"], body["starts"]].add(body["person"])
    for body in patrols:
        crew = body["crew"]
        assert isinstance(crew, list)
        assert together[body["route"], body["starts"]] - {body["person"]} == set(crew)
        if roles[str(body["person"])] in (Role.VOLUNTEER, Role.LEADER):
            assert means[str(body["route"])] == "foot"
            assert {roles[str(p)] for p in crew} & {Role.OFFICER, Role.GUARD}


@pytest.mark.parametrize("after", range(0, 96 * HOUR, 37 * MINUTE))
def test_at_any_moment_the_two_who_are_named_are_on_duty(small: city.City, after: int) -> None:
    now = NOON + after
    on_duty = small.on_duty(now, date.fromisoformat(day(now)))
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
    for offence in offences():
        assert bool(offence.title_kk) == bool(offence.title_kk_mark)
        assert bool(offence.valid_from or offence.valid_until) == bool(offence.valid_mark)
    assert sum(o.valid_from != "" for o in offences()) == 3, "of the rest nobody knows"


def test_each_day_has_one_index_at_most() -> None:
    known = indexes()
    assert [i.tenge for i in known if i.valid_from <= TODAY.isoformat() <= i.valid_until] == [4_325]
    for one, after in pairwise(known):
        the_next_day = date.fromisoformat(one.valid_until) + timedelta(days=1)
        assert after.valid_from == the_next_day.isoformat()


def test_the_gazetteer_invents_no_name_and_is_sure_of_little(full: city.City) -> None:
    places = [told.body for told in full.standing() if told.kind == "place"]
    streets = [body for body in places if body["type"] == "street"]
    assert len(streets) == len(files.avenues())
    assert {b["name_ru"] for b in streets if not b["name_kk"]} >= {"ВОАД", "Северное кольцо"}
    for body in places:
        assert body["verified"] == (body["mark"] == "V" and body["name_kk"] != "")
        assert bool(body["line"]) == (body["type"] == "street")
    assert 0 < sum(bool(body["verified"]) for body in places) < len(places) / 2


def test_the_rule_of_the_borders_knows_most_places() -> None:
    among = borders(files.areas(), files.avenues())
    sure = [place for place in files.places() if place.mark != "U"]
    wrong = [place.name_ru for place in sure if place.district not in among.around(place.at)]
    assert wrong == ["Автовокзал Саяхат", "Метро Сайран"], "both lie on the border itself"


def _there_or_back(route: Route) -> tuple[tuple[int, int], ...]:
    points = tuple(zip(route.line[::2], route.line[1::2], strict=True))
    return min(points, points[::-1])


def _flat(point: tuple[int, int]) -> tuple[float, float]:
    return point[0] / 1e7 * 111_320, point[1] / 1e7 * 111_320 * cos(radians(43.25))


def _metres(a: tuple[int, int], b: tuple[int, int]) -> float:
    (y, x), (north, east) = _flat(a), _flat(b)
    return hypot(north - y, east - x)


def _off(route: Route, stop: Checkpoint) -> float:
    """How far a checkpoint lies from the line (m)."""
    at = (stop.lat, stop.lon)
    points = list(zip(route.line[::2], route.line[1::2], strict=True))
    return min(_metres(a, at) + _metres(at, b) - _metres(a, b) for a, b in pairwise(points))


def _span(body: Body) -> tuple[int, int]:
    return int(str(body["starts"])), int(str(body["ends"]))
