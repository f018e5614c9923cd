"""The one writer: deliveries share a commit, and are answered only when it is on disk [5.6]."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final

from msgspec import Struct
from sqlalchemy.exc import DBAPIError

from server.clock import Clock, day
from server.faults import ComeAgain
from server.ledger import questions
from server.ledger.batch import Batch
from server.ledger.connections import Connections, Transaction, to_blame
from server.ledger.delivery import Delivery, Receipt, Run
from server.ledger.known import Known, learn
from server.ledger.saving import save
from sync.change import Change
from sync.letter import Letter

TOGETHER: Final = 64
WAITING_MAX: Final = 2_000
LATER_S: Final = 2

log: Final = logging.getLogger("kezek.ledger")
Moved = Callable[[Sequence[str], int], Any]


class _Waiting(Struct):
    delivery: Delivery
    done: asyncio.Future[Receipt]


class Writer:
    """Takes deliveries from all exchanges of this process and writes them in batches."""

    def __init__(self, connections: Connections, clock: Clock, moved: Moved) -> None:
        self._connections, self._clock, self._moved = connections, clock, moved
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue(WAITING_MAX)
        self._task = asyncio.create_task(self._work(), name="ledger writer")

    async def take(self, delivery: Delivery) -> Receipt:
        """Hand in a delivery; answers when it is on disk. Raises ComeAgain("later")."""
        waiting = _Waiting(delivery, asyncio.get_running_loop().create_future())
        try:
            self._queue.put_nowait(waiting)
        except asyncio.QueueFull:
            raise ComeAgain("later", LATER_S, "the writer is behind") from None
        return await waiting.done

    async def close(self) -> None:
        """Finish what was handed in, then stop."""
        await self._queue.join()
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _work(self) -> None:
        while True:
            group = [await self._queue.get()]
            while len(group) < TOGETHER and not self._queue.empty():
                group.append(self._queue.get_nowait())
            try:
                await self._settle(group)
            finally:
                for _ in group:
                    self._queue.task_done()

    async def _settle(self, group: Sequence[_Waiting]) -> None:
        """Write a group; on an error of data find the letter that makes it, by halves."""
        try:
            receipts = await self._write([w.delivery for w in group], set())
        except (sqlite3.Error, DBAPIError, OSError) as error:
            if not to_blame(error):
                log.warning("store cannot write: %s", type(error).__name__)
                self._refuse(group, ComeAgain("later", LATER_S))
            elif len(group) > 1:
                await self._settle(group[: len(group) // 2])
                await self._settle(group[len(group) // 2 :])
            else:
                await self._alone(group[0])
        except Exception as error:  # noqa: BLE001 - StoreWentBack, or a bug: the writer outlives both
            self._refuse(group, error)
        else:
            for waiting, receipt in zip(group, receipts, strict=True):
                if not waiting.done.done():
                    waiting.done.set_result(receipt)

    async def _alone(self, waiting: _Waiting) -> None:
        """One delivery with poison in it; the disk may fill while it is looked for."""
        try:
            await self._without_poison(waiting)
        except Exception as error:  # noqa: BLE001 - the writer outlives everything
            log.warning("poison not found: %s", type(error).__name__)
            self._refuse([waiting], ComeAgain("later", LATER_S))

    async def _without_poison(self, waiting: _Waiting) -> None:
        """Park the letters that the database will not take: find each, then write all again."""
        poison: set[tuple[str, Any, int]] = set()
        delivery = waiting.delivery
        for run in delivery.runs:
            done = 0
            for end in _ends(run.letters):
                start = Run(run.lane, run.first, run.letters[:end])
                if not await self._tried(
                    [Delivery(delivery.actor, [start], delivery.mark)], poison
                ):
                    numbers = range(run.first + done, run.first + end)
                    poison |= {(delivery.actor.device, run.lane, number) for number in numbers}
                done = end
        receipts = await self._tried([delivery], poison)
        if receipts:
            waiting.done.set_result(receipts[0])
        else:
            self._refuse([waiting], ComeAgain("later", LATER_S))

    async def _tried(
        self, deliveries: Sequence[Delivery], poison: set[tuple[str, Any, int]]
    ) -> list[Receipt]:
        try:
            return await self._write(deliveries, poison)
        except (sqlite3.Error, DBAPIError) as error:
            if to_blame(error):
                return []
            raise

    def _refuse(self, group: Sequence[_Waiting], error: Exception) -> None:
        for waiting in group:
            if not waiting.done.done():
                waiting.done.set_exception(error)

    async def _write(
        self, deliveries: Sequence[Delivery], poison: set[tuple[str, Any, int]]
    ) -> list[Receipt]:
        now = self._clock.now()

        def work(store: Transaction) -> tuple[list[Receipt], list[str], int]:
            known = Known(max(questions.head(store)), day(now), poison=poison)
            learn(store, known, deliveries)
            batch = Batch(known)
            receipts = [batch.take(delivery) for delivery in deliveries]
            return receipts, save(store, batch, now), known.position

        receipts, feeds, position = await self._connections.write(work)
        if feeds:
            self._moved(feeds, position)
        return receipts


def _ends(letters: Sequence[Letter]) -> list[int]:
    """How many letters from the first on can be handed in without cutting a group [5.5]."""
    groups = [x.says.group if isinstance(x.says, Change) else None for x in letters]
    return [
        n
        for n, group in enumerate(groups, 1)
        if n == len(groups) or group is None or group.n == group.of
    ]
