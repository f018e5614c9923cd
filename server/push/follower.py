"""Reads what happened, in the order of commits, and queues what is to be told of it.

The cursor moves in the same transaction in which notices are queued: a crash loses none and
doubles none, and of several workers that read the same letters one queues them.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import Clock
from server.database import reading, writing
from server.push.queue import Queue
from server.push.rules import KINDS, Happened, Listener, Reach, interesting, notices_of
from server.push.subscriptions import Subscriptions
from server.push.tables import cursor
from sync.record import Body
from sync.roles import Role

NAME: Final = "ledger"
AT_ONCE: Final = 500
STRIDE: Final = 5_000
"""How far it may read without a word before it puts that down: reading again costs little."""


class Ledger(Protocol):
    """What is followed."""

    @property
    def epoch(self) -> str:
        """The life of the store; another one after a restore."""

    async def newest(self) -> int:
        """The latest position."""

    async def since(
        self, after: int, kinds: Sequence[str], most: int
    ) -> tuple[Sequence[Happened], int]:
        """What happened to records of these kinds, and up to where that is all."""

    async def bodies(self, records: Collection[str]) -> Mapping[str, Body]:
        """The records as they are now."""

    async def on_duty(self, people: Collection[str], now: int) -> Collection[str]:
        """Who of these people has a shift that is running."""

    def moved(self) -> AbstractContextManager[asyncio.Queue[Any]]:
        """A queue in which something turns up when there is more."""


class People(Protocol):
    """Who people are and which devices may be used, as their accounts say today."""

    async def listeners(self, people: Collection[str]) -> Sequence[Listener]:
        """Those of these people whose accounts are open."""

    async def standing(self, devices: Collection[str]) -> Collection[str]:
        """Those of these devices that have not been revoked, of people who may sign in."""


class Follower:
    """Goes on from where it, or another worker, has come to."""

    def __init__(self, engine: AsyncEngine, ledger: Ledger, people: People, clock: Clock) -> None:
        self._engine, self._ledger, self._people, self._clock = engine, ledger, people, clock
        self._silent = 0  # up to here nothing is to be told, and the store need not know

    async def start(self) -> None:
        """The cursor, from now on at the first start.

        After a restore whatever waited is dropped: it may have been sent before, and the city
        has gone on since.
        """
        at = {"epoch": self._ledger.epoch, "position": await self._ledger.newest()}
        async with writing(self._engine) as connection:
            sqlite = connection.dialect.name == "sqlite"
            insert = insert_sqlite if sqlite else insert_postgresql
            await connection.execute(
                insert(cursor).values(name=NAME, **at).on_conflict_do_nothing()
            )
            done = await connection.execute(
                update(cursor)
                .where(cursor.c.name == NAME, cursor.c.epoch != self._ledger.epoch)
                .values(at)
            )
            if done.rowcount:
                await Queue(connection).drop_waiting()

    async def go(self) -> bool:
        """Read on for a while. Answers whether there may be more."""
        now = self._clock.now()
        async with reading(self._engine) as connection:
            kept = await connection.scalar(select(cursor.c.position).where(cursor.c.name == NAME))
            reached = await Subscriptions(connection).people()
        assert kept is not None, "start comes first"
        after = max(kept, self._silent)
        if not reached:
            self._silent = await self._ledger.newest()
            return await self._put_down(kept, self._silent, [], {})
        letters, upto = await self._ledger.since(after, KINDS, AT_ONCE)
        happened = [one for one in letters if interesting(one)]
        found = []
        if happened:
            bodies = await self._ledger.bodies({one.record for one in happened})
            found = notices_of(happened, bodies, await self._reach(list(reached), now), now)
        self._silent = max(after, upto) if not found else self._silent
        return await self._put_down(kept, upto, found, reached) or len(letters) == AT_ONCE

    async def _put_down(
        self, kept: int, upto: int, found: Sequence[Any], reached: Mapping[str, set[str]]
    ) -> bool:
        """Queue and move on; answers whether another worker has meanwhile."""
        if not found and upto - kept < STRIDE:
            return False
        async with writing(self._engine) as connection:
            done = await connection.execute(
                update(cursor)
                .where(cursor.c.name == NAME, cursor.c.position == kept)
                .values(position=upto)
            )
            if done.rowcount == 0:
                return True
            for notice in found:
                await Queue(connection).put(notice, sorted(reached.get(notice.person, ())))
        return False

    async def _reach(self, people: list[str], now: int) -> Reach:
        listeners = await self._people.listeners(people)
        dispatchers = [one.person for one in listeners if one.role is Role.DISPATCHER]
        return Reach(listeners, await self._ledger.on_duty(dispatchers, now))
