"""What a store remembers of its model city: the seed and the moment it was founded."""

from pathlib import Path

import msgspec

from server.city.identity import Source
from server.settings import Settings

SEED = 1


def remembered(settings: Settings) -> Source | None:
    """The city of this store, if it has one."""
    path = _path(settings)
    return msgspec.json.decode(path.read_bytes(), type=Source) if path.exists() else None


def founding(settings: Settings, now: int) -> Source:
    """The city of this store; founded now if there was none.

    It is put down before the first letter is sent, so that a filling that broke off goes on
    with the very same letters.
    """
    source = remembered(settings)
    if source is None:
        source = Source(SEED, now)
        _path(settings).write_bytes(msgspec.json.encode(source))
    return source


def _path(settings: Settings) -> Path:
    return settings.data / "city.json"
