"""The epoch: the identity of one life of the store, kept in it and in a file beside it [11].

A database that was put back from a backup has another epoch than the file says, and the server
does not start on it until somebody says that it was restored.

The file is never half, and a kill between the commit and the file is not taken for a restore:
the next epoch stands in a file of its own before the commit, which takes the other's name after.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from server.files import put_down, settle
from server.ledger import questions, recovery
from server.ledger.connections import Connections, Transaction

GAP: Final = 1_000_000  # trust.md 3.5, rule 2: numbers handed out and lost are never used again

_SET: Final = """INSERT INTO ledger_store (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value"""


class Kept(Struct, frozen=True):
    """What the file beside the store says. An empty epoch belongs to no store."""

    epoch: str
    floor: int


class StoreRestored(Exception):
    """The store is not the one that the file beside it knows: it has been put back or changed."""


async def opened(connections: Connections, folder: Path) -> str:
    """The store's epoch; the first one at the first start. Raises StoreRestored."""

    def work(store: Transaction) -> Kept:
        kept, coming, found = kept_in(folder), _read(_coming(folder)), questions.epoch(store)
        if found and kept is not None and found == kept.epoch:
            return kept
        if found and coming is not None and found == coming.epoch:
            return coming  # killed after the commit and before the file took its name
        if found or kept is not None:
            raise StoreRestored(
                "the store and the file `epoch` beside it do not belong together; "
                "after a restore say `kezek restored`, which opens a new epoch"
            )
        return _open(store, folder, 0)

    kept = await connections.write(work)
    _arrive(folder, kept.epoch)
    return kept.epoch


async def renew(
    connections: Connections,
    folder: Path,
    above: int,
    *,
    instead_of: str = "",
    acknowledged: Mapping[recovery.Lane, int] | None = None,
) -> str:
    """Open a new epoch, whose positions begin well above all that was ever given out.

    Where `instead_of` is not the store's epoch any more, somebody else was faster: theirs is
    answered. `acknowledged` are the heads of lanes in the store that this one stands in for.
    """

    def work(store: Transaction) -> str:
        found = questions.epoch(store)
        if instead_of and found != instead_of:
            return found
        floor = max(*questions.head(store), above, (kept_in(folder) or Kept("", 0)).floor) + GAP
        opened = _open(store, folder, floor).epoch
        recovery.begin(store, opened, acknowledged)
        return opened

    epoch = await connections.write(work)
    _arrive(folder, epoch)
    return epoch


def kept_in(folder: Path) -> Kept | None:
    """What the file says, if there is one."""
    return _read(folder / "epoch")


def part(folder: Path) -> None:
    """From now on the file belongs to no store, until a new epoch is opened."""
    kept = kept_in(folder) or Kept("", 0)
    _coming(folder).unlink(missing_ok=True)
    put_down(folder / "epoch", msgspec.json.encode(Kept("", kept.floor)))


def _coming(folder: Path) -> Path:
    return folder / "epoch.next"


def _read(path: Path) -> Kept | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except FileNotFoundError:
        return None


def _open(store: Transaction, folder: Path, floor: int) -> Kept:
    kept = Kept(secrets.token_hex(16), floor)
    said = {"epoch": kept.epoch, "floor": str(floor)}
    store.many(_SET, [{"name": name, "value": value} for name, value in said.items()])
    put_down(_coming(folder), msgspec.json.encode(kept))
    return kept


def _arrive(folder: Path, epoch: str) -> None:
    """The next epoch is the epoch; another worker may have seen to that already."""
    coming = _read(_coming(folder))
    if coming is None or coming.epoch != epoch:
        return
    with suppress(FileNotFoundError):
        _coming(folder).replace(folder / "epoch")
    settle(folder)
