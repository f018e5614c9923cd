"""The names of people who have, or had, a way in: for whoever is told who looked at what."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.database import reading
from server.people.tables import accounts


class Names:
    """Asked by id; whoever is not known has none."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def of(self, persons: Iterable[str]) -> dict[str, str]:
        """The names of those of these people who are known."""
        query = select(accounts.c.person, accounts.c.name).where(
            accounts.c.person.in_(sorted(set(persons)))
        )
        async with reading(self._engine) as connection:
            return {row.person: row.name for row in await connection.execute(query)}
