"""Ids and choices that come out the same whenever the same city is built."""

from hashlib import sha256
from random import Random
from uuid import UUID

from msgspec import Struct

from server.city.extent import Extent
from sync.record import Id


class Source(Struct, frozen=True):
    """What makes a city: its seed, the moment it was founded (ms), and how much is built.

    Ids come from the seed and the founding alone.
    """

    seed: int
    born: int
    extent: Extent = "full"

    def id(self, *names: object) -> Id:
        """A UUIDv7 of the founding's time whose random part is the hash of `names`."""
        noise = int.from_bytes(sha256(self._text(names)).digest()[:16])
        value = self.born << 80 | 7 << 76 | (noise >> 64 & 0xFFF) << 64
        return str(UUID(int=value | 2 << 62 | noise & (2**62 - 1)))

    def salt(self, *names: object) -> str:
        """A letter's salt; nothing that a salt protects stands in this city."""
        return sha256(b"salt " + self._text(names)).hexdigest()[:32]

    def dice(self, *names: object) -> Random:
        """A dice of its own for each purpose, so that one more throw moves nothing else."""
        return Random(sha256(self._text(names)).digest())  # noqa: S311 - a model, not a secret

    def _text(self, names: tuple[object, ...]) -> bytes:
        return "/".join(map(str, (self.seed, self.born, *names))).encode()
