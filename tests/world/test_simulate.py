"""Two hundred histories at each run; and the simulation itself is held to what it promises."""

import random
from pathlib import Path

import pytest

from tests.world import mishaps
from tests.world.device import Device
from tests.world.history import CHANGES, LENGTH, Stage, plan
from tests.world.simulate import ENOUGH, FAULTS, RULES, missing, played, summary
from tests.world.story import shrunk, told
from tests.world.world import World


def test_two_hundred_histories_keep_every_promise_and_reach_every_fault_and_rule() -> None:
    tally = played(range(1, ENOUGH + 1), 2, stop=False)

    assert tally.broken == []
    assert missing(tally) == []
    assert tally.histories == ENOUGH
    assert tally.steps == ENOUGH * LENGTH
    line = summary(tally, "0/0")
    assert line.startswith(f"histories={ENOUGH} steps={ENOUGH * LENGTH} ")
    assert "violations=0 planted=0/0" in line


async def test_a_seed_is_the_same_history_at_each_run(tmp_path: Path) -> None:
    first, again = [await told(Stage(tmp_path), plan(17)) for _ in range(2)]

    assert first == again
    assert first != await told(Stage(tmp_path), plan(18))


async def test_a_history_has_its_devices_steps_and_changes(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    for seed in (3, 5):
        world = await stage.play(plan(seed))

        assert len(world.devices) >= 3
        assert world.counted["steps"] == LENGTH
        assert world.counted["letters"] >= CHANGES


async def test_a_history_that_fails_is_made_short_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def night(world: World, device: Device, dice: random.Random) -> None:
        world.say("The moon falls down.")
        world.watch.wrong.append("I0 the moon is gone")

    monkeypatch.setitem(mishaps.STEPS, "night", night)
    stage = Stage(tmp_path)
    seed = next(n for n in range(1, 50) if any(s[0] == "night" for s in plan(n).steps))

    short = await shrunk(stage, plan(seed))

    assert [name for name, _, _ in short.steps] == ["night"]
    assert (await told(stage, short))[1:] == [
        "  1. The moon falls down.",
        "WRONG: I0 the moon is gone",
    ]


def test_what_never_happened_fails_the_run() -> None:
    tally = played(range(1, 3), 1, stop=True)
    few = tally._replace(histories=ENOUGH)

    assert missing(tally) == []
    assert set(missing(few)) < {*FAULTS, *RULES}
    assert missing(few)
