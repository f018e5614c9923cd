"""A shift: one person's assignment to a route or to a desk from one moment to another."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from sync.change import Held
from sync.kind import Atom, Facts, Kind, Rule
from sync.record import Body, Day, DistrictCode, Id, IdOrNone, Moment
from sync.roles import Actor

SHIFT_MAX_MS = 24 * 3600 * 1000


class Shift(Struct, frozen=True, forbid_unknown_fields=True):
    """`crew` are the others on the same route at the same time; `day` is the day it starts on.

    `post` is what the person does: a patrol has its `route`; whoever serves at a desk has none,
    and serves it for the whole of `district`, or of the city where the post knows no districts.
    """

    person: Id
    route: IdOrNone
    district: DistrictCode
    day: Day
    starts: Moment
    ends: Moment
    crew: Annotated[list[Id], Meta(max_length=12)]
    state: Literal["planned", "started", "ended", "cancelled"]
    formation: IdOrNone = ""
    post: Literal["patrol", "operator", "dispatcher", "inspector", "supervisor"] = "patrol"

    def __post_init__(self) -> None:
        if not self.starts < self.ends <= self.starts + SHIFT_MAX_MS:
            raise ValueError("a shift ends after it starts and lasts a day at most")
        if (self.post == "patrol") != bool(self.route):
            raise ValueError("a patrol has a route, and a desk has none")


STEPS = {"planned": ("started", "cancelled"), "started": ("ended",)}


def needs(body: Body) -> list[str]:
    """The person's other shifts of that day."""
    return [f"person:{body.get('person')}/shift/{body.get('day')}"]


def check(body: Body, held: Held | None, _actor: Actor, facts: Facts) -> str:
    """Nobody is in two places at once."""
    own = held.id if held else None
    return "double_booked" if any(_clash(body, o, own) for o in _all(facts)) else ""


def _all(facts: Facts) -> Sequence[Held]:
    return [held for group in facts.values() for held in group]


def _clash(body: Body, other: Held, own: str | None) -> bool:
    if other.id == own or other.body["person"] != body["person"]:
        return False
    if "cancelled" in (other.body["state"], body["state"]):
        return False
    starts, ends = int(str(other.body["starts"])), int(str(other.body["ends"]))
    return int(str(body["starts"])) < ends and starts < int(str(body["ends"]))


KIND: Final = Kind(
    name="shift",
    shape=Shift,
    filed=(
        ("person", "person"),
        ("district", "district"),
        ("route", "route"),
        ("formation", "formation"),
    ),
    period="day",
    owner="person",
    needs=needs,
    check=check,
    atoms={
        "plan": Atom(
            ("person", "post", "route", "district", "formation", "day", "starts", "ends"),
            Rule.ASK,
            "two planners sent one person to two places: a person decides",
        ),
        "crew": Atom(("crew",), Rule.UNION, "whoever was added by either is in the car"),
        "state": Atom(
            ("state",), Rule.FURTHEST, "what has begun has begun, whoever heard of it", STEPS
        ),
    },
)
