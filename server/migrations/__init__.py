"""The steps by which the tables came to be what they are: forward only, each taken once."""

import re
from collections.abc import Awaitable, Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.database import writing

LOCK: Final = 0x6B657A656B  # "kezek"; PostgreSQL's advisory locks are named by numbers
NAME: Final = re.compile(r"m(\d{4})_\w+")


class Step(Struct, frozen=True):
    """One file `mNNNN_name.py` with its `async def up(connection)`."""

    number: int
    name: str
    up: Callable[[AsyncConnection], Awaitable[None]]


class StoreNewerError(Exception):
    """The store has taken steps that this version of the program does not know."""


async def migrate(engine: AsyncEngine) -> list[str]:
    """Take the steps not taken yet, all or none; whoever starts at the same time waits."""
    async with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        taken = await _taken(connection)
        known = steps()
        if unknown := taken - {step.number for step in known}:
            raise StoreNewerError(f"unknown steps: {sorted(unknown)}")
        missing = [step for step in known if step.number not in taken]
        for step in missing:
            await step.up(connection)
            await connection.execute(
                text("INSERT INTO migration (number, name) VALUES (:number, :name)"),
                {"number": step.number, "name": step.name},
            )
    return [step.name for step in missing]


def steps() -> list[Step]:
    """Every step there is, in order."""
    names = sorted(module.name for module in iter_modules(__path__) if NAME.fullmatch(module.name))
    return [Step(int(name[1:5]), name, import_module(f"{__name__}.{name}").up) for name in names]


async def _taken(connection: AsyncConnection) -> set[int]:
    await connection.execute(
        text(
            "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"
        )
    )
    return set(await connection.scalars(text("SELECT number FROM migration")))
