"""Accounts as seen inside one transaction: who may sign in, and as what."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.people.tables import accounts
from sync.roles import Role


class Account(Struct, frozen=True, kw_only=True):
    """One person's way in. `person` is the id of the person's record in the ledger."""

    person: str
    login: str
    role: Role
    name: str
    district: str = ""
    formation: str = ""


class Kept(Struct, frozen=True):
    """An account with what proves that it is one's own."""

    account: Account
    password: str


def as_login(typed: str) -> str:
    """A login as it is kept: telephones like to begin with a capital and end with a space."""
    return typed.strip().casefold()


class Accounts:
    """The accounts held."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, account: Account, password: str) -> None:
        """Open an account; `password` is the hash of one."""
        await self._connection.execute(insert(accounts).values(_row(account, password)))

    async def add_all(self, opened: Sequence[Account], password: str) -> None:
        """Open many accounts that have one password; `password` is its hash."""
        await self._connection.execute(insert(accounts), [_row(one, password) for one in opened])

    async def open_under(self, login: str) -> Kept | None:
        """The open account with this login."""
        query = select(accounts).where(accounts.c.login == as_login(login), accounts.c.closed == 0)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        account = Account(
            person=row.person,
            login=row.login,
            role=Role(row.role),
            name=row.name,
            district=row.district,
            formation=row.formation,
        )
        return Kept(account, row.password)

    async def any(self) -> bool:
        """Whether there is anybody at all."""
        query = select(accounts.c.person).limit(1)
        return (await self._connection.execute(query)).one_or_none() is not None


def _row(account: Account, password: str) -> dict[str, Any]:
    return {
        "person": account.person,
        "login": as_login(account.login),
        "password": password,
        "role": account.role.value,
        "district": account.district,
        "formation": account.formation,
        "name": account.name,
        "closed": 0,
    }
