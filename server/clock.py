"""The one clock of the server, handed to whoever needs the time."""

import time
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

CITY: Final = ZoneInfo("Asia/Almaty")
SECOND: Final = 1_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE


class Clock(Protocol):
    """Somebody who knows what time it is."""

    def now(self) -> int:
        """Milliseconds since 1970-01-01T00:00Z."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000


class FixedClock:
    """A time that stands still until it is moved."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def advance(self, milliseconds: int) -> None:
        self._now += milliseconds


def day(at: int) -> str:
    """The city's calendar day at that moment, as `2026-11-22`."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=at)
    return moment.astimezone(CITY).date().isoformat()
