"""How often one may try: failures counted by login and by address, in memory."""

from collections import deque
from typing import Final

from server.clock import MINUTE, SECOND, Clock
from server.faults import ComeAgain

WINDOW: Final = 5 * MINUTE
PAIR, LOGIN, ADDRESS = 5, 50, 100  # a whole station may share one address
MOST_KEYS: Final = 10_000

Key = tuple[str, str]


class Pace:
    """Slows down whoever guesses, without locking the owner out from elsewhere."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: dict[Key, deque[int]] = {}

    def enter(self, login: str, address: str) -> None:
        """Count a try as failed until told otherwise: tries at once must not outrun the count."""
        now = self._clock.now()
        limits = _limits(login, address)
        wait = max(self._wait(key, most, now) for key, most in limits.items())
        if wait > 0:
            raise ComeAgain("slow_down", -(-wait // SECOND))
        for key in limits:
            self._failures.setdefault(key, deque()).append(now)
        self._forget(now)

    def succeeded(self, login: str, address: str) -> None:
        for key in _limits(login, address):
            if failures := self._failures.get(key):
                failures.pop()

    def _wait(self, key: Key, most: int, now: int) -> int:
        failures = self._failures.get(key, deque())
        while failures and failures[0] <= now - WINDOW:
            failures.popleft()
        return failures[0] + WINDOW - now if len(failures) >= most else 0

    def _forget(self, now: int) -> None:
        if len(self._failures) <= MOST_KEYS:
            return
        recent = {key: at for key, at in self._failures.items() if at and at[-1] > now - WINDOW}
        # Under a flood of names the oldest go; the address's own count still holds.
        self._failures = dict(list(recent.items())[-MOST_KEYS // 2 :])


def _limits(login: str, address: str) -> dict[Key, int]:
    return {(login, address): PAIR, (login, ""): LOGIN, ("", address): ADDRESS}
