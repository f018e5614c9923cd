"""A phone: the real device half over a model of a disk, a clock that may be wrong, and no network.

One set of effects is one transaction (client/src/store): it is on the disk whole or not at all.
"""

import random
from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec import structs

from sync.change import Change, Clock
from sync.exchange import Answer, In, Out, write_ask
from sync.letter import digest, read, write
from sync.outbox import answer as answered
from sync.outbox import ask, compose
from sync.pocket import Answered, Base, Draft, Effects, Entry, Key, State
from sync.repair import compare
from sync.replica import hear, overdue
from sync.roles import Actor

ZONE: Final = 300
JUMP: Final = 2_000
ANY_CONTRACT: Final = 1_000_000
Lines = Sequence[In | Out]


class DiskFull(Exception):
    """Nothing was put down, and the person is told so."""


class Case:
    """The thing in the hand: its clock, its disk's room, its way to the network. Two people may
    share one."""

    def __init__(self, skew: int, started: int) -> None:
        self.skew, self.started = skew, started
        self.full = False
        self.cut_off = False


class Disk:
    """What is on the disk of one replica, and what was on it before the last transactions."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.records: dict[Key, Base] = {}
        self.entries: list[Entry] = []
        self.estimate: tuple[int, int] = (0, -1)
        self.before: list[tuple[State, dict[Key, Base], list[Entry]]] = []

    def commit(self, effects: Effects) -> None:
        """Put effects down, in one transaction."""
        self.before = [*self.before[-1:], (self.state, self.records, self.entries)]
        self.state = effects.state
        if effects.put or effects.drop:
            self.records = dict(self.records)
            for base in effects.put:
                self.records[(base.kind, base.id)] = base
            for key in effects.drop:
                self.records.pop(key, None)
        if effects.entries or effects.gone:
            entries = {(e.lane, e.seq): e for e in self.entries}
            entries |= {(e.lane, e.seq): e for e in effects.entries}
            for gone in effects.gone:
                entries.pop(gone, None)
            self.entries = sorted(entries.values(), key=lambda e: (e.lane, e.seq))

    def copy(self) -> "Disk":
        other = Disk(self.state)
        other.records, other.entries = self.records, self.entries
        other.estimate = self.estimate
        return other


class Device:
    """One person's replica on one device. It is `split` where another one goes by its name or it
    went back in time, and `damaged` where its records may not be what the store gave."""

    def __init__(self, name: str, actor: Actor, case: Case) -> None:
        self.name, self.actor, self.case = name, actor, case
        self.disk = Disk(State(actor.device, actor.person, 1))
        self.limit = 262_144
        self.late: list[bytes] = []
        self.split = self.damaged = False
        self.start()

    def start(self) -> None:
        """The app is started: what was only in its memory is gone."""
        self.late = []
        self.jumps = 0
        self._apart = self.case.skew + self.case.started

    def clone(self, name: str, case: Case) -> "Device":
        """The whole disk on another phone."""
        other = Device(name, self.actor, case)
        other.disk = self.disk.copy()
        self.split = other.split = True
        other.damaged = self.damaged
        return other

    def look(self, true: int) -> None:
        """Count a jump where wall and monotonic clock have parted (client/src/net/clock.ts)."""
        apart = self.case.skew + self.case.started
        if abs(apart - self._apart) > JUMP:
            self._apart = apart
            self.jumps += 1
            self.disk.estimate = (self.disk.estimate[0], -1)

    def learn(self, theirs: int, true: int) -> None:
        """The store's clock, as an answer told it."""
        self.look(true)
        wall = true + self.case.skew
        self.disk.estimate = (theirs - wall, wall)

    def now(self, true: int) -> int:
        return true + self.case.skew + self.disk.estimate[0]

    def evidence(self, true: int) -> Clock:
        """What a letter says about its time."""
        self.look(true)
        at = true + self.case.skew
        offset, made = self.disk.estimate
        age = -1 if made < 0 or made > at else (at - made) // 1000
        return Clock(at, ZONE, offset, age, self.jumps)

    def commit(self, effects: Effects) -> None:
        """Raises DiskFull: then everything is as it was."""
        if self.case.full:
            raise DiskFull
        self.disk.commit(effects)

    def written(
        self, drafts: Iterable[Draft], true: int, dice: random.Random, plus: dict[str, Any]
    ) -> Effects:
        """The letters of these drafts, as one transaction."""
        disk, clock = self.disk, self.evidence(true)
        state, entries = disk.state, list(disk.entries)
        made: list[Entry] = []
        for draft in drafts:
            base = disk.records.get((draft.kind, draft.id))
            salt = f"{dice.getrandbits(128):032x}"
            effects = compose(state, draft, base, entries, clock, salt)
            if plus:
                effects = _again(effects, plus)
            state = effects.state
            entries += effects.entries
            made += effects.entries
        return Effects(state, entries=made)

    def answers(self, key: Key, said: Answered) -> list[Entry]:
        """What the person does about letters that call for him."""
        return answered(self.disk.entries, key, said)

    def request(self, true: int, letters: int = 200) -> bytes:
        """The next request; its turn is on the disk before it is sent. Raises DiskFull."""
        disk, now = self.disk, self.now(true)
        if any(grant.lent <= now for grant in disk.state.feeds):
            self.commit(overdue(disk.state, disk.records, now))
        after, head, lines = ask(disk.state, disk.entries, now, self.limit, letters)
        self.commit(Effects(after))
        return write_ask(head, lines)

    def heard(self, answer: Answer, lines: Lines) -> Effects | None:
        """What an answer changes; None where it is not the answer to the last turn."""
        return hear(self.disk.state, answer, lines, self.disk.records, self.disk.entries)

    def prove(self) -> None:
        """Ask at the next exchange whether every feed is what the store says it is [10]."""
        self.commit(Effects(compare(self.disk.state, self.disk.records.values())))

    @property
    def unsent(self) -> int:
        """Letters that the store does not hold, as far as the device knows."""
        state = self.disk.state
        return sum(
            max(0, head - state.taken.get(lane, 0)) for lane, (head, _) in state.heads.items()
        )

    def hashes(self) -> set[str]:
        return {entry.hash for entry in self.disk.entries}

    def forked(self, lane: str) -> bool:
        return any(e.lane == lane and e.code == "fork" for e in self.disk.entries)


def _again(effects: Effects, plus: dict[str, Any]) -> Effects:
    """The one letter once more, with members that no draft can say (`add` and `take`)."""
    [entry] = effects.entries
    says = read(entry.line.encode(), ANY_CONTRACT).says
    assert isinstance(says, Change)
    line = write(structs.replace(says, **plus))
    entry = structs.replace(entry, line=line.decode(), hash=digest(line))
    heads = {**effects.state.heads, entry.lane: (entry.seq, entry.hash)}
    return Effects(structs.replace(effects.state, heads=heads), entries=[entry])
