"""Web push: who may be told on which device, what is to be told, and how far it has been read."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

STATEMENTS: Final = (
    """CREATE TABLE push_subscription (
        device TEXT PRIMARY KEY, person TEXT NOT NULL, endpoint TEXT NOT NULL UNIQUE,
        p256dh TEXT NOT NULL, auth TEXT NOT NULL, language TEXT NOT NULL,
        created BIGINT NOT NULL, refused INTEGER NOT NULL)""",
    "CREATE INDEX push_subscription_person ON push_subscription (person)",
    """CREATE TABLE push_notice (
        id TEXT PRIMARY KEY, fact TEXT NOT NULL, device TEXT NOT NULL, person TEXT NOT NULL,
        code TEXT NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL, topic TEXT NOT NULL,
        urgency TEXT NOT NULL, made BIGINT NOT NULL, expires BIGINT NOT NULL,
        state TEXT NOT NULL, due BIGINT NOT NULL, lease BIGINT NOT NULL, tries INTEGER NOT NULL,
        sent BIGINT NOT NULL, shown BIGINT NOT NULL, opened BIGINT NOT NULL,
        UNIQUE (fact, device))""",
    "CREATE INDEX push_notice_due ON push_notice (due) WHERE state = 'queued'",
    "CREATE INDEX push_notice_device ON push_notice (device, made)",
    "CREATE INDEX push_notice_made ON push_notice (made)",
    """CREATE TABLE push_cursor (
        name TEXT PRIMARY KEY, epoch TEXT NOT NULL, position BIGINT NOT NULL)""",
)


async def up(connection: AsyncConnection) -> None:
    for statement in STATEMENTS:
        await connection.execute(text(statement))
