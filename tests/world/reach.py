"""Who may read and write what, written once more from PROTOCOL.md 5.10 and 8 and the rights.

Only for the roles that walk through this world. Nothing here is taken from `sync`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sync.roles import Actor
from tests.world.rules import ATOMS, UNKNOWN, Stamp

HOUR: Final = 3_600_000
NO_ATOMS: Final = ""

# Role, kind: what (Read, Create, write), how far, and to which atoms a write is confined.
RIGHTS: Final[dict[str, dict[str, list[tuple[str, str, str]]]]] = {
    "officer": {
        "violation": [("RCW", "own", ""), ("R", "shift", "")],
        "subject": [("RCW", "own", "")],
        "shift": [("R", "own", ""), ("W", "own", "state"), ("R", "shift", "")],
        "assist": [("R", "shift", ""), ("W", "shift", "state")],
        "person": [("R", "shift", "")],
        "route": [("R", "district", "")],
    },
    "volunteer": {
        "assist": [("RC", "own", ""), ("W", "own", "what place happened")],
        "shift": [("R", "own", ""), ("W", "own", "state")],
        "person": [("R", "shift", "")],
        "route": [("R", "shift", "")],
    },
    "supervisor": {
        "violation": [("R", "district", ""), ("W", "district", "review")],
        "assist": [("R", "district", ""), ("W", "district", "state")],
        "shift": [("RW", "district", "")],
        "person": [("R", "district", "")],
        "route": [("RW", "district", "")],
    },
    "planner": {
        "shift": [("RCW", "all", "")],
        "assist": [("R", "all", "")],
        "person": [("R", "all", "")],
        "route": [("RCW", "all", "")],
    },
    "administrator": {"district": [("CW", "all", "")], "person": [("RCW", "all", "")]},
    "adapter": {
        "district": [("CW", "all", "")],
        "person": [("RCW", "all", "")],
        "shift": [("RCW", "all", "")],
        "violation": [("RC", "all", "")],
    },
}
EVERYBODY: Final = [("R", "all", "")]
REFERENCE: Final = ("district", "offence", "formation", "place", "index")

FILED: Final[dict[str, dict[str, str]]] = {
    **{kind: {"city": ""} for kind in REFERENCE},
    "route": {"district": "district", "route": "id"},
    "person": {"person": "id", "district": "district", "formation": "formation"},
    "shift": {
        "person": "person",
        "district": "district",
        "route": "route",
        "formation": "formation",
    },
    "violation": {"person": "officer", "district": "district", "route": "route"},
    "subject": {"person": "officer"},
    "assist": {
        "person": "member",
        "formation": "formation",
        "district": "district",
        "route": "route",
    },
}
OWNER: Final = {
    "violation": "officer",
    "subject": "officer",
    "assist": "member",
    "shift": "person",
}
BY_ARRIVAL: Final = ("violation", "subject", "assist")


class Duty(NamedTuple):
    """One shift that was not cancelled."""

    route: str
    day: str
    starts: int
    ends: int
    crew: tuple[str, ...]


def feeds_of(kind: str, record: str, body: Mapping[str, Any], first_day: str) -> frozenset[str]:
    """The feeds that hold a record [8.1]."""
    period = first_day if kind in BY_ARRIVAL else str(body["day"]) if kind == "shift" else "-"
    names = set()
    for sort, field in FILED[kind].items():
        value = {"": "", "id": record}.get(field) or body.get(field)
        if not field:
            names.add(f"{sort}/{kind}/{period}")
        elif value:
            names.add(f"{sort}:{value}/{kind}/{period}")
    return frozenset(names)


def granted(
    actor: Actor, duties: Sequence[Duty], districts: Iterable[str], today: str
) -> frozenset[str]:
    """The feeds that somebody may read on a day, by the duties of that day and the one before."""
    names: set[str] = set()
    for kind in FILED:
        rights = EVERYBODY if kind in REFERENCE else RIGHTS[actor.role].get(kind, [])
        for what, scope, _ in rights:
            if "R" in what:
                reach = _reached(kind, scope, actor, duties, districts)
                names |= {f"{r}/{kind}/{p}" for r in reach for p in _days(kind, scope, today)}
    return frozenset(names)


def _reached(
    kind: str, scope: str, actor: Actor, duties: Sequence[Duty], districts: Iterable[str]
) -> set[str]:
    sorts = FILED[kind]
    routes = {f"route:{d.route}" for d in duties if d.route}
    crew = {f"person:{p}" for d in duties for p in d.crew} | {f"person:{actor.person}"}
    everywhere = {"city"} if "city" in sorts else {f"district:{d}" for d in districts}
    reach = {
        "own": {f"person:{actor.person}"},
        "shift": routes if "route" in sorts else crew,
        "district": {f"district:{actor.district}"} if actor.district else set(),
        "all": everywhere,
    }[scope]
    return {name for name in reach if name.split(":")[0] in sorts}


@lru_cache(256)
def _days(kind: str, scope: str, today: str) -> tuple[str, ...]:
    """Of one's own two days back and one ahead, of others' one back; a shift's a day more."""
    if kind not in (*BY_ARRIVAL, "shift"):
        return ("-",)
    first, last = (-2, 1) if scope == "own" else (-1, 0)
    last += kind == "shift"
    start = date.fromisoformat(today)
    return tuple((start + timedelta(days=n)).isoformat() for n in range(first, last + 1))


def refusal(
    actor: Actor,
    kind: str,
    touched: Iterable[str],
    bodies: Sequence[Mapping[str, Any]],
    duties: Sequence[Duty],
    when: Stamp,
) -> str:
    """'' if somebody may write this, else the code [5.7, 5.10]. One body: it is a create."""
    verb = "C" if len(bodies) == 1 else "W"
    rights = [r for r in RIGHTS[actor.role].get(kind, []) if verb in r[0]]
    if not rights:
        return "not_allowed"
    now = [duty for duty in duties if _runs(duty, when)]
    reached = [r for r in rights if all(_inside(r[1], kind, actor, now, b) for b in bodies)]
    if not reached:
        return "not_own"
    if verb == "C" or any(not atoms for _, _, atoms in reached):
        return ""
    names = {name for _, _, atoms in reached for name in atoms.split()}
    fields = {field for name in names for field in ATOMS[kind][name][1].split()}
    return "" if set(touched) <= fields else "not_allowed"


def _runs(duty: Duty, when: Stamp) -> bool:
    """Give or take what is known of the clock, and for an hour after the shift [5.10]."""
    spread = 12 * HOUR if when.spread == UNKNOWN else when.spread
    return duty.starts <= when.at + spread and when.at - spread <= duty.ends + HOUR


def _inside(
    scope: str, kind: str, actor: Actor, duties: Sequence[Duty], body: Mapping[str, Any]
) -> bool:
    if scope == "own":
        return bool(body.get(OWNER[kind]) == actor.person)
    if scope == "shift":
        return any(duty.route and duty.route == body.get("route") for duty in duties)
    if scope == "district":
        return bool(actor.district) and body.get("district") == actor.district
    return True
