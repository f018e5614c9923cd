"""Worlds by the thousand: one seed is one whole history, the same at each run.

`python -m tests.world.simulate --seeds 1000` plays so many and holds each to the invariants after
every step. The last line counts what was done; a fault that never happened or a rule that never
decided fails the run, because then nothing was shown of it. `--seed N --story` tells one.
"""

import argparse
import asyncio
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from tests.world.history import CHANGES, Stage, plan
from tests.world.story import shrunk, told

FAULTS: Final = (
    "request lost", "request cut", "repeated", "reordered", "answer lost", "answer cut",
    "answer late", "torn answer", "torn write", "phone dies", "store dies before",
    "store dies after", "store dies reading", "store full", "together", "partition", "clock",
    "night", "disk full", "restore declared", "restore undeclared", "restore whole folder",
    "clone", "roll back", "eviction", "letter damaged", "record damaged", "newer phone",
    "newer store", "letter of a newer contract", "poison", "duty change", "shared phone",
)  # fmt: skip
RULES: Final = ("store_order", "latest", "union", "furthest", "earliest", "highest", "ask")
ENOUGH: Final = 200
"""From so many histories on each fault and each rule must have come up."""
AT_ONCE: Final = 25


class Tally(NamedTuple):
    """What came of some histories."""

    histories: int
    steps: int
    counted: Counter[str]
    rules: Counter[str]
    broken: list[tuple[int, str]]

    def plus(self, other: "Tally") -> "Tally":
        return Tally(
            self.histories + other.histories,
            self.steps + other.steps,
            self.counted + other.counted,
            self.rules + other.rules,
            self.broken + other.broken,
        )


NOTHING: Final = Tally(0, 0, Counter(), Counter(), [])


def play(seeds: range) -> Tally:
    """Play these histories, in one process."""
    return asyncio.run(_play(seeds))


async def _play(seeds: range) -> Tally:
    logging.disable(logging.CRITICAL)
    tally = NOTHING
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        for seed in seeds:
            try:
                world = await stage.play(plan(seed))
            except Exception as error:  # noqa: BLE001 - whatever breaks down, its seed is told
                broken = [(seed, f"breaks down: {error!r}")]
                tally = tally.plus(Tally(1, 0, Counter(), Counter(), broken))
                stage = Stage(Path(folder))
                continue
            steps, letters = world.counted.pop("steps"), world.counted["letters"]
            broken = [(seed, world.watch.wrong[0])] if world.watch.wrong else []
            if not broken and letters < CHANGES:
                broken = [(seed, f"only {letters} changes")]
            tally = tally.plus(Tally(1, steps, world.counted, world.book.rules, broken))
    return tally


def played(seeds: range, processes: int, stop: bool) -> Tally:
    """Play histories in several processes; with `stop`, no further than the first that breaks."""
    chunks = [seeds[n : n + AT_ONCE] for n in range(0, len(seeds), AT_ONCE)]
    tally = NOTHING
    with ProcessPoolExecutor(processes) as pool:
        for some in pool.map(play, chunks) if not stop else map(play, chunks):
            tally = tally.plus(some)
            if stop and tally.broken:
                break
    return tally


def told_of(seed: int, short: bool) -> list[str]:
    """The story of a seed; made short where it breaks something."""

    async def tell() -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(Path(folder))
            history = plan(seed)
            return await told(stage, await shrunk(stage, history) if short else history)

    logging.disable(logging.CRITICAL)
    return asyncio.run(tell())


def summary(tally: Tally, planted: str) -> str:
    """The last line."""
    faults = " ".join(f"{name.replace(' ', '_')}={tally.counted[name]}" for name in FAULTS)
    rules = " ".join(f"{name}={tally.rules[name]}" for name in RULES)
    return (
        f"histories={tally.histories} steps={tally.steps} changes={tally.counted['letters']} "
        f"faults{{{faults}}} rules{{{rules}}} violations={len(tally.broken)} planted={planted}"
    )


def missing(tally: Tally) -> list[str]:
    """What never happened, though enough was played."""
    if tally.histories < ENOUGH:
        return []
    never = [name for name in FAULTS if not tally.counted[name]]
    return [*never, *(name for name in RULES if not tally.rules[name])]


def main() -> None:
    said = _said()
    if said.story:
        print("\n".join(told_of(said.seed or said.first, said.short)))
        return
    first = said.seed or said.first
    seeds = range(first, first + (1 if said.seed else said.seeds))
    started = time.monotonic()
    tally = played(seeds, said.processes, said.stop)
    for seed, wrong in tally.broken[:10]:
        print(f"seed {seed}: {wrong}")
    if tally.broken and not said.stop:
        print("\n".join(told_of(tally.broken[0][0], short=True)))
    caught, planted = _planted(said.planted)
    never = missing(tally)
    if never:
        print(f"never happened: {', '.join(never)}")
    minutes = (time.monotonic() - started) / 60
    print(f"{tally.histories / minutes:.0f} histories a minute in {said.processes} processes")
    print(summary(tally, f"{caught}/{planted}"))
    sys.exit(1 if tally.broken or never or caught != planted else 0)


def _planted(wanted: bool) -> tuple[int, int]:
    if not wanted:
        return 0, 0
    from tests.planted.bugs import BUGS, caught

    found = [name for name in BUGS if caught(name)]
    for name in BUGS.keys() - {*found}:
        print(f"planted and not found: {name}")
    return len(found), len(BUGS)


def _said() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--story", action="store_true", help="tell it in words")
    parser.add_argument("--short", action="store_true", help="with as few steps as still break it")
    parser.add_argument("--stop", action="store_true", help="at the first that breaks something")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    planted = os.environ.get("PLANTED", "") == "1"
    parser.add_argument("--planted", action="store_true", default=planted)
    return parser.parse_args()


if __name__ == "__main__":
    main()
