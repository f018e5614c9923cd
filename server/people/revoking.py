"""What was decided about devices and sessions, done to the store; once more after a restore."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.database import reading, writing
from server.people.tables import accounts, devices, sessions

AT_ONCE = 500


async def owner_of(engine: AsyncEngine, device: str) -> str | None:
    """The person whose device it is, if anybody ever signed in on it."""
    async with reading(engine) as connection:
        owner: str | None = await connection.scalar(
            select(devices.c.person).where(devices.c.device == device)
        )
    return owner


async def hold_to(
    engine: AsyncEngine, revoked: Mapping[str, tuple[str, int]], closed: Collection[str]
) -> int:
    """These devices (with their persons and since when) are revoked, these sessions are over,
    whatever the store says. Answers how much of it the store did not know."""
    changed = 0
    async with writing(engine) as connection:
        for device, (person, at) in revoked.items():
            changed += await _revoke(connection, device, person, at)
        tokens = sorted(closed)
        for start in range(0, len(tokens), AT_ONCE):
            gone = sessions.c.token.in_(tokens[start : start + AT_ONCE])
            changed += (await connection.execute(delete(sessions).where(gone))).rowcount
    return changed


async def end_all(engine: AsyncEngine) -> int:
    """Everybody signs in again. Answers how many sessions that ends."""
    async with writing(engine) as connection:
        return (await connection.execute(delete(sessions))).rowcount


async def _revoke(connection: AsyncConnection, device: str, person: str, at: int) -> int:
    known = await connection.scalar(select(accounts.c.person).where(accounts.c.person == person))
    if known is None:
        return 0  # nobody can sign in on it; once there is an account, the next start sees to it
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    row = {"device": device, "person": person, "first_seen": at, "revoked": 0}
    await connection.execute(insert(devices).values(row).on_conflict_do_nothing())
    change = update(devices).where(devices.c.device == device, devices.c.revoked == 0)
    done = await connection.execute(change.values(revoked=at))
    await connection.execute(delete(sessions).where(sessions.c.device == device))
    return done.rowcount
