"""`POST /sync` has a door of its own: it refuses, answers and dresses as all other routes do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.headers import ALWAYS, UNLESS_SAID
from sync.catalogue import CONTRACT
from sync.exchange import BYTES_MAX, read_answer, write_ask
from sync.outbox import ask
from sync.pocket import State
from tests.server.door import OFFICER, PHONE, Door, a_door, settings_in
from tests.world.phone import NOON

MESSAGE = write_ask(ask(State(PHONE, OFFICER.person, CONTRACT), (), NOON, 10_000, 200)[1], [])


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with a_door(settings_in(tmp_path)) as door:
        yield door


async def test_who_is_signed_in_is_answered(door: Door) -> None:
    await door.sign_in()
    answer = await door.post("/sync", content=MESSAGE)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert {name: answer.headers[name] for name in ALWAYS | UNLESS_SAID} == ALWAYS | UNLESS_SAID
    assert "strict-transport-security" in answer.headers
    assert read_answer(answer.content)[0].turn == 1


@pytest.mark.parametrize(
    ("signed_in", "more", "status", "code"),
    [
        (False, {"content": MESSAGE}, 401, "not_signed_in"),
        (True, {"content": MESSAGE, "headers": {}}, 403, "origin_foreign"),
        (True, {"content": MESSAGE.replace(PHONE.encode(), OFFICER.person.encode())}, 403, ""),
        (True, {"content": b"x" * (BYTES_MAX + 1)}, 413, "too_large"),
        (True, {"content": b""}, 400, "cut"),
        (True, {"content": b"{}\n"}, 400, "cut"),
    ],
)
async def test_what_is_not_right_is_refused(
    door: Door, signed_in: bool, more: dict[str, object], status: int, code: str
) -> None:
    if signed_in:
        await door.sign_in()
    answer = await door.post("/sync", **more)
    assert answer.status_code == status
    assert answer.json()["code"] == code or not code
    assert answer.headers["cache-control"] == "no-store"


async def test_only_posting_is_known(door: Door) -> None:
    await door.sign_in()
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        answer = await door.client.request(method, "/sync", headers={"X-Kezek": "1"})
        assert (answer.status_code, answer.json()["code"]) == (405, "method_unknown")
