"""The one way to the database: engines, transactions and the shared list of tables."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, MetaData, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

metadata: Final = MetaData()

# The timeout comes first: the switch to WAL may itself meet another process. Letters of a
# kilobyte and more waste a third of 4 KiB pages; a WAL of 32 MiB is copied back more seldom.
PRAGMAS: Final = (
    "busy_timeout=5000",
    "page_size=8192",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "wal_autocheckpoint=4000",
    "cache_size=-32768",
)

# Every question of ours is a look-up by keys. On tables that were filled a minute ago, and so
# never analysed, PostgreSQL reads them whole to join them: 37 ms instead of 2.
NO_PLANS: Final = ("enable_hashjoin", "enable_mergejoin", "enable_seqscan")

_writers: WeakKeyDictionary[Engine, asyncio.Lock] = WeakKeyDictionary()


def open_engine(url: str) -> AsyncEngine:
    """An engine whose errors never quote the values of a statement."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    settings = {"synchronous_commit": "on", "timezone": "UTC", "jit": "off"}
    settings |= dict.fromkeys(NO_PLANS, "off")
    return create_async_engine(
        url, hide_parameters=True, connect_args={"server_settings": settings}
    )


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One moment of the store: every query inside sees the same one."""
    async with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        async with connection.begin():
            yield connection


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction that may write: all of it is kept, or none."""
    async with _turn(engine), engine.connect() as connection:
        await connection.execution_options(kezek_writes=True)
        async with connection.begin():
            yield connection


def _turn(engine: AsyncEngine) -> AbstractAsyncContextManager[Any]:
    # SQLite has one writer; a queue of our own is fairer than its polling.
    if engine.dialect.name != "sqlite":
        return nullcontext()
    return _writers.setdefault(engine.sync_engine, asyncio.Lock())


def _sqlite(url: str) -> AsyncEngine:
    engine = create_async_engine(url, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_up(dbapi: Any, _record: Any) -> None:
    dbapi.isolation_level = None  # the driver would begin too late, and never for a SELECT
    cursor = dbapi.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A plain BEGIN that writes later fails at once when another has written meanwhile.
    writes = connection.get_execution_options().get("kezek_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
