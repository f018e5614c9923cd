"""What the cases are made of: one replica, its records and its letters, always the same."""

import hashlib
from typing import Any

import msgspec

from sync.change import Change, Clock, Group, Lane
from sync.exchange import Answer, OutcomeLine, in_line, record_line, write_answer
from sync.feeds import Grant
from sync.letter import digest, encode_body, write
from sync.pocket import Base, Effects, Entry, State
from sync.record import Body

NOW = 1_795_330_800_000
CLOCK = Clock(NOW, 300, -1_250, 42, 1)
SALT = "00112233445566778899aabbccddeeff"
OWN = "person:p/violation/2026-11-22"
DISTRICT = "district:ALM/violation/2026-11-22"
CITY = "city/offence/-"
GRANTS = [Grant(CITY, 1, NOW + 72), Grant(DISTRICT, 1, NOW + 24), Grant(OWN, 1, NOW + 72)]


def uid(name: str) -> str:
    """An id that a name always gives."""
    digits = hashlib.sha256(name.encode()).hexdigest()
    return f"019a{digits[:4]}-{digits[4:8]}-7{digits[8:11]}-8{digits[11:14]}-{digits[14:26]}"


def state(**said: Any) -> State:
    """A replica that has read up to position 100."""
    start = State(
        uid("device"),
        uid("person"),
        1,
        epoch="e1",
        turn=7,
        mark="mark",
        at=100,
        view="v1",
        feeds=list(GRANTS),
    )
    return msgspec.structs.replace(start, **said)


def line_of(name: str, version: int, body: Body | None = None, kind: str = "violation") -> bytes:
    """A record as it is digested, given and kept."""
    letter = hashlib.sha256(f"{name} {version}".encode()).hexdigest()
    return record_line(kind, uid(name), version, letter, encode_body(body or {"text": name}))


def base(name: str, version: int, *feeds: str, **said: Any) -> Base:
    """A record that the replica holds."""
    line = line_of(name, version, **said)
    read = msgspec.json.decode(line)
    return Base(
        read["kind"], uid(name), version, read["letter"], line.decode(), dict.fromkeys(feeds, 1)
    )


def entry(
    lane: Lane, seq: int, name: str = "new", group: Group | None = None, **said: Any
) -> Entry:
    """A letter in the outbox; what it says matters to nobody here."""
    body: Body = said.pop("body", {"text": f"{name} {seq}"})
    change = Change(
        1, uid("device"), uid("person"), lane, seq, "", SALT, "violation", uid(name), 0, "", 0,
        group, CLOCK, body, {}, {},
    )  # fmt: skip
    line = write(change)
    start = Entry(lane, seq, digest(line), line.decode(), "violation", uid(name), 0)
    return msgspec.structs.replace(start, **said)


def given(name: str, version: int, *feeds: int, **said: Any) -> bytes:
    """A line that brings a record."""
    return in_line(list(feeds), line_of(name, version, **said))


def answer(*lines: bytes, **said: Any) -> str:
    """A whole answer to turn 7, in the view that was asked with."""
    header: dict[str, Any] = {
        "kezek": 1, "contract": 1, "epoch": "e1", "turn": 7, "mark": "mark 2", "now": NOW,
        "heads": {}, "resume": {}, "outcomes": [], "view": "v1", "feeds": None, "at": 120,
        "open": {}, "narrow": {}, "more": False, "next": (30, 10), "limits": (1_048_576, 200),
    }  # fmt: skip
    return write_answer(Answer(**(header | said)), list(lines)).decode()


def outcome(lane: Lane, seq: int, became: Any, code: str, position: int, unseen: int = 0) -> Any:
    """What became of a letter."""
    return OutcomeLine(lane, seq, became, code, position, unseen)


def plain(value: Any) -> Any:
    """The value as JSON would give it back."""
    return msgspec.json.decode(msgspec.json.encode(value))


def said(effects: Effects | None) -> Any:
    """Effects in an order of their own, because what is put down at once has none."""
    if effects is None:
        return None
    told = plain(effects)
    told["put"].sort(key=lambda b: (b["kind"], b["id"]))
    told["drop"] = sorted("/".join(key) for key in told["drop"])
    told["entries"].sort(key=lambda e: (e["lane"], e["seq"]))
    told["gone"].sort()
    return told
