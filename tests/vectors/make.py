"""Writes the cases: `python -m tests.vectors.make`. No clock, no chance: always the same bytes."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from sync import outbox, repair, replica
from sync.change import Change, Group, Void
from sync.letter import digest, read, write
from sync.pocket import Answered, Base, Draft, Entry, State
from sync.record import Body
from tests.vectors.hearing import Case, hear
from tests.vectors.things import (
    CITY,
    CLOCK,
    DISTRICT,
    NOW,
    OWN,
    SALT,
    base,
    entry,
    line_of,
    plain,
    said,
    state,
    uid,
)

HERE = Path(__file__).parent

BODIES: dict[str, Body] = {
    "Kazakh letters stand as they are": {"text": "Қазақша: ә ғ қ ң ө ұ ү һ і, №7, 40 ₸"},
    "quotes, backslashes and slashes": {"text": 'said "go", C:\\temp, and/or'},
    "control characters have the shortest escapes": {
        "text": "".join(map(chr, range(0x20))) + "\x7f\x80\x9f"
    },
    "emoji and other characters beyond U+FFFF": {"text": "😀 𝄞 👮🏽‍♀️"},
    "line and paragraph separators are no escapes": {"text": "one\u2028two\u2029three\ufeff"},
    "keys are sorted, also inside": {
        "z": 1, "a": 2, "checkpoints": [{"number": 1, "lat": 432_345_678, "name_kk": "Бекет"}],
        "A": {"y": None, "b": True},
    },
    "keys are sorted by character, not by half of one": {"\uffff": 1, "😀": 2, "ә": 3},
    "integers up to the largest": {"a": 2**53 - 1, "b": -(2**53 - 1), "lon": -1_800_000_000},
    "nothing, true, false and empty": {"a": None, "b": True, "c": False, "d": "", "e": [], "f": {}},
}  # fmt: skip


def letters() -> list[Case]:
    """A change or a void, its line and its name."""
    start = read(entry("work", 1).line.encode(), 1).says
    assert isinstance(start, Change)
    changes = {why: msgspec.structs.replace(start, set=body) for why, body in BODIES.items()}
    changes["a member of a group"] = msgspec.structs.replace(
        start, group=Group(uid("group"), 1, 2), base=9, base_hash="ab" * 32, over=3
    )
    lines: dict[str, Change | Void] = {
        **changes,
        "numbers that hold nothing": Void(
            1, uid("device"), uid("person"), "work", 4, 6, "tail_gone", ""
        ),
    }
    return [
        {"why": why, "says": plain(says), "line": write(says).decode(), "hash": digest(write(says))}
        for why, says in lines.items()
    ]


def compose() -> list[Case]:
    """What is written, and over what."""
    waiting = entry("urgent", 3)
    taken = entry("work", 2, state="heard", outcome="applied", position=130)
    edit = Draft("violation", uid("new"), {"text": "again"})
    cases: list[tuple[str, State, Draft, Base | None, list[Entry]]] = [
        ("the first letter of a lane", state(), edit, None, []),
        ("the next names the one before", state(heads={"work": (4, "cd" * 32)}), edit, None, []),
        ("a change builds on the version seen", state(), edit, base("new", 90, OWN), []),
        (
            "a record with an unsent letter keeps its lane",
            state(heads={"urgent": (3, waiting.hash)}),
            edit, None, [waiting],
        ),
        (
            "an own letter that was taken counts before its record has come",
            state(heads={"work": (2, taken.hash)}), edit, None, [taken],
        ),
        (
            "a refused letter is nothing to build on",
            state(heads={"work": (2, "ef" * 32)}), edit, None,
            [entry("work", 2, state="heard", outcome="rejected", code="field_wrong", position=130)],
        ),
        (
            "a member of a group in the urgent lane",
            state(),
            Draft("violation", uid("new"), {}, "urgent", Group(uid("group"), 2, 2)), None, [],
        ),
    ]  # fmt: skip
    return [
        {
            "why": why, "state": plain(now), "draft": plain(draft), "base": plain(held),
            "entries": plain(entries), "clock": plain(CLOCK), "salt": SALT,
            "effects": said(outbox.compose(now, draft, held, entries, CLOCK, SALT)),
        }
        for why, now, draft, held, entries in cases
    ]  # fmt: skip


def ask() -> list[Case]:
    """What is due, and how much of it goes at once."""
    pair = [entry("work", n + 1, group=Group(uid("group"), n, 2)) for n in (1, 2)]
    three = [entry("work", 1), *pair]
    room = outbox.HEADER_MAX + len(three[0].line) + len(pair[0].line) + 2
    cases: list[tuple[str, State, list[Entry], int, int]] = [
        ("nothing is due", state(), [], 200, 0),
        (
            "the urgent lane goes first",
            state(heads={"work": (1, "aa" * 32), "urgent": (1, "bb" * 32)}),
            [entry("work", 1), entry("urgent", 1)], 200, 0,
        ),
        (
            "what the store holds stays at home",
            state(heads={"work": (3, "aa" * 32)}, taken={"work": 1}),
            [entry("work", 1, state="settled", outcome="applied"), *pair], 200, 0,
        ),
        (
            "a letter that waits below what the store holds: the device was copied",
            state(heads={"work": (3, "aa" * 32)}, taken={"work": 7}),
            [entry("work", 1, state="settled", outcome="applied"), *pair], 200, 0,
        ),
        ("a group is not parted by the count", state(heads={"work": (3, "aa" * 32)}), three, 2, 0),
        (
            "a group is not parted by the bytes", state(heads={"work": (3, "aa" * 32)}), three, 200,
            room,
        ),
        (
            "numbers whose letters are gone are void",
            state(heads={"work": (6, "aa" * 32)}, taken={"work": 1}),
            [entry("work", 4), entry("work", 1, state="settled", outcome="applied")], 200, 0,
        ),
        (
            "a lane whose device was copied waits for a person",
            state(heads={"work": (2, "aa" * 32)}),
            [entry("work", 1, state="heard", outcome="parked", code="fork"), entry("work", 2)],
            200, 0,
        ),
        (
            "digests and feeds that are being filled go with it",
            state(open={DISTRICT: 40}, narrow={OWN: {"": "0" * 32}}), [], 200, 0,
        ),
    ]  # fmt: skip
    return [_asked(*case) for case in cases]


def _asked(why: str, now: State, entries: list[Entry], count: int, room: int) -> Case:
    room = room or 1_048_576
    after, header, lines = outbox.ask(now, entries, NOW, 262_144, count, room)
    return {
        "why": why, "state": plain(now), "entries": plain(entries), "now": NOW, "limit": 262_144,
        "letters_max": count, "bytes_max": room, "after": plain(after), "header": plain(header),
        "lines": [line.decode() for line in lines],
    }  # fmt: skip


def answering() -> list[Case]:
    """What the author does about letters that do not stand."""
    became = ["rejected", "parked", "superseded", "disputed", "applied"]
    told = [
        entry("work", n, state="heard" if n < 3 else "settled", outcome=outcome, position=90 + n)
        for n, outcome in enumerate(became, 1)
    ]
    lost = entry("work", 6, state="settled", outcome="merged", code="lost", position=96)
    other = entry("work", 7, name="b", state="heard", outcome="rejected", position=97)
    held = [*told, lost, other, entry("work", 8)]
    left = [
        entry("work", n, state="settled", outcome=outcome, position=90, answered=answered)
        for n, (outcome, answered) in enumerate(
            [("rejected", "left"), ("superseded", "left"), ("rejected", "mended")], 1
        )
    ]
    cases: list[tuple[str, list[Entry], Answered]] = [
        ("mended: whatever does not stand of this record", held, "mended"),
        ("left as it is: but not what is parked", held, "left"),
        ("taken back: it calls again", left, ""),
        ("answered once is answered", left, "mended"),
    ]
    return [
        {
            "why": why, "entries": plain(entries), "kind": "violation", "id": uid("new"),
            "answered": answered,
            "after": plain(outbox.answer(entries, ("violation", uid("new")), answered)),
        }
        for why, entries, answered in cases
    ]  # fmt: skip


def overdue() -> list[Case]:
    """What was lent is let go of in time."""
    held = [base("a", 50, DISTRICT, OWN), base("b", 60, DISTRICT)]
    records = {(b.kind, b.id): b for b in held}
    moments = {"nothing is overdue": 0, "the district's is": 24, "everything is": 72}
    return [
        {
            "why": why, "state": plain(state()), "records": plain(held), "now": NOW + after,
            "effects": said(replica.overdue(state(), records, NOW + after)),
        }
        for why, after in moments.items()
    ]  # fmt: skip


def compare() -> list[Case]:
    """What a replica says that it holds."""
    sets = {
        "nothing": [],
        "records in one feed and in two": [
            base("a", 50, DISTRICT, OWN), base("b", 60, DISTRICT),
            base("o", 1, CITY, kind="offence", body={"title_kk": "Көше қауіпсіздігі"}),
        ],
    }  # fmt: skip
    return [
        {"why": why, "state": plain(state()), "records": plain(held),
         "after": plain(repair.compare(state(), held))}
        for why, held in sets.items()
    ]  # fmt: skip


def view() -> list[Case]:
    """The base with own letters laid over."""
    body: Body = plain(msgspec.json.decode(line_of("a", 1, {"text": "a", "lat": None})))["body"]
    sets: dict[str, tuple[Body | None, list[Body]]] = {
        "no record and no letter": (None, []),
        "a record alone": (body, []),
        "a letter alone": (None, [{"text": "new"}]),
        "letters in their order": (body, [{"text": "b", "lat": 1}, {"text": "c"}]),
    }
    entries = {n: entry("work", n) for n in range(1, 3)}
    cases = []
    for why, (held, says) in sets.items():
        changes = []
        for n, what in enumerate(says, 1):
            change = read(entries[n].line.encode(), 1).says
            assert isinstance(change, Change)
            changes.append(msgspec.structs.replace(change, set=what))
        seen = outbox.view(held, changes)
        cases.append({"why": why, "body": held, "changes": plain(changes), "seen": seen})
    return cases


FILES: dict[str, Callable[[], list[Case]]] = {
    "letters": letters, "compose": compose, "ask": ask, "hear": hear, "overdue": overdue,
    "compare": compare, "view": view, "answer": answering,
}  # fmt: skip


def text_of(name: str) -> str:
    """One file of cases, a case a line."""
    lines = ",\n".join(msgspec.json.encode(case).decode() for case in FILES[name]())
    return f"[\n{lines}\n]\n"


if __name__ == "__main__":
    for each in FILES:
        (HERE / f"{each}.json").write_text(text_of(each), encoding="utf-8")
