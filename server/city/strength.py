"""Who there is on strength: a hundred people of one district and their two formations."""

from typing import Final

from msgspec import Struct

from server.city.identity import Source
from server.city.names import invented
from sync.kinds.formation import Formation
from sync.kinds.person import Person
from sync.record import Id
from sync.roles import Role

DISTRICT: Final = "ALM"
STRENGTH: Final = (
    (Role.OFFICER, 70),
    (Role.GUARD, 8),
    (Role.VOLUNTEER, 14),
    (Role.LEADER, 2),
    (Role.DISPATCHER, 2),
    (Role.SUPERVISOR, 2),
    (Role.PLANNER, 1),
    (Role.ADMINISTRATOR, 1),
)
FORMATIONS: Final = (
    Formation(
        "«Үлгі көше» қоғамдық құралымы",
        "Общественное формирование «Образцовая улица»",
        "Model Street public formation",
        DISTRICT,
        "formation",
    ),
    Formation(
        "«Ойдан шығарылған фабрика» ұжымы",
        "Коллектив «Выдуманной фабрики»",
        "Collective of the Invented Works",
        DISTRICT,
        "collective",
    ),
)
SIGNS: Final = {
    Role.OFFICER: "А",
    Role.GUARD: "Г",
    Role.VOLUNTEER: "Е",
    Role.LEADER: "Ж",
    Role.DISPATCHER: "Д",
    Role.SUPERVISOR: "Б",
    Role.PLANNER: "К",
    Role.ADMINISTRATOR: "Т",
}
UNITS: Final = {
    Role.OFFICER: "Алмалы патруль ротасы",
    Role.GUARD: "Ұлттық ұлан, Алмалы тобы",
    Role.DISPATCHER: "Жедел басқару орталығы",
    Role.SUPERVISOR: "Алмалы патруль ротасы",
    Role.PLANNER: "Жоспарлау бөлімі",
    Role.ADMINISTRATOR: "Әкімшілендіру",
}


class Member(Struct, frozen=True):
    """A person of the city: the record, and the login of the account."""

    id: Id
    login: str
    person: Person


def formations(source: Source) -> dict[Id, Formation]:
    return {source.id("formation", n): formation for n, formation in enumerate(FORMATIONS)}


def people(source: Source, served: dict[Id, Formation]) -> list[Member]:
    names = invented(source.dice("names"), sum(count for _, count in STRENGTH))
    return [
        _member(source, served, role, number, names.pop())
        for role, count in STRENGTH
        for number in range(1, count + 1)
    ]


def _member(
    source: Source, served: dict[Id, Formation], role: Role, number: int, name: str
) -> Member:
    formation = ""
    if role in (Role.VOLUNTEER, Role.LEADER):
        formation = sorted(served)[number % len(served)]
    unit = served[formation].name_kk if formation else UNITS[role]
    person = Person(
        name=name,
        call_sign=f"{SIGNS[role]}-{100 + number}",
        unit=unit,
        district=DISTRICT,
        role=role,
        formation=formation,
    )
    return Member(source.id("person", role.value, number), f"{role.value}{number}", person)
