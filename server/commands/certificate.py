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
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAYS: Final = 365
CA: Final = "Kezek on this network"
LEAF: Final = "Kezek"
USES: Final = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


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
    """Certificates and key, made anew when the addresses changed or the old one runs out."""
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
    # The CA's key ends with this function: what a phone trusts can never sign another site.
    authority, secret = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _signed(_begun(CA, authority, authority, "key_cert_sign"), authority, ca=True)
    names = [x509.DNSName("localhost")] + [
        x509.IPAddress(ipaddress.ip_address(a)) for a in sorted({*addresses(), "127.0.0.1"})
    ]
    begun = (
        _begun(LEAF, secret, authority, "digital_signature")
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )
    leaf = _signed(begun, authority, ca=False)
    pem = serialization.Encoding.PEM
    descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        plain = serialization.NoEncryption()
        file.write(secret.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    kept.write_bytes(leaf.public_bytes(pem) + root.public_bytes(pem))


def _begun(
    name: str, own: ec.EllipticCurvePrivateKey, issuer: ec.EllipticCurvePrivateKey, use: str
) -> x509.CertificateBuilder:
    """What both certificates say of themselves."""
    now = datetime.now(UTC)
    own_key, issuer_key = own.public_key(), issuer.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(CA))
        .public_key(own_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False
        )
        .add_extension(x509.KeyUsage(**{each: each == use for each in USES}), critical=True)
    )


def _signed(
    begun: x509.CertificateBuilder, by: ec.EllipticCurvePrivateKey, *, ca: bool
) -> x509.Certificate:
    limits = x509.BasicConstraints(ca=ca, path_length=0 if ca else None)
    return begun.add_extension(limits, critical=True).sign(by, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
