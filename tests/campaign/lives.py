"""`make campaign KILLS=n`: so many kills of the real server under load, on every combination.

The kills are shared out among SQLite and PostgreSQL, each with one and with two workers. A life
of a store takes some of them and is then judged; two lives go on side by side, each with its
devices in a process of their own. A seed that failed is played again with `--seed` and `--only`.
"""

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from msgspec import Struct

from tests import borrowed
from tests.campaign.judge import Verdict
from tests.campaign.life import Life, live
from tests.campaign.serving import Place
from tests.conftest import create_database

LIFE: Final = 40
"""Kills that one store lives through: its replicas stay small enough to be read again."""
COMBINATIONS: Final = ("sqlite-1", "sqlite-2", "postgresql-1", "postgresql-2")


class Errand(Struct):
    """One life to be lived."""

    name: str
    kills: int
    seed: int
    folder: str
    database: str
    redis: str


class Sum(Struct):
    """What a combination came to so far."""

    verdict: Verdict
    kills: int = 0
    early: int = 0
    exchanges: int = 0

    def add(self, life: Life) -> None:
        self.verdict.add(life.verdict)
        self.kills += life.kills
        self.early += life.early
        self.exchanges += life.exchanges

    def __str__(self) -> str:
        v = self.verdict
        return f"kills={self.kills} acknowledged={v.acknowledged} lost={v.lost} doubled={v.doubled}"


def lived(errand: Errand) -> Life:
    """Live it, in a process of its own."""
    database = errand.database
    if database:
        name = f"life_{errand.name[-1]}_{errand.seed}"
        asyncio.run(create_database(database, name))
        database = f"{database}/{name}"
    workers = int(errand.name[-1])
    with tempfile.TemporaryDirectory(dir=errand.folder) as folder:
        place = Place(Path(folder) / "data", workers, database, errand.redis if workers > 1 else "")
        return asyncio.run(live(place, errand.kills, errand.seed))


def errands(
    names: list[str], kills: int, seed: int, folder: str, services: dict[str, str]
) -> Iterator[Errand]:
    """The kills shared out among the combinations, in lives, taking turns."""
    left = {name: kills // len(names) for name in names}
    for name in names[: kills % len(names)]:
        left[name] += 1
    while any(left.values()):
        for name in names:
            if share := min(LIFE, left[name]):
                left[name] -= share
                database = services["postgresql"] if name.startswith("postgresql") else ""
                yield Errand(name, share, seed, folder, database, services["redis"])
                seed += 1


def possible(asked: list[str]) -> list[str]:
    """The combinations that this machine can play; those that it cannot are said."""
    found = []
    for name in asked:
        without = [] if borrowed.redis_path() or name.endswith("1") else ["Redis"]
        if name.startswith("postgresql") and not borrowed.postgresql_folder():
            without.append("PostgreSQL")
        if without:
            print(f"NOT RUN: {name}: there is no {' and no '.join(without)} on this machine")
        else:
            found.append(name)
    return found


def run(kills: int, asked: list[str], seed: int, jobs: int) -> int:
    """Play it; how much went wrong."""
    names, began = possible(asked), time.monotonic()
    sums = {name: Sum(Verdict()) for name in names}
    with ExitStack() as stack:
        services = {"postgresql": "", "redis": ""}
        if any(name.startswith("postgresql") for name in names):
            services["postgresql"] = stack.enter_context(borrowed.postgresql_server())
        if any(name.endswith("2") for name in names):
            services["redis"] = stack.enter_context(borrowed.redis_server())
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        spawn = multiprocessing.get_context("spawn")
        pool = stack.enter_context(ProcessPoolExecutor(jobs, spawn))
        waiting: dict[Future[Life], Errand] = {
            pool.submit(lived, one): one for one in errands(names, kills, seed, folder, services)
        }
        for done in as_completed(waiting):
            errand = waiting[done]
            try:
                life = done.result()
            except Exception as error:  # noqa: BLE001 - one life that broke must not hide the rest
                wrong = [f"seed {errand.seed}: {type(error).__name__}: {error}"]
                sums[errand.name].verdict.add(Verdict(wrong=wrong))
                print(f"{errand.name} {wrong[0]}", flush=True)
                continue
            life.verdict.wrong = [f"seed {errand.seed}: {w}" for w in life.verdict.wrong]
            sums[errand.name].add(life)
            tell(errand, life, sum(one.kills for one in sums.values()), kills, began)
    return concluded(sums, time.monotonic() - began)


def tell(errand: Errand, life: Life, so_far: int, kills: int, began: float) -> None:
    pace = so_far / (time.monotonic() - began) * 60
    print(
        f"{so_far}/{kills} {errand.name} seed={errand.seed} kills={life.kills}"
        f" early={life.early} exchanges={life.exchanges} cut_off={life.cut_off}"
        f" later={life.later} acknowledged={life.verdict.acknowledged}"
        f" wrong={len(life.verdict.wrong)} ({pace:.0f} kills a minute)",
        flush=True,
    )
    for wrong in life.verdict.wrong[:5]:
        print(f"  {wrong}", flush=True)


def concluded(sums: dict[str, Sum], seconds: float) -> int:
    """Say it per combination and in all; the last line is what counts."""
    whole = Sum(Verdict())
    for name, one in sums.items():
        print(f"{name}: {one} wrong={len(one.verdict.wrong)}")
        whole.verdict.add(one.verdict)
        whole.kills += one.kills
    wrong = whole.verdict.wrong
    print(f"{len(wrong)} wrong, {whole.kills / max(seconds, 1) * 60:.0f} kills a minute")
    print(whole)
    return len(wrong) + whole.verdict.lost + whole.verdict.doubled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--only", action="append", choices=COMBINATIONS, default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="lives that go on at the same time")
    said = parser.parse_args()
    sys.exit(1 if run(said.kills, said.only or list(COMBINATIONS), said.seed, said.jobs) else 0)
