"""Accounts, the devices they use, and the sessions that are open."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

STATEMENTS: Final = (
    """
    CREATE TABLE person_account (
        person TEXT PRIMARY KEY,
        login TEXT NOT NULL UNIQUE,
        password TEXT NOT NULL,
        role TEXT NOT NULL,
        district TEXT NOT NULL,
        formation TEXT NOT NULL,
        name TEXT NOT NULL,
        closed BIGINT NOT NULL
    )
    """,
    """
    CREATE TABLE person_device (
        device TEXT PRIMARY KEY,
        person TEXT NOT NULL REFERENCES person_account (person),
        first_seen BIGINT NOT NULL,
        revoked BIGINT NOT NULL
    )
    """,
    """
    CREATE TABLE person_session (
        token TEXT PRIMARY KEY,
        person TEXT NOT NULL REFERENCES person_account (person),
        device TEXT NOT NULL REFERENCES person_device (device),
        created BIGINT NOT NULL,
        seen BIGINT NOT NULL,
        ends BIGINT NOT NULL
    )
    """,
    "CREATE INDEX person_session_device ON person_session (device)",
    "CREATE INDEX person_session_ends ON person_session (ends)",
)


async def up(connection: AsyncConnection) -> None:
    for statement in STATEMENTS:
        await connection.execute(text(statement))
