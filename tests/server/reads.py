"""The routes of reading over a real store, asked by whoever the test says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import msgspec
from httpx import ASGITransport, AsyncClient, Response
from litestar import Litestar, Request
from litestar.di import Provide

from server import ledger, oversight
from server.faults import answer
from server.guard import Guard
from server.headers import protect
from server.oversight import AccessLog
from server.people import Names
from sync.record import Body
from sync.roles import Actor, Role
from tests.world.phone import NOON, Phone, ids
from tests.world.stores import Store

make = ids(41)
REASON = {"purpose": "complaint", "words": ""}


class Asking:
    """HTTP to the routes of reading. Signing in has its own tests: here one says who he is."""

    def __init__(self, client: AsyncClient, watch: AccessLog) -> None:
        self._client = client
        self.watch = watch

    async def get(self, actor: Actor | None, path: str, **query: Any) -> Response:
        return await self._client.get(path, headers=_as(actor), params=query)

    async def post(self, actor: Actor | None, path: str, said: object) -> Response:
        return await self._client.post(path, headers=_as(actor), content=msgspec.json.encode(said))

    async def history(self, actor: Actor | None, kind: str, record: str, **query: Any) -> Response:
        return await self.get(actor, f"/records/{kind}/{record}/revisions", **query)

    async def open(
        self, actor: Actor | None, kind: str, record: str, said: object = REASON
    ) -> Response:
        return await self.post(actor, f"/records/{kind}/{record}/open", said)


@asynccontextmanager
async def asking(store: Store) -> AsyncIterator[Asking]:
    """The routes of this store."""

    async def actor_of(request: Request[Any, Any, Any]) -> Actor | None:
        said = request.headers.get("x-as")
        return msgspec.json.decode(said, type=Actor) if said else None

    watch = AccessLog(store.engine, store.clock)
    app = Litestar(
        route_handlers=[*ledger.routes, *oversight.routes],
        dependencies={
            "actor": Provide(actor_of),
            "gate": Provide(lambda: None, sync_to_thread=False),
            "ledger": Provide(lambda: store.ledger, sync_to_thread=False),
            "names": Provide(lambda: Names(store.engine), sync_to_thread=False),
            "watch": Provide(lambda: watch, sync_to_thread=False),
        },
        middleware=[Guard()],
        before_send=[protect],
        exception_handlers={Exception: answer},
        openapi_config=None,
        logging_config=None,
    )
    # In the test's own loop, where the store's connections live.
    transport = ASGITransport(cast("Any", app))
    async with AsyncClient(transport=transport, base_url="https://kezek.test") as client:
        yield Asking(client, watch)


def _as(actor: Actor | None) -> dict[str, str]:
    said = {"X-As": msgspec.json.encode(actor).decode()} if actor else {}
    return {"X-Kezek": "1", **said}


def somebody(role: Role, district: str = "ALM", formation: str = "") -> Actor:
    """A person of that role."""
    return Actor(make(), role, district, formation, make())


def phone(store: Store, actor: Actor) -> Phone:
    return Phone(actor, store.ledger.exchange, int(actor.device[:8], 16))


def subject(violation: str, officer: Actor) -> Body:
    """Nobody's personal data."""
    return {
        "violation": violation,
        "officer": officer.person,
        "district": officer.district,
        "name": "Ешкім Ешқайсысы",
        "explanation": "I only crossed the road",
    }


async def city(store: Store) -> Phone:
    """The districts, as the city's own adapter writes them. Answers the adapter's phone."""
    adapter = phone(store, Actor(make(), Role.ADAPTER, "", "", make()))
    for code in ("ALM", "MED"):
        names = {"name_kk": code, "name_ru": code, "name_en": code}
        adapter.write("district", {"code": code, "lat": 1, "lon": 2, **names})
    await adapter.exchange()
    return adapter


async def person(adapter: Phone, actor: Actor, name: str) -> None:
    """The public part of somebody."""
    said: Body = {
        "name": name,
        "call_sign": name[:3],
        "unit": "1",
        "district": actor.district,
        "role": actor.role.value,
        "formation": actor.formation,
    }
    adapter.write("person", said, actor.person)
    await adapter.exchange()


def shift(actor: Actor, route: str) -> Body:
    """Around noon of the day on which the tests are."""
    return {
        "person": actor.person,
        "route": route,
        "district": actor.district,
        "day": "2026-11-22",
        "starts": NOON - 3_600_000,
        "ends": NOON + 3_600_000,
        "crew": [],
        "state": "started",
        "formation": actor.formation,
    }
