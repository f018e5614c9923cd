"""A phone in memory: the real device half, with a network that the test holds in its hand."""

import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec

from sync.change import Change, Clock, Group
from sync.exchange import Answer, read_answer, write_ask
from sync.letter import read
from sync.outbox import ask, compose, view
from sync.pocket import Base, Draft, Effects, Entry, Key, State
from sync.record import Body
from sync.replica import hear
from sync.roles import Actor, Role

Carrier = Callable[[Actor, bytes], Awaitable[bytes]]
NOON = 1_795_330_800_000  # 2026-11-22 12:00 in Almaty
CONTRACT = 1


def ids(seed: int) -> Callable[[], str]:
    """Ids that are the same at each run."""
    rng = random.Random(seed)
    return lambda: str(UUID(int=rng.getrandbits(128), version=4))


class Phone:
    """One replica of one person. `carrier` takes a request and brings its answer."""

    def __init__(self, actor: Actor, carrier: Carrier, seed: int = 1, now: int = NOON) -> None:
        self.actor, self.carrier, self.now = actor, carrier, now
        self.state = State(actor.device, actor.person, CONTRACT)
        self.records: dict[Key, Base] = {}
        self.entries: list[Entry] = []
        self.answers: list[Answer] = []
        self._rng = random.Random(seed)

    def write(
        self, kind: str, body: Body, record: str = "", group: Group | None = None, **more: Any
    ) -> str:
        """Write a letter, with or without a network. Answers the record's id."""
        record = record or str(UUID(int=self._rng.getrandbits(128), version=4))
        draft = Draft(kind, record, body, group=group, **more)
        salt = f"{self._rng.getrandbits(128):032x}"
        base = self.records.get((kind, record))
        self.keep(compose(self.state, draft, base, self.entries, self.clock(), salt))
        return record

    def clock(self) -> Clock:
        """The phone's time: right, as estimated ten seconds ago."""
        return Clock(self.now, 300, 0, 10, 0)

    def keep(self, effects: Effects) -> None:
        """Put effects down: all of them at once."""
        self.state = effects.state
        for base in effects.put:
            self.records[(base.kind, base.id)] = base
        for key in effects.drop:
            self.records.pop(key, None)
        entries = {(e.lane, e.seq): e for e in self.entries}
        entries |= {(e.lane, e.seq): e for e in effects.entries}
        for gone in effects.gone:
            entries.pop(gone, None)
        self.entries = sorted(entries.values(), key=lambda e: (e.lane, e.seq))

    def request(self, **header: Any) -> bytes:
        """The next request; `header` overrides what it says."""
        self.state, head, letters = ask(self.state, self.entries, self.now, 262_144, 200)
        return write_ask(msgspec.structs.replace(head, **header), letters)

    async def exchange(self, *, answer_lost: bool = False, rounds: int = 20, **header: Any) -> None:
        """Go and come back until there is no more to fetch."""
        for _ in range(rounds):
            message = await self.carrier(self.actor, self.request(**header))
            if answer_lost:
                return
            before = self.unsent()
            if not self.take(message).more and self.unsent() in (0, before):
                return
        raise AssertionError(f"no end after {rounds} rounds")

    def take(self, message: bytes) -> Answer:
        """Take in an answer, as it came."""
        answer, lines = read_answer(message)
        self.answers.append(answer)
        effects = hear(self.state, answer, lines, self.records, self.entries)
        if effects is not None:
            self.keep(effects)
        return answer

    def unsent(self) -> int:
        """How many letters the store does not hold: new ones, and old ones after a restore."""
        taken = self.state.taken
        return sum(head - taken.get(lane, 0) for lane, (head, _) in self.state.heads.items())

    def sees(self, kind: str, record: str) -> Body | None:
        """The record as its holder sees it."""
        base = self.records.get((kind, record))
        body = msgspec.json.decode(base.line)["body"] if base else None
        changes = [
            says
            for entry in self.entries
            if (entry.kind, entry.id) == (kind, record)
            and entry.state in ("waiting", "heard")
            and entry.outcome != "rejected"
            and isinstance(says := read(entry.line.encode(), CONTRACT).says, Change)
        ]
        return view(body, changes)

    def outcomes(self) -> list[tuple[int, str, str]]:
        """What became of the letters, in their order."""
        return [(e.seq, e.outcome, e.code) for e in self.entries]


def states(phone: Phone) -> list[str]:
    """Where each letter is on its way."""
    return [entry.state for entry in phone.entries]


def officer(make: Callable[[], str], district: str = "ALM") -> Actor:
    """Somebody of the patrol police, on a phone of his own."""
    return Actor(make(), Role.OFFICER, district, "", make())


def violation(actor: Actor, **said: Any) -> Body:
    """A violation that any officer may log; `said` overrides."""
    body: Body = {
        "offence": "00000000-0000-4000-8000-000000000440",
        "article": "440-1",
        "officer": actor.person,
        "district": actor.district,
        "happened": NOON,
        "measure": "remark",
    }
    return body | said
