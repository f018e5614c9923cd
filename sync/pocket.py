"""What a replica keeps: its base records, its outbox, and where the conversation stands."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct, field

from sync.change import Group, Lane
from sync.feeds import Grant
from sync.record import Body

TAIL_MAX: Final = 500  # letters kept after they were taken, to heal a restored store [11]
REFUSED: Final = ("parked", "rejected")
CALLING: Final = ("superseded", "disputed", "parked", "rejected")
"""Outcomes that call for the author: something of his does not stand."""

Answered = Literal["", "mended", "left"]
"""What the author did about such an outcome: wrote another letter, or left it as it is."""


class Entry(Struct):
    """One letter in the outbox, from the moment it is written until the tail lets go of it."""

    lane: Lane
    seq: int
    hash: str
    line: str
    kind: str
    id: str
    over: int
    state: Literal["waiting", "heard", "settled"] = "waiting"
    outcome: str = ""
    code: str = ""
    position: int = 0
    unseen: int = 0
    answered: Answered = ""


def calls(entry: Entry) -> bool:
    """Whether its author is still to be told, or to do something about it [7]."""
    lost = entry.outcome in CALLING or entry.code == "lost"
    return lost and entry.answered == ""


class Base(Struct):
    """A record as the store last gave it; `feeds` maps each feed that holds it to its life."""

    kind: str
    id: str
    version: int
    letter: str
    line: str
    feeds: dict[str, int]


class State(Struct):
    """What one replica must remember of the conversation, beside its records and its outbox."""

    device: str
    person: str
    contract: int
    epoch: str = ""
    turn: int = 0
    mark: str = ""
    at: int = 0
    open: dict[str, int] = field(default_factory=dict)
    view: str = ""
    feeds: list[Grant] = field(default_factory=list)
    heads: dict[Lane, tuple[int, str]] = field(default_factory=dict)
    """The last letter written in each lane."""
    taken: dict[Lane, int] = field(default_factory=dict)
    """The last number that the store has said it holds."""
    narrow: dict[str, dict[str, str]] = field(default_factory=dict)
    """Digests to compare at the next exchange."""
    doubt: bool = False
    """The store began another epoch, and has not yet been compared with [11.4]."""
    heard_at: int = 0


class Draft(Struct, frozen=True):
    """What a person wants to change; the replica makes it a letter."""

    kind: str
    id: str
    set: Body
    lane: Lane = "work"
    group: Group | None = None


Key = tuple[str, str]
Records = Mapping[Key, Base]
Changed = dict[Key, Base | None]


class Effects(Struct):
    """What has to be put down, in one transaction, before any of it is believed."""

    state: State
    put: list[Base] = field(default_factory=list)
    drop: list[Key] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    gone: list[tuple[Lane, int]] = field(default_factory=list)
