"""The key pair by which push services know this installation (VAPID, RFC 8292)."""

import base64
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from server.files import made_once

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
        return cls(made_once(folder / NAME, _new()))


def _new() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
