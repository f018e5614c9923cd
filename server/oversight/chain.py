"""The chain of the access log: each row is sealed with the one before it.

A row's hash is SHA-256 over the hash before it and the row's members as one JSON array. The
words of a reason are only in it by a salted hash: erased, they leave the chain whole. Whoever
may write to the database could still rewrite the log from some row on, or cut its end: against
that, keep the head that `kezek verify` tells, elsewhere, and hold it against the log later.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.oversight.tables import accesses

START: Final = "0" * 64
SEALED: Final = (
    "position",
    "at",
    "person",
    "role",
    "device",
    "what",
    "kind",
    "record",
    "owner",
    "purpose",
    "words_hash",
)
AT_ONCE: Final = 1_000


class Proof(Struct, frozen=True):
    """The log is whole: its rows, the hash of the last, and how many had their words erased."""

    rows: int
    head: str
    erased: int


class Broken(Exception):
    """The log is not as it was written; `position` is the first row that is wrong."""

    def __init__(self, position: int) -> None:
        super().__init__(f"the access log is broken at {position}")
        self.position = position


def sealed(before: str, row: Mapping[Any, Any]) -> str:
    """The hash of a row that follows the row with the hash `before`."""
    members = msgspec.json.encode([row[name] for name in SEALED])
    return sha256(bytes.fromhex(before) + members).hexdigest()


def hidden(words: str, salt: str) -> str:
    """What the chain holds of words."""
    return sha256(f"{salt}{words}".encode()).hexdigest() if words else ""


async def proven(connection: AsyncConnection, kept: Mapping[int, str]) -> Proof:
    """Go through the whole log; `kept` are heads noted elsewhere. Raises Broken."""
    count, head, erased = 0, START, 0
    while True:
        query = select(accesses).where(accesses.c.position > count)
        found = await connection.execute(query.order_by(accesses.c.position).limit(AT_ONCE))
        rows = found.mappings().all()
        for row in rows:
            count += 1
            head = sealed(head, row)
            gone = row["words"] is None and row["words_hash"] != ""
            if row["position"] != count or row["hash"] != head or kept.get(count, head) != head:
                raise Broken(count)
            if not gone and hidden(row["words"] or "", row["salt"] or "") != row["words_hash"]:
                raise Broken(count)
            erased += gone
        if not rows:
            break
    if any(position > count for position in kept):
        raise Broken(count + 1)
    return Proof(count, head, erased)
