"""The epoch: the identity of one life of the store, kept in it and in a file beside it [11].

A database that was put back from a backup has another epoch than the file says, and the server
does not start on it until somebody says that it was restored.
"""

import secrets
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from server.ledger import questions
from server.ledger.connections import Connections, Transaction

GAP: Final = 1_000_000  # trust.md 3.5, rule 2: numbers handed out and lost are never used again

_SET: Final = """INSERT INTO ledger_store (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
_GET: Final = "SELECT value FROM ledger_store WHERE name = 'epoch'"


class Kept(Struct, frozen=True):
    """What the file beside the store says."""

    epoch: str
    floor: int


class StoreRestored(Exception):
    """The store is not the one that the file beside it knows: it has been put back or changed."""


async def opened(connections: Connections, folder: Path) -> str:
    """The store's epoch; the first one at the first start. Raises StoreRestored."""
    path = folder / "epoch"
    kept = _kept(path)

    def work(store: Transaction) -> str:
        found = [row[0] for row in store.rows(_GET, {})]
        if kept is not None and found == [kept.epoch]:
            return kept.epoch
        if found or kept is not None:
            raise StoreRestored(
                "the store and the file `epoch` beside it do not belong together; "
                "after a restore say `kezek restored`, which opens a new epoch"
            )
        return _open(store, path, 0)

    return await connections.write(work)


async def renew(connections: Connections, folder: Path, above: int) -> str:
    """Open a new epoch, whose positions begin well above all that was ever given out."""
    path = folder / "epoch"
    kept = _kept(path) or Kept("", 0)

    def work(store: Transaction) -> str:
        return _open(store, path, max(*questions.head(store), above, kept.floor) + GAP)

    return await connections.write(work)


def _kept(path: Path) -> Kept | None:
    return msgspec.json.decode(path.read_bytes(), type=Kept) if path.exists() else None


def _open(store: Transaction, path: Path, floor: int) -> str:
    epoch = secrets.token_hex(16)
    store.many(_SET, [{"name": "epoch", "value": epoch}, {"name": "floor", "value": str(floor)}])
    path.write_bytes(msgspec.json.encode(Kept(epoch, floor)))
    return epoch
