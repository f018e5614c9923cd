"""A certificate of our own making, so that phones on a LAN have the secure page that they need."""

import ipaddress
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAYS: Final = 365
NAME: Final = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kezek on this network")])


def addresses() -> list[str]:
    """The addresses of this machine that a phone on its network can reach."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))  # no packet is sent: it only picks the interface
            found = probe.getsockname()[0]
        except OSError:
            found = "127.0.0.1"
    return [str(found)]


def certificate(folder: Path) -> tuple[Path, Path]:
    """Certificate and key, made anew when the addresses changed or the old one runs out."""
    kept, key = folder / "tls.crt", folder / "tls.key"
    if not (kept.exists() and key.exists() and _good(kept)):
        _make(kept, key)
    return kept, key


def _good(kept: Path) -> bool:
    found = x509.load_pem_x509_certificate(kept.read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    held = {str(a) for a in names.get_values_for_type(x509.IPAddress)}
    return set(addresses()) <= held and found.not_valid_after_utc > datetime.now(UTC)


def _make(kept: Path, key: Path) -> None:
    secret = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost")] + [
        x509.IPAddress(ipaddress.ip_address(a)) for a in {*addresses(), "127.0.0.1"}
    ]
    made = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(secret, hashes.SHA256())
    )
    kept.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(
            secret.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
