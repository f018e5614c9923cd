"""`python -m tests.bench.day`: the whole city through the door, then a day of what it logs.

Says records a second of both, bytes on disk a record, what a dispatcher's desk has to fetch and
how long that takes, and the memory of the server before and after. Into build/day.json.
"""

import argparse
import asyncio
import http.client
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec
from msgspec import Struct, structs
from sqlalchemy import text

from server import demo
from server.clock import SystemClock
from server.database import open_engine, reading
from server.ledger import Ledger
from server.migrations import migrate
from server.settings import Settings
from sync.catalogue import CONTRACT
from sync.exchange import read_answer, write_ask
from sync.outbox import ask
from sync.pocket import State
from sync.replica import hear
from sync.roles import Actor, Role
from tests.bench.devices import BATCH, Device, made, size_of
from tests.bench.serving import Serving, serving

OURS: Final = "--factory server.app:app_from_environment"
EACH: Final = 10
PAGE: Final = 262_144
OUT: Final = Path("build/day.json")


class Day(Struct):
    """The figures; bytes, seconds and numbers a second."""

    city_records: int = 0
    city_seconds: float = 0.0
    day_records: int = 0
    day_seconds: float = 0.0
    bytes_a_record: float = 0.0
    server_mib_at_start: float = 0.0
    server_mib_after: float = 0.0
    desk_records: int = 0
    desk_bytes: int = 0
    desk_exchanges: int = 0
    desk_seconds: float = 0.0


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple[Any, Ledger]]:
    settings.prepare()
    engine = open_engine(settings.database_url)
    await migrate(engine)
    ledger = await Ledger.open(engine, settings, SystemClock())
    try:
        yield engine, ledger
    finally:
        await ledger.close()
        await engine.dispose()


async def fill(settings: Settings, day: Day, records: int) -> demo.Demo:
    """The city, then so many violations of so many officers, ten each, in batches."""
    clock, dice = SystemClock(), random.Random(17)
    async with opened(settings) as (engine, ledger):
        began = time.perf_counter()
        city = await demo.fill(engine, ledger, settings, clock, print)
        day.city_seconds = time.perf_counter() - began
        day.city_records = await _count(engine)
        devices = [made(dice, Role.OFFICER, n) for n in range(records // EACH)]
        for device in devices:
            device.write(dice, clock.now(), EACH)
        began = time.perf_counter()
        for start in range(0, len(devices), 64):
            await asyncio.gather(*(_hand_in(ledger, d) for d in devices[start : start + 64]))
        day.day_seconds = time.perf_counter() - began
        day.day_records = await _count(engine) - day.city_records
    return city


async def _hand_in(ledger: Ledger, device: Device) -> None:
    actor = Actor(device.state.person, device.role, "ALM", "", device.state.device)
    state, asked, letters = ask(device.state, device.entries, 0, 0, BATCH)
    message = write_ask(structs.replace(asked, view=None), letters)
    head, _ = read_answer(await ledger.exchange(actor, message))
    assert all(line.outcome == "applied" for line in head.outcomes), head.outcomes
    device.state = state


async def _count(engine: Any) -> int:
    async with reading(engine) as connection:
        return await connection.scalar(text("SELECT COUNT(*) FROM record")) or 0


def look(server: Serving, city: demo.Demo, day: Day) -> None:
    """A dispatcher sits down at a desk that holds nothing yet."""
    device = "019a0000-0000-7000-8000-00000000d351"
    said = {"login": city.logins["dispatcher"], "password": city.password, "device": device}
    answer, body = _post(server.port, "/sign-in", msgspec.json.encode(said), "")
    assert answer.status == 200, body
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    state = State(device, msgspec.json.decode(body)["person"], CONTRACT)
    began, more = time.perf_counter(), True
    while more:
        asked_by, asked, _ = ask(state, (), time.time_ns() // 1_000_000, PAGE, 0)
        _, body = _post(server.port, "/sync", write_ask(asked, []), cookie)
        head, lines = read_answer(body)
        effects = hear(asked_by, head, lines, {}, ())
        assert effects is not None
        state, more = effects.state, head.more
        day.desk_records += len(lines)
        day.desk_bytes += len(body)
        day.desk_exchanges += 1
    day.desk_seconds = time.perf_counter() - began


def _post(port: int, path: str, body: bytes, cookie: str) -> tuple[Any, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"X-Kezek": "1", "Content-Type": "application/json", "Cookie": cookie}
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read()


def run(records: int) -> Day:
    day = Day()
    with TemporaryDirectory(prefix="kezek-day-") as name:
        settings = Settings(data=Path(name) / "store")
        city = asyncio.run(fill(settings, day, records))
        day.bytes_a_record = size_of(settings.data) / (day.city_records + day.day_records)
        environment = {"KEZEK_DATA": str(settings.data)}
        with serving(OURS, environment, Path(name) / "log") as server:
            day.server_mib_at_start = server.memory() / 2**20
            look(server, city, day)
            day.server_mib_after = server.memory() / 2**20
    return day


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.day", description=__doc__)
    parser.add_argument("--records", type=int, default=22_000)
    day = run(parser.parse_args().records)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(day), indent=2) + b"\n")
    for name, value in structs.asdict(day).items():
        print(f"  {name:22} {value:14,.1f}")


if __name__ == "__main__":
    main()
