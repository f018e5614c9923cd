"""Plugs the model city into a store: its records by the ledger, its people's accounts."""

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
from server.files import made_once
from server.people import Account, Accounts, Passwords
from server.settings import Settings
from sync.roles import Role

Say = Callable[[str], None]
LETTERS: Final = "bcdfghjkmnpqrstvwxz"  # nothing that reads as something else, and no words


class Demo(Struct, frozen=True):
    """With what to sign in: two people who walk one route at this moment, and one of each role.

    `logins` has every role but these two; whoever has shifts is on duty now.
    """

    officer: str
    volunteer: str
    password: str
    logins: dict[str, str]


async def is_empty(engine: AsyncEngine) -> bool:
    """Whether nobody can sign in yet: the accounts are the last thing that is filled in."""
    async with reading(engine) as connection:
        return not await Accounts(connection).any()


async def fill(
    engine: AsyncEngine,
    ledger: city.Door,
    settings: Settings,
    clock: Clock,
    say: Say,
    extent: city.Extent = "full",
) -> Demo:
    """Put the model city into an empty store. One that broke off is gone on with."""
    settings.prepare()
    built = city.build(city.founding(settings, clock.now(), extent))
    await city.tell_city(built, ledger, clock, say)
    await city.tell_days(built, ledger, clock, say)
    password = _choose_password(settings)
    if await is_empty(engine):
        await _open_accounts(engine, built, password)
        say(f"accounts: {len(built.people):,}")
    return _demo(built, clock, password)


async def ensure_today(
    ledger: city.Door, settings: Settings, clock: Clock, say: Say
) -> Demo | None:
    """Add the shifts that are missing by now; None where the store holds no model city."""
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
    on_duty = built.on_duty(now, date.fromisoformat(day(now)))
    officer, volunteer = city.pair(on_duty)
    named = (Role.OFFICER, Role.VOLUNTEER)
    # Whoever is on duty comes last and stands; where the pair walks, if anybody serves there.
    there = [m for m, _ in on_duty if m.person.district == officer.person.district]
    members = [*reversed(built.people), *(m for m, _ in on_duty), *reversed(there)]
    logins = {m.person.role: m.login for m in members if m.person.role not in named}
    ordered = {role.value: logins[role] for role in Role if role in logins}
    return Demo(officer.login, volunteer.login, password, ordered)


def _choose_password(settings: Settings) -> str:
    """The store's own, kept for its user's eyes only."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    password = os.environ.get("KEZEK_DEMO_PASSWORD") or "-".join(groups)
    return made_once(settings.data / "demo.txt", f"{password}\n".encode()).decode().strip()


async def _open_accounts(engine: AsyncEngine, built: city.City, password: str) -> None:
    """All or none, under one hash.

    The demo has one password, and whoever ran it was told it; a salt for each account would
    hide nothing and take Argon2 minutes. Accounts of real people have one each (`kezek person`).
    """
    kept = await Passwords().hash(password)
    async with writing(engine) as connection:
        await Accounts(connection).add_all([_account(member) for member in built.people], kept)


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
