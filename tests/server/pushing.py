"""A store, a push service and phones that are subscribed: what tests of web push stand on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from msgspec import convert, structs
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import HOUR
from server.database import reading, writing
from server.people import Account, Accounts, Standing
from server.people.sessions import Sessions
from server.people.tables import devices
from server.push.endpoints import Allowed
from server.push.keys import Keys
from server.push.notices import Notice
from server.push.post import Post
from server.push.queue import Queue
from server.push.sender import Sender
from server.push.subscriptions import Said, Subscriptions
from server.push.tables import notices
from sync.roles import Actor, Role
from tests.world.phone import NOON, Phone
from tests.world.push_service import PushService
from tests.world.receiver import Receiver
from tests.world.stores import Store

NOBODY_THERE: Final = "http://localhost:1"
SUBJECT: Final = "mailto:operator@kezek.example"


def person(number: int, role: Role = Role.DISPATCHER, formation: str = "") -> Actor:
    """Somebody invented, on a device of his own."""
    name = f"019a0000-0000-7000-8000-0000000{number:05x}"
    return Actor(name, role, "ALM", formation, name.replace("019a", "019b"))


async def arrive(engine: AsyncEngine, *actors: Actor) -> None:
    """These people have accounts and have signed in."""
    async with writing(engine) as connection:
        for actor in actors:
            account = Account(
                person=actor.person,
                login=actor.person,
                role=actor.role,
                name="Ойдан Шығарылған",
                district=actor.district,
                formation=actor.formation,
            )
            await Accounts(connection).add(account, "")
            await Sessions(connection).bind(actor.device, actor.person, NOON)


class Station:
    """Everything that sends, with nothing between it and a real HTTP server."""

    def __init__(self, store: Store, service: PushService, post: Post) -> None:
        self.store, self.service, self._post = store, service, post
        self.engine, self.clock = store.engine, store.clock
        self.keys = Keys.kept(store.settings.secrets)
        self.receivers: dict[str, Receiver] = {}
        self.phones: dict[str, Phone] = {}
        self.sender = self.another()

    def another(self, engine: AsyncEngine | None = None) -> Sender:
        """Another worker's sender, over the same store."""
        engine = engine or self.engine
        standing = Standing(engine).standing
        return Sender(engine, self.clock, self.keys, SUBJECT, self._post, standing)

    async def subscribe(self, actor: Actor, endpoint: str = "", **more: str) -> Receiver:
        receiver = Receiver()
        said = receiver.said(endpoint or self.service.endpoint(actor.device), **more)
        async with writing(self.engine) as connection:
            await Subscriptions(connection).keep(actor, convert(said, Said), self.clock.now())
        self.receivers[actor.device] = receiver
        return receiver

    async def subscribed(self, actor: Actor) -> Any | None:
        async with reading(self.engine) as connection:
            return await Subscriptions(connection).of(actor.device)

    async def put(self, actor: Actor, **said: Any) -> str:
        """Queue a notice for the actor's device; answers its id, or '' if it was told before."""
        now = self.clock.now()
        notice = Notice("backup/r", "backup/r", actor.person, "backup", "violation", "r", now, 0)
        notice = structs.replace(notice, expires=now + HOUR)
        async with writing(self.engine) as connection:
            made = await Queue(connection).put(structs.replace(notice, **said), [actor.device])
        return made[0] if made else ""

    async def rows(self) -> list[Any]:
        async with reading(self.engine) as connection:
            found = await connection.execute(select(notices).order_by(notices.c.made, notices.c.id))
            return list(found)

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]

    async def row(self) -> Any:
        [row] = await self.rows()
        return row

    async def revoke(self, actor: Actor) -> None:
        async with writing(self.engine) as connection:
            change = update(devices).where(devices.c.device == actor.device)
            await connection.execute(change.values(revoked=NOON))


@asynccontextmanager
async def a_station(store: Store, *actors: Actor) -> AsyncIterator[Station]:
    """A station whose people have signed in and are not yet subscribed."""
    await arrive(store.engine, *actors)
    async with PushService().up() as service, _post(service) as post:
        yield Station(store, service, post)


def _post(service: PushService) -> Post:
    return Post(Allowed(f"{service.origin} {NOBODY_THERE}"))
