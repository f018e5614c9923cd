"""The key pair by which push services know this installation (VAPID, RFC 8292)."""

import base64
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

NAME: Final = "vapid.pem"


class Keys:
    """The private key, which signs, and the public one, which browsers subscribe with."""

    def __init__(self, pem: bytes) -> None:
        self.vapid = Vapid02.from_pem(pem)
        point = self.vapid.public_key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.public = base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    @classmethod
    def kept(cls, folder: Path) -> "Keys":
        """The keys of this installation, made at the first start; of two starters one makes them.

        They outlive everything: each subscription is bound to them.
        """
        path = folder / NAME
        if not path.exists():
            _make(path)
        return cls(path.read_bytes())


def _make(path: Path) -> None:
    # Written aside for its user's eyes only (mkstemp: 0600), then named: nobody reads half a key.
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".vapid-")
    with os.fdopen(handle, "wb") as file:
        file.write(
            ec.generate_private_key(ec.SECP256R1()).private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(aside, path)
    Path(aside).unlink()
