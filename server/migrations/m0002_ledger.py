"""The ledger: revisions, the records they made, and the feeds that hold them."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

TABLES = (
    "CREATE TABLE ledger_store (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE ledger_device (number INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE)",
    """CREATE TABLE revision (
        position BIGINT PRIMARY KEY, record {blob}, device INTEGER NOT NULL,
        lane INTEGER NOT NULL, seq BIGINT NOT NULL, last BIGINT NOT NULL,
        outcome INTEGER NOT NULL, code TEXT NOT NULL, made BIGINT NOT NULL,
        arrived BIGINT NOT NULL, hash {blob} NOT NULL, letter {blob} NOT NULL,
        UNIQUE (device, lane, seq))""",
    """CREATE TABLE record (
        id {blob} PRIMARY KEY, kind TEXT NOT NULL, version BIGINT NOT NULL, day TEXT NOT NULL,
        feeds TEXT NOT NULL, atoms TEXT, body {blob}) {compact}""",
    "CREATE TABLE feed_name (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """CREATE TABLE feed (
        feed INTEGER NOT NULL, position BIGINT NOT NULL, record {blob} NOT NULL,
        PRIMARY KEY (feed, position)) {compact}""",
    """CREATE TABLE fork (
        device INTEGER NOT NULL, lane INTEGER NOT NULL, seq BIGINT NOT NULL, hash {blob} NOT NULL,
        arrived BIGINT NOT NULL, letter {blob} NOT NULL,
        PRIMARY KEY (device, lane, seq, hash))""",
)


async def up(connection: AsyncConnection) -> None:
    """`compact`: rows small enough to live in the key's own tree."""
    sqlite = connection.dialect.name == "sqlite"
    words = {
        "blob": "BLOB" if sqlite else "BYTEA",
        "compact": "WITHOUT ROWID" if sqlite else "",
    }
    for statement in TABLES:
        sql = statement.format(**words)
        # The position is SQLite's own row number: one tree less.
        if sqlite:
            sql = sql.replace("position BIGINT PRIMARY KEY", "position INTEGER PRIMARY KEY")
        await connection.execute(text(sql))
