"""The invariants of the proof, held against a world after each step and when all is quiet.

I1 acknowledged is stored · I2 saved is kept · I3 at most once · I4 in order, gaps visible ·
I5 all agree · I6 nothing is lost in silence · I7 nobody holds what is not his to see ·
I8 the ledger proves itself · I10 what the screen says is true.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from server.clock import HOUR, day
from sync.exchange import Answer, In
from sync.pocket import Entry, Key
from sync.roles import Actor
from tests.world import reach
from tests.world.audit import audit
from tests.world.book import LANES, OUTCOMES, Book, Row
from tests.world.device import Device, Lines
from tests.world.station import FIRST_GAP, Station

SINCE: Final = """SELECT v.position, d.device, v.lane, v.seq, v.last, v.outcome, v.code, v.made,
    v.arrived, v.hash, v.letter FROM revision v JOIN ledger_device d ON d.number = v.device
    WHERE v.position > ? ORDER BY v.position"""
CALLING: Final = ("superseded", "disputed", "parked", "rejected")
granted = lru_cache(512)(reach.granted)


class Saved(NamedTuple):
    """A letter of which somebody was told that it is saved."""

    name: str
    device: str
    lane: str
    seq: int


class Expected(NamedTuple):
    """What somebody has to hold at one moment: the lines, and the feeds that hold each."""

    feeds: frozenset[str]
    records: Mapping[Key, tuple[str, frozenset[str]]]


class Watch:
    """Looks at everything and believes nobody. What it finds wrong is in `wrong`."""

    def __init__(self, station: Station, book: Book, devices: Sequence[Device]) -> None:
        self.station, self.book, self.devices = station, book, devices
        self.saved: dict[str, Saved] = {}
        self.pending: set[str] = set()
        self.lost: dict[str, str] = {}
        self.forks: set[str] = set()
        self.epoch = station.ledger.epoch
        self.answered_for: set[str] = set()
        self.put_back = 0
        self.wrong: list[str] = []

    def look(self) -> None:
        """Read what the store has written since the last look."""
        found = self.station.memory.db.execute(SINCE, (self.book.head,)).fetchall()
        if self.station.ledger.epoch != self.epoch:
            self._reborn()
        if found:
            self.wrong += self.book.read([row_of(one) for one in found])
            self.pending -= self.book.hashes

    def _reborn(self) -> None:
        """11.1: a new life numbers its letters well above all of the old."""
        self.epoch = self.station.ledger.epoch
        [[floor]] = self.station.memory.db.execute(
            "SELECT value FROM ledger_store WHERE name = 'floor'"
        ).fetchall()
        if int(floor) < self.book.head + FIRST_GAP:
            self.wrong.append(f"I4 a new epoch begins at {floor}, right after {self.book.head}")
        self.book.head = int(floor)

    def look_at_forks(self) -> None:
        rows = self.station.memory.db.execute("SELECT hash FROM fork").fetchall()
        self.forks = {bytes(row[0]).hex() for row in rows}
        self.pending -= self.forks

    def wrote(self, device: Device, lane: str, seq: int, letter: str) -> None:
        """The person was told that it is saved."""
        self.saved[letter] = Saved(device.name, device.actor.device, lane, seq)
        self.pending.add(letter)

    def went_back(self, book: Book, epoch: str) -> None:
        """The store was put back: what it held since is pending again, or lost for good."""
        self.book, self.epoch = book, epoch
        self.put_back += 1
        self.look_at_forks()
        held = self.book.hashes | self.forks
        self.pending = {h for h in self.saved if h not in held and h not in self.lost}
        self.let_go("the store was put back")

    def spoil(self, letter: str, why: str) -> None:
        """A letter is not what was written any more."""
        self.pending.discard(letter)
        self.lost[letter] = why

    def let_go(self, why: str) -> None:
        """What is in nobody's hands any more cannot come back."""
        if self.pending:
            on_disk: set[str] = set().union(*(d.hashes() for d in self.devices))
            for letter in self.pending - on_disk:
                self.lost[letter] = why
            self.pending &= on_disk

    def expected(self, actor: Actor) -> Expected:
        now = self.station.clock.now()
        days = (day(now - 24 * HOUR), day(now))
        duties = tuple(self.book.duties(actor.person, days))
        feeds = granted(actor, duties, tuple(sorted(self.book.districts())), days[1])
        records = {
            (rec.kind, rec.id): (rec.line, rec.feeds & feeds)
            for rec in self.book.records.values()
            if not rec.feeds.isdisjoint(feeds)
        }
        return Expected(feeds, records)

    def answered(self, device: Device, answer: Answer, lines: Lines) -> Expected:
        """What the store answered, whether it arrives or not: nothing but what is true (I1) and
        what may be seen (I7)."""
        expected = self.expected(device.actor)
        if answer.feeds is not None and {g.feed for g in answer.feeds} != expected.feeds:
            self.wrong.append(f"I7 {device.name} is granted other feeds than its own")
        for line in lines:
            if isinstance(line, In):
                key = (line.given.kind, line.given.id)
                if expected.records.get(key, ("",))[0] != line.line.decode():
                    self.wrong.append(f"I7 {device.name} is given a {key[0]} that is not its own")
        # A letter that is taken up in the same exchange is told of twice; the last one holds.
        for told in {(one.lane, one.seq): one for one in answer.outcomes}.values():
            self._told(device, told)
        return expected

    def _told(self, device: Device, told: Any) -> None:
        if told.code == "fork":
            if not device.split:
                self.wrong.append(f"I6 {device.name} was never copied, and is told so")
            self.look_at_forks()
            return
        row = self.book.rows.get((device.actor.device, told.lane, told.seq))
        numbers = [
            r
            for (name, lane, seq), r in self.book.rows.items()
            if name == device.actor.device and lane == told.lane and seq <= told.seq <= r.last
        ]
        row = row or (numbers[0] if numbers else None)
        if row is None or (row.outcome, row.code, row.position) != (
            told.outcome,
            told.code,
            told.position,
        ):
            self.wrong.append(f"I1 {device.name} is told {told.outcome} of number {told.seq}")

    def believed(self, device: Device, answer: Answer, expected: Expected) -> None:
        """An answer that was taken in whole: the replica is what the store was at that moment."""
        state = device.disk.state
        reading = answer.more or state.open or state.doubt or state.narrow or device.damaged
        if not reading and answer.view is not None:
            self.wrong += differences(device, expected)

    def step(self) -> None:
        """I2 after each step: what is saved is on a phone or at the store."""
        if self.pending:
            on_disk: set[str] = set().union(*(d.hashes() for d in self.devices))
            for letter in self.pending - on_disk:
                one = self.saved[letter]
                self.wrong.append(f"I2 number {one.seq} of {one.name} is nowhere")
                self.lost[letter] = "unknown"
            self.pending &= on_disk

    def lends(self, device: Device, true: int) -> None:
        """I7: nothing is held longer than the loan, where the phone can know the time."""
        feeds = {grant.feed for grant in device.disk.state.feeds}
        if any(not feeds.issuperset(base.feeds) for base in device.disk.records.values()):
            self.wrong.append(f"I7 {device.name} holds what is in none of its feeds")
        honest = device.disk.estimate[1] >= 0 and abs(device.now(true) - true) < 2_000
        if honest and any(g.lent < true - 2_000 for g in device.disk.state.feeds):
            self.wrong.append(f"I7 {device.name} holds longer than the loan")

    def quiet(self) -> None:
        """All that must hold when the faults have stopped and everybody has spoken."""
        self.look()
        self.look_at_forks()
        for device in self.devices:
            self.wrong += differences(device, self.expected(device.actor))
            self._outbox(device)
        self._losses()
        self.wrong += audit(self.station.memory.db, self.book)

    def _outbox(self, device: Device) -> None:
        """I1, I6, I10: what the screen says of each letter is what became of it."""
        for entry in device.disk.entries:
            if wrong := self._said(device, entry):
                self.wrong.append(f"{wrong[0]} number {entry.seq} of {device.name} {wrong[1]}")
        if device.split:
            return
        kept = {entry.hash for entry in device.disk.entries}
        excused = {*kept, *self.lost, *self.answered_for}
        for (name, _, seq), row in self.book.rows.items():
            calls = row.outcome in CALLING and row.hash in self.saved
            if name == device.actor.device and calls and row.hash not in excused:
                self.wrong.append(f"I6 {device.name} forgot number {seq}, which was {row.outcome}")

    def _said(self, device: Device, entry: Entry) -> tuple[str, str] | None:
        """What is wrong with what is said of a letter."""
        if entry.state == "waiting":
            stopped = device.forked(entry.lane)
            return None if stopped else ("I9", "never came to the store")
        untold = self._untrue(device, entry)
        if untold:
            return untold
        waits_for_person = entry.outcome in ("parked", "rejected") and not entry.answered
        if entry.state == "settled" and waits_for_person:
            return "I6", f"was {entry.outcome} and is shown no more"
        if entry.state == "heard" and not waits_for_person:
            return "I5", "is still laid over what stands"
        return None

    def _untrue(self, device: Device, entry: Entry) -> tuple[str, str] | None:
        # Not kept yet: what another life of the store had decided otherwise, of a number that it
        # holds, is told only to whoever offers that letter anew.
        otherwise = self.put_back > 1 or (device.split and self.put_back)
        if entry.code == "fork":
            there = entry.hash in self.forks or entry.hash in self.book.hashes
            return None if there or self.put_back else ("I6", "is another branch, and not kept")
        row = self.book.rows.get((device.actor.device, entry.lane, entry.seq))
        if row is None or row.hash != entry.hash:
            excused = entry.hash in self.lost or device.split
            return None if excused else ("I10", f"is said to be {entry.outcome}, and is not there")
        if (row.outcome, row.code) != (entry.outcome, entry.code) and not otherwise:
            return "I10", f"is said to be {entry.outcome}, and is {row.outcome} {row.code}"
        return None

    def _losses(self) -> None:
        """I6: each number whose letter is gone is known to be so, if its phone is still there."""
        there = {d.actor.device: d for d in self.devices if not d.split}
        for letter, why in self.lost.items():
            one = self.saved[letter]
            if one.device not in there or letter in self.book.hashes | self.forks:
                continue
            row = self.row_of_number(one)
            known = row is not None and (row.code == "void" or row.outcome == "parked")
            if not known:
                self.wrong.append(f"I6 number {one.seq} of {one.name} is lost unseen: {why}")

    def row_of_number(self, one: Saved) -> Row | None:
        for (device, lane, seq), row in self.book.rows.items():
            if (device, lane) == (one.device, one.lane) and seq <= one.seq <= row.last:
                return row
        return None


def differences(device: Device, expected: Expected) -> list[str]:
    """I5 and I7: a replica holds exactly what its feeds hold, in exactly those feeds."""
    wrong = []
    held = device.disk.records
    for key, (line, feeds) in expected.records.items():
        base = held.get(key)
        if base is None:
            wrong.append(f"I5 {device.name} lacks a {key[0]}")
        elif base.line != line:
            wrong.append(f"I5 {device.name} holds another version of a {key[0]}")
        elif base.feeds.keys() != feeds:
            wrong.append(f"I5 {device.name} holds a {key[0]} in other feeds")
    if len(held) != len(expected.records):
        extra = sorted(kind for kind, record in held if (kind, record) not in expected.records)
        wrong += [f"I7 {device.name} still holds a {kind}" for kind in extra]
    return wrong


def row_of(found: Sequence[Any]) -> Row:
    """A row of the store's, in words."""
    position, device, lane, seq, last, outcome, code, made, arrived, hash_, letter = found
    return Row(
        position,
        device,
        LANES[lane],
        seq,
        last,
        OUTCOMES[outcome],
        code,
        made,
        arrived,
        hash_.hex(),
        letter,
    )
