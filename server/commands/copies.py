"""Whole copies of a store, as its database makes them, and how one is put in its place."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from msgspec import Struct
from sqlalchemy import URL, make_url

from server.files import settle
from server.settings import Settings

POSTGRESQL: Final = Path("/usr/lib/postgresql")
HEADS: Final = """SELECT d.device, v.lane, MAX(v.last) FROM revision v
    JOIN ledger_device d ON d.number = v.device GROUP BY d.device, v.lane"""
EPOCH: Final = "SELECT value FROM ledger_store WHERE name = 'epoch'"
NEWEST: Final = "SELECT COALESCE(MAX(position), 0) FROM revision"
STEP: Final = "SELECT MAX(number) FROM migration"
Heads = dict[tuple[str, int], int]


class CopyFailed(Exception):
    """A copy could not be made or put back; what there was is as it was."""


class Standing(Struct, frozen=True):
    """Where a store stands: its epoch, its newest position and its newest migration."""

    epoch: str
    newest: int
    step: int


class Copies(Protocol):
    """How copies of one sort of database are made and put back."""

    sort: str

    def make(self, file: Path) -> Standing:
        """A whole copy of one moment, while others write."""

    def check(self, file: Path) -> None:
        """Raises CopyFailed where the database's own check of a copy fails."""

    def heads(self, epoch: str) -> tuple[Heads, int] | None:
        """The last number of each lane in the present store and its newest position; None
        where it cannot be read or is not of this epoch."""

    def put(self, file: Path) -> str:
        """Put a copy in the place of the store. Answers where the store is kept now."""


def copies(settings: Settings) -> Copies:
    """What suits the store of these settings."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return Sqlite(Path(str(url.database)))
    return Postgresql(url)


class Sqlite:
    """A copy is a database file without a log beside it."""

    sort = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path

    def make(self, file: Path) -> Standing:
        if not self._path.exists():
            raise CopyFailed(f"there is no store at {self._path}")
        with closing(_open(self._path)) as store, closing(_open(file)) as copy:
            store.backup(copy)  # in one step: one moment of the store, and nobody waits
            copy.execute("PRAGMA journal_mode=DELETE")
            [(epoch,)] = copy.execute(EPOCH).fetchall() or [("",)]
            [[newest]], [[step]] = (copy.execute(q).fetchall() for q in (NEWEST, STEP))
        self.check(file)
        return Standing(epoch, newest, step)

    def check(self, file: Path) -> None:
        try:
            with closing(_open(file)) as copy:
                said = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
                loose = copy.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            raise CopyFailed(f"the copy cannot be read: {type(error).__name__}") from None
        if said != ["ok"] or loose:
            raise CopyFailed("the copy is damaged: SQLite's own check says so")

    def heads(self, epoch: str) -> tuple[Heads, int] | None:
        if not self._path.exists():
            return None
        try:
            with closing(_open(self._path)) as store:
                rows = store.execute(HEADS).fetchall()
                [[newest]] = store.execute(NEWEST).fetchall()
                found = store.execute(EPOCH).fetchall()
        except sqlite3.DatabaseError:
            return None
        if found != [(epoch,)]:
            return None
        return {(device, lane): last for device, lane, last in rows}, newest

    def put(self, file: Path) -> str:
        aside = self._path.with_name(f"{self._path.name}.aside-{_stamp()}")
        # The log first: a database without its log would be believed, and lack what is in it.
        kept = [ending for ending in ("-wal", "-shm", "") if _beside(self._path, ending).exists()]
        for ending in kept:
            _beside(self._path, ending).rename(_beside(aside, ending))
        shutil.move(file, self._path)
        settle(self._path.parent)
        return str(aside) if kept else ""


class Postgresql:
    """A copy is what pg_dump makes; it is read into a database of its own, which takes the name."""

    sort = "postgresql"

    def __init__(self, url: URL) -> None:
        self._url = url

    def make(self, file: Path) -> Standing:
        with self._asked(self._url) as ask:
            # One moment for our questions and for pg_dump.
            ask.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            [[moment]] = ask.rows("SELECT pg_export_snapshot()")
            [[epoch]] = ask.rows(EPOCH) or [[""]]
            [[newest]], [[step]] = ask.rows(NEWEST), ask.rows(STEP)
            self._run("pg_dump", "-Fc", f"--snapshot={moment}", f"--file={file}", "--no-owner")
        self.check(file)
        return Standing(epoch, newest, step)

    def check(self, file: Path) -> None:
        self._run("pg_restore", "--list", str(file), connect=False)

    def heads(self, epoch: str) -> tuple[Heads, int] | None:
        import asyncpg

        try:
            with self._asked(self._url) as ask:
                rows, [[newest]], found = ask.rows(HEADS), ask.rows(NEWEST), ask.rows(EPOCH)
        except (asyncpg.PostgresError, OSError):
            return None
        if found != [[epoch]]:
            return None
        return {(device, lane): last for device, lane, last in rows}, newest

    def put(self, file: Path) -> str:
        import asyncpg

        name, stamp = str(self._url.database), _stamp()
        coming, aside = f"{name}_coming_{stamp}", f"{name}_aside_{stamp}"
        try:
            with self._asked(self._url.set(database="postgres")) as ask:
                ask.execute(f'CREATE DATABASE "{coming}"')
                said = ("--exit-on-error", "--no-owner", "--single-transaction")
                self._run("pg_restore", *said, str(file), database=coming)
                there = ask.rows(f"SELECT 1 FROM pg_database WHERE datname = '{name}'")  # noqa: S608 - the operator's own name
                if there:
                    ask.execute(f'ALTER DATABASE "{name}" RENAME TO "{aside}"')
                ask.execute(f'ALTER DATABASE "{coming}" RENAME TO "{name}"')
        except asyncpg.ObjectInUseError:
            raise CopyFailed("somebody is connected to the database: end the servers") from None
        except (asyncpg.PostgresError, OSError) as error:
            raise CopyFailed(f"PostgreSQL refused: {type(error).__name__}") from None
        return f"database {aside}" if there else ""

    def _run(self, name: str, *said: str, database: str = "", connect: bool = True) -> None:
        url = self._url
        given = {
            "PGHOST": url.host or "",
            "PGPORT": str(url.port or ""),
            "PGUSER": url.username or "",
            "PGPASSWORD": str(url.password or ""),
            "PGDATABASE": database or str(url.database),
        }
        if name == "pg_restore" and connect:
            said = (f"--dbname={given['PGDATABASE']}", *said)
        environment = {**os.environ, **{k: v for k, v in given.items() if v}}
        command = [program(name), *said]
        done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 - a program found by its name, and no shell
        if done.returncode:
            said_last = done.stderr.decode(errors="replace").strip().splitlines()[:1]
            raise CopyFailed(f"{name} failed: {''.join(said_last)}")

    @contextmanager
    def _asked(self, url: URL) -> Iterator["_Asking"]:
        asking = _Asking(url)
        try:
            yield asking
        finally:
            asking.close()


class _Asking:
    """A connection of the operator's command, which does one thing after the other."""

    def __init__(self, url: URL) -> None:
        import asyncio

        import asyncpg

        self._loop = asyncio.new_event_loop()
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = self._loop.run_until_complete(asyncpg.connect(plain))

    def execute(self, sql: str) -> None:
        self._loop.run_until_complete(self._connection.execute(sql))

    def rows(self, sql: str) -> list[list[Any]]:
        found = self._loop.run_until_complete(self._connection.fetch(sql))
        return [list(row) for row in found]

    def close(self) -> None:
        self._loop.run_until_complete(self._connection.close())
        self._loop.close()


def program(name: str) -> str:
    """One of PostgreSQL's programs: on the PATH, or where Debian puts the newest."""
    if found := shutil.which(name):
        return found
    versions = sorted(POSTGRESQL.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    if not versions:
        raise CopyFailed(f"{name} is not on this machine: install PostgreSQL's client programs")
    return str(versions[-1])


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _stamp() -> str:
    return time.strftime("%Y%m%d%H%M%S", time.gmtime())
