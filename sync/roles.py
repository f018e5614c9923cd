"""Who is asking: the roles of rights.md, and one person on one device in one of them."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """What a person is in the system; each signs in as exactly one."""

    OFFICER = "officer"
    GUARD = "guard"
    VOLUNTEER = "volunteer"
    LEADER = "leader"
    OPERATOR = "operator"
    DISPATCHER = "dispatcher"
    INSPECTOR = "inspector"
    SUPERVISOR = "supervisor"
    PLANNER = "planner"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    ADAPTER = "adapter"


class Actor(Struct, frozen=True):
    """One person, in one role, on one device. Empty text means *none*."""

    person: str
    role: Role
    district: str
    formation: str
    device: str
