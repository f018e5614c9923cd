"""The access log, to which rows are only added; and the way from a record to its revisions."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

TABLES: Final = (
    """CREATE TABLE access_log (
        position BIGINT PRIMARY KEY, at BIGINT NOT NULL,
        person TEXT NOT NULL, role TEXT NOT NULL, device TEXT NOT NULL,
        what TEXT NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL, owner TEXT NOT NULL,
        purpose TEXT NOT NULL, words_hash TEXT NOT NULL, hash TEXT NOT NULL,
        words TEXT, salt TEXT)""",
    "CREATE INDEX access_log_person ON access_log (person, at)",
    "CREATE INDEX access_log_record ON access_log (record, position)",
    "CREATE INDEX access_log_owner ON access_log (owner, position)",
    # Letters that are about no record (torn, void) are not asked for by one.
    "CREATE INDEX revision_record ON revision (record, position) WHERE record IS NOT NULL",
)
SEALED: Final = (
    "position, at, person, role, device, what, kind, record, owner, purpose, words_hash, hash"
)
KEEP_SQLITE: Final = (
    f"""CREATE TRIGGER access_log_stays BEFORE UPDATE OF {SEALED} ON access_log
        BEGIN SELECT RAISE(ABORT, 'the access log is only added to'); END""",
    """CREATE TRIGGER access_log_whole BEFORE DELETE ON access_log
        BEGIN SELECT RAISE(ABORT, 'the access log is only added to'); END""",
)
KEEP_POSTGRESQL: Final = (
    """CREATE FUNCTION access_log_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the access log is only added to'; END $$""",
    f"""CREATE TRIGGER access_log_stays BEFORE UPDATE OF {SEALED} ON access_log
        FOR EACH STATEMENT EXECUTE FUNCTION access_log_kept()""",
    """CREATE TRIGGER access_log_whole BEFORE DELETE OR TRUNCATE ON access_log
        FOR EACH STATEMENT EXECUTE FUNCTION access_log_kept()""",
)


async def up(connection: AsyncConnection) -> None:
    """Only the words of a reason and their salt may be taken out later: they are erasable."""
    kept = KEEP_SQLITE if connection.dialect.name == "sqlite" else KEEP_POSTGRESQL
    for statement in (*TABLES, *kept):
        await connection.execute(text(statement))
