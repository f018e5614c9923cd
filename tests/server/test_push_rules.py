"""Who is told of what: one row a rule."""

from typing import Any

import pytest
from msgspec import Struct

from server.clock import HOUR
from server.push.notices import topic_of
from server.push.rules import Reach, notices_of
from sync.record import Body
from sync.roles import Role
from tests.world.phone import NOON

DAY = 24 * HOUR


class Somebody(Struct, frozen=True):
    """A listener."""

    person: str
    role: Role
    formation: str = ""


class Letter(Struct, frozen=True):
    """A letter, as far as the rules look at it."""

    kind: str
    set: Body
    creates: bool = True
    author: str = "author"
    position: int = 7
    record: str = "r"
    arrived: int = NOON


AIDA = Somebody("aida", Role.DISPATCHER)
BERIK = Somebody("berik", Role.DISPATCHER)
LEADER = Somebody("leader", Role.LEADER, "f1")
OTHER = Somebody("other", Role.LEADER, "f2")
OFFICER = Somebody("officer", Role.OFFICER)
ALL = (AIDA, BERIK, LEADER, OTHER, OFFICER)
SHIFT: Body = {
    "person": "officer",
    "state": "planned",
    "starts": NOON + DAY,
    "ends": NOON + DAY + 8 * HOUR,
}


def told(
    letter: Letter, body: Body, duty: tuple[str, ...] = ("aida",), now: int = NOON
) -> list[tuple[str, str]]:
    found = notices_of([letter], {"r": body}, Reach(ALL, duty), now)
    return [(notice.code, notice.person) for notice in found]


def violation(**said: Any) -> Letter:
    return Letter("violation", **said)


CALL: Body = {"needs_backup": True}


@pytest.mark.parametrize(
    ("letter", "body", "duty", "expected"),
    [
        (violation(set=CALL), CALL, ("aida",), ["aida"]),
        (violation(set=CALL, creates=False), CALL, ("aida",), ["aida"]),
        (violation(set=CALL), CALL, (), ["aida", "berik"]),
        (violation(set=CALL), CALL, ("officer",), ["aida", "berik"]),
        (violation(set=CALL), CALL, ("aida", "berik"), ["aida", "berik"]),
        (violation(set=CALL, author="aida"), CALL, ("aida", "berik"), ["berik"]),
        (violation(set={"needs_backup": False}), CALL, ("aida",), []),
        (violation(set={"text": "x"}, creates=False), CALL, ("aida",), []),
        (violation(set=CALL), {"needs_backup": False}, ("aida",), []),
    ],
)
def test_a_call_for_backup(
    letter: Letter, body: Body, duty: tuple[str, ...], expected: list[str]
) -> None:
    assert told(letter, body, duty) == [("backup", person) for person in expected]


def test_a_call_is_one_fact_however_often_it_is_written() -> None:
    letters = [violation(set=CALL), violation(set=CALL, creates=False, position=9)]
    found = notices_of(letters, {"r": CALL}, Reach(ALL, ("aida",)), NOON)
    assert len({notice.fact for notice in found}) == 1


def test_an_assist() -> None:
    body: Body = {"state": "submitted", "formation": "f1"}
    letter = Letter("assist", body)
    assert told(letter, body) == [("assist", "aida"), ("assist", "leader")]
    assert told(letter, {"formation": "f1"}) == told(letter, body)
    assert told(letter, {**body, "state": "confirmed"}) == []
    assert told(letter, {**body, "formation": ""}) == [("assist", "aida")]
    assert told(Letter("assist", {"text": "x"}, creates=False), body) == []
    assert told(Letter("assist", body, author="leader"), body) == [("assist", "aida")]


@pytest.mark.parametrize(
    ("letter", "change", "expected"),
    [
        (Letter("shift", SHIFT), {}, ["shift_new"]),
        (Letter("shift", {"starts": 1}, creates=False), {}, ["shift_changed"]),
        (Letter("shift", {"route": "x"}, creates=False), {}, ["shift_changed"]),
        (
            Letter("shift", {"state": "cancelled"}, creates=False),
            {"state": "cancelled"},
            ["shift_cancelled"],
        ),
        (Letter("shift", {"state": "started"}, creates=False), {"state": "started"}, []),
        (Letter("shift", SHIFT, author="officer"), {}, []),
        (Letter("shift", SHIFT), {"person": "nobody"}, []),
        (Letter("shift", SHIFT), {"starts": NOON - 9 * HOUR, "ends": NOON - HOUR}, []),
        (Letter("shift", SHIFT), {"starts": NOON + 8 * DAY, "ends": NOON + 9 * DAY}, []),
        (Letter("shift", SHIFT), {"starts": NOON - HOUR, "ends": NOON + HOUR}, ["shift_new"]),
    ],
)
def test_a_shift(letter: Letter, change: Body, expected: list[str]) -> None:
    assert told(letter, {**SHIFT, **change}) == [(code, "officer") for code in expected]


def test_of_what_nobody_asked_to_hear_nothing_is_said() -> None:
    assert told(Letter("subject", {"needs_backup": True}), CALL) == []
    assert notices_of([violation(set=CALL)], {}, Reach(ALL, ()), NOON) == []
    assert notices_of([violation(set=CALL)], {"r": CALL}, Reach((), ()), NOON) == []


def test_what_is_late_is_not_said() -> None:
    assert told(violation(set=CALL), CALL, now=NOON + HOUR - 1)
    assert told(violation(set=CALL), CALL, now=NOON + HOUR) == []
    running = {**SHIFT, "starts": NOON, "ends": NOON + HOUR}
    assert told(Letter("shift", running), running, now=NOON + HOUR) == []


def test_a_week_planned_at_once_has_one_topic_and_a_topic_tells_nothing() -> None:
    letters = [Letter("shift", SHIFT, record=f"r{n}", position=n) for n in range(7)]
    bodies = {letter.record: SHIFT for letter in letters}
    found = notices_of(letters, bodies, Reach(ALL, ()), NOON)
    assert len({notice.fact for notice in found}) == 7
    [topic] = {notice.topic for notice in found}
    assert len(topic) == 32
    assert "officer" not in topic_of("shifts/officer")
