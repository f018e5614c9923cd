"""Passwords: hashed with Argon2id, off the event loop, a few at a time."""

import asyncio
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 15  # NIST SP 800-63B for a password that stands alone

_hasher: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP


class Passwords:
    """The one place that knows how a password is kept."""

    def __init__(self, *, at_once: int = 2) -> None:
        # Each takes a core and 19 MiB; more at once would only starve the rest of the server.
        self._turns = asyncio.Semaphore(at_once)
        self._nobody = _hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(_hasher.hash, password)

    async def verify(self, kept: str | None, password: str) -> bool:
        """Whether it fits; where there is nothing to fit, a no that takes as long."""
        async with self._turns:
            fits = await asyncio.to_thread(_fits, kept or self._nobody, password)
        return fits and kept is not None


def _fits(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
