"""Hints: which feeds moved, to whoever listens here and in the other workers. Never the truth."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

import msgspec
from msgspec import Struct
from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL: Final = "kezek:hints"
BEHIND_MAX: Final = 100
AGAIN_S: Final = 1.0

log: Final = logging.getLogger("kezek.hints")


class Hint(Struct, frozen=True):
    """These feeds have something newer, up to this position."""

    feeds: tuple[str, ...]
    position: int


class Hints:
    """Passes hints on; through Redis where there are several workers."""

    def __init__(self, redis: str = "") -> None:
        self._listeners: set[asyncio.Queue[Hint]] = set()
        self._redis: Redis | None = Redis.from_url(redis) if redis else None
        self._tasks: set[asyncio.Task[Any]] = set()
        if self._redis is not None:
            self._start(self._hear(self._redis))

    def moved(self, feeds: Sequence[str], position: int) -> None:
        """Say that feeds moved; called after the commit, returns at once."""
        hint = Hint(tuple(feeds), position)
        if self._redis is None:
            self._pass_on(hint)
        else:
            self._start(self._publish(self._redis, hint))

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Hint]]:
        """A queue of hints; one that falls behind loses the oldest, which costs nothing."""
        queue: asyncio.Queue[Hint] = asyncio.Queue(BEHIND_MAX)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def close(self) -> None:
        """Stop listening to the other workers."""
        for task in list(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._redis is not None:
            await self._redis.aclose()

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _pass_on(self, hint: Hint) -> None:
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(hint)

    async def _publish(self, redis: Redis, hint: Hint) -> None:
        try:
            await redis.publish(CHANNEL, msgspec.json.encode(hint))
        except (RedisError, OSError) as error:
            log.warning("hint not published: %s", type(error).__name__)
            self._pass_on(hint)

    async def _hear(self, redis: Redis) -> None:
        """Listen for ever; Redis may go and come back."""
        while True:
            try:
                async for hint in _messages(redis):
                    self._pass_on(hint)
            except (RedisError, OSError) as error:
                log.warning("hints not heard: %s", type(error).__name__)
            await asyncio.sleep(AGAIN_S)


async def _messages(redis: Redis) -> AsyncIterator[Hint]:
    async with redis.pubsub() as subscription:
        await subscription.subscribe(CHANNEL)
        async for message in subscription.listen():
            if message["type"] == "message":
                yield msgspec.json.decode(message["data"], type=Hint)
