"""Who people are and which devices may be used, for slices that reach out to them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.database import reading
from server.people.accounts import Account
from server.people.tables import accounts, devices
from sync.roles import Role


class Standing:
    """Answers as the accounts say at this moment."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def listeners(self, people: Collection[str]) -> list[Account]:
        """Those of these people whose accounts are open."""
        query = select(accounts).where(accounts.c.person.in_(list(people)), accounts.c.closed == 0)
        async with reading(self._engine) as connection:
            return [
                Account(
                    person=row.person,
                    login=row.login,
                    role=Role(row.role),
                    name=row.name,
                    district=row.district,
                    formation=row.formation,
                )
                for row in await connection.execute(query)
            ]

    async def standing(self, asked: Collection[str]) -> set[str]:
        """Those of these devices that have not been revoked, of people who may sign in."""
        query = (
            select(devices.c.device)
            .join(accounts, accounts.c.person == devices.c.person)
            .where(
                devices.c.device.in_(list(asked)), devices.c.revoked == 0, accounts.c.closed == 0
            )
        )
        async with reading(self._engine) as connection:
            return set(await connection.scalars(query))
