"""A short campaign at each run; `make campaign KILLS=n` is the long one."""

import os
import signal
from pathlib import Path

import pytest

from tests.campaign.judge import judged
from tests.campaign.life import live
from tests.campaign.serving import Place, Server
from tests.campaign.walker import Told

KILLS = 5


async def test_what_was_acknowledged_outlives_every_kill_and_is_there_once(tmp_path: Path) -> None:
    life = await live(Place(tmp_path / "data"), KILLS, 7)
    assert life.verdict.wrong == []
    assert (life.verdict.lost, life.verdict.doubled) == (0, 0)
    assert life.verdict.acknowledged == life.verdict.written > 0
    assert life.cut_off > 0, "nobody was interrupted: nothing was shown"


@pytest.mark.needs_postgresql
@pytest.mark.needs_redis
@pytest.mark.proof
async def test_so_with_two_workers_on_postgresql(
    postgresql: str, redis: str, tmp_path: Path
) -> None:
    life = await live(Place(tmp_path / "data", 2, postgresql, redis), KILLS, 8)
    assert (life.verdict.wrong, life.verdict.lost, life.verdict.doubled) == ([], 0, 0)


def test_the_judge_sees_what_is_lost_and_what_nobody_wrote(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    place.done("fill", "--small")
    told = Told(
        written={("d", "work", 1): "ab"}, acknowledged={("d", "work", 1): ("ab", "applied")}
    )
    verdict = judged(place, told, [], [])
    assert verdict.lost == 1
    assert "1 letters that were written are not stored" in verdict.wrong
    assert any("that nobody wrote" in wrong for wrong in verdict.wrong)


def test_a_worker_that_is_killed_comes_back_by_itself(tmp_path: Path) -> None:
    server = Server(Place(tmp_path / "data"))
    server.start()
    try:
        [worker] = [pid for pid in server.family() if b"spawn_main" in said_to(pid)]
        os.kill(worker, signal.SIGKILL)
        server.wait()
        assert worker not in server.family()
    finally:
        server.kill()


def test_a_killed_server_leaves_no_process(tmp_path: Path) -> None:
    server = Server(Place(tmp_path / "data"))
    server.start()
    family = server.family()
    assert len(family) >= 2
    server.kill()
    assert [pid for pid in family if runs(pid)] == []


def said_to(pid: int) -> bytes:
    """The command line of a process."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def runs(pid: int) -> bool:
    """A process that nobody has asked after yet is dead all the same."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return said.rpartition(")")[2].split()[0] != "Z"
