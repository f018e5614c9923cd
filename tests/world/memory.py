"""The ledger's connections over a database in memory: no thread, no disk, and troubles at will."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar

from server.ledger.connections import Transaction

T = TypeVar("T")
Trouble = Literal["", "dies before", "dies after", "dies reading", "full"]
NEW_RECORD: Final = "INSERT INTO record"


class Crashed(Exception):
    """The store's process ended in the middle of its work."""


class Memory:
    """A database in memory. `trouble` befalls the next work that it can befall, a full disk
    after so many writes; the records whose
    ids are in `poison` are such as the database will not take."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None, cached_statements=512)
        self.trouble: Trouble = ""
        self.writes_before = 0
        self.poison: set[bytes] = set()

    async def read(self, work: Callable[[Transaction], T]) -> T:
        if self.trouble == "dies reading":
            raise Crashed
        return self._do("BEGIN", work)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        self.writes_before -= 1
        if self.trouble == "full" and self.writes_before < 0:
            self.trouble = ""
            raise sqlite3.OperationalError("database or disk is full")
        return self._do("BEGIN IMMEDIATE", work)

    def pulse(self) -> int | None:
        """None: whoever asks, asks the store."""
        return None

    async def close(self) -> None:
        """Nothing: what is committed outlives whoever worked on it."""

    def rows(self, sql: str, values: Mapping[str, Any]) -> Sequence[Any]:
        return self.db.execute(sql, values).fetchall()

    def many(self, sql: str, values: Sequence[Mapping[str, Any]]) -> None:
        news = values if self.poison and sql.startswith(NEW_RECORD) else ()
        if any(row["id"] in self.poison for row in news):
            raise sqlite3.IntegrityError("a row that the database will not take")
        if values:
            self.db.executemany(sql, values)

    def _do(self, begin: str, work: Callable[[Transaction], T]) -> T:
        writes = begin != "BEGIN"
        self.db.execute(begin)
        try:
            result = work(self)
            if writes and self.trouble == "dies before":
                raise Crashed
            self.db.execute("COMMIT")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        if writes and self.trouble == "dies after":
            raise Crashed
        return result
