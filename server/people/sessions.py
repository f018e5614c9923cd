"""Devices and sessions as seen inside one transaction."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from server.clock import HOUR, MINUTE
from server.people.tables import accounts, devices, sessions
from sync.faults import Fault
from sync.roles import Actor, Role

LIFE: Final = 12 * HOUR  # one shift

# In the field the phone's own lock guards the app; a desk stands in a room with others.
FIELD: Final = frozenset({Role.OFFICER, Role.GUARD, Role.VOLUNTEER, Role.LEADER, Role.ADAPTER})


def idle(role: Role) -> int:
    """How long a session outlives its last use."""
    return LIFE if role in FIELD else 15 * MINUTE


class Session(Struct, frozen=True):
    """A person signed in on a device."""

    actor: Actor
    name: str
    seen: int
    ends: int

    def open_at(self, now: int, seen: int = 0) -> bool:
        """Whether it still holds, `seen` being a later use than the one on record."""
        return now < self.ends and now - max(seen, self.seen) <= idle(self.actor.role)


class Sessions:
    """The sessions held. Tokens come and go as their hashes."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def bind(self, device: str, person: str, now: int) -> None:
        """Make the device the person's own, unless it is another's or has been revoked."""
        # The row first, so that two who come at once with one device meet here.
        insert_or_not = (
            insert_sqlite if self._connection.dialect.name == "sqlite" else insert_postgresql
        )
        await self._connection.execute(
            insert_or_not(devices)
            .values(device=device, person=person, first_seen=now, revoked=0)
            .on_conflict_do_nothing()
        )
        row = (
            await self._connection.execute(select(devices).where(devices.c.device == device))
        ).one()
        if row.person != person:
            raise Fault("device_foreign", device)
        if row.revoked:
            raise Fault("device_revoked", device)

    async def open(self, token: str, person: str, device: str, now: int) -> None:
        await self._connection.execute(
            insert(sessions).values(
                token=token, person=person, device=device, created=now, seen=now, ends=now + LIFE
            )
        )

    async def of(self, token: str) -> Session | None:
        """The session of a token, with its person as the account says today."""
        query = (
            select(sessions, accounts)
            .join(accounts, accounts.c.person == sessions.c.person)
            .join(devices, devices.c.device == sessions.c.device)
            .where(sessions.c.token == token, accounts.c.closed == 0, devices.c.revoked == 0)
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        actor = Actor(row.person, Role(row.role), row.district, row.formation, row.device)
        return Session(actor, row.name, row.seen, row.ends)

    async def touch(self, token: str, now: int) -> None:
        await self._connection.execute(
            update(sessions).where(sessions.c.token == token).values(seen=now)
        )

    async def close(self, tokens: Iterable[str]) -> None:
        await self._connection.execute(delete(sessions).where(sessions.c.token.in_(list(tokens))))

    async def on(self, device: str) -> list[str]:
        """The tokens of the device's sessions; there should be one at most."""
        query = select(sessions.c.token).where(sessions.c.device == device).limit(100)
        return list(await self._connection.scalars(query))

    async def sweep(self, now: int) -> None:
        """Forget the sessions that have ended."""
        await self._connection.execute(delete(sessions).where(sessions.c.ends <= now))
