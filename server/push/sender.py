"""Sends what is queued, outside of any request, and takes the push services' answers in."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import Any, Final, cast
from urllib.parse import urlsplit

from pywebpush import WebPushException, webpush_async
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.clock import MINUTE, SECOND, Clock
from server.database import reading, writing
from server.push.answers import Meaning, meaning
from server.push.endpoints import EndpointRefused
from server.push.keys import Keys
from server.push.notices import payload
from server.push.post import TIMEOUT_S, Post, Unreachable
from server.push.queue import Queue
from server.push.subscriptions import Subscriptions

AT_ONCE: Final = 20
ABREAST: Final = 8
SWEEP_EVERY: Final = MINUTE
HOST_RESTS: Final = 30 * SECOND
"""At most so long one endpoint's trouble keeps the others of its host waiting."""

Standing = Callable[[Collection[str]], Awaitable[Collection[str]]]

log: Final = logging.getLogger("kezek.push")


class Sender:
    """One a worker. Notices are shared out by leases in the store."""

    def __init__(
        self,
        engine: AsyncEngine,
        clock: Clock,
        keys: Keys,
        subject: str,
        post: Post,
        standing: Standing,
    ) -> None:
        self._engine, self._clock, self._keys, self._subject = engine, clock, keys, subject
        self._post, self._standing = post, standing
        self._abreast = asyncio.Semaphore(ABREAST)
        self._resting: dict[str, int] = {}
        self._swept = 0

    async def go(self) -> int:
        """Send some of what is due; answers how many notices were taken in hand."""
        now = self._clock.now()
        async with reading(self._engine) as connection:
            due = await Queue(connection).next_due(now)
        if due is None or due > now:
            return 0
        async with writing(self._engine) as connection:
            rows = await Queue(connection).claim(now, AT_ONCE)
        devices = {row.device for row in rows}
        standing = await self._standing(devices)
        async with reading(self._engine) as connection:
            found = await Subscriptions(connection).on(devices)
        known = {d: s for d, s in found.items() if d in standing and not s.refused}
        async with asyncio.TaskGroup() as group:
            for row in rows:
                group.create_task(self._one(row, known.get(row.device), row.device in standing))
        return len(rows)

    async def pause(self) -> float:
        """Seconds until something is due, as far as the store knows."""
        now = self._clock.now()
        if now - self._swept >= SWEEP_EVERY:
            self._swept = now
            async with writing(self._engine) as connection:
                await Queue(connection).sweep(now)
        async with reading(self._engine) as connection:
            due = await Queue(connection).next_due(now)
        return float("inf") if due is None else max(0, due - now) / SECOND

    async def _one(self, row: Any, subscription: Any | None, stands: bool) -> None:
        now = self._clock.now()
        if subscription is None:
            async with writing(self._engine) as connection:
                await Queue(connection).drop(row.id)
                if not stands:
                    await Subscriptions(connection).drop(row.device)
            return
        host = urlsplit(subscription.endpoint).netloc
        if (until := self._resting.get(host, 0)) > now:
            async with writing(self._engine) as connection:
                await Queue(connection).again(row.id, until, counted=False)
            return
        async with self._abreast:
            meant = await self._ask(row, subscription)
        if meant.verdict == "later":
            self._resting[host] = self._clock.now() + min(meant.wait, HOST_RESTS)
        async with writing(self._engine) as connection:
            await self._settle(connection, row, subscription, meant)

    async def _ask(self, row: Any, subscription: Any) -> Meaning:
        """One POST, and what its answer means. Never raises: one notice must not stop the rest."""
        now = self._clock.now()
        try:
            status, retry_after = await self._posted(row, subscription, now)
        except EndpointRefused as error:
            log.error("endpoint not called: %s", error)
            return Meaning("gone")
        except Unreachable as error:
            log.warning("push service not reached: %s", error)
            status, retry_after = 0, ""
        except Exception as error:  # noqa: BLE001 - its words may name the endpoint
            log.error("notice %s not sent: %s", row.code, type(error).__name__)
            return Meaning("ours")
        meant = meaning(status, retry_after, row.tries + 1, now)
        if meant.verdict in ("refused", "ours"):
            log.error("push service refused a notice %s: %d", row.code, status)
        return meant

    async def _posted(self, row: Any, subscription: Any, now: int) -> tuple[int, str]:
        keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
        try:
            answer = await webpush_async(
                {"endpoint": subscription.endpoint, "keys": keys},
                payload(row, subscription.language).decode(),
                vapid_private_key=self._keys.vapid,
                vapid_claims={"sub": self._subject},  # a new one each time: it is written to
                ttl=max(1, (row.expires - now) // SECOND),
                headers={"Urgency": row.urgency, "Topic": row.topic},
                timeout=TIMEOUT_S,
                aiohttp_session=cast(Any, self._post),
            )
        except WebPushException as error:
            answer = error.response
            if answer is None:
                raise
        return int(answer.status), str(answer.retry_after)

    async def _settle(
        self, connection: AsyncConnection, row: Any, subscription: Any, meant: Meaning
    ) -> None:
        """Put down what became of it, all in one transaction."""
        queue, subscriptions = Queue(connection), Subscriptions(connection)
        now = self._clock.now()
        match meant.verdict:
            case "sent":
                await queue.sent(row.id, now)
            case "later":
                await queue.again(row.id, now + meant.wait)
            case "gone":
                gone = await subscriptions.drop_gone(row.device, subscription.endpoint)
                newer = None if gone else await subscriptions.of(row.device)
                # The device came with another one while this one was being tried.
                await (queue.again(row.id, now) if newer else queue.drop(row.id))
            case "refused":
                await subscriptions.refuse(row.device, subscription.endpoint, meant.status)
                await queue.drop(row.id)
            case "ours":
                await queue.drop(row.id)
