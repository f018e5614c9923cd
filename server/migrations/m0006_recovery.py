"""What each device had handed in when the store was put back, and what it said when it came."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

TABLE = """CREATE TABLE recovery (
    epoch TEXT NOT NULL, device TEXT NOT NULL, lane INTEGER NOT NULL,
    held BIGINT NOT NULL, acknowledged BIGINT NOT NULL, written BIGINT NOT NULL,
    came BIGINT NOT NULL, PRIMARY KEY (epoch, device, lane))"""


async def up(connection: AsyncConnection) -> None:
    """`held` is the last number in the store that was put back, `acknowledged` the last one in
    the store that was put aside (-1 where that could not be read), `written` the last one that
    the device says it wrote, `came` when it first came (0 until then)."""
    await connection.execute(text(TABLE))
