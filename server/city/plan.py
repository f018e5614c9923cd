"""The whole city as records, before anybody is told of it."""

from collections.abc import Iterator
from datetime import date

import msgspec
from msgspec import Struct

from server.city import files, roster, strength
from server.city.geometry import e7
from server.city.identity import Source
from server.city.offences import offences
from server.city.strength import DISTRICT, Member
from server.city.ways import routes_of
from sync.kinds.district import District
from sync.kinds.formation import Formation
from sync.kinds.route import Route
from sync.kinds.shift import Shift
from sync.record import Body, Id
from sync.roles import Role


class Told(Struct, frozen=True):
    """One record that the store is to be told of."""

    kind: str
    id: Id
    body: Body


class City(Struct, frozen=True):
    """What stands in the city for as long as it exists."""

    source: Source
    formations: dict[Id, Formation]
    people: list[Member]
    routes: list[tuple[Id, Route]]

    def standing(self) -> Iterator[Told]:
        """Every record but the shifts."""
        for area in files.areas():
            lat, lon = area.centre
            yield _told(
                "district", self.source.id("district", area.code), _district(area, lat, lon)
            )
        for n, offence in enumerate(offences()):
            yield _told("offence", self.source.id("offence", n), offence)
        for formation, body in self.formations.items():
            yield _told("formation", formation, body)
        for member in self.people:
            yield _told("person", member.id, member.person)
        for route, course in self.routes:
            yield _told("route", route, course)

    def shifts(self, day: date) -> Iterator[Told]:
        """The shifts that begin on a day."""
        for watch in roster.watches(day):
            for shift in roster.shifts(watch, self.people, self.routes):
                name = self.source.id("shift", watch.starts, shift.person)
                yield _told("shift", name, shift)

    def on_duty(self, now: int, day: date) -> list[tuple[Member, Shift]]:
        """Who walks where at this moment; the night before lasts into the morning."""
        people = {member.id: member for member in self.people}
        both = (roster.watches(day)[0], roster.watches(day)[1])
        before = roster.watches(date.fromordinal(day.toordinal() - 1))
        return [
            (people[shift.person], shift)
            for watch in (*before, *both)
            if watch.starts <= now < watch.ends
            for shift in roster.shifts(watch, self.people, self.routes)
        ]


def build(source: Source) -> City:
    """The city that a seed and a founding make."""
    area = next(area for area in files.areas() if area.code == DISTRICT)
    routes = routes_of(area, files.avenues(), files.places())
    formations = strength.formations(source)
    return City(
        source,
        formations,
        strength.people(source, formations),
        [(source.id("route", route.code), route) for route in routes],
    )


def pair(on_duty: list[tuple[Member, Shift]]) -> tuple[Member, Member]:
    """A volunteer on duty, and the officer who walks the same route."""
    volunteer, shift = next(d for d in on_duty if d[0].person.role is Role.VOLUNTEER)
    officer = next(
        member
        for member, other in on_duty
        if member.person.role is Role.OFFICER and other.route == shift.route
    )
    return officer, volunteer


def _district(area: files.Area, lat: float, lon: float) -> District:
    return District(area.code, *area.names, e7(lat), e7(lon))


def _told(kind: str, record: Id, body: Struct) -> Told:
    plain: Body = msgspec.to_builtins(body)
    return Told(kind, record, plain)
