"""A few histories at each run, and every seed that ever failed, by what it showed."""

from collections import Counter
from pathlib import Path

import pytest

from tests.world.simulate import FAULTS, History
from tests.world.stores import a_store

FAILED = {
    12: "an edit that said what already stood made no version, yet later letters built on it",
    19: "the same, with the answer lost in between",
}


@pytest.mark.parametrize("seed", [*FAILED, 1, 2, 3, 4])
async def test_nothing_saved_is_lost_and_all_agree(seed: int, tmp_path: Path) -> None:
    async with a_store(tmp_path) as store:
        assert await History(store, seed, Counter()).play() == []


async def test_each_fault_happens(tmp_path: Path) -> None:
    counted: Counter[str] = Counter()
    async with a_store(tmp_path) as store:
        for seed in (31, 32):
            await History(store, seed, counted).play()
    assert all(counted[fault] for fault in FAULTS)
