"""Who serves where and when: four teams that take turns at day, night, rest and rest."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import Final, Literal, TypeVar

from msgspec import Struct

from server.city.strength import TEAMS, Member
from server.clock import CITY
from sync.kinds.route import Route
from sync.kinds.shift import Shift
from sync.record import Id
from sync.roles import Role

DAY, NIGHT = time(8), time(20)
LASTS: Final = timedelta(hours=12)
FASTER: Final = 3  # crews move on by more than routes do, or they would meet again each time
POSTS: Final[dict[Role, Literal["operator", "dispatcher", "inspector", "supervisor"]]] = {
    Role.OPERATOR: "operator",
    Role.DISPATCHER: "dispatcher",
    Role.INSPECTOR: "inspector",
    Role.SUPERVISOR: "supervisor",
}

Crew = tuple[Member, ...]
Item = TypeVar("Item")
Routes = Sequence[tuple[Id, Route]]


class Watch(Struct, frozen=True):
    """Twelve hours of a day, and the team whose turn they are.

    A team serves by day, the night after, and rests for two days: never less than 24 h lie
    between two of its turns.
    """

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


class Roster:
    """The crews of the whole strength, made up once."""

    def __init__(self, people: Sequence[Member], routes: Routes) -> None:
        self._districts = sorted({route.district for _, route in routes})
        self._routes = {d: [way for way in routes if way[1].district == d] for d in self._districts}
        self._police = _by_district(people, (Role.OFFICER,))
        self._guard = _by_district(people, (Role.GUARD,))
        self._civil = _by_district(people, (Role.VOLUNTEER, Role.LEADER))
        self._desks = _teams([(m,) for m in people if m.person.role in POSTS])

    def shifts(self, watch: Watch) -> Iterator[Shift]:
        """Everybody's shift of one watch."""
        for district in self._districts:
            for (route, course), together in self._manned(watch, district):
                for member in together:
                    crew = sorted(other.id for other in together if other is not member)
                    yield _shift(watch, member, route, course.district, crew)
        for (member,) in self._desks[watch.team]:
            yield _shift(watch, member, "", member.person.district, [])

    def _manned(self, watch: Watch, district: str) -> Iterator[tuple[tuple[Id, Route], Crew]]:
        """A crew of two on each route, from another crew on each turn; volunteers walk along.

        The National Guard and the volunteers walk, so their routes on foot come first.
        """
        turn = watch.day.toordinal() // TEAMS
        ways = self._routes[district]
        foot = _turned([way for way in ways if way[1].means == "foot"], turn)
        vehicle = _turned([way for way in ways if way[1].means == "vehicle"], turn)
        guard = self._guard[district][watch.team]
        police = _turned(self._police[district][watch.team], FASTER * turn)
        crews = [*police[: len(foot) - len(guard)], *guard]
        crews += police[len(foot) - len(guard) :][: len(vehicle)]
        civil = self._civil[district][watch.team]
        for way, crew, guests in zip_longest([*foot, *vehicle], crews, civil, fillvalue=()):
            assert way, "more volunteers' crews than routes that are manned"
            assert crew, "fewer crews than routes"
            yield way, (*crew, *guests)


def _shift(watch: Watch, member: Member, route: Id, district: str, crew: list[Id]) -> Shift:
    return Shift(
        person=member.id,
        route=route,
        district=district,
        day=watch.day.isoformat(),
        starts=watch.starts,
        ends=watch.ends,
        crew=crew,
        state="planned",
        formation=member.person.formation,
        post=POSTS.get(member.person.role, "patrol"),
    )


def _by_district(people: Iterable[Member], roles: tuple[Role, ...]) -> dict[str, list[list[Crew]]]:
    """Each district's teams of crews: two of these roles together, each leader with one other."""
    members: dict[str, list[Member]] = {}
    for member in people:
        own = members.setdefault(member.person.district, [])
        if member.person.role in roles:
            own.append(member)
    return {district: _teams(_crews(own)) for district, own in members.items()}


def _crews(members: list[Member]) -> list[Crew]:
    leaders = [member for member in members if member.person.role is Role.LEADER]
    others = [member for member in members if member.person.role is not Role.LEADER]
    led = list(zip(leaders, others, strict=False))
    left = others[len(led) :]
    return [*led, *zip(left[::2], left[1::2], strict=False)]


def _teams(crews: list[Crew]) -> list[list[Crew]]:
    return [crews[team::TEAMS] for team in range(TEAMS)]


def _turned(items: list[Item], by: int) -> list[Item]:
    first = by % len(items) if items else 0
    return [*items[first:], *items[:first]]


def _moment(when: datetime) -> int:
    return int(when.astimezone(UTC).timestamp()) * 1_000
