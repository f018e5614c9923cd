"""How faults are said: a code for the machine, a number for the log, and nothing of anybody."""

import logging
import sqlite3
from pathlib import Path

import pytest
from litestar import get
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from server.database import open_engine, reading
from server.faults import STATUS, ComeAgain, say
from sync.faults import OUTCOME, REQUEST, Fault
from tests.server.door import a_door, settings_in

SECRET = "890101100006"


@get("/broken")
async def broken() -> None:
    raise RuntimeError(f"could not find {SECRET} in /srv/kezek.db")


@get("/later")
async def later() -> None:
    raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))


def test_every_fault_of_a_request_has_its_status() -> None:
    assert STATUS.keys() == REQUEST.keys()


def test_a_letter_s_outcome_is_no_answer_to_a_request() -> None:
    stray = next(code for code in OUTCOME if code and code not in REQUEST)
    assert say(Fault(stray)).status == 500


def test_what_time_mends_says_when() -> None:
    assert say(ComeAgain("slow_down", 7)).headers["Retry-After"] == "7"


async def test_a_bug_tells_nothing_but_its_number(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_door(settings_in(tmp_path), broken) as door:
        with caplog.at_level(logging.INFO):
            answer = await door.client.get("/broken")

    said = answer.json()
    assert answer.status_code == 500
    assert said == {"code": "server_broken", "detail": "", "correlation": said["correlation"]}
    [line] = [record for record in caplog.records if record.name == "kezek.faults"]
    # Enough to find the bug by, and no word of what it was about.
    assert said["correlation"] in line.getMessage()
    assert "test_faults.py" in line.getMessage()
    assert SECRET not in caplog.text


async def test_a_busy_store_asks_to_come_again(tmp_path: Path) -> None:
    async with a_door(settings_in(tmp_path), later) as door:
        answer = await door.client.get("/later")
    assert (answer.status_code, answer.json()["code"]) == (503, "later")
    assert answer.headers["retry-after"] == "2"


async def test_what_was_sent_is_not_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_door(settings_in(tmp_path)) as door:
        with caplog.at_level(logging.INFO, logger="kezek"):
            answer = await door.post("/sign-in", json={SECRET: 1})
    assert answer.json()["code"] == "wrong_shape"
    assert SECRET not in caplog.text


async def test_an_address_that_is_not_there_and_a_method_that_is_not(tmp_path: Path) -> None:
    async with a_door(settings_in(tmp_path)) as door:
        nowhere = await door.client.get("/nowhere")
        wrong = await door.client.delete("/me", headers={"X-Kezek": "1"})
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_unknown")


async def test_an_error_of_the_database_quotes_no_values(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'kezek.db'}")
    with pytest.raises(OperationalError) as raised:
        async with reading(engine) as connection:
            await connection.execute(text("SELECT * FROM nowhere WHERE iin = :i"), {"i": SECRET})
    await engine.dispose()
    assert SECRET not in str(raised.value)
