"""Who is told of what. Pure: what happened goes in, who is meant comes out.

- A violation whose author calls for backup: the dispatchers on duty.
- An assist that was handed in: the dispatchers on duty, and the leader of the formation.
- A shift given, moved or cancelled by somebody else, within the coming week: its person.

On duty is a dispatcher whose own shift is running. If none of those who are can be reached, every
dispatcher who can be reached is told: a call for backup may wake one too many, never nobody.
Whoever wrote a letter is not told of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Protocol

from msgspec import Struct

from server.clock import HOUR
from server.push.notices import LIFE, Code, Notice
from sync.record import Body
from sync.roles import Role

AHEAD: Final = 7 * 24 * HOUR
KINDS: Final = ("violation", "assist", "shift")
PLAN: Final = frozenset({"person", "route", "district", "formation", "day", "starts", "ends"})


class Happened(Protocol):
    """A letter that made a version of its record."""

    @property
    def position(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def record(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def arrived(self) -> int: ...
    @property
    def creates(self) -> bool: ...
    @property
    def set(self) -> Body:
        """What it set."""


class Listener(Protocol):
    """Somebody who can be reached, as his account says today."""

    @property
    def person(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def formation(self) -> str: ...


class Reach(Struct, frozen=True):
    """Everybody who can be reached, and who of them is on duty."""

    listeners: Sequence[Listener]
    on_duty: Collection[str]

    def dispatchers(self) -> set[str]:
        """Those on duty; if none is, all."""
        all_ = {one.person for one in self.listeners if one.role is Role.DISPATCHER}
        return all_ & set(self.on_duty) or all_

    def leaders(self, formation: str) -> set[str]:
        return {
            one.person
            for one in self.listeners
            if one.role is Role.LEADER and formation and one.formation == formation
        }

    def has(self, person: str) -> bool:
        return any(one.person == person for one in self.listeners)


def interesting(one: Happened) -> bool:
    """Whether the letter alone lets one think that somebody is to be told."""
    match one.kind:
        case "violation":
            return one.set.get("needs_backup") is True
        case "assist":
            return one.creates
        case "shift":
            cancelled = one.set.get("state") == "cancelled"
            return one.creates or cancelled or not PLAN.isdisjoint(one.set)
    return False


def notices_of(
    happened: Iterable[Happened], bodies: Mapping[str, Body], reach: Reach, now: int
) -> list[Notice]:
    """What is to be told, in order. `bodies` are the records as they are now: what has been taken
    back meanwhile, and what is too late to be worth it, is left out."""
    found = [
        notice
        for one in happened
        if one.record in bodies and interesting(one)
        for notice in _notices(one, bodies[one.record], reach)
    ]
    return [notice for notice in found if notice.expires > now]


def _notices(one: Happened, body: Body, reach: Reach) -> list[Notice]:
    if one.kind == "shift":
        return _shift(one, body, reach)
    about = f"{one.kind}/{one.record}"
    if one.kind == "violation" and body.get("needs_backup") is True:
        return _to(reach.dispatchers(), one, "backup", about, about)
    # A body holds what was written: a field that nobody set has its kind's first value.
    if one.kind == "assist" and body.get("state", "submitted") == "submitted":
        people = reach.dispatchers() | reach.leaders(str(body.get("formation", "")))
        return _to(people, one, "assist", about, about)
    return []


def _shift(one: Happened, body: Body, reach: Reach) -> list[Notice]:
    person, starts, ends = str(body["person"]), int(str(body["starts"])), int(str(body["ends"]))
    if not reach.has(person) or ends <= one.arrived or starts > one.arrived + AHEAD:
        return []
    about, code = f"shift/{one.record}", _of_shift(one, body)
    if code == "shift_new":
        # Of a week planned at once the person hears once: the latest stands for all.
        about = f"shifts/{person}"
    return _to({person}, one, code, f"shift/{one.record}/{one.position}", about, ends)


def _of_shift(one: Happened, body: Body) -> Code:
    if body.get("state") == "cancelled":
        return "shift_cancelled"
    return "shift_new" if one.creates else "shift_changed"


def _to(
    people: set[str], one: Happened, code: Code, fact: str, about: str, ends: int = 0
) -> list[Notice]:
    expires = one.arrived + LIFE[code]
    return [
        Notice(
            fact=fact,
            about=about,
            person=person,
            code=code,
            kind=one.kind,
            record=one.record,
            made=one.arrived,
            expires=min(expires, ends) if ends else expires,
        )
        for person in sorted(people - {one.author})
    ]
