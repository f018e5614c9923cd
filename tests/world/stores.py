"""A real store for a test: SQLite in its own folder, or an empty database of PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import FixedClock
from server.database import open_engine
from server.ledger import Ledger
from server.migrations import migrate
from server.settings import Settings
from tests.world.phone import NOON


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
async def a_store(folder: Path, database: str = "") -> AsyncIterator[Store]:
    """A store in one file of that folder, or in the empty database of that address."""
    store = Store(Settings(data=folder, database=database))
    await store.open()
    try:
        yield store
    finally:
        await store.close()
