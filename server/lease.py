"""Who has a store: servers have it together, a restore has it alone.

A lock of the system on a file beside the store: it ends with the process, however that ends. It
knows the processes of this machine only.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreInUse(Exception):
    """Somebody else has the store, in a way that does not go together with ours."""


@contextmanager
def together(folder: Path) -> Iterator[None]:
    """For whoever serves the store. Raises StoreInUse while it is being restored."""
    with _held(folder, fcntl.LOCK_SH, "the store is being restored"):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """For whoever puts another store in its place. Raises StoreInUse while a server runs on it."""
    with _held(folder, fcntl.LOCK_EX, "a server is running on this store: end it first"):
        yield


@contextmanager
def _held(folder: Path, how: int, otherwise: str) -> Iterator[None]:
    with (folder / "lease").open("ab") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except OSError:
            raise StoreInUse(otherwise) from None
        yield
