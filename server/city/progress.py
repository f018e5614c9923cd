"""How far a delivery is, said now and then and at its end."""

from collections.abc import Callable
from time import monotonic
from typing import Final

Say = Callable[[str], None]

EVERY_S: Final = 1.0


class Progress:
    """Says "what: so many of all records, so many a second", at most once a second."""

    def __init__(self, what: str, whole: int, say: Say) -> None:
        self._what, self._whole, self._say = what, whole, say
        self._began = self._said = monotonic()

    def at(self, done: int) -> None:
        """So many are done; the last is always said."""
        now = monotonic()
        if done < self._whole and now - self._said < EVERY_S:
            return
        self._said = now
        took = max(now - self._began, 0.001)
        pace = f"{done / took:,.0f} a second"
        if done < self._whole:
            self._say(f"{self._what}: {done:,} of {self._whole:,} records, {pace}")
        else:
            self._say(f"{self._what}: {done:,} records in {took:.1f} s, {pace}")
