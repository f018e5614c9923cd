"""What a store remembers of its model city: seed, moment of the founding, extent, edition."""

from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from server.city.extent import Extent
from server.city.identity import Source
from server.settings import Settings

SEED: Final = 1
EDITION: Final = 2
"""Raised when this code builds another city from the same seed: a store keeps the one it has."""


class OtherEditionError(Exception):
    """The store holds a model city that this code cannot go on with. Its text is for a person."""


class _Founded(Struct):
    seed: int
    born: int
    extent: Extent = "full"
    edition: int = 1


def remembered(settings: Settings) -> Source | None:
    """The city of this store, if it has one. Raises OtherEditionError."""
    path = _path(settings)
    if not path.exists():
        return None
    founded = msgspec.json.decode(path.read_bytes(), type=_Founded)
    if founded.edition != EDITION:
        raise OtherEditionError(
            f"{settings.data} holds a model city of another edition;"
            " start in an empty folder (KEZEK_DATA), or remove this one"
        )
    return Source(founded.seed, founded.born, founded.extent)


def founding(settings: Settings, now: int, extent: Extent) -> Source:
    """The city of this store; founded now if there was none.

    It is put down before the first letter is sent, so that a filling that broke off goes on
    with the very same letters.
    """
    source = remembered(settings)
    if source is None:
        source = Source(SEED, now, extent)
        founded = _Founded(source.seed, source.born, source.extent, EDITION)
        _path(settings).write_bytes(msgspec.json.encode(founded))
    return source


def _path(settings: Settings) -> Path:
    return settings.data / "city.json"
