"""The public part of a person on strength: what a crew and a desk may see of each other."""

from typing import Final

from msgspec import Struct

from sync.kind import Atom, Kind, Rule
from sync.record import DistrictCode, IdOrNone, Label
from sync.roles import Role


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """Name, call sign and unit. Nothing private: no number, no address, no telephone."""

    name: Label
    call_sign: Label
    unit: Label
    district: DistrictCode
    role: Role
    formation: IdOrNone = ""


KIND: Final = Kind(
    name="person",
    shape=Person,
    filed=(("person", "id"), ("district", "district"), ("formation", "formation")),
    period="-",
    atoms={
        "name": Atom(("name",), Rule.ASK, "two spellings of a name: a person knows the right one"),
        "call_sign": Atom(("call_sign",), Rule.LATEST, "the call sign last given out is in use"),
        "post": Atom(
            ("unit", "district", "role", "formation"),
            Rule.STORE_ORDER,
            "one administrator after the other moves people, each having seen the last move",
        ),
    },
)
