"""What a letter says (a change), and a record at rest (held)."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from sync.record import Body, Hash, HashOrNone, Id, Moment, Scalar, Whole

Lane = Literal["urgent", "work"]
Salt = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]

OFFSET_AGE_MAX_S = 12 * 3600  # protocol.md 6: an older estimate decides nothing
SPREAD_MS = 1_000  # what one round trip can be wrong by
DRIFT_PER_S = 20  # 50 parts per million: 1 ms in 20 s, what a phone's quartz may drift


class Clock(Struct, frozen=True, forbid_unknown_fields=True):
    """The device's time as evidence: `at + offset` is the corrected time.

    `at` ms of the device's own clock; `zone` minutes east of UTC; `offset` ms to the store's
    clock as last estimated, `age` seconds ago (-1 never); `jumps` the times that wall and
    monotonic clock parted by more than 2 s since the app was started.
    """

    at: Moment
    zone: Annotated[int, Meta(ge=-900, le=900)]
    offset: Annotated[int, Meta(ge=-(2**45), le=2**45)]
    age: Annotated[int, Meta(ge=-1, le=2**40)]
    jumps: Annotated[int, Meta(ge=0, le=1_000_000)]

    @property
    def corrected(self) -> int:
        """When it happened by the store's clock, as far as the device could know."""
        return self.at + self.offset

    @property
    def spread(self) -> int:
        """Half the interval (ms) that holds the true time; -1 where nobody can say."""
        if not 0 <= self.age <= OFFSET_AGE_MAX_S:
            return -1
        return SPREAD_MS + self.age // DRIFT_PER_S


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """Letters that stand or fall together: this is number `n` (from 1) `of` so many."""

    id: Id
    n: Annotated[int, Meta(ge=1, le=16)]
    of: Annotated[int, Meta(ge=1, le=16)]


class Change(Struct, frozen=True, forbid_unknown_fields=True):
    """One change, as its author's device first wrote it. Members in the order of the line."""

    contract: Annotated[int, Meta(ge=1, le=1_000_000)]
    device: Id
    author: Id
    lane: Lane
    seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    prev: HashOrNone
    salt: Salt
    kind: Annotated[str, Meta(pattern="^[a-z_]{1,32}$")]
    id: Id
    base: Whole
    base_hash: HashOrNone
    over: Whole
    group: Group | None
    clock: Clock
    set: Body
    add: dict[str, list[Scalar]]
    take: dict[str, list[Scalar]]

    @property
    def origin(self) -> str:
        """The device's lane: its letters never conflict with each other."""
        return f"{self.device}/{self.lane}"

    @property
    def creates(self) -> bool:
        """Whether this is the first letter of its record."""
        return self.base == 0 and self.over == 0

    @property
    def touched(self) -> frozenset[str]:
        """The fields that it sets, adds to or takes from."""
        return frozenset((*self.set, *self.add, *self.take))


class Void(Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers `seq` to `to` of a lane hold nothing, says the device, and why."""

    void: Literal[1]
    device: Id
    author: Id
    lane: Lane
    seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    to: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    reason: Literal["torn", "tail_gone", "erased"]
    torn: HashOrNone


class AtomState(Struct, frozen=True, array_like=True):
    """The last change of an atom: version, device/lane, corrected time and its spread (ms)."""

    version: int
    origin: str
    at: int
    spread: int


class Held(Struct, frozen=True):
    """A record at rest.

    `letter` is the hash of the letter that made `version`. `atoms` has the atoms whose last
    change is not the record's first: those are as `first` says. `day` is the city's day when
    version 1 arrived; feeds are a function of it and of the body, for ever.
    """

    kind: str
    id: Id
    version: int
    letter: Hash
    body: Body
    first: AtomState
    atoms: dict[str, AtomState]
    day: str

    def atom(self, name: str) -> AtomState:
        """The last change of one atom."""
        return self.atoms.get(name, self.first)
