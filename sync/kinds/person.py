"""The public part of a person on strength: what a crew and a desk may see of each other."""

from msgspec import Struct

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
