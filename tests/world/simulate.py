"""Phones, the real store and a bad network: one seed is one history, the same at each run.

`python -m tests.world.simulate --seeds 200` plays so many, checks each at the end, and counts what
it did to them; a fault that never happened fails the run, because then nothing was shown.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import msgspec
from sqlalchemy import text

from server.database import reading
from sync.faults import Fault
from sync.record import Body
from sync.roles import Actor, Role
from tests.world.phone import Phone, ids, states, violation
from tests.world.stores import Store, a_store

STEPS = 60
EDITS: tuple[Body, ...] = ({"place": "Abay 10"}, {"text": "seen"}, {"needs_backup": True})
FAULTS = ("request lost", "answer lost", "request cut", "answer cut", "repeated", "late answer")


class History:
    """One seed: three phones of one officer, sixty steps, then quiet."""

    def __init__(self, store: Store, seed: int, counted: Counter[str]) -> None:
        self.store, self.counted = store, counted
        self.rng = random.Random(seed)
        make = ids(seed)
        person = make()
        self.phones = [
            Phone(
                Actor(person, Role.OFFICER, "ALM", "", make()), self.carry, self.rng.getrandbits(64)
            )
            for _ in range(3)
        ]
        self.records: list[str] = []
        self.late: dict[str, bytes] = {}

    async def carry(self, actor: Actor, message: bytes) -> bytes:
        return await self.store.ledger.exchange(actor, message)

    async def play(self) -> list[str]:
        """Play it to the end; what it broke, in words."""
        for _ in range(STEPS):
            phone = self.rng.choice(self.phones)
            self.counted["steps"] += 1
            if self.rng.random() < 0.4:
                self.write(phone)
            else:
                await self.meet(phone)
        for _ in range(2):
            for phone in self.phones:
                await phone.exchange()
        return [*self.disagreements(), *await self.doubled()]

    def write(self, phone: Phone) -> None:
        known = [record for record in self.records if phone.sees("violation", record)]
        if known and self.rng.random() < 0.6:
            said = self.rng.choice(EDITS)
            phone.write("violation", dict(said), self.rng.choice(known))
        else:
            self.records.append(phone.write("violation", violation(phone.actor)))
        self.counted["letters"] += 1

    async def meet(self, phone: Phone) -> None:
        """One exchange, and what the street does to it."""
        fault = self.rng.choice([*FAULTS, "", "", ""])
        self.counted[fault or "whole exchange"] += 1
        request = phone.request()
        if fault == "request lost":
            return
        if fault == "request cut":
            request = request[: self.rng.randrange(len(request))]
        try:
            answer = await self.carry(phone.actor, request)
            if fault == "repeated":
                answer = await self.carry(phone.actor, request)
        except Fault:
            assert fault == "request cut"
            return
        if fault == "answer lost":
            return
        if fault == "late answer":
            self.late[phone.actor.device] = answer
            return
        if fault == "answer cut":
            answer = answer[: self.rng.randrange(len(answer))]
        for message in (answer, self.late.pop(phone.actor.device, b"")):
            try:
                phone.take(message)
            except Fault:
                assert not message or fault == "answer cut"

    def disagreements(self) -> list[str]:
        """I2 and I5 of the invariants: nothing saved is missing, everybody sees the same."""
        first = self.phones[0]
        views = {record: first.sees("violation", record) for record in self.records}
        wrong = [f"{r} is gone" for r, view in views.items() if view is None]
        for phone in self.phones:
            if set(states(phone)) - {"settled"}:
                wrong.append(f"{phone.actor.device}: {Counter(states(phone))}")
            wrong += [
                f"{record} differs"
                for record in self.records
                if phone.sees("violation", record) != views[record]
            ]
            self.counted.update(entry.outcome for entry in phone.entries)
        return wrong

    async def doubled(self) -> list[str]:
        """I1 and I3: each letter that was written is stored, once."""
        written = [msgspec.json.decode(e.line)["salt"] for p in self.phones for e in p.entries]
        async with reading(self.store.engine) as connection:
            found = await connection.execute(
                text(
                    "SELECT letter FROM revision r JOIN ledger_device d ON d.number = r.device "
                    "WHERE d.device IN (:a, :b, :c)"
                ),
                {name: p.actor.device for name, p in zip("abc", self.phones, strict=True)},
            )
            stored = [msgspec.json.decode(bytes(row[0]))["salt"] for row in found]
        return [] if sorted(stored) == sorted(written) else ["stored and written differ"]


async def run(seeds: int, first: int) -> int:
    """Play the histories; how many broke something."""
    counted: Counter[str] = Counter()
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        async with a_store(Path(folder)) as store:
            for seed in range(first, first + seeds):
                wrong = await History(store, seed, counted).play()
                broken += bool(wrong)
                for line in wrong[:3]:
                    print(f"seed {seed}: {line}")
    never = [fault for fault in FAULTS if not counted[fault]]
    print(" ".join(f"{name or 'none'}={count}" for name, count in sorted(counted.items())))
    print(f"histories={seeds} violations={broken} faults never injected={never}")
    return broken + len(never)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    said = parser.parse_args()
    sys.exit(1 if asyncio.run(run(said.seeds, said.first)) else 0)


if __name__ == "__main__":
    main()
