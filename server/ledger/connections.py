"""The ledger's own connections: a whole transaction is one piece of work, done where the driver is.

On SQLite the work runs in aiosqlite's thread from BEGIN to COMMIT: one hop between threads, not
one for each statement, which cost more than the statements (docs/decisions/0003). On PostgreSQL
it runs over SQLAlchemy's asyncpg. The work itself is the same plain function for both.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from itertools import cycle
from typing import Any, Final, Protocol, TypeVar

import aiosqlite
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection

from server.database import reading, writing

READERS: Final = 2
STATEMENTS: Final = 256
T = TypeVar("T")

LOCK: Final = 0x6C6564676572  # "ledger"; PostgreSQL's advisory locks are named by numbers
TAKE_TURNS: Final = text("SELECT pg_advisory_xact_lock(:lock)")
BAD_DATA: Final = ("22", "23")  # SQLSTATE classes: data exception, integrity constraint


def to_blame(error: Exception) -> bool:
    """Whether a row is to blame for an error; otherwise the store is."""
    if isinstance(error, DBAPIError):
        return str(getattr(error.orig, "sqlstate", ""))[:2] in BAD_DATA
    return isinstance(error, sqlite3.IntegrityError | sqlite3.DataError)


class Transaction(Protocol):
    """What may be done inside one transaction. Values are named `:name` in the SQL."""

    def rows(self, sql: str, values: Mapping[str, Any]) -> Sequence[Any]:
        """Run one statement; the rows that it gives."""

    def many(self, sql: str, values: Sequence[Mapping[str, Any]]) -> None:
        """Run one statement for each of these."""


class Connections(Protocol):
    """How the ledger gets at its store."""

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Do some reading in one moment of the store."""

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Do some writing: on disk when this returns, undone when it raises."""

    def pulse(self) -> int | None:
        """A number that changes whenever anybody commits; None where there is no such number."""

    async def close(self) -> None:
        """Give the connections back."""


async def connect(engine: AsyncEngine) -> Connections:
    """The connections that suit the engine's database."""
    if engine.dialect.name != "sqlite":
        return _Pooled(engine)
    raw = [await engine.raw_connection() for _ in range(1 + READERS)]
    return _Threads(raw, sqlite3.connect(engine.url.database or "", isolation_level=None))


def seldom(engine: AsyncEngine) -> Connections:
    """For whoever reads now and then: connections of the engine's pool, on any database."""
    return _Pooled(engine)


def listed(name: str, values: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """A list for `IN (...)`. It is filled up to a power of two, so that statements repeat."""
    size = 1 << max(0, len(values) - 1).bit_length()
    filled = [*values, *[values[-1]] * (size - len(values))]
    names = {f"{name}{n}": value for n, value in enumerate(filled)}
    return ",".join(f":{key}" for key in names), names


class _Direct:
    """Straight on the driver's connection, in its thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Mapping[str, Any]) -> Sequence[Any]:
        return self._connection.execute(sql, values).fetchall()

    def many(self, sql: str, values: Sequence[Mapping[str, Any]]) -> None:
        if values:
            self._connection.executemany(sql, values)


class _Threads:
    """SQLite: one connection that writes, some that read, each with its own thread."""

    def __init__(self, raw: list[PoolProxiedConnection], watch: sqlite3.Connection) -> None:
        self._raw, self._watch = raw, watch
        drivers = [self._driver(connection) for connection in raw]
        self._writer = drivers[0]
        self._readers = cycle(drivers[1:])

    @staticmethod
    def _driver(connection: PoolProxiedConnection) -> aiosqlite.Connection:
        driver = connection.driver_connection
        assert isinstance(driver, aiosqlite.Connection)
        return driver

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self._do(next(self._readers), "BEGIN", work)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        return await self._do(self._writer, "BEGIN IMMEDIATE", work)

    def pulse(self) -> int | None:
        [beat] = self._watch.execute("PRAGMA data_version").fetchone()
        return int(beat)

    async def close(self) -> None:
        self._watch.close()
        for connection in self._raw:
            await self._driver(connection).close()
            connection.detach()

    async def _do(
        self, driver: aiosqlite.Connection, begin: str, work: Callable[[Transaction], T]
    ) -> T:
        def transact() -> T:
            connection = driver._conn  # pinned: it has no public way to its thread
            connection.execute(begin)
            try:
                result = work(_Direct(connection))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.rollback()
                raise
            return result

        execute: Callable[[Callable[[], T]], Awaitable[T]] = driver._execute
        return await execute(transact)


class _Through:
    """Over SQLAlchemy, whose driver waits for the server without a thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Mapping[str, Any]) -> Sequence[Any]:
        result = self._connection.execute(_text(sql), dict(values))
        return result.all() if result.returns_rows else []

    def many(self, sql: str, values: Sequence[Mapping[str, Any]]) -> None:
        if values:
            self._connection.execute(_text(sql), [dict(row) for row in values])


class _Pooled:
    """PostgreSQL, or a reader without haste: connections of the engine's pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def read(self, work: Callable[[Transaction], T]) -> T:
        async with reading(self._engine) as connection:
            return await connection.run_sync(lambda sync: work(_Through(sync)))

    async def write(self, work: Callable[[Transaction], T]) -> T:
        def locked(sync: Connection) -> T:
            # First of all: then positions are in the order of commits, whoever writes.
            sync.execute(TAKE_TURNS, {"lock": LOCK})
            return work(_Through(sync))

        async with writing(self._engine) as connection:
            return await connection.run_sync(locked)

    def pulse(self) -> int | None:
        return None

    async def close(self) -> None:
        """The engine closes its pool."""


@lru_cache(STATEMENTS)
def _text(sql: str) -> TextClause:
    return text(sql)
