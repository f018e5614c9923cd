"""Forty exchanges that are not as they should be: a clear code each, and nothing else changes."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from server.database import reading
from sync.exchange import BYTES_MAX, LINE_MAX
from sync.faults import Fault
from sync.roles import Actor, Role
from tests.world.phone import Phone, ids, officer, violation
from tests.world.stores import Store, a_store

make = ids(40)
Lines = list[bytes]
Spoil = Callable[[Lines], Lines | bytes]
TABLES = ("ledger_device", "revision", "record", "feed", "feed_name", "fork")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with a_store(tmp_path / "data") as store:
        yield store


async def contents(store: Store, tables: tuple[str, ...] = TABLES) -> dict[str, list[Any]]:
    async with reading(store.engine) as connection:
        return {
            table: [tuple(row) for row in await connection.execute(text(f"SELECT * FROM {table}"))]
            for table in tables
        }


def said(line: bytes, **more: Any) -> bytes:
    """A line with some members changed, in the one canonical form."""
    return json.dumps(json.loads(line) | more, ensure_ascii=False, separators=(",", ":")).encode()


def header(**more: Any) -> Spoil:
    return lambda lines: [said(lines[0], **more), *lines[1:]]


def letter(**more: Any) -> Spoil:
    return lambda lines: [lines[0], said(lines[1], **more), *lines[2:]]


def body(**more: Any) -> Spoil:
    def spoil(lines: Lines) -> Lines:
        whole = json.loads(lines[1])["set"] | more
        return [lines[0], said(lines[1], set=dict(sorted(whole.items()))), *lines[2:]]

    return spoil


def replaced(old: bytes, new: bytes, line: int = 1) -> Spoil:
    def spoil(lines: Lines) -> Lines:
        assert old in lines[line], "the case would spoil nothing"
        return [*lines[:line], lines[line].replace(old, new, 1), *lines[line + 1 :]]

    return spoil


def many(lines: Lines, count: int) -> Lines:
    head = said(lines[0], letters=[["work", 1, count]])
    return [head, *lines[1:2] * count, b'{"end":%d}' % count]


def newer_member(lines: Lines) -> Lines:
    line = (
        lines[1].replace(b'"contract":1', b'"contract":2').replace(b'"over":0', b'"over":0,"x":1')
    )
    return [lines[0], line, lines[2]]


ELSE = "ffffffff-0000-4000-8000-000000000000"

# Whole requests that are refused: (what is wrong, how, the code).
REFUSED: list[tuple[str, Spoil, str]] = [
    ("nothing at all", lambda lines: b"", "cut"),
    ("not JSON", lambda lines: [b"hello", *lines[1:]], "not_json"),
    ("not text", lambda lines: [b"\xff\xfe{}", *lines[1:]], "not_json"),
    ("a list for a header", lambda lines: [b"[]", *lines[1:]], "wrong_shape"),
    ("no end line", lambda lines: lines[:-1], "cut"),
    ("an end that counts more", lambda lines: [*lines[:-1], b'{"end":9}'], "cut"),
    ("cut in the last line", lambda lines: b"\n".join(lines)[:-3], "cut"),
    ("cut in a letter", lambda lines: b"\n".join(lines[:2])[:-40], "cut"),
    ("a wrong type in the header", header(turn="1"), "wrong_shape"),
    ("a fraction in the header", replaced(b'"turn":1', b'"turn":1.5', 0), "wrong_shape"),
    ("a whole fraction in the header", replaced(b'"turn":1', b'"turn":1.0', 0), "wrong_shape"),
    ("a number below nought", header(at=-1), "wrong_shape"),
    ("a number too large for JavaScript", header(at=2**60), "wrong_shape"),
    ("an unknown member in the header", header(admin=True), "wrong_shape"),
    ("a member twice", replaced(b'"turn":1', b'"turn":2,"turn":1', 0), "duplicate_key"),
    ("white space in the header", replaced(b'"turn":', b'"turn": ', 0), "duplicate_key"),
    ("another protocol", header(kezek=2), "protocol_unknown"),
    ("another's device", header(device=ELSE), "device_foreign"),
    ("a device that is no id", header(device="phone"), "wrong_shape"),
    ("runs that count too many", header(letters=[["work", 1, 2]]), "wrong_shape"),
    ("a run in no lane", header(letters=[["slow", 1, 1]]), "wrong_shape"),
    ("a huge batch", lambda lines: [*lines[:1], *lines[1:2] * 300, b'{"end":300}'], "wrong_shape"),
    ("more letters than the limit", lambda lines: many(lines, 201), "too_large"),
    ("more bytes than the limit", lambda lines: b"x" * (BYTES_MAX + 1), "too_large"),
    ("a letter longer than the limit", body(text="x" * LINE_MAX), "too_large"),
    ("a cursor that is no number", header(at=None), "wrong_shape"),
    ("a foreign feed to fill", header(at=1, open={"city/offence/-": 2**60}), "wrong_shape"),
]

# Letters that are kept under their number: (what is wrong, how, outcome, code).
KEPT: list[tuple[str, Spoil, str, str]] = [
    ("a letter that is not JSON", lambda lines: [lines[0], b"{", lines[2]], "parked", "unreadable"),
    ("a member missing", replaced(b'"over":0,', b""), "parked", "unreadable"),
    ("an unknown member", replaced(b'"over":0,', b'"over":0,"admin":1,'), "parked", "unreadable"),
    ("a key twice", replaced(b'"set":{', b'"set":{"article":"1",'), "parked", "not_canonical"),
    ("keys out of order", replaced(b'"set":{', b'"set":{"zzz":1,'), "parked", "not_canonical"),
    ("white space", replaced(b'"set":{', b'"set": {'), "parked", "not_canonical"),
    ("a fraction", replaced(b'"happened":1', b'"happened":1.'), "parked", "unreadable"),
    ("a number of another seq", letter(seq=7), "parked", "unreadable"),
    ("a letter of another's device", letter(device=ELSE), "parked", "device_foreign"),
    ("a letter of another author", letter(author=ELSE), "parked", "author_foreign"),
    ("a broken chain", letter(prev="0" * 64), "parked", "fork"),
    ("a newer contract", letter(contract=99), "parked", "contract_newer"),
    ("a newer contract's member", newer_member, "parked", "contract_newer"),
    ("a base that is not there", letter(base=5, base_hash="0" * 64), "parked", "base_ahead"),
    ("over one that is not there", letter(over=9), "parked", "over_refused"),
    ("half a group", letter(group={"id": ELSE, "n": 1, "of": 2}), "parked", "group_broken"),
    ("an unknown kind", letter(kind="dragon"), "rejected", "kind_unknown"),
    ("an unknown field", body(zeal=1), "rejected", "field_unknown"),
    ("a wrong value", body(measure="shouting"), "rejected", "field_wrong"),
    ("a wrong type", body(happened="now"), "rejected", "field_wrong"),
    ("another officer's name", body(officer=ELSE), "rejected", "not_own"),
    ("a kind that is not his to make", letter(kind="district"), "rejected", "field_unknown"),
]


async def spoiled(store: Store, spoil: Spoil) -> tuple[Phone, bytes]:
    """A phone with one violation, and its request with something wrong."""
    device = Phone(officer(make), store.ledger.exchange)
    device.write("violation", violation(device.actor))
    lines = device.request().split(b"\n")[:-1]
    wrong = spoil(lines)
    return device, wrong if isinstance(wrong, bytes) else b"\n".join([*wrong, b""])


@pytest.mark.parametrize(("what", "spoil", "code"), REFUSED, ids=lambda v: str(v)[:40])
async def test_a_spoiled_exchange_is_refused_whole(
    store: Store, what: str, spoil: Spoil, code: str
) -> None:
    device, message = await spoiled(store, spoil)
    before = await contents(store)

    with pytest.raises(Fault) as fault:
        await store.ledger.exchange(device.actor, message)

    assert fault.value.code == code
    assert await contents(store) == before
    await device.exchange()
    assert device.outcomes() == [(1, "applied", "")]


@pytest.mark.parametrize(("what", "spoil", "outcome", "code"), KEPT, ids=lambda v: str(v)[:40])
async def test_a_spoiled_letter_is_kept_and_told(
    store: Store, what: str, spoil: Spoil, outcome: str, code: str
) -> None:
    device, message = await spoiled(store, spoil)

    answer = device.take(await store.ledger.exchange(device.actor, message))

    [line] = answer.outcomes
    assert (line.outcome, line.code) == (outcome, code)
    kept = await contents(store)
    assert kept["record"] == kept["feed"] == []
    lines = [row[-1] for row in [*kept["revision"], *kept["fork"]]]
    assert lines == [message.split(b"\n")[1]], "what was sent is kept as it came"


async def test_the_cases_are_forty_or_more() -> None:
    assert len(REFUSED) + len(KEPT) >= 40


async def test_a_cursor_that_was_never_given_reads_everything_anew(store: Store) -> None:
    asel = Phone(officer(make), store.ledger.exchange)
    asel.write("violation", violation(asel.actor))
    await asel.exchange()
    held, asel.records = asel.records, {}

    await asel.exchange(rounds=1, at=10**9, mark="")

    assert asel.records == held
    assert asel.state.at == 1


async def test_a_foreign_feed_gives_nothing(store: Store) -> None:
    asel = Phone(officer(make), store.ledger.exchange)
    asel.write("violation", violation(asel.actor))
    await asel.exchange()
    berik = Phone(Actor(make(), Role.OFFICER, "MED", "", make()), store.ledger.exchange, 2)
    await berik.exchange()
    feed = next(iter(asel.records.values())).feeds
    berik.state.at = 1

    await berik.exchange(open=dict.fromkeys(feed, 0), compare={n: {"": "0"} for n in feed})

    assert berik.records == {}
    assert berik.answers[-1].narrow == {}
