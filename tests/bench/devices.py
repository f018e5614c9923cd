"""The devices of a measurement: real accounts, a real sign-in, letters of the real outbox."""

import http.client
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from server.database import open_engine, writing
from server.migrations import migrate
from server.people import Account, Accounts, Passwords
from server.settings import Settings
from sync.catalogue import CONTRACT
from sync.change import Clock
from sync.exchange import read_answer, write_ask
from sync.kinds.violation import Violation
from sync.outbox import ask, compose
from sync.pocket import Draft, Entry, State
from sync.replica import hear
from sync.roles import Role
from tests.bench.load import request

BATCH: Final = 20
PAGE: Final = 524_288
PASSWORD: Final = "only for this measurement"
DISTRICT: Final = "ALM"
WORDS: Final = ("алаң", "көше", "бұрылыс", "шам", "арық", "лампа", "доска", "звук", "bus", "lamp")


class Device(Struct):
    """One telephone: its person, its cookie, and what its replica remembers."""

    login: str
    role: Role
    state: State
    cookie: str = ""
    entries: list[Entry] = []

    def write(self, dice: random.Random, now: int, count: int) -> None:
        """Log so many new violations."""
        clock = Clock(at=now, zone=300, offset=0, age=30, jumps=0)
        for _ in range(count):
            body = msgspec.to_builtins(violation_of(dice, now, self.state.person))
            draft = Draft("violation", _id(dice), body)
            salt = f"{dice.getrandbits(128):032x}"
            effects = compose(self.state, draft, None, (), clock, salt)
            self.state = effects.state
            self.entries += effects.entries

    def batches(self, now: int) -> tuple[list[bytes], list[bytes]]:
        """What is unsent, as requests to our server and as requests to the limit."""
        ours, theirs = [], []
        state = self.state
        for start in range(state.taken.get("work", 0), len(self.entries), BATCH):
            state = structs.replace(state, taken={"work": start})
            mine = self.entries[start : start + BATCH]
            state, asked, letters = ask(state, mine, now, 0, BATCH)
            message = write_ask(structs.replace(asked, view=None), letters)
            ours.append(request("POST", "/sync", message, self.cookie))
            theirs.append(request("POST", "/push", b"\n".join(letters)))
        self.state = structs.replace(state, taken={"work": len(self.entries)})
        return ours, theirs

    def poll(self, now: int) -> bytes:
        """Asking for news, with nothing to hand in."""
        self.state, asked, letters = ask(self.state, (), now, PAGE, 0)
        return request("POST", "/sync", write_ask(asked, letters), self.cookie)

    def first_page(self, now: int) -> bytes:
        """What a device asks that holds nothing yet."""
        empty = State(self.state.device, self.state.person, CONTRACT)
        _, asked, letters = ask(empty, (), now, PAGE, 0)
        return request("POST", "/sync", write_ask(asked, letters), self.cookie)

    def sign_in(self, port: int) -> None:
        said = {"login": self.login, "password": PASSWORD, "device": self.state.device}
        answer = _post(port, "/sign-in", msgspec.json.encode(said), "")
        cookie = answer.getheader("Set-Cookie") or ""
        assert answer.status == 200, answer.status
        self.cookie = cookie.partition(";")[0]

    def catch_up(self, port: int, now: int) -> None:
        """Exchange, sending no letter, until there is nothing new."""
        more = True
        while more:
            asked_by, asked, letters = ask(self.state, (), now, PAGE, 0)
            answer = _post(port, "/sync", write_ask(asked, letters), self.cookie)
            body = answer.read()
            assert answer.status == 200, body
            head, lines = read_answer(body)
            effects = hear(asked_by, head, lines, {}, ())
            assert effects is not None
            # The letters of this measurement are handed in by the load client, in its time.
            self.state = structs.replace(effects.state, taken=self.state.taken)
            more = head.more


async def enrol(settings: Settings, devices: Sequence[Device]) -> None:
    """Open the accounts; they share a hash, for it is not the sign-in that is measured."""
    settings.prepare()
    engine = open_engine(settings.database_url)
    kept = await Passwords().hash(PASSWORD)
    await migrate(engine)
    async with writing(engine) as connection:
        for device in devices:
            account = Account(
                person=device.state.person,
                login=device.login,
                role=device.role,
                name="Measured",
                district=DISTRICT,
            )
            await Accounts(connection).add(account, kept)
    await engine.dispose()


def made(dice: random.Random, role: Role, number: int) -> Device:
    state = State(_id(dice), _id(dice), CONTRACT)
    return Device(f"{role.value}{number}", role, state)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def violation_of(dice: random.Random, now: int, officer: str) -> Violation:
    """About a thousand bytes, as an officer's account is who likes to write."""
    return Violation(
        offence="01900000-0000-7000-8000-000000000440",
        article="440-1",
        officer=officer,
        district=DISTRICT,
        happened=now - dice.randrange(60_000),
        measure=dice.choice(("remark", "warning", "protocol")),
        route=f"01900000-0000-7000-8000-0000000000{dice.randrange(20):02}",
        lat=432_400_000 + dice.randrange(300_000),
        lon=768_800_000 + dice.randrange(600_000),
        accuracy=dice.randrange(3, 60),
        place="Төле би / Желтоқсан",
        text=" ".join(dice.choices(WORDS, k=62)),
    )


def _id(dice: random.Random) -> str:
    number = 0x0190_0000_0000 << 80 | dice.getrandbits(76)
    return str(UUID(int=number & ~(3 << 62) | 7 << 76 | 2 << 62))


def _post(port: int, path: str, body: bytes, cookie: str) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"X-Kezek": "1", "Content-Type": "application/json"}
    if cookie:
        headers |= {"Cookie": cookie, "Content-Type": "application/x-ndjson"}
    connection.request("POST", path, body, headers)
    return connection.getresponse()
