"""A batch: what becomes of the letters of several exchanges, decided in memory, in their order.

All that a decision may need was read before (`Known`).
Numbers in brackets are sections of sync/PROTOCOL.md.
"""

import logging
from collections.abc import Sequence
from typing import Final

from server.ledger.delivery import Delivery, Parked, Place, Receipt, Row, Run, Told
from server.ledger.known import Known
from server.ledger.questions import Head
from sync.catalogue import CATALOGUE
from sync.change import Change, Held, Lane, Void
from sync.exchange import OutcomeLine
from sync.feeds import feeds_of
from sync.letter import Letter
from sync.reconcile import Case, Outcome, Verdict, reconcile
from sync.roles import Actor

GROUP_MAX: Final = 16
UNCHAINED: Final = ("unreadable", "not_canonical", "void")
"""After these nobody but the device knows what the next letter's `prev` should be."""

WAITING: Final = ("base_ahead", "over_refused")
"""What was parked for one of these is decided again when its record moves [5.9]."""

log: Final = logging.getLogger("kezek.ledger")


class Batch:
    """Takes deliveries one after the other. What to write is in `rows`, `forks`, `changed` with
    the names of their `feeds`,
    `parked` (records and the letters that wait for them) and `again` (where each letter was
    that waits no longer, and its row as it now is)."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.rows: list[Row] = []
        self.forks: list[Row] = []
        self.changed: dict[str, Held] = {}
        self.feeds: dict[str, list[str]] = {}
        self.parked: list[tuple[str, Parked]] = []
        self.again: list[tuple[int, Row]] = []

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
        actor = delivery.actor
        undo = self._undo() if len(members) > 1 else None
        verdicts = []
        for offset, letter in enumerate(members):
            self.known.position += 1
            verdict = self._decide(actor, lane, number + offset, letter, len(members))
            verdicts.append((self.known.position, verdict))
            if verdict.held is not None:
                self._keep(verdict.held)
        refused = [v for _, v in verdicts if v.outcome in ("parked", "rejected")]
        if refused and undo is not None:
            self.changed, self.feeds, self.known.facts = undo
            kept: Outcome = "parked" if any(v.outcome == "parked" for v in refused) else "rejected"
            codes = [v.code if v in refused else "group_refused" for _, v in verdicts]
            verdicts = [
                (position, Verdict(kept, code))
                for (position, _), code in zip(verdicts, codes, strict=True)
            ]
        told = [
            self._write(actor, lane, number + offset, letter, position, verdict)
            for offset, (letter, (position, verdict)) in enumerate(
                zip(members, verdicts, strict=True)
            )
        ]
        for one, (_, verdict) in zip(told, verdicts, strict=True):
            if _founds(verdict):
                self._take_up(one.record)
        return told

    def _undo(self) -> tuple[dict[str, Held], dict[str, list[str]], dict[str, list[Held]]]:
        facts = {name: list(members) for name, members in self.known.facts.items()}
        return dict(self.changed), dict(self.feeds), facts

    def _decide(
        self, actor: Actor, lane: Lane, number: int, letter: Letter, members: int
    ) -> Verdict:
        says = letter.says
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
            return reconcile(says, CATALOGUE[says.kind], self._case(actor, says, letter.hash))
        except Exception as error:  # noqa: BLE001 - one bad letter must not hold up the rest
            log.error("letter %s %s %d: %s", actor.device, lane, number, type(error).__name__)
            return Verdict("parked", "handler_failed")

    def _case(self, actor: Actor, says: Change, hash_: str) -> Case:
        held = self.changed.get(says.id) or self.known.records.get(says.id)
        needs = CATALOGUE[says.kind].needs
        names = needs({**(held.body if held else {}), **says.set}) if needs else ()
        return Case(
            hash=hash_,
            position=self.known.position,
            day=self.known.day,
            held=held,
            base=self._base(says, held),
            over_stands=self._stands(says),
            actor=actor,
            duties=tuple(self.known.duties[actor.person].values()),
            facts={name: self._facts(name) for name in names},
        )

    def _facts(self, feed: str) -> list[Held]:
        """What a feed holds now; one that was not foreseen is read, and brought up to date."""
        if feed not in self.known.facts:
            found = self.known.ask([feed])[feed] if self.known.ask else []
            held = [one for one in found if one.id not in self.changed]
            held += [self.changed[record] for record, feeds in self.feeds.items() if feed in feeds]
            self.known.facts[feed] = held
        return self.known.facts[feed]

    def _base(self, says: Change, held: Held | None) -> int | None:
        """Where the version is that the author had seen: hashes outlive a restore [5.9]."""
        if says.base == 0 or self.known.hashes.get(says.base) == says.base_hash:
            return says.base
        if held is not None and says.base_hash == held.letter:
            return held.version
        return self.known.versions.get((says.id, says.base_hash))

    def _stands(self, says: Change) -> bool:
        if says.over == 0:
            return True
        place = (says.device, says.lane, says.over)
        if place not in self.known.told:
            return False
        line = self.known.told[place][0].line
        return line.outcome not in ("parked", "rejected") and line.code != "void"

    def _keep(self, held: Held) -> None:
        self.changed[held.id] = held
        now = feeds_of(CATALOGUE[held.kind], held.id, held.body, held.day)
        self.feeds[held.id] = now
        for name, members in self.known.facts.items():
            members[:] = [m for m in members if m.id != held.id]
            if name in now:
                members.append(held)

    def _write(
        self,
        actor: Actor,
        lane: Lane,
        number: int,
        letter: Letter,
        position: int,
        verdict: Verdict,
    ) -> Told:
        record = letter.says.id if isinstance(letter.says, Change) else ""
        last = _last(letter, number)
        row = Row(position, record, actor.device, lane, number, last, verdict, letter)
        self.rows.append(row)
        self.known.heads[(actor.device, lane)] = Head(last, letter.hash, verdict.code)
        if verdict.code in WAITING:
            waiting = Parked(position, actor, lane, number, letter)
            self.parked.append((record, waiting))
            self.known.parked.setdefault(record, []).append(waiting)
        return self._remember(row)

    def _remember(self, row: Row) -> Told:
        """What the letters after this one have to know of it."""
        feeds = self.feeds.get(row.record)
        if feeds is None and (held := self.known.records.get(row.record)):
            feeds = feeds_of(CATALOGUE[held.kind], held.id, held.body, held.day)
        outcome, place = row.verdict.outcome, (row.device, row.lane, row.seq)
        line = OutcomeLine(row.lane, row.seq, outcome, row.verdict.code, row.position)
        told = Told(line, row.record, tuple(feeds or ()))
        self.known.told[place] = (told, row.letter.hash)
        if _founds(row.verdict):
            self.known.versions[(row.record, row.letter.hash)] = row.position
        return told

    def _take_up(self, record: str) -> None:
        """Decide again what has waited for this record, until nothing moves any more [5.9]."""
        moved = record in self.known.parked
        while moved:
            waiting = self.known.parked[record]
            moved = any(self._taken_up(record, one) for one in list(waiting))

    def _taken_up(self, record: str, waiting: Parked) -> bool:
        actor, lane, seq, letter = waiting.actor, waiting.lane, waiting.seq, waiting.letter
        self.known.position += 1
        verdict = self._decide(actor, lane, seq, letter, 1)
        if verdict.outcome == "parked":
            self.known.position -= 1
            return False
        if verdict.held is not None:
            self._keep(verdict.held)
        row = Row(self.known.position, record, actor.device, lane, seq, seq, verdict, letter)
        self.known.parked[record].remove(waiting)
        self.again.append((waiting.position, row))
        self._remember(row)
        return True


def _last(letter: Letter, number: int) -> int:
    return max(number, letter.says.to) if isinstance(letter.says, Void) else number


def _founds(verdict: Verdict) -> bool:
    """Whether others may build upon it: it made a version, or said what stood already [2.5]."""
    taken = verdict.outcome in ("applied", "merged") and verdict.code != "void"
    return taken or verdict.held is not None
