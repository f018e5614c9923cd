"""Web push as a whole: it follows the ledger, keeps the queue, and sends."""

import asyncio
import logging
import secrets
from contextlib import suppress
from typing import Any, Final, Self

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import SECOND, Clock
from server.database import reading, writing
from server.faults import ComeAgain, without_values
from server.push.endpoints import Allowed, EndpointRefused, check
from server.push.follower import Follower, Ledger, People
from server.push.keys import Keys
from server.push.notices import LIFE, Notice
from server.push.post import Post
from server.push.queue import Queue
from server.push.sender import Sender
from server.push.subscriptions import Said, Subscriptions
from server.settings import Settings
from sync.faults import Fault
from sync.roles import Actor

GATHER_S: Final = 0.2  # what happens within this time is read together
LOOK_S: Final = 10.0  # how long it trusts that nobody forgot to tell it
TEST_EVERY: Final = 10 * SECOND

log: Final = logging.getLogger("kezek.push")


class Told(Struct, frozen=True):
    """A notice as its device may see it."""

    notice: str
    code: str
    kind: str
    record: str
    state: str
    made: int
    sent: int
    shown: int
    opened: int


class Mine(Struct, frozen=True):
    """What a device may know of itself: `subscribed` is '', 'yes' or 'refused'."""

    key: str
    subscribed: str
    notices: list[Told]


class Push:
    """One a worker; started and stopped with it."""

    def __init__(self, engine: AsyncEngine, settings: Settings, clock: Clock) -> None:
        self._engine, self._clock = engine, clock
        self._allowed = Allowed(settings.push_allow)
        self._subject = settings.push_subject
        self.keys = Keys.kept(settings.secrets)
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, ledger: Ledger, people: People) -> Self:
        """Go on where the worker before this one stopped."""
        follower = Follower(self._engine, ledger, people, self._clock)
        await follower.start()
        self._tasks = [
            asyncio.create_task(self._follow(follower, ledger), name="push follower"),
            asyncio.create_task(self._send(people), name="push sender"),
        ]
        return self

    async def close(self) -> None:
        """Stop at once: what is half done is done again by lease or by cursor."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def subscribe(self, actor: Actor, said: Said) -> None:
        """Keep the device's subscription. Raises Fault where its endpoint is never called."""
        try:
            check(said.endpoint, self._allowed)
        except EndpointRefused as error:
            raise Fault("wrong_shape", f"endpoint: {error}") from None
        async with writing(self._engine) as connection:
            await Subscriptions(connection).keep(actor, said, self._clock.now())

    async def forget(self, device: str) -> None:
        """The device is told nothing any more: its person has left it, or wishes so."""
        async with writing(self._engine) as connection:
            await Subscriptions(connection).drop(device)
            await Queue(connection).drop_waiting([device])

    async def mine(self, device: str) -> Mine:
        async with reading(self._engine) as connection:
            subscription = await Subscriptions(connection).of(device)
            latest = await Queue(connection).latest(device)
        subscribed = "" if subscription is None else "refused" if subscription.refused else "yes"
        return Mine(self.keys.public, subscribed, [_told(row) for row in latest])

    async def test(self, actor: Actor) -> str:
        """Queue a notice to the device that asks. Answers its id. Raises ComeAgain, Fault."""
        now = self._clock.now()
        fact = f"test/{secrets.token_hex(8)}"
        about = f"test/{actor.device}"
        expires = now + LIFE["test"]
        notice = Notice(fact, about, actor.person, "test", "", "", now, expires)
        async with writing(self._engine) as connection:
            queue = Queue(connection)
            latest = await queue.latest(actor.device)
            if any(row.code == "test" and now - row.made < TEST_EVERY for row in latest):
                raise ComeAgain("slow_down", TEST_EVERY // SECOND, "a test was just sent")
            if await Subscriptions(connection).of(actor.device) is None:
                raise Fault("not_found", "the device has no subscription")
            [id_] = await queue.put(notice, [actor.device])
        self._wake.set()
        return id_

    async def shown(self, notice: str) -> None:
        """A device says that it has shown a notice. Raises Fault where there is none."""
        await self._there(notice)
        async with writing(self._engine) as connection:
            await Queue(connection).shown(notice, self._clock.now())

    async def opened(self, notice: str) -> None:
        """A device says that somebody opened a notice. Raises Fault where there is none."""
        await self._there(notice)
        async with writing(self._engine) as connection:
            await Queue(connection).opened(notice, self._clock.now())

    async def _there(self, notice: str) -> None:
        # Anybody may ask this: a guess costs a look, never a turn of the writer's.
        async with reading(self._engine) as connection:
            if not await Queue(connection).has(notice):
                raise Fault("not_found")

    async def _follow(self, follower: Follower, ledger: Ledger) -> None:
        with ledger.moved() as moved:
            while True:
                more = await _tried(follower.go) is not False
                self._wake.set()
                if not more:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(moved.get(), LOOK_S)
                await asyncio.sleep(GATHER_S)

    async def _send(self, people: People) -> None:
        while True:
            async with Post(self._allowed) as post:
                sender = Sender(
                    self._engine, self._clock, self.keys, self._subject, post, people.standing
                )
                await self._send_through(sender)
            await asyncio.sleep(LOOK_S)

    async def _send_through(self, sender: Sender) -> None:
        """Until something breaks that no notice is to blame for."""
        while True:
            self._wake.clear()
            taken = await _tried(sender.go)
            if taken is None:
                return
            if taken == 0:
                wait = min(LOOK_S, await _tried(sender.pause) or LOOK_S)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), wait)


async def _tried(work: Any) -> Any:
    """What the work answers, or None: a task of push outlives a store that is away."""
    try:
        return await work()
    except Exception as error:  # noqa: BLE001 - told without its words, and tried again
        log.error("push: %s", without_values(error))
        return None


def _told(row: Any) -> Told:
    return Told(
        row.id, row.code, row.kind, row.record, row.state,
        row.made, row.sent, row.shown, row.opened,
    )  # fmt: skip
