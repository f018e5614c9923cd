"""Somebody who writes and exchanges as fast as he can, and remembers all that he was told."""

import asyncio
import random
import time
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from server.database import open_engine, writing
from server.migrations import migrate
from server.people import Account, Accounts, Passwords
from server.settings import Settings
from sync.change import Group, Lane
from sync.exchange import Answer
from sync.faults import Fault
from sync.pocket import Entry
from sync.record import Body
from sync.roles import Actor, Role
from tests.campaign.line import BROKEN, Line, Refused, is_cut
from tests.campaign.serving import Place
from tests.world.phone import Phone, violation

PASSWORD: Final = "a-long-enough-invention"
DISTRICT: Final = "ALM"
BURST: Final = 12
REST_S: Final = 0.1
Place3 = tuple[str, Lane, int]
"""Device, lane and number: where a letter belongs."""


class Told(Struct):
    """What the world was promised, and what of it was not kept."""

    written: dict[Place3, str] = {}
    """The hash of each letter."""
    acknowledged: dict[Place3, tuple[str, str]] = {}
    """The hash, and the outcome that was first told."""
    lost: set[Place3] = set()
    """What was acknowledged and was not there when the store spoke next."""
    broken: list[str] = []
    exchanges: int = 0
    later: int = 0
    cut_off: int = 0


class Walker:
    """One person's telephone, or the desk of a dispatcher who only reads."""

    def __init__(
        self, actor: Actor, login: str, port: int, told: Told, dice: random.Random
    ) -> None:
        self.login, self.told, self.dice = login, told, dice
        self.line = Line(port)
        self.phone = Phone(actor, self._carry, dice.getrandbits(64), _now())
        self.records: list[str] = []
        self._epoch = ""

    async def _carry(self, _actor: Actor, message: bytes) -> bytes:
        answer, _ = await self.line.post("/sync", message)
        return answer

    async def sign_in(self) -> None:
        await self.line.sign_in(self.login, PASSWORD, self.phone.actor.device)

    async def walk(self, until: asyncio.Event, *, writes: bool = True) -> None:
        """Write and exchange until told to stop; whatever breaks is tried again."""
        while not until.is_set():
            if writes and self.phone.unsent() < 150:
                self.write(self.dice.randrange(1, BURST))
            await self.meet()
            await asyncio.sleep(0)

    async def meet(self) -> bool:
        """One exchange, at whatever the server is able to; whether it was answered."""
        try:
            message = await self._carry(self.phone.actor, self.phone.request())
            self.hear(self.phone.take(message))
            del self.phone.answers[:-1]
        except Refused as refused:
            if refused.code != "later" or not refused.retry_after:
                self.told.broken.append(f"answered {refused}")
            self.told.later += 1
        except BROKEN:
            self.told.cut_off += 1
        except Fault as fault:
            if not is_cut(fault):
                raise
            self.told.cut_off += 1
        else:
            self.told.exchanges += 1
            return True
        await asyncio.sleep(REST_S)
        return False

    def write(self, count: int) -> None:
        """So many letters: new violations, changes of known ones, now and then a group."""
        self.phone.now = _now()
        actor = self.phone.actor
        for _ in range(count):
            kind = self.dice.random()
            if self.records and kind < 0.4:
                said: Body = {"text": f"seen {self.dice.randrange(1_000)}"}
                record = self.dice.choice(self.records[-50:])
                self._written(self.phone.write("violation", said, record))
            elif kind < 0.5:
                group = str(UUID(int=self.dice.getrandbits(128), version=4))
                for n in (1, 2):
                    body = violation(actor, happened=self.phone.now)
                    self._written(self.phone.write("violation", body, "", Group(group, n, 2)))
            else:
                lane = "urgent" if kind > 0.95 else "work"
                body = violation(actor, happened=self.phone.now)
                self.records.append(self.phone.write("violation", body, lane=lane))
                self._written(self.records[-1])

    def create(self) -> str:
        """One new violation, whose id is answered."""
        self.phone.now = _now()
        record = self.phone.write("violation", violation(self.phone.actor, happened=_now()))
        self._written(record)
        return record

    def change(self, record: str) -> None:
        """One change of a violation that this device has."""
        assert ("violation", record) in self.phone.records
        self._written(self.phone.write("violation", {"text": "built upon"}, record))

    def drop_tail(self, count: int) -> list[int]:
        """Lose so many of the last letters that were taken; answers their numbers."""
        last = [e for e in self.phone.entries if (e.lane, e.state) == ("work", "settled")][-count:]
        self.phone.entries = [e for e in self.phone.entries if e not in last]
        return [e.seq for e in last]

    def begin_anew(self, told: Told) -> None:
        """From now on another store is held to its word."""
        self.told, self._epoch = told, ""
        self.line.hang_up()

    def _written(self, record: str) -> None:
        device = self.phone.actor.device
        for entry in self.phone.entries:
            if entry.id == record and entry.state == "waiting":
                self.told.written[(device, entry.lane, entry.seq)] = entry.hash

    def hear(self, answer: Answer) -> None:
        """Hold the server to what it said before."""
        device, told = self.phone.actor.device, self.told
        mine = {(e.lane, e.seq): e for e in self.phone.entries}
        for line in answer.outcomes:
            place: Place3 = (device, line.lane, line.seq)
            entry: Entry | None = mine.get((line.lane, line.seq))
            before = told.acknowledged.get(place)
            # Only what was parked may be taken up later and come to something else (5.9).
            if before is not None and before[1] not in (line.outcome, "parked"):
                told.broken.append(f"{place}: {before[1]}, then {line.outcome}")
            if entry is not None:
                told.acknowledged[place] = (entry.hash, line.outcome)
        if answer.epoch != (self._epoch or answer.epoch):
            told.broken.append(f"{device}: another epoch")
        self._epoch = answer.epoch
        for lane, (head, _) in answer.heads.items():
            number = head + 1
            while (device, lane, number) in told.acknowledged:
                # It will be offered again; that it was acknowledged and is not there counts.
                told.lost.add((device, lane, number))
                number += 1

    async def settle(self) -> None:
        """Hand in and fetch all that there is, however often it takes."""
        quiet = 0
        deadline = time.monotonic() + 60
        while quiet < 2:
            assert time.monotonic() < deadline, f"{self.login} does not come to rest"
            met = await self.meet()
            more = self.phone.answers[-1].more if self.phone.answers else True
            quiet = quiet + 1 if met and not more and not self.phone.unsent() else 0


async def enrol(place: Place, people: list[tuple[Actor, str]]) -> None:
    """Open their accounts, with one hash for all."""
    settings = Settings(data=place.folder, database=place.database)
    settings.prepare()
    engine = open_engine(settings.database_url)
    kept = await Passwords().hash(PASSWORD)
    await migrate(engine)
    async with writing(engine) as connection:
        opened = [_account(actor, login) for actor, login in people]
        await Accounts(connection).add_all(opened, kept)
    await engine.dispose()


def _account(actor: Actor, login: str) -> Account:
    return Account(
        person=actor.person,
        login=login,
        role=actor.role,
        name="Ойдан Шығарылған",
        district=actor.district,
        formation=actor.formation,
    )


def an_id(dice: random.Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))


def person(dice: random.Random, role: Role) -> Actor:
    """Somebody of the one district, with a device of his own."""
    return Actor(an_id(dice), role, DISTRICT, "", an_id(dice))


def body_of(line: str) -> Body:
    """The body in a record's line."""
    body: Body = msgspec.json.decode(line)["body"]
    return body


def _now() -> int:
    return time.time_ns() // 1_000_000
