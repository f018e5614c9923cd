"""Who walks which route when: four teams that take turns at day, night, rest and rest."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, zip_longest
from typing import Final

from msgspec import Struct

from server.city.strength import Member
from server.clock import CITY
from sync.kinds.route import Route
from sync.kinds.shift import Shift
from sync.record import Id
from sync.roles import Role

TEAMS: Final = 4  # day, the night after, then two days of rest: never less than 24 h between
DAY, NIGHT = time(8), time(20)
LASTS: Final = timedelta(hours=12)

Crew = tuple[Member, ...]
Routes = Sequence[tuple[Id, Route]]


class Watch(Struct, frozen=True):
    """Twelve hours of a day, and the team whose turn they are."""

    day: date
    begins: time
    team: int

    @property
    def starts(self) -> int:
        return _moment(datetime.combine(self.day, self.begins, CITY))

    @property
    def ends(self) -> int:
        return _moment(datetime.combine(self.day, self.begins, CITY) + LASTS)


def watches(day: date) -> tuple[Watch, Watch]:
    """The day's two watches; the team of the day comes back for the night of the next day."""
    turn = day.toordinal()
    return Watch(day, DAY, turn % TEAMS), Watch(day, NIGHT, (turn - 1) % TEAMS)


def shifts(watch: Watch, people: Sequence[Member], routes: Routes) -> Iterator[Shift]:
    """Everybody's shift of one watch."""
    for (route, course), together in _manned(watch, people, routes):
        for member in together:
            yield Shift(
                person=member.id,
                route=route,
                district=course.district,
                day=watch.day.isoformat(),
                starts=watch.starts,
                ends=watch.ends,
                crew=sorted(other.id for other in together if other is not member),
                state="planned",
                formation=member.person.formation,
            )


def _manned(
    watch: Watch, people: Sequence[Member], routes: Routes
) -> Iterator[tuple[tuple[Id, Route], Crew]]:
    """A crew of two on each route as far as crews go; volunteers go with those on foot."""
    police = _team(people, (Role.OFFICER, Role.GUARD), watch.team)
    civil = _team(people, (Role.VOLUNTEER, Role.LEADER), watch.team)
    order = _turned(routes, watch.day.toordinal() * len(police))[: len(police)]
    order.sort(key=lambda way: way[1].means != "foot")
    for way, crew, guests in zip_longest(order, police, civil, fillvalue=()):
        assert way, "more volunteers' crews than routes that are manned"
        yield way, (*crew, *guests)


def _team(people: Sequence[Member], roles: tuple[Role, ...], team: int) -> list[Crew]:
    """The crews of one team: two of the same role, or of the same formation."""
    crews: list[Crew] = []
    for formation in sorted({m.person.formation for m in people if m.person.role in roles}):
        own = [m for m in people if m.person.role in roles and m.person.formation == formation]
        own = _guided(own)
        crews += [(own[n], own[n + 1]) for n in range(0, len(own) - 1, 2)]
    return crews[team::TEAMS]


def _guided(members: list[Member]) -> list[Member]:
    """Leaders go last, each paired with the volunteer before."""
    return sorted(members, key=lambda member: member.person.role is Role.LEADER)


def _turned(routes: Routes, by: int) -> list[tuple[Id, Route]]:
    """From another route on each day, by vehicle and on foot in turn."""
    foot = [way for way in routes if way[1].means == "foot"]
    vehicle = [way for way in routes if way[1].means == "vehicle"]
    mixed = [way for way in chain.from_iterable(zip_longest(foot, vehicle)) if way]
    first = by % len(mixed)
    return [*mixed[first:], *mixed[:first]]


def _moment(when: datetime) -> int:
    return int(when.astimezone(UTC).timestamp()) * 1_000
