"""The ledger as it is followed from outside: what happened, in the order of commits."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from typing import Final

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import HOUR, day
from server.ledger import questions
from server.ledger.connections import Transaction, seldom
from server.ledger.hints import Hint
from server.ledger.ledger import Ledger
from server.ledger.rows import name
from sync.catalogue import CONTRACT
from sync.change import Change
from sync.letter import read
from sync.record import Body

DAY: Final = 24 * HOUR
AT_ONCE: Final = 100
"""People asked about in one question; each has a handful of shifts in two days."""


class Happened(Struct, frozen=True):
    """A letter that made a version of its record; `set` is what it set."""

    position: int
    kind: str
    record: str
    author: str
    arrived: int
    creates: bool
    set: Body


class Following:
    """Reads for whoever follows the ledger. It decides nothing and writes nothing."""

    def __init__(self, ledger: Ledger, engine: AsyncEngine) -> None:
        self._ledger = ledger
        self._connections = seldom(engine)

    @property
    def epoch(self) -> str:
        """The life of the store."""
        return self._ledger.epoch

    async def newest(self) -> int:
        """The latest position."""
        return await self._connections.read(lambda store: questions.head(store)[0])

    async def since(
        self, after: int, kinds: Sequence[str], most: int
    ) -> tuple[list[Happened], int]:
        """What happened to records of these kinds after a position, at most so much of it; and
        up to where that is all that happened."""
        return await self._connections.read(lambda store: _since(store, after, kinds, most))

    async def bodies(self, records: Collection[str]) -> dict[str, Body]:
        """Those of these records that there are, as they are now."""
        found = await self._connections.read(lambda store: questions.records(store, records))
        return {record: dict(held.body) for record, (held, _) in found.items()}

    async def on_duty(self, people: Collection[str], now: int) -> set[str]:
        """Who of these people has a shift that is running: begun, not ended, not cancelled."""
        return await self._connections.read(lambda store: _on_duty(store, sorted(people), now))

    def moved(self) -> AbstractContextManager[asyncio.Queue[Hint]]:
        """A queue of hints that there is more; a hint may be lost."""
        return self._ledger.hints.listening()


def _on_duty(store: Transaction, people: Sequence[str], now: int) -> set[str]:
    today = day(now)
    yesterday = day(now - DAY)
    found: set[str] = set()
    for start in range(0, len(people), AT_ONCE):
        names = [
            f"person:{person}/shift/{at}"
            for person in people[start : start + AT_ONCE]
            for at in (yesterday, today)
        ]
        for shifts in questions.in_feeds(store, names).values():
            found |= {str(held.body["person"]) for held in shifts if _runs(held.body, now)}
    return found


def _runs(shift: Body, now: int) -> bool:
    over = shift["state"] in ("ended", "cancelled")
    return not over and int(str(shift["starts"])) <= now < int(str(shift["ends"]))


def _since(
    store: Transaction, after: int, kinds: Sequence[str], most: int
) -> tuple[list[Happened], int]:
    newest, _ = questions.head(store)
    rows = questions.since(store, after, kinds, most) if newest > after else ()
    upto = int(rows[-1][0]) if len(rows) == most else max(newest, after)
    return [one for row in rows if (one := _happened(row))], upto


def _happened(row: Sequence[object]) -> Happened | None:
    position, record, kind, arrived, letter = row
    assert isinstance(record, bytes)
    assert isinstance(letter, bytes)
    says = read(letter, CONTRACT).says
    if not isinstance(says, Change):
        return None
    return Happened(
        int(str(position)),
        str(kind),
        name(record),
        says.author,
        int(str(arrived)),
        says.creates,
        says.set,
    )
