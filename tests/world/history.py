"""One seed is one history: who is there, sixty steps, then quiet. The same at each run."""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple
from unittest.mock import patch

from sync import replica
from tests.world.book import Book
from tests.world.device import Case, Device
from tests.world.memory import Memory
from tests.world.mishaps import STEPS, write
from tests.world.people import ALWAYS, CITY, FOUNDER, PAIRS, PEOPLE, Part
from tests.world.phone import NOON
from tests.world.station import Backup, Station, empty
from tests.world.watch import SINCE, row_of
from tests.world.world import World

MANY: Final = {
    "write": 15, "rivals": 4, "duty": 4, "meet": 18, "mend": 1, "reordered": 1, "together": 2,
}  # fmt: skip
SOME: Final = {
    "partition": 3, "reboot": 2, "clock": 4, "night": 2, "full": 3, "backup": 3, "restore": 3,
    "clone": 1, "roll_back": 1, "evict": 1, "damage_letter": 2, "damage_record": 1,
    "newer_phone": 2, "newer_store": 1, "poison": 1, "meet": 8, "reordered": 2, "duty": 2,
    "mend": 4,
}  # fmt: skip
LENGTH: Final = 60
CHANGES: Final = 15
TAILS: Final = (500, 500, 3)
"""Letters kept after they were taken: as the phone does, or so few that the end is reached."""


class Plan(NamedTuple):
    """Everything that a seed decides."""

    seed: int
    cast: tuple[Part, ...]
    tail: int
    steps: tuple[tuple[str, int, int], ...]


def plan(seed: int) -> Plan:
    """The history of a seed: each step has a name, somebody to do it, and dice of its own."""
    dice = random.Random(seed)
    pairs = dice.sample(PAIRS, 2)
    cast = dict.fromkeys((*ALWAYS, *pairs[0], *pairs[1]))
    names = [name for name, many in MANY.items() for _ in range(many)]
    names += dice.choices([*SOME], [*SOME.values()], k=LENGTH - len(names))
    dice.shuffle(names)
    steps = [(name, dice.getrandbits(16), dice.getrandbits(48)) for name in names]
    return Plan(seed, tuple(cast), dice.choice(TAILS), tuple(steps))


class Stage:
    """Where histories are played: one folder, one database in memory, and the founded city."""

    def __init__(self, folder: Path) -> None:
        self.station = Station(folder, Memory())
        self._city: tuple[Backup, Book] | None = None

    async def play(self, plan: Plan) -> World:
        """Play a history to its end."""
        world = await self._open(plan)
        kept = patch.object(replica, "TAIL_MAX", plan.tail)
        with kept, self.station.fated(random.Random(plan.seed)):
            await self._steps(world, plan.steps)
            if not world.watch.wrong:
                await world.quiet()
            await self.station.ledger.close()
        return world

    async def _steps(self, world: World, steps: Sequence[tuple[str, int, int]]) -> None:
        for name, who, number in steps:
            dice = random.Random(number)
            device = world.devices[who % len(world.devices)]
            world.station.clock.advance(dice.randrange(1_000, 600_000))
            await STEPS[name](world, device, dice)
            world.watch.step()
            world.counted["steps"] += 1
            if world.watch.wrong:
                return
        while world.counted["letters"] < CHANGES and len(steps) == LENGTH:
            world.cases["Asel's phone"].full = False
            await write(world, world.devices[0], random.Random(world.counted["letters"]))

    async def _open(self, plan: Plan) -> World:
        data, book = self._city or await self._found()
        self.station.memory.poison.clear()
        self.station.memory.trouble = ""
        self.station.clock.advance(NOON - self.station.clock.now())
        self.station.contract = 1
        with self.station.fated(random.Random(0)):
            await self.station.found(data)
        book = book.copy()
        book.rules, book.poison, book.people = Counter(), set(), dict(PEOPLE)
        return World(self.station, book, plan.cast)

    async def _found(self) -> tuple[Backup, Book]:
        """The city: its districts and people, as its own adapter writes them."""
        with self.station.fated(random.Random(0)):
            await self.station.found(Backup(empty(), b""))
            founder = Device(FOUNDER.name, FOUNDER.actor, Case(0, NOON))
            dice = random.Random(0)
            for draft in CITY:
                founder.commit(founder.written([draft], NOON, dice, {}))
            await self.station.ledger.exchange(founder.actor, founder.request(NOON))
            await self.station.ledger.close()
        db = self.station.memory.db
        book = Book(PEOPLE)
        assert not book.read([row_of(row) for row in db.execute(SINCE, (0,))])
        self._city = (self.station.backup(), book)
        return self._city
