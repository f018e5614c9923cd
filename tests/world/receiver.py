"""The receiving end of web push in plain Python: RFC 8291 decrypted, RFC 8292 verified."""

import base64
import json
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

DAY_S = 24 * 3600


class Receiver:
    """A browser's keys: what is posted to its endpoint only it can read."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = secrets.token_bytes(16)

    def said(self, endpoint: str, **more: str) -> dict[str, str]:
        """The subscription as the page would send it."""
        point = self._private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {
            "endpoint": endpoint,
            "p256dh": unpadded(point),
            "auth": unpadded(self._auth),
        } | more

    def read(self, body: bytes) -> dict[str, Any]:
        plain = http_ece.decrypt(
            body, private_key=self._private, auth_secret=self._auth, version="aes128gcm"
        )
        said = json.loads(plain)
        assert isinstance(said, dict)
        return said


def verify(authorization: str, endpoint: str) -> tuple[str, dict[str, Any]]:
    """The sender's public key and claims; fails where the token does not hold (RFC 8292, 2)."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    point = padded(parts["k"])
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    header, claims, signature = parts["t"].split(".")
    raw = padded(signature)
    assert len(raw) == 64
    pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(pair, f"{header}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert json.loads(padded(header))["alg"] == "ES256"
    said = json.loads(padded(claims))
    to = urlsplit(endpoint)
    assert said["aud"] == f"{to.scheme}://{to.netloc}"
    assert time.time() < int(said["exp"]) <= time.time() + DAY_S
    return unpadded(point), said


def unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def padded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
