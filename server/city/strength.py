"""Who there is on strength: crews for every route four times over, formations, and the desks."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from msgspec import Struct

from server.city.extent import CENTRE, Routes
from server.city.files import Area, rows
from server.city.identity import Source
from server.city.names import invented
from sync.kinds.formation import Formation
from sync.kinds.person import Person
from sync.record import Id
from sync.roles import Role

TEAMS: Final = 4  # they take turns: the roster says how
CREW: Final = 2
RESERVE: Final = 30  # one crew more in each team for so many routes
GUARDED: Final = 5  # one in so many routes on foot is the National Guard's

# People of one team at the desks of each district, and at those of the whole city.
DISTRICT_DESKS: Final = ((Role.DISPATCHER, 2), (Role.INSPECTOR, 1), (Role.SUPERVISOR, 1))
OPERATORS: Final = 102
OFFICES: Final = (
    (Role.PLANNER, 6),
    (Role.ANALYST, 6),
    (Role.AUDITOR, 3),
    (Role.ADMINISTRATOR, 4),
)
SMALL_OPERATORS: Final = 8

SIGNS: Final = {
    Role.OFFICER: "А",
    Role.GUARD: "Г",
    Role.VOLUNTEER: "Е",
    Role.LEADER: "Ж",
    Role.OPERATOR: "О",
    Role.DISPATCHER: "Д",
    Role.INSPECTOR: "В",
    Role.SUPERVISOR: "Б",
    Role.PLANNER: "К",
    Role.ANALYST: "С",
    Role.AUDITOR: "И",
    Role.ADMINISTRATOR: "Т",
}
CONTROL: Final = "Жедел басқару орталығы"
UNITS: Final = {
    Role.OFFICER: "{place} патруль ротасы",
    Role.GUARD: "Ұлттық ұлан, {place} тобы",
    Role.OPERATOR: f"{CONTROL}, 102",
    Role.DISPATCHER: f"{CONTROL}, {{place}}",
    Role.INSPECTOR: f"{CONTROL}, бейнебақылау",
    Role.SUPERVISOR: "{place} патруль ротасы",
    Role.PLANNER: "Жоспарлау бөлімі",
    Role.ANALYST: "Талдау бөлімі",
    Role.AUDITOR: "Ішкі бақылау",
    Role.ADMINISTRATOR: "Әкімшілендіру",
}
LEADERS: Final = TEAMS  # of each formation, so that each of its teams has one


class Member(Struct, frozen=True):
    """A person of the city: the record, and the login of the account."""

    id: Id
    login: str
    person: Person


class Seat(Struct, frozen=True):
    """One place on strength, before anybody is found for it."""

    role: Role
    district: str
    unit: str
    formation: Id = ""


def formations(source: Source, built: Routes) -> dict[Id, Formation]:
    """The formation and the collectives of the districts that are built."""
    return {
        source.id("formation", row["district"]): Formation(
            row["name_kk"],
            row["name_ru"],
            row["name_en"],
            row["district"],
            "formation" if row["type"] == "formation" else "collective",
        )
        for row in rows("formations")
        if row["district"] in built
    }


def people(
    source: Source, areas: list[Area], built: Routes, served: dict[Id, Formation]
) -> list[Member]:
    """Everybody, each in a seat of his own."""
    seats = [*_patrols(areas, built), *_volunteers(served), *_desks(areas, built)]
    names = invented(source.dice("names"), len(seats))
    numbers = {role: count(1) for role in SIGNS}
    return [
        _member(source, seat, next(numbers[seat.role]), name)
        for seat, name in zip(seats, names, strict=True)
    ]


def _patrols(areas: list[Area], built: Routes) -> Iterator[Seat]:
    """In each district as many crews in each team as there are routes, and a few more."""
    for area in areas:
        vehicle, foot = built[area.code]
        guards = foot // GUARDED
        crews = vehicle + foot + -(-(vehicle + foot) // RESERVE) - guards
        for role, teams in ((Role.OFFICER, crews), (Role.GUARD, guards)):
            yield from [_seat(role, area)] * (teams * TEAMS * CREW)


def _volunteers(served: dict[Id, Formation]) -> Iterator[Seat]:
    strength = {row["district"]: int(row["people"]) for row in rows("formations")}
    for formation, body in served.items():
        volunteers = strength[body.district] - LEADERS
        roles = [Role.VOLUNTEER] * volunteers + [Role.LEADER] * LEADERS
        yield from (Seat(role, body.district, body.name_kk, formation) for role in roles)


def _desks(areas: list[Area], built: Routes) -> Iterator[Seat]:
    for area in areas:
        for role, at_once in DISTRICT_DESKS:
            yield from [_seat(role, area)] * (at_once * TEAMS)
    centre = next(area for area in areas if area.code == CENTRE)
    operators = OPERATORS if len(built) > 1 else SMALL_OPERATORS
    for role, number in ((Role.OPERATOR, operators), *OFFICES):
        yield from [_seat(role, centre)] * number


def _seat(role: Role, area: Area) -> Seat:
    name = area.names[0].removesuffix(" ауданы")
    return Seat(role, area.code, UNITS[role].format(place=name))


def _member(source: Source, seat: Seat, number: int, name: str) -> Member:
    role = seat.role
    person = Person(
        name=name,
        call_sign=f"{SIGNS[role]}-{100 + number}",
        unit=seat.unit,
        district=seat.district,
        role=role,
        formation=seat.formation,
    )
    return Member(source.id("person", role.value, number), f"{role.value}{number}", person)
