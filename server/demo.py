"""Plugs the model city into a store: its records by the ledger, its people's accounts."""

import asyncio
import os
import secrets
from collections.abc import Callable
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncEngine

from server import city
from server.clock import Clock, day
from server.database import reading, writing
from server.people import Account, Accounts, Passwords
from server.settings import Settings

Say = Callable[[str], None]
LETTERS: Final = "bcdfghjkmnpqrstvwxz"  # nothing that reads as something else, and no words


class Demo(Struct, frozen=True):
    """With what to sign in: two people who walk one route at this moment."""

    officer: str
    volunteer: str
    password: str


async def is_empty(engine: AsyncEngine) -> bool:
    """Whether nobody can sign in yet: the accounts are the last thing that is filled in."""
    async with reading(engine) as connection:
        return not await Accounts(connection).any()


async def fill(
    engine: AsyncEngine, ledger: city.Door, settings: Settings, clock: Clock, say: Say
) -> Demo:
    """Put the model city into an empty store. One that broke off is gone on with."""
    settings.prepare()
    built = city.build(city.founding(settings, clock.now()))
    await city.tell_city(built, ledger, clock, say)
    await city.tell_days(built, ledger, clock, say)
    password = _choose_password(settings)
    if await is_empty(engine):
        await _open_accounts(engine, built, password)
        say(f"accounts: {len(built.people)}")
    return _demo(built, clock, password)


async def ensure_today(
    ledger: city.Door, settings: Settings, clock: Clock, say: Say
) -> Demo | None:
    """Add the shifts of today if they are missing; None where the store holds no model city."""
    source = city.remembered(settings)
    if source is None:
        return None
    built = city.build(source)
    await city.tell_days(built, ledger, clock, say)
    return _demo(built, clock, _choose_password(settings))


def who(settings: Settings, clock: Clock) -> Demo | None:
    """Who is on duty now, and the password."""
    source = city.remembered(settings)
    return _demo(city.build(source), clock, _choose_password(settings)) if source else None


def _demo(built: city.City, clock: Clock, password: str) -> Demo:
    now = clock.now()
    officer, volunteer = city.pair(built.on_duty(now, date.fromisoformat(day(now))))
    return Demo(officer.login, volunteer.login, password)


def _choose_password(settings: Settings) -> str:
    """The store's own, kept for its user's eyes only."""
    path = settings.data / "demo.txt"
    if path.exists():
        return path.read_text(encoding="utf-8").strip()
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    password = os.environ.get("KEZEK_DEMO_PASSWORD") or "-".join(groups)
    path.touch(mode=0o600)
    path.write_text(password + "\n", encoding="utf-8")
    return password


async def _open_accounts(engine: AsyncEngine, built: city.City, password: str) -> None:
    """All or none. Each has a salt of its own, although the password is one."""
    passwords = Passwords()
    hashes = await asyncio.gather(*(passwords.hash(password) for _ in built.people))
    async with writing(engine) as connection:
        accounts = Accounts(connection)
        for member, kept in zip(built.people, hashes, strict=True):
            await accounts.add(_account(member), kept)


def _account(member: city.Member) -> Account:
    person = member.person
    return Account(
        person=member.id,
        login=member.login,
        role=person.role,
        name=person.name,
        district=person.district,
        formation=person.formation,
    )
