"""Letters that wait for what they build on, and who handed them in."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

TABLES = (
    """CREATE TABLE parked (
        position BIGINT PRIMARY KEY, record {blob} NOT NULL, device INTEGER NOT NULL,
        actor TEXT NOT NULL, decided BIGINT NOT NULL)""",
    "CREATE INDEX parked_record ON parked (record) WHERE decided = 0",
    "CREATE INDEX parked_decided ON parked (device, decided)",
)


async def up(connection: AsyncConnection) -> None:
    """`position` is where it was parked; `decided` where it was taken up again, 0 until then."""
    blob = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
    for statement in TABLES:
        await connection.execute(text(statement.format(blob=blob)))
