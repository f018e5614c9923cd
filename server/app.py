"""The one place where everything is plugged together."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.types import (
    HTTPScope,
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Receive,
    Scope,
    Send,
)

from server import lease, ledger, oversight, pages, people, push
from server.clock import Clock, SystemClock
from server.database import open_engine
from server.faults import answer
from server.guard import Guard
from server.headers import protect
from server.journal import Journal
from server.migrations import migrate
from server.settings import Settings


class App(Litestar):
    """Litestar, with a door of their own for exchanges."""

    door: ledger.Door

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        if scope["type"] == ScopeType.HTTP and _path(scope) == ledger.PATH:
            await self.door(cast("HTTPScope", scope), cast("Receive", receive), cast("Send", send))
        else:
            await super().__call__(scope, receive, send)


def _path(scope: Scope | LifeSpanScope) -> str:
    return cast("HTTPScope", scope)["path"]


def app_from_environment() -> App:
    """What the web server calls in each of its workers."""
    return build_app(Settings.read(os.environ))


def build_app(settings: Settings, clock: Clock | None = None) -> App:
    """The whole server; nothing is opened before it starts."""
    parts = Parts(settings, clock or SystemClock())
    routes = [people.routes, ledger.routes, oversight.routes, push.routes, pages.routes]
    app = App(
        # One router of all: a page and a deed may share an address (`/sign-in`).
        route_handlers=[Router("/", route_handlers=[one for some in routes for one in some])],
        dependencies=parts.provided(),
        lifespan=[parts.alive],
        middleware=[Guard()],
        before_send=[protect],
        exception_handlers={Exception: answer},
        openapi_config=None,
        logging_config=None,
    )
    app.door = parts.door
    return app


class Parts:
    """What a server is made of, plugged together."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        settings.prepare()
        self._settings, self._clock = settings, clock
        self._engine = open_engine(settings.database_url)
        self._gate = people.Gate(self._engine, clock, people.Passwords())
        self._journal = Journal(settings.secrets, clock)
        self.door = ledger.Door(self._gate)
        self._gate.on_close(self._closed)

    def provided(self) -> dict[str, Provide]:
        """What routes may ask for by name."""
        given = {
            "gate": self._gate,
            "names": people.Names(self._engine),
            "watch": oversight.AccessLog(self._engine, self._clock),
            **pages.provided(self._settings.client),
        }
        return {
            "actor": Provide(self._gate.actor_of),
            "ledger": Provide(_ledger, sync_to_thread=False),
            "push": Provide(_push, sync_to_thread=False),
            **{name: _given(value) for name, value in given.items()},
        }

    @asynccontextmanager
    async def alive(self, app: Litestar) -> AsyncIterator[None]:
        """Open the store, serve, and let go of it."""
        with lease.together(self._settings.data):
            await migrate(self._engine)
            await self._hold()
            opened = await ledger.Ledger.open(self._engine, self._settings, self._clock)
            app.state.ledger = self.door.ledger = opened
            opened.on_renewed(self._proved)
            if not self._journal.exists():
                self._journal.note("epoch", opened.epoch, why="found")
            app.state.push = push.Push(self._engine, self._settings, self._clock)
            self._gate.on_leave(app.state.push.forget)
            followed = ledger.Following(opened, self._engine)
            await app.state.push.start(followed, people.Standing(self._engine))
            yield
            await app.state.push.close()
            await opened.close()
            await self._engine.dispose()

    async def _closed(self, sessions: set[str]) -> None:
        await asyncio.to_thread(self._journal.closed, sessions)

    async def _hold(self) -> None:
        """What the security journal says stays decided, whatever the store says."""
        decided = await asyncio.to_thread(self._journal.decided)
        await people.hold_to(self._engine, decided.revoked, decided.closed)
        self._gate.forget_all()

    async def _proved(self, epoch: str) -> None:
        """A restore that nobody declared."""
        await self._hold()
        await asyncio.to_thread(self._journal.note, "epoch", epoch, why="proved")


def _ledger(state: State) -> ledger.Ledger:
    opened: ledger.Ledger = state.ledger
    return opened


def _push(state: State) -> push.Push:
    opened: push.Push = state.push
    return opened


def _given(value: Any) -> Provide:
    return Provide(lambda: value, sync_to_thread=False, use_cache=True)
