"""`python -m tests.bench`: the store's figures over the bare limit's, into build/bench.json."""

import argparse
import asyncio
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from msgspec import Struct

from server.settings import Settings
from sync.exchange import read_answer
from sync.roles import Role
from tests.bench.devices import BATCH, Device, enrol, made, size_of
from tests.bench.limit import STATE
from tests.bench.load import Load, Measured, request
from tests.bench.serving import Serving, serving

DEVICES: Final = 64
PAGE_RECORDS: Final = 500
OURS: Final = "--factory server.app:app_from_environment"
OUT: Final = Path("build/bench.json")


class Extent(Struct, frozen=True):
    """How much is done: repeats, batches a device at once and alone, seconds of polling."""

    repeats: int
    batches_many: int
    batches_alone: int
    poll_s: float


WHOLE: Final = Extent(5, 8, 60, 3.0)
QUICK: Final = Extent(2, 3, 25, 1.0)


class Figure(Struct, omit_defaults=True):
    """A median; `limit` is the bare limit's on the same machine in the same minute."""

    median: float
    unit: str
    limit: float | None = None
    ratio: float | None = None
    spread: tuple[float, float] | None = None
    """The lowest and the highest of the repeats' ratios."""


Rates = dict[str, list[tuple[float, float]]]


class Bench:
    """Both servers, kept up side by side; each workload is put to one, then to the other."""

    def __init__(
        self, extent: Extent, ours: Serving, limit: Serving, devices: list[Device]
    ) -> None:
        self._extent, self._ours, self._limit = extent, ours, limit
        self._devices, self._reader = devices[:-1], devices[-1]
        self._dice = random.Random(7)
        self.rates: Rates = defaultdict(list)
        self.records = 0

    def repeat(self) -> None:
        self._push("push_64", self._devices, self._extent.batches_many)
        self._push("push_1", self._devices[:1], self._extent.batches_alone)
        self._pull()
        self._poll()

    def _push(self, name: str, devices: Sequence[Device], batches: int) -> None:
        now = _now()
        for device in devices:
            device.write(self._dice, now, batches * BATCH)
        ours, theirs = zip(*(device.batches(now) for device in devices), strict=True)
        count = len(devices) * batches * BATCH
        mine = _measure(Load(self._ours.port, list(ours)))
        bare = _measure(Load(self._limit.port, list(theirs)))
        assert sum(map(_taken, mine.bodies)) == count, "a letter was not taken"
        assert sum(body.count(b'"stored":20,') for body in bare.bodies) * BATCH == count
        self.records += count
        self._note(name, count / mine.wall, count / bare.wall)

    def _pull(self) -> None:
        first = request("GET", f"/pull?since=0&limit={PAGE_RECORDS}")
        ours = [[self._reader.first_page(_now())]]
        mine = _measure(Load(self._ours.port, ours, pull="kezek"))
        bare = _measure(Load(self._limit.port, [[first]], pull="limit"))
        assert mine.pulled == bare.pulled == self.records, (mine.pulled, bare.pulled)
        self._note("pull_1", mine.pulled / mine.wall, bare.pulled / bare.wall)

    def _poll(self) -> None:
        for device in self._devices:
            device.catch_up(self._ours.port, _now())
        ours = [[device.poll(_now())] for device in self._devices]
        theirs = [[request("GET", "/head")] for _ in self._devices]
        mine = _measure(Load(self._ours.port, ours, self._extent.poll_s))
        bare = _measure(Load(self._limit.port, theirs, self._extent.poll_s))
        assert all(not read_answer(body)[1] for body in mine.bodies), "there was news"
        self._note("poll_64", len(mine.latencies) / mine.wall, len(bare.latencies) / bare.wall)

    def _note(self, name: str, mine: float, bare: float) -> None:
        self.rates[name].append((mine, bare))
        print(f"  {name:8} {mine:10,.0f} {bare:10,.0f} {mine / bare:7.3f}", flush=True)


def run(extent: Extent) -> dict[str, Figure]:
    dice = random.Random(_now())
    devices = [made(dice, Role.OFFICER, n) for n in range(DEVICES)]
    devices.append(made(dice, Role.SUPERVISOR, 1))
    with TemporaryDirectory(prefix="kezek-bench-") as name:
        folder = Path(name)
        settings = Settings(data=folder / "ours")
        asyncio.run(enrol(settings, devices))
        before = size_of(settings.data)
        (folder / "limit").mkdir()
        limit_file = {STATE: str(folder / "limit" / "limit.db")}
        with (
            serving(OURS, {"KEZEK_DATA": str(settings.data)}, folder / "ours.log") as ours,
            serving("tests.bench.limit:app", limit_file, folder / "limit.log") as limit,
        ):
            for device in devices:
                device.sign_in(ours.port)
            for device in devices[:-1]:
                device.catch_up(ours.port, _now())
            bench = Bench(extent, ours, limit, devices)
            for _ in range(extent.repeats):
                bench.repeat()
            memory = ours.memory(), limit.memory()
        grown = size_of(settings.data) - before, size_of(folder / "limit")
    figures = {name: _figure(rates) for name, rates in bench.rates.items()}
    figures["disk"] = _plain(grown[0] / bench.records, grown[1] / bench.records, "bytes a record")
    figures["memory"] = _plain(memory[0] / 2**20, memory[1] / 2**20, "MiB")
    return figures


def _figure(rates: list[tuple[float, float]]) -> Figure:
    ratios = sorted(mine / bare for mine, bare in rates)
    unit = "a second"
    return Figure(
        round(median(mine for mine, _ in rates), 1),
        unit,
        round(median(bare for _, bare in rates), 1),
        round(median(ratios), 4),
        (round(ratios[0], 4), round(ratios[-1], 4)),
    )


def _plain(mine: float, bare: float, unit: str) -> Figure:
    return Figure(round(mine, 1), unit, round(bare, 1), round(mine / bare, 3))


def _taken(body: bytes) -> int:
    outcomes = read_answer(body)[0].outcomes
    return sum(outcome.outcome == "applied" for outcome in outcomes)


def _measure(load: Load) -> Measured:
    """In a process of its own, so that our work does not stand in the client's way."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.client"],
        input=msgspec.msgpack.encode(load),
        stdout=subprocess.PIPE,
        check=True,
        timeout=90,
    )
    measured = msgspec.msgpack.decode(done.stdout, type=Measured)
    assert set(measured.statuses) == {200}, (measured.statuses, measured.bodies[:1])
    return measured


def _now() -> int:
    return time.time_ns() // 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a first look, in half a minute")
    extent = QUICK if parser.parse_args().quick else WHOLE
    print("  workload       ours      limit   ratio")
    figures = run(extent)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")
    print(f"\n  {'median':8} {'ours':>10} {'limit':>10} {'ratio':>7}")
    for name, f in figures.items():
        print(f"  {name:8} {f.median:10,.0f} {f.limit or 0:10,.0f} {f.ratio or 0:7.3f} {f.unit}")
    print(f"  -> {OUT}")


if __name__ == "__main__":
    main()
