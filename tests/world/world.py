"""One world: phones, a store, a bad network between them, and somebody who watches."""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from server.clock import MINUTE
from sync.exchange import Answer, read_answer
from sync.faults import Fault
from sync.pocket import Effects, Entry
from tests.world.book import Book
from tests.world.device import Case, Device, DiskFull
from tests.world.memory import Crashed, Trouble
from tests.world.people import Part, Wish
from tests.world.station import Backup, Station
from tests.world.watch import Expected, Watch

NO_LETTERS: Final = b'\n{"end":0,"sig":""}\n'
ROUNDS: Final = 40
PATIENCE_S: Final = 5
PASSES: Final = 12


class Held(NamedTuple):
    """A request that the network keeps, to bring it later."""

    device: Device
    request: bytes
    started: int


class Carried(NamedTuple):
    """An answer as it left the store, and what had to be true then."""

    answer: bytes
    expected: Expected


class World:
    """Everything that there is, and what is done with it. `told` is the story so far."""

    def __init__(self, station: Station, start: Book, cast: Sequence[Part]) -> None:
        self.station = station
        self.cases: dict[str, Case] = {}
        self.devices: list[Device] = []
        for part in cast:
            case = self.cases.setdefault(part.case, Case(0, station.clock.now()))
            self.devices.append(Device(part.name, part.actor, case))
        self.watch = Watch(station, start, self.devices)
        self.counted: Counter[str] = Counter()
        self.backups: list[tuple[Backup, Book, str]] = []
        self.held: list[Held] = []
        self.told: list[str] = []

    @property
    def true(self) -> int:
        """What time it is, whatever the phones say."""
        return self.station.clock.now()

    @property
    def book(self) -> Book:
        return self.watch.book

    def say(self, sentence: str) -> None:
        self.told.append(sentence)

    def hit(self, fault: str, sentence: str = "") -> None:
        """A fault has really happened."""
        self.counted[fault] += 1
        if sentence:
            self.say(sentence)

    def write(self, device: Device, wish: Wish, dice: random.Random) -> None:
        """Somebody writes, and is told that it is saved, unless the disk refuses."""
        effects = device.written(wish.drafts, self.true, dice, wish.plus)
        self.save(device, effects, wish.told)

    def save(self, device: Device, effects: Effects, told: str) -> None:
        before = device.hashes()
        try:
            device.commit(effects)
        except DiskFull:
            self.hit("disk full", f"{device.name} {told}; the disk is full, and it says so.")
            return
        numbers = []
        for entry in effects.entries:
            if entry.hash not in before:
                self.watch.wrote(device, entry.lane, entry.seq, entry.hash)
                numbers.append(f"{entry.lane} {entry.seq}")
        self.counted["letters"] += len(numbers)
        self.say(f"{device.name} {told} ({', '.join(numbers)}): saved here.")

    async def carry(
        self, device: Device, request: bytes, trouble: Trouble = "", writes: int = 0
    ) -> Carried | None:
        """A request comes to the store. None where no answer left it."""
        memory = self.station.memory
        memory.trouble, memory.writes_before = trouble, writes
        try:
            answer = await self._exchanged(device, request, trouble)
        except Crashed:
            self.hit(f"store {trouble}", "The store's process dies, and another one starts.")
            await self.station.die()
            self.watch.look()
            return None
        except Fault as fault:
            if trouble == "full" and fault.code == "later":
                self.hit("store full", "The store cannot write, and says: later.")
            memory.trouble = ""
            self.watch.look()
            return None
        except sqlite3.OperationalError:
            self.hit("store full", "The store cannot write, and its error is its own.")
            self.watch.look()
            return None
        memory.trouble = ""
        self.watch.look()
        head, lines = read_answer(answer)
        return Carried(answer, self.watch.answered(device, head, lines))

    async def _exchanged(self, device: Device, request: bytes, trouble: Trouble) -> bytes:
        work = self.station.ledger.exchange(device.actor, request)
        if trouble != "full":
            return await work
        try:
            return await asyncio.wait_for(work, PATIENCE_S)
        except TimeoutError:
            self.watch.wrong.append("I9 the store answers no more")
            raise Crashed from None

    async def carry_together(self, requests: Sequence[tuple[Device, bytes]]) -> None:
        """Requests that wait for one commit. Those without letters do not wait for it."""
        requests = [(d, r) for d, r in requests if not r.endswith(NO_LETTERS)]
        answers = await asyncio.gather(
            *(self.station.ledger.exchange(d.actor, r) for d, r in requests)
        )
        self.watch.look()
        if len(requests) > 1:
            self.hit("together", f"{len(requests)} requests share a commit.")
        for (device, _), answer in zip(requests, answers, strict=True):
            head, lines = read_answer(answer)
            self.hear(device, Carried(answer, self.watch.answered(device, head, lines)))

    def hear(self, device: Device, carried: Carried, message: bytes | None = None) -> Answer | None:
        """A message comes to a phone. None where it is not believed."""
        try:
            answer, lines = read_answer(carried.answer if message is None else message)
        except Fault:
            return None
        before = device.disk.entries
        effects = device.heard(answer, lines)
        if effects is None:
            return None
        try:
            device.commit(effects)
        except DiskFull:
            self.hit("disk full", f"The disk of {device.name} is full: the answer is not believed.")
            return None
        device.learn(answer.now, self.true)
        self.watch.believed(device, answer, carried.expected)
        self._say_outcomes(device, before, effects.entries)
        return answer

    def _say_outcomes(self, device: Device, before: list[Entry], after: list[Entry]) -> None:
        knew = {(e.lane, e.seq): (e.outcome, e.code) for e in before}
        for e in after:
            if knew.get((e.lane, e.seq)) != (e.outcome, e.code):
                self.counted[f"outcome {e.outcome}"] += 1
                self.say(f"{device.name} hears: {e.lane} {e.seq} is {e.outcome} {e.code}".rstrip())

    async def exchange(self, device: Device, rounds: int) -> bool:
        """Whole exchanges until there is no more to fetch; whether it came to that."""
        for _ in range(rounds):
            unsent = device.unsent
            try:
                request = device.request(self.true)
            except DiskFull:
                self.hit("disk full", f"{device.name} cannot even ask: its disk is full.")
                return False
            carried = await self.carry(device, request)
            answer = self.hear(device, carried) if carried else None
            if answer is None:
                return False
            self.watch.lends(device, self.true)
            state = device.disk.state
            more = answer.more or state.open or state.narrow
            if not more and not 0 < device.unsent < unsent:
                return True
        return False

    async def quiet(self) -> None:
        """The faults stop: everybody speaks until nothing is new, and everything must hold."""
        self.say("Then the faults stop, and everybody speaks.")
        for case in self.cases.values():
            case.full = case.cut_off = False
        self.held = []
        for device in self.devices:
            device.late = []
        for _ in range(PASSES):
            before = self._standing()
            for device in self.devices:
                self.station.clock.advance(MINUTE // 60)
                if not await self._speak(device):
                    self.watch.wrong.append(f"I9 {device.name} never comes to an end")
            if self._standing() == before:
                break
        else:
            self.watch.wrong.append("I9 it never becomes quiet")
        self.watch.quiet()

    async def _speak(self, device: Device) -> bool:
        """All that there is to say; a phone whose records rotted also proves itself."""
        spoken = await self.exchange(device, ROUNDS)
        if device.damaged:
            device.prove()
            spoken = await self.exchange(device, ROUNDS)
            device.damaged = False
            self.counted["repaired"] += 1
        return spoken

    def _standing(self) -> Any:
        """What must stay as it is for everything to be quiet."""
        return (
            self.book.head,
            self.station.ledger.epoch,
            [d.unsent for d in self.devices],
            [[(e.state, e.outcome) for e in d.disk.entries] for d in self.devices],
            [msgspec.json.encode(sorted(d.disk.records)) for d in self.devices],
        )
