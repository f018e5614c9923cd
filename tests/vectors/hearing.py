"""The cases of hearing: what an answer does to a replica."""

from typing import Any

from sync import replica
from sync.exchange import Out, out_line, read_answer
from sync.feeds import Grant, digest_of, fingerprint, place
from sync.pocket import Base, Entry, State
from tests.vectors.things import (
    DISTRICT,
    GRANTS,
    NOW,
    OWN,
    answer,
    base,
    entry,
    given,
    outcome,
    plain,
    said,
    state,
    uid,
)

Case = dict[str, Any]
Hearing = tuple[str, State, str, list[Base], list[Entry]]
FEWER = [GRANTS[0], GRANTS[2]]
MORE = [*GRANTS, Grant("route:r/violation/2026-11-22", 1, NOW + 24)]


def hear() -> list[Case]:
    """What an answer does to the replica."""
    held = [base("a", 50, DISTRICT, OWN), base("b", 60, DISTRICT), base("c", 70, OWN)]
    mine = [entry("work", 1), entry("work", 2, name="b")]
    cases = [*_records(held, mine), *_outcomes(held, mine), *_tails(held, mine), *_repairs(held)]
    return [_heard(*case) for case in cases]


def _records(held: list[Base], mine: list[Entry]) -> list[Hearing]:
    moved = out_line(Out([1], "violation", uid("b"), 110, "moved"))
    return [
        ("an answer to an earlier turn is dropped", state(turn=8), answer(), held, mine),
        ("a record comes", state(), answer(given("new", 119, 1, 2)), held, []),
        (
            "a record is renewed, its text kept to the letter", state(),
            answer(given("a", 119, 1, body={"text": 'Қ "x"\u2028 \\ 😀 }'})), held, [],
        ),
        ("a record leaves one of its feeds", state(),
         answer(out_line(Out([1], "violation", uid("a"), 110, "moved"))), held, []),
        ("a record leaves its last feed", state(), answer(moved), held, []),
        ("a record that is not held leaves", state(),
         answer(out_line(Out([1], "violation", uid("x"), 110, "erased"))), held, []),
        ("a feed is not granted any more", state(), answer(view="v2", feeds=FEWER), held, []),
        ("a feed is new: it is read from its beginning", state(),
         answer(view="v2", feeds=MORE, at=100), held, []),
        ("a feed has a new life: what it held goes, and it is read again", state(),
         answer(view="v2", feeds=[GRANTS[0], Grant(DISTRICT, 2, NOW), GRANTS[2]]), held, []),
        ("the very first answer", state(at=0, view="", feeds=[], epoch="", mark=""),
         answer(given("a", 50, 1), view="v1", feeds=GRANTS, more=True), [], []),
    ]  # fmt: skip


def _outcomes(held: list[Base], mine: list[Entry]) -> list[Hearing]:
    return [
        (
            "a letter is taken, and its record read", state(),
            answer(given("new", 119, 2), outcomes=[outcome("work", 1, "applied", "", 119)],
                   heads={"work": (1, mine[0].hash)}), held, mine,
        ),
        (
            "a letter is taken, but its record comes on a later page", state(),
            answer(outcomes=[outcome("work", 1, "applied", "", 121)], more=True,
                   heads={"work": (1, mine[0].hash)}), held, mine,
        ),
        (
            "a letter is taken while a feed is being filled", state(),
            answer(outcomes=[outcome("work", 1, "applied", "", 119)], open={OWN: 3},
                   heads={"work": (1, mine[0].hash)}), held, mine,
        ),
        (
            "a letter about what is in none of the feeds leaves only its receipt", state(),
            answer(outcomes=[outcome("work", 1, "applied", "", 150, 1)], more=True,
                   heads={"work": (1, mine[0].hash)}), held, mine,
        ),
        (
            "parked and rejected letters stay laid over", state(),
            answer(outcomes=[outcome("work", 1, "parked", "contract_newer", 110),
                             outcome("work", 2, "rejected", "wrong_step", 111)],
                   heads={"work": (2, mine[1].hash)}), held, mine,
        ),
        (
            "a superseded letter is told and settled", state(),
            answer(outcomes=[outcome("work", 2, "superseded", "lost", 111)],
                   heads={"work": (2, mine[1].hash)}), held, mine,
        ),
    ]  # fmt: skip


def _tails(held: list[Base], mine: list[Entry]) -> list[Hearing]:
    return [
        (
            "another epoch: the store holds less, the letters are due again", state(
                taken={"work": 2}, heads={"work": (2, mine[1].hash)}),
            answer(epoch="e2", heads={"work": (1, mine[0].hash)}, at=90, view="v2", feeds=MORE),
            held, [entry("work", 1, state="settled", outcome="applied", position=99), mine[1]],
        ),
        (
            "what another epoch has still to be offered neither settles nor leaves the tail",
            state(taken={"work": 501}), answer(epoch="e2"), held,
            [*(entry("work", n, state="settled", outcome="applied", position=n, line="", hash="")
               for n in range(1, 501)),
             entry("work", 501, state="heard", outcome="applied", position=110)],
        ),
        (
            "the same answer once more", state(turn=8),
            answer(view="v2", feeds=MORE), held, mine,
        ),
        (
            "a refused letter that was mended is laid over no more", state(),
            answer(heads={"work": (1, mine[0].hash)}), held,
            [entry("work", 1, state="heard", outcome="rejected", code="field_wrong", position=90,
                   answered="mended"), mine[1]],
        ),
        (
            "what was left as it was is told anew when something else becomes of it", state(),
            answer(outcomes=[outcome("work", 1, "superseded", "lost", 119),
                             outcome("work", 2, "rejected", "signed", 90)],
                   heads={"work": (2, mine[1].hash)}), held,
            [entry("work", n, state="settled", outcome="rejected", code="signed", position=90,
                   answered="left") for n in (1, 2)],
        ),
        ("the tail keeps what still calls for its author", state(),
         answer(outcomes=[outcome("work", 501, "applied", "", 119)],
                heads={"work": (501, "aa" * 32)}), [],
         [*(entry("work", n, state="settled", outcome=became, position=n, line="", hash="")
            for n, became in enumerate(["superseded", *["applied"] * 500], 1)),
          entry("work", 502)]),
        ("the tail lets go of the oldest", state(),
         answer(outcomes=[outcome("work", 501, "applied", "", 119)],
                heads={"work": (501, "aa" * 32)}), [],
         [*(entry("work", n, state="settled", outcome="applied", position=n, line="", hash="")
            for n in range(1, 501)), entry("work", 501)]),
    ]  # fmt: skip


def _repairs(held: list[Base]) -> list[Hearing]:
    there = place("violation", uid("b"))[0]
    return [
        ("a differing range is narrowed", state(narrow={DISTRICT: {"": "1" * 32}}),
         answer(narrow={DISTRICT: {"": _children("", held[:1])}}), held, []),
        ("the records of a range are mended", state(narrow={DISTRICT: {there: "1" * 32}}),
         answer(narrow={DISTRICT: {there: None}}), held, []),
        ("what the range does hold is given and stays", state(narrow={DISTRICT: {there: "1" * 32}}),
         answer(given("b", 60, 1), narrow={DISTRICT: {there: None}}), held, []),
        ("in another epoch the replica compares as soon as it has read all", state(),
         answer(given("b", 60, 1), epoch="e2"), held, []),
        ("in another epoch it first reads all", state(), answer(epoch="e2", more=True), held, []),
        ("the doubt lasts until all is read", state(doubt=True), answer(), held, []),
        ("the doubt ends with the answer to the comparison",
         state(doubt=True, narrow={DISTRICT: {"": "1" * 32}}), answer(), held, []),
    ]  # fmt: skip


def _children(prefix: str, held: list[Base]) -> list[str]:
    return [
        digest_of(
            fingerprint(b.line.encode())
            for b in held
            if place(b.kind, b.id).startswith(f"{prefix}{n:x}")
        )
        for n in range(16)
    ]


def _heard(why: str, now: State, message: str, held: list[Base], entries: list[Entry]) -> Case:
    header, lines = read_answer(message.encode())
    records = {(b.kind, b.id): b for b in held}
    return {
        "why": why, "state": plain(now), "records": plain(held), "entries": plain(entries),
        "message": message, "effects": said(replica.hear(now, header, lines, records, entries)),
    }  # fmt: skip
