"""Records read one by one, beside the exchange: as they are, and how they came to be so."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from server.clock import Clock, day
from server.ledger import questions
from server.ledger.connections import Connections, Transaction
from server.ledger.grants import districts
from server.ledger.known import duties_of
from server.ledger.rows import OUTCOMES
from sync.catalogue import CATALOGUE, CONTRACT
from sync.change import Change, Held
from sync.feeds import may_read
from sync.kind import Verb
from sync.letter import read
from sync.opening import owner_of
from sync.reconcile import Outcome
from sync.record import Body, Scalar
from sync.roles import Actor

PAGE: Final = 50
SUBJECT_DAYS: Final = 31
"""A subject is logged with its violation or after it; later than this it is not looked for."""


class Look(Struct, frozen=True):
    """A record that the actor may read, as it was at `at` (ms); by which right, and whose it is."""

    held: Held
    by: Verb
    owner: str
    at: int


class Revision(Struct, frozen=True):
    """What became of one letter about a record.

    `version` is 0 where it made none. `happened` is the corrected time of the event, give or
    take `spread` (ms; -1: nobody can say). `name` and `role` are empty where the reader may
    not read the author's public part. From which device it came is nobody's business here.
    """

    position: int
    version: int
    outcome: Outcome
    code: str
    author: str
    name: str
    role: str
    happened: int
    spread: int
    arrived: int
    set: Body
    add: dict[str, list[Scalar]]
    take: dict[str, list[Scalar]]


class Past(Struct, frozen=True):
    """A page of revisions, the newest first; `before` asks for the next, 0 if that was all."""

    revisions: list[Revision]
    before: int


class History:
    """Reads in one moment of the store, each asking `may_read` anew."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections, self._clock = connections, clock

    async def look(self, actor: Actor, kind: str, record: str) -> Look | None:
        """The record as it is now; None if it is not there or not the actor's to see."""
        return await self._connections.read(
            lambda store: self._sight(store, actor).of(kind, record)
        )

    async def past(
        self, actor: Actor, kind: str, record: str, before: int
    ) -> tuple[Look, Past] | None:
        """The record and a page of its revisions."""

        def work(store: Transaction) -> tuple[Look, Past] | None:
            sight = self._sight(store, actor)
            look = sight.of(kind, record)
            return (look, _past(store, sight, look.held, before)) if look else None

        return await self._connections.read(work)

    async def subjects(self, actor: Actor, violation: str) -> list[str] | None:
        """The ids of a violation's subjects that the actor may read or open."""

        def work(store: Transaction) -> list[str] | None:
            sight = self._sight(store, actor)
            look = sight.of("violation", violation)
            return _subjects(store, sight, look.held) if look else None

        return await self._connections.read(work)

    def _sight(self, store: Transaction, actor: Actor) -> "_Sight":
        return _Sight(store, actor, self._clock.now())


class _Sight:
    """What one actor may read in one moment of the store."""

    def __init__(self, store: Transaction, actor: Actor, now: int) -> None:
        self._store, self._actor, self._now = store, actor, now
        self._today = day(now)
        self._duties = duties_of(store, actor.person, self._today)
        self._districts = districts(store)

    def of(self, kind: str, record: str) -> Look | None:
        return self.among(kind, [record]).get(record)

    def among(self, kind: str, ids: Sequence[str]) -> dict[str, Look]:
        """Those of these records that are of this kind and may be read."""
        found = [held for held, _ in questions.records(self._store, ids).values()]
        looks = [self.at(held) for held in found if held.kind == kind]
        return {look.held.id: look for look in looks if look}

    def at(self, held: Held) -> Look | None:
        kind = CATALOGUE[held.kind]
        by = may_read(kind, held, self._actor, self._duties, self._districts, self._today)
        return Look(held, by, owner_of(kind, held.id, held.body), self._now) if by else None


def _past(store: Transaction, sight: _Sight, held: Held, before: int) -> Past:
    rows = questions.revisions(store, held.id, before, PAGE + 1)
    letters = [(row, read(bytes(row[5]), CONTRACT).says) for row in rows[:PAGE]]
    # A letter of another kind with this id was refused, and what it says is that kind's secret.
    told = [(r, says) for r, says in letters if isinstance(says, Change) and says.kind == held.kind]
    authors = sight.among("person", sorted({says.author for _, says in told}))
    more = len(rows) > PAGE
    return Past(
        [_revision(row, says, authors.get(says.author)) for row, says in told],
        int(rows[PAGE - 1][0]) if more else 0,
    )


def _revision(row: Sequence[Any], says: Change, author: Look | None) -> Revision:
    position, outcome, code, made, arrived, _ = row
    public = author.held.body if author and author.by is Verb.READ else {}
    return Revision(
        position=int(position),
        version=int(made),
        outcome=OUTCOMES[outcome],
        code=code,
        author=says.author,
        name=str(public.get("name", "")),
        role=str(public.get("role", "")),
        happened=says.clock.corrected,
        spread=says.clock.spread,
        arrived=int(arrived),
        set=says.set,
        add=says.add,
        take=says.take,
    )


def _subjects(store: Transaction, sight: _Sight, violation: Held) -> list[str]:
    officer = violation.body.get("officer")
    last = date.fromisoformat(violation.day) + timedelta(days=SUBJECT_DAYS)
    scope = f"person:{officer}/subject/"
    feeds = questions.feeds_between(store, f"{scope}{violation.day}", f"{scope}{last.isoformat()}")
    found = [held for group in questions.in_feeds(store, feeds).values() for held in group]
    own = [held for held in found if held.body.get("violation") == violation.id]
    return sorted(held.id for held in own if held.kind == "subject" and sight.at(held))
