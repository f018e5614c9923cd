"""A batch: what becomes of the letters of several exchanges, decided in memory, in their order.

All that a decision may need was read before (`Known`); what the decisions made is in `Made`.
Numbers in brackets are sections of sync/PROTOCOL.md.
"""

import logging
from collections.abc import Sequence
from typing import Final

from msgspec import Struct, field

from server.ledger.marks import Mark
from server.ledger.questions import Head
from sync.catalogue import CATALOGUE
from sync.change import Change, Held, Lane, Void
from sync.exchange import OutcomeLine
from sync.feeds import feeds_of
from sync.letter import Letter
from sync.reconcile import Case, Outcome, Verdict, reconcile
from sync.rights import Duties
from sync.roles import Actor

GROUP_MAX: Final = 16
UNCHAINED: Final = ("unreadable", "not_canonical", "void")
"""After these nobody but the device knows what the next letter's `prev` should be."""

log: Final = logging.getLogger("kezek.ledger")


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


class Known(Struct):
    """What was read for the batch. `told` and `forks` are keyed by device, lane and number."""

    position: int
    day: str
    duties: dict[str, Duties] = field(default_factory=dict)
    heads: dict[Place, Head] = field(default_factory=dict)
    told: dict[tuple[str, Lane, int], tuple[Told, str]] = field(default_factory=dict)
    forks: set[tuple[str, Lane, int, str]] = field(default_factory=set)
    records: dict[str, Held] = field(default_factory=dict)
    filed: dict[str, str] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    facts: dict[str, list[Held]] = field(default_factory=dict)
    poison: set[tuple[str, Lane, int]] = field(default_factory=set)


class Batch:
    """Takes deliveries one after the other; `rows`, `changed` and `forks` are what to write."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.rows: list[Row] = []
        self.forks: list[Row] = []
        self.changed: dict[str, Held] = {}
        self._outcomes: dict[tuple[str, Lane, int], str] = {}

    def take(self, delivery: Delivery) -> Receipt:
        """Decide one delivery, letter by letter."""
        receipt = Receipt()
        for run in delivery.runs:
            self._run(delivery, run, receipt)
            head = self._head((delivery.actor.device, run.lane))
            receipt.heads[run.lane] = (head.last, head.hash)
        return receipt

    def _head(self, place: Place) -> Head:
        return self.known.heads.get(place, Head())

    def _run(self, delivery: Delivery, run: Run, receipt: Receipt) -> None:
        place = (delivery.actor.device, run.lane)
        number, index = run.first, 0
        while index < len(run.letters):
            letter = run.letters[index]
            head = self._head(place)
            if self._forked(place, number, letter, head):
                receipt.outcomes.append(self._fork(place, number, letter))
            elif number <= head.last:
                receipt.outcomes.append(self.known.told[(*place, number)][0])
            elif number > head.last + 1:
                receipt.resume[run.lane] = head.last + 1
                return
            else:
                members = self._members(run.letters[index:])
                receipt.outcomes.extend(self._new(delivery, run.lane, number, members))
                index += len(members)
                number = self._head(place).last + 1
                continue
            number, index = _last(letter, number) + 1, index + 1

    def _forked(self, place: Place, number: int, letter: Letter, head: Head) -> bool:
        """Whether this is another branch than the one that was taken [5.3]."""
        if number <= head.last:
            told = self.known.told.get((*place, number))
            return told is None or (told[1] != letter.hash and not isinstance(letter.says, Void))
        if not isinstance(letter.says, Change):
            return False
        if number == head.last + 1:
            loose = head.code in UNCHAINED
            return not loose and letter.says.prev != head.hash
        return (*place, number - 1, letter.says.prev) in self.known.forks

    def _fork(self, place: Place, number: int, letter: Letter) -> Told:
        self.known.forks.add((*place, number, letter.hash))
        verdict = Verdict("parked", "fork")
        self.forks.append(Row(0, "", *place, number, number, verdict, letter))
        return Told(OutcomeLine(place[1], number, "parked", "fork", 0), "", ())

    def _members(self, letters: Sequence[Letter]) -> Sequence[Letter]:
        """The letter with those that stand or fall with it [5.5]; alone where it has no group."""
        first = letters[0].says
        if not isinstance(first, Change) or first.group is None:
            return letters[:1]
        members = letters[: first.group.of]
        whole = len(members) == first.group.of and all(
            isinstance(m.says, Change)
            and m.says.group is not None
            and (m.says.group.id, m.says.group.n, m.says.group.of)
            == (first.group.id, n, first.group.of)
            for n, m in enumerate(members, 1)
        )
        return members if whole else letters[:1]

    def _new(
        self, delivery: Delivery, lane: Lane, number: int, members: Sequence[Letter]
    ) -> list[Told]:
        place = (delivery.actor.device, lane)
        before, facts = dict(self.changed), {n: list(f) for n, f in self.known.facts.items()}
        verdicts = []
        for offset, letter in enumerate(members):
            self.known.position += 1
            verdict = self._decide(delivery, lane, number + offset, letter, len(members))
            verdicts.append((self.known.position, verdict))
            if verdict.held is not None:
                self._keep(verdict.held)
        refused = [v for _, v in verdicts if v.outcome in ("parked", "rejected")]
        if refused and len(members) > 1:
            self.changed, self.known.facts = before, facts
            kept: Outcome = "parked" if any(v.outcome == "parked" for v in refused) else "rejected"
            codes = [v.code if v in refused else "group_refused" for _, v in verdicts]
            verdicts = [
                (position, Verdict(kept, code))
                for (position, _), code in zip(verdicts, codes, strict=True)
            ]
        return [
            self._write(place, number + offset, letter, position, verdict)
            for offset, (letter, (position, verdict)) in enumerate(
                zip(members, verdicts, strict=True)
            )
        ]

    def _decide(
        self, delivery: Delivery, lane: Lane, number: int, letter: Letter, members: int
    ) -> Verdict:
        says, actor = letter.says, delivery.actor
        if letter.code:
            return Verdict("parked", letter.code)
        if says is None or says.seq != number or says.lane != lane:
            return Verdict("parked", "unreadable")
        if says.device != actor.device:
            return Verdict("parked", "device_foreign")
        if isinstance(says, Void):
            return Verdict("applied", "void")
        if says.group is not None and says.group.of != members:
            return Verdict("parked", "group_broken")
        if says.kind not in CATALOGUE:
            return Verdict("rejected", "kind_unknown")
        if (actor.device, lane, number) in self.known.poison:
            return Verdict("parked", "handler_failed")
        try:
            return reconcile(says, CATALOGUE[says.kind], self._case(delivery, says, letter.hash))
        except Exception as error:  # noqa: BLE001 - one bad letter must not hold up the rest
            log.error("letter %s %s %d: %s", actor.device, lane, number, type(error).__name__)
            return Verdict("parked", "handler_failed")

    def _case(self, delivery: Delivery, says: Change, hash_: str) -> Case:
        held = self.changed.get(says.id) or self.known.records.get(says.id)
        needs = CATALOGUE[says.kind].needs({**(held.body if held else {}), **says.set})
        return Case(
            hash=hash_,
            position=self.known.position,
            day=self.known.day,
            held=held,
            base_found=self._base_found(says, held),
            over_stands=self._stands(says),
            actor=delivery.actor,
            duties=self.known.duties[delivery.actor.person],
            facts={name: self.known.facts.get(name, []) for name in needs},
        )

    def _base_found(self, says: Change, held: Held | None) -> bool:
        if says.base == 0:
            return True
        if held is not None and says.base == held.version:
            return says.base_hash == held.letter
        return self.known.hashes.get(says.base) == says.base_hash

    def _stands(self, says: Change) -> bool:
        if says.over == 0:
            return True
        place = (says.device, says.lane, says.over)
        outcome = self._outcomes.get(place)
        if outcome is None and place in self.known.told:
            outcome = self.known.told[place][0].line.outcome
        return outcome not in (None, "parked", "rejected")

    def _keep(self, held: Held) -> None:
        self.changed[held.id] = held
        now = feeds_of(CATALOGUE[held.kind], held.id, held.body, held.day)
        for name, members in self.known.facts.items():
            members[:] = [m for m in members if m.id != held.id]
            if name in now:
                members.append(held)

    def _write(
        self, place: Place, number: int, letter: Letter, position: int, verdict: Verdict
    ) -> Told:
        says, last = letter.says, _last(letter, number)
        record = says.id if isinstance(says, Change) else ""
        self.rows.append(Row(position, record, *place, number, last, verdict, letter))
        self.known.heads[place] = Head(last, letter.hash, verdict.code)
        self._outcomes[(*place, number)] = verdict.outcome
        held = self.changed.get(record) or self.known.records.get(record)
        feeds = feeds_of(CATALOGUE[held.kind], held.id, held.body, held.day) if held else ()
        line = OutcomeLine(place[1], number, verdict.outcome, verdict.code, position)
        told = Told(line, record, tuple(feeds))
        self.known.told[(*place, number)] = (told, letter.hash)
        return told


def _last(letter: Letter, number: int) -> int:
    return max(number, letter.says.to) if isinstance(letter.says, Void) else number
