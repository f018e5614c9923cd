"""Marks: what the store signs to a device, so that a restore is proved and never only claimed."""

import base64
import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Final

from msgspec import Struct

from server.files import made_once

MAC_BYTES: Final = 16
KEY_BYTES: Final = 32


class Mark(Struct, frozen=True):
    """At this position of this epoch stood the letter with this hash."""

    epoch: str
    position: int
    hash: str


class StoreWentBack(Exception):
    """A mark of ours that the store cannot find: it was restored and nobody said so [11.2]."""

    def __init__(self, position: int) -> None:
        super().__init__(f"a mark at {position} is not there")
        self.position = position


class Marks:
    """Writes marks and reads back those that are its own."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def kept(cls, folder: Path) -> "Marks":
        """The marks of this installation; its key is made at the first start."""
        key = made_once(folder / "mark.key", secrets.token_bytes(KEY_BYTES))
        if len(key) != KEY_BYTES:
            raise ValueError("mark.key is damaged; put it back from where secrets are kept")
        return cls(key)

    def write(self, mark: Mark) -> str:
        """A mark as text."""
        said = f"{mark.epoch} {mark.position} {mark.hash}".encode()
        return base64.urlsafe_b64encode(self._mac(said) + said).decode()

    def read(self, text: str) -> Mark | None:
        """The mark, or None where it is not one that this store gave."""
        try:
            raw = base64.urlsafe_b64decode(text)
            mac, said = raw[:MAC_BYTES], raw[MAC_BYTES:]
            if not hmac.compare_digest(mac, self._mac(said)):
                return None
            epoch, position, hash_ = said.decode().split(" ")
            return Mark(epoch, int(position), hash_)
        except ValueError:
            return None

    def _mac(self, said: bytes) -> bytes:
        return hmac.digest(self._key, said, hashlib.sha256)[:MAC_BYTES]
