"""Verbs about the store: migrate, fill, person."""

import asyncio
import getpass
import sys
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server import demo
from server.city import Extent
from server.clock import SystemClock
from server.database import open_engine, writing
from server.ledger import Ledger
from server.migrations import migrate
from server.people import Account, Accounts, Passwords
from server.settings import Settings
from sync.roles import Role


class StoreClosed(Exception):
    """The database is not there, or does not let us in."""


def say(line: str) -> None:
    """Tell the operator; at once, also through a pipe."""
    print(line, flush=True)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The store, with all its steps taken."""
    settings.prepare()
    engine = open_engine(settings.database_url)
    try:
        for step in await _migrated(engine):
            say(f"migration: {step}")
        yield engine
    finally:
        await engine.dispose()


async def _migrated(engine: AsyncEngine) -> list[str]:
    import asyncpg

    try:
        return await migrate(engine)
    except (DBAPIError, asyncpg.PostgresError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise StoreClosed(f"the store cannot be opened: {type(cause).__name__}") from None


def run_migrate(settings: Settings, _said: Namespace) -> None:
    """Take the steps that this store has not taken yet."""

    async def work() -> None:
        async with opened(settings):
            say("the store is up to date")

    asyncio.run(work())


async def checked(settings: Settings) -> None:
    """Open the store once, so that the operator is told in one place why it cannot be opened."""
    async with opened(settings) as engine:
        ledger = await Ledger.open(engine, settings, SystemClock())
        await ledger.close()


def run_fill(settings: Settings, said: Namespace) -> None:
    """Fill an empty store with the model city; add today's shifts to one that has it."""
    asyncio.run(filled(settings, "small" if said.small else "full"))


async def filled(settings: Settings, extent: Extent = "full") -> demo.Demo | None:
    """The model city with today's shifts, and who is on duty; None in somebody's own store."""
    clock = SystemClock()
    async with opened(settings) as engine:
        ledger = await Ledger.open(engine, settings, clock)
        try:
            if await demo.is_empty(engine):
                return await demo.fill(engine, ledger, settings, clock, say, extent)
            return await demo.ensure_today(ledger, settings, clock, say)
        finally:
            await ledger.close()


def run_person(settings: Settings, said: Namespace) -> None:
    """Open an account for a person; the password is asked for, or read from a pipe."""
    asked = sys.stdin.isatty()
    password = getpass.getpass("password: ") if asked else sys.stdin.readline().rstrip("\n")
    if len(password) < PASSWORD_MIN:
        sys.exit(f"kezek: a password has {PASSWORD_MIN} characters or more")
    account = Account(
        person=said.person,
        login=said.login,
        role=Role(said.role),
        name=said.name,
        district=said.district,
        formation=said.formation,
    )

    async def work() -> None:
        async with opened(settings) as engine:
            kept = await Passwords().hash(password)
            async with writing(engine) as connection:
                await Accounts(connection).add(account, kept)
            say(f"account {said.login} is open")

    try:
        asyncio.run(work())
    except IntegrityError:
        sys.exit(f"kezek: the login {said.login} is taken, or this person has an account already")


PASSWORD_MIN = 15  # OWASP ASVS 5.0, 6.2.9 and 6.2.1: length, and no rules of composition
