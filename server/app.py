"""The one place where everything is plugged together."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide

from server import ledger, pages, people
from server.clock import Clock, SystemClock
from server.database import open_engine
from server.faults import answer
from server.guard import Guard
from server.headers import protect
from server.migrations import migrate
from server.settings import Settings


def app_from_environment() -> Litestar:
    """What the web server calls in each of its workers."""
    return build_app(Settings.read(os.environ))


def build_app(settings: Settings, clock: Clock | None = None) -> Litestar:
    """The whole server; nothing is opened before it starts."""
    clock = clock or SystemClock()
    settings.prepare()
    engine = open_engine(settings.database_url)
    gate = people.Gate(engine, clock, people.Passwords())

    @asynccontextmanager
    async def alive(app: Litestar) -> AsyncIterator[None]:
        await migrate(engine)
        app.state.ledger = await ledger.Ledger.open(engine, settings, clock)
        yield
        await app.state.ledger.close()
        await engine.dispose()

    return Litestar(
        # One router of all: a page and a deed may share an address (`/sign-in`).
        route_handlers=[
            Router("/", route_handlers=[*people.routes, *ledger.routes, *pages.routes])
        ],
        dependencies={
            "actor": Provide(gate.actor_of),
            "gate": _given(gate),
            "ledger": Provide(_ledger, sync_to_thread=False),
            **{name: _given(value) for name, value in pages.provided(settings.client).items()},
        },
        lifespan=[alive],
        middleware=[Guard()],
        before_send=[protect],
        exception_handlers={Exception: answer},
        openapi_config=None,
        logging_config=None,
    )


def _ledger(state: State) -> ledger.Ledger:
    opened: ledger.Ledger = state.ledger
    return opened


def _given(value: Any) -> Provide:
    return Provide(lambda: value, sync_to_thread=False, use_cache=True)
