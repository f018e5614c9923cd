"""A change as first written: one line of bytes, hashed, sent and stored as those bytes.

Rules of this file (PROTOCOL.md 2): a letter has one canonical form (members in the order of
`Change`, keys of bodies sorted, no white space, integers only, shortest escapes) and is never
written again. `encode(decode(line)) == line` is checked, which also catches duplicate keys.
"""

from hashlib import sha256

import msgspec
from msgspec import Struct

from sync.change import Change, Void

_encoder = msgspec.json.Encoder(order="deterministic")
_change = msgspec.json.Decoder(Change)
_void = msgspec.json.Decoder(Void)
_VOID = b'{"void":'
_TAIL = b',"add":{},"take":{}}'


class _Stamp(Struct):
    """What can be read of a letter whose contract is not known here."""

    contract: int


_stamp = msgspec.json.Decoder(_Stamp)


class Letter(Struct, frozen=True):
    """A line, its hash, and what it says; or the code of why it cannot be read."""

    line: bytes
    hash: str
    says: Change | Void | None
    code: str = ""


def digest(line: bytes) -> str:
    """SHA-256 of a line, in hex: the name of a letter."""
    return sha256(line).hexdigest()


def write(change: Change | Void) -> bytes:
    """The one line that says this change."""
    return _encoder.encode(change)


def read(line: bytes, contract: int) -> Letter:
    """Read one line. Never fails: what cannot be read is a letter with a code."""
    name = digest(line)
    try:
        says: Change | Void = _void.decode(line) if line.startswith(_VOID) else _change.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Letter(line, name, None, _why(line, contract))
    if isinstance(says, Change) and says.contract > contract:
        return Letter(line, name, says, "contract_newer")
    if _encoder.encode(says) != line:
        return Letter(line, name, None, "not_canonical")
    return Letter(line, name, says)


def _why(line: bytes, contract: int) -> str:
    try:
        stamp = _stamp.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "unreadable"
    return "contract_newer" if stamp.contract > contract else "unreadable"


def created_body(line: bytes) -> bytes:
    """The body that a create sets, as the very bytes of its letter.

    The members before `set` are ids, hashes and numbers, so the first `,"set":` is the one.
    """
    return line[line.index(b',"set":') + 7 : -len(_TAIL)]


def encode_body(body: object) -> bytes:
    """A body in its one form: keys sorted, no white space."""
    return _encoder.encode(body)
