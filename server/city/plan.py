"""The whole city as records, before anybody is told of it."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
from msgspec import Struct

from server.city import extent, files, roster, strength
from server.city.borders import Borders, borders
from server.city.gazetteer import gazetteer
from server.city.geometry import e7
from server.city.identity import Source
from server.city.landmarks import Landmarks
from server.city.offences import indexes, offences
from server.city.streets import streets
from server.city.strength import Member
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
    roster: roster.Roster

    def standing(self) -> Iterator[Told]:
        """Every record but the shifts."""
        areas, avenues = files.areas(), files.avenues()
        for area in areas:
            yield _told("district", self.source.id("district", area.code), _district(area))
        for n, offence in enumerate(offences()):
            yield _told("offence", self.source.id("offence", n), offence)
        for index in indexes():
            yield _told("index", self.source.id("index", index.valid_from), index)
        known = gazetteer(files.places(), avenues, borders(areas, avenues))
        for name, place in known:
            yield _told("place", self.source.id("place", name), place)
        for formation, body in self.formations.items():
            yield _told("formation", formation, body)
        for member in self.people:
            yield _told("person", member.id, member.person)
        for route, course in self.routes:
            yield _told("route", route, course)

    def shifts(self, day: date) -> Iterator[Told]:
        """The shifts that begin on a day."""
        for watch in roster.watches(day):
            for shift in self.roster.shifts(watch):
                name = self.source.id("shift", watch.starts, shift.person)
                yield _told("shift", name, shift)

    def on_duty(self, now: int, day: date) -> list[tuple[Member, Shift]]:
        """Who serves where at this moment; the night before lasts into the morning."""
        people = {member.id: member for member in self.people}
        before = roster.watches(day - timedelta(days=1))
        return [
            (people[shift.person], shift)
            for watch in (*before, *roster.watches(day))
            if watch.starts <= now < watch.ends
            for shift in self.roster.shifts(watch)
        ]


def build(source: Source) -> City:
    """The city that a seed, a founding and an extent make."""
    built = extent.routes(source.extent)
    areas = [area for area in files.areas() if area.code in built]
    formations = strength.formations(source, built)
    people = strength.people(source, areas, built, formations)
    routes = [(source.id("route", route.code), route) for route in _routes(source, areas, built)]
    return City(source, formations, people, routes, roster.Roster(people, routes))


def _routes(source: Source, areas: list[files.Area], built: extent.Routes) -> Iterator[Route]:
    """Streets and routes are the seed's alone: the same whenever the city was founded."""
    seed = Source(source.seed, 0)
    avenues, places = files.avenues(), files.places()
    among: Borders = borders(files.areas(), avenues)
    graph = streets(avenues, places, among, seed.dice("streets"))
    marks = Landmarks(graph, places)
    for area in areas:
        dice = seed.dice("routes", area.code)
        yield from routes_of(area, built[area.code], graph, marks, dice)


def pair(on_duty: list[tuple[Member, Shift]]) -> tuple[Member, Member]:
    """A volunteer on duty, and the officer who walks the same route."""
    volunteer, officer = next(
        (member, other)
        for member, shift in on_duty
        if member.person.role is Role.VOLUNTEER and shift.district == extent.CENTRE
        for other, beside in on_duty
        if other.person.role is Role.OFFICER and beside.route == shift.route
    )
    return officer, volunteer


def _district(area: files.Area) -> District:
    return District(area.code, *area.names, *map(e7, area.centre))


def _told(kind: str, record: Id, body: Struct) -> Told:
    plain: Body = msgspec.to_builtins(body)
    return Told(kind, record, plain)
