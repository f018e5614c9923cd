"""A real store for a test: SQLite in its own folder, or its own database in PostgreSQL."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import FixedClock
from server.database import open_engine
from server.ledger import Ledger
from server.migrations import migrate
from server.settings import Settings
from tests.world.phone import NOON

POSTGRESQL = "postgresql://root@127.0.0.1:5432/postgres"


class Store:
    """An open ledger, and how to close and open it again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = FixedClock(NOON)
        self.engine: AsyncEngine
        self.ledger: Ledger

    async def open(self) -> None:
        self.settings.prepare()
        self.engine = open_engine(self.settings.database_url)
        await migrate(self.engine)
        try:
            self.ledger = await Ledger.open(self.engine, self.settings, self.clock)
        except Exception:
            await self.engine.dispose()
            raise

    async def close(self) -> None:
        await self.ledger.close()
        await self.engine.dispose()


@asynccontextmanager
async def sqlite_store(folder: Path) -> AsyncIterator[Store]:
    """A store in one file."""
    store = Store(Settings(data=folder))
    await store.open()
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def postgresql_store(folder: Path) -> AsyncIterator[Store]:
    """A store in a database that is made for it and dropped after it."""
    name = f"kezek_test_{secrets.token_hex(6)}"
    server = await asyncpg.connect(POSTGRESQL)
    try:
        await server.execute(f"CREATE DATABASE {name}")
        url = f"postgresql+asyncpg://root@127.0.0.1:5432/{name}"
        store = Store(Settings(data=folder, database=url))
        await store.open()
        try:
            yield store
        finally:
            await store.close()
            await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await server.close()


OPENED = {"sqlite": sqlite_store, "postgresql": postgresql_store}
