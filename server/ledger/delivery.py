"""What is handed in, what is answered, and the row that stays of each letter."""

from collections.abc import Sequence

from msgspec import Struct, field

from server.ledger.marks import Mark
from sync.change import Lane
from sync.exchange import OutcomeLine
from sync.letter import Letter
from sync.reconcile import Verdict
from sync.roles import Actor


class Run(Struct, frozen=True):
    """Letters of one lane, the first of which has the number `first`."""

    lane: Lane
    first: int
    letters: Sequence[Letter]


class Delivery(Struct, frozen=True):
    """The letters of one exchange, who hands them in, and the mark that he was last given."""

    actor: Actor
    runs: Sequence[Run]
    mark: Mark | None = None


class Told(Struct, frozen=True):
    """An outcome, and the feeds of the record that it is about (None: to be looked up)."""

    line: OutcomeLine
    record: str
    feeds: tuple[str, ...] | None


class Receipt(Struct):
    """What a delivery is answered."""

    outcomes: list[Told] = field(default_factory=list)
    heads: dict[Lane, tuple[int, str]] = field(default_factory=dict)
    resume: dict[Lane, int] = field(default_factory=dict)


class Row(Struct, frozen=True):
    """One letter as the ledger keeps it: the memory of its outcome [5.1]."""

    position: int
    record: str
    device: str
    lane: Lane
    seq: int
    last: int
    verdict: Verdict
    letter: Letter


Place = tuple[str, Lane]


class Parked(Struct, frozen=True):
    """A letter that waits for what it builds on, and who handed it in [5.9]."""

    position: int
    actor: Actor
    lane: Lane
    seq: int
    letter: Letter
