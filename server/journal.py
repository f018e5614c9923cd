"""The security journal: what must stay decided whatever becomes of the store.

Epochs opened, sessions closed, devices revoked: one line each in a file outside of every backup,
on disk before anybody is told. A line holds the hash of the line before it. A restore and each
start of a server hold the store to it (sync/PROTOCOL.md 11, docs/operations.md).
"""

import fcntl
import os
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from server.clock import HOUR, Clock

What = Literal["epoch", "session_closed", "device_revoked"]
START: Final = "0" * 64
SESSION: Final = 12 * HOUR
"""No session outlives this, so an older closing needs no repeating."""
LINE_MAX: Final = 4_096


class Line(Struct, frozen=True):
    """One thing that was decided: an epoch, the hash of a session's token, or a device."""

    n: int
    at: int
    what: What
    name: str
    said: dict[str, str | int]
    prev: str


class Decided(Struct, frozen=True):
    """What the store is held to: devices with their persons and when, and hashes of tokens."""

    revoked: dict[str, tuple[str, int]]
    closed: set[str]


class JournalBroken(Exception):
    """The journal is not as it was written."""


class Journal:
    """Lines are added by any process of this machine and never changed."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path, self._clock = folder / "journal", clock

    def exists(self) -> bool:
        return self._path.exists()

    def note(self, what: What, name: str, **said: str | int) -> None:
        """Add a line; on disk when this returns. Raises OSError."""
        self._add([(what, name, said)])

    def closed(self, sessions: Collection[str]) -> None:
        """These sessions are over."""
        if sessions:
            self._add([("session_closed", name, {}) for name in sorted(sessions)])

    def lines(self) -> list[Line]:
        """All lines. Raises JournalBroken with the number of the first that is not as it was."""
        if not self.exists():
            return []
        lines, prev = [], START
        for n, raw in enumerate(_whole(self._path.read_bytes()).splitlines(), 1):
            try:
                line = msgspec.json.decode(raw, type=Line)
            except msgspec.DecodeError:
                raise JournalBroken(f"line {n} of the security journal cannot be read") from None
            if (line.n, line.prev) != (n, prev):
                raise JournalBroken(f"line {n} of the security journal is not the one written")
            prev = sha256(raw).hexdigest()
            lines.append(line)
        return lines

    def decided(self) -> Decided:
        """What the store is to be held to now."""
        lines, since = self.lines(), self._clock.now() - SESSION
        return Decided(
            {x.name: (str(x.said["person"]), x.at) for x in lines if x.what == "device_revoked"},
            {x.name for x in lines if x.what == "session_closed" and x.at >= since},
        )

    def epochs(self) -> Iterator[Line]:
        """The lives of the store, the latest first."""
        return (line for line in reversed(self.lines()) if line.what == "epoch")

    def _add(self, notes: list[tuple[What, str, dict[str, str | int]]]) -> None:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            n, prev, end = _end(file.fileno())
            text = b""
            for what, name, said in notes:
                n += 1
                raw = msgspec.json.encode(Line(n, self._clock.now(), what, name, said, prev))
                prev = sha256(raw).hexdigest()
                text += raw + b"\n"
            # What a kill left of a line was told to nobody: it is written over.
            os.ftruncate(file.fileno(), end)
            os.pwrite(file.fileno(), text, end)
            os.fsync(file.fileno())


def _whole(text: bytes) -> bytes:
    return text[: text.rfind(b"\n") + 1]


def _end(descriptor: int) -> tuple[int, str, int]:
    """The number and the hash of the last whole line, and where the next one goes."""
    size = os.fstat(descriptor).st_size
    start = max(0, size - 2 * LINE_MAX)
    tail = _whole(os.pread(descriptor, size - start, start))
    if not tail:
        return 0, START, 0
    last = tail.splitlines()[-1]
    return msgspec.json.decode(last, type=Line).n, sha256(last).hexdigest(), start + len(tail)
