"""Putting a batch down: a few statements, each for all rows of its table."""

from typing import Any, Final

import msgspec

from server.ledger import questions
from server.ledger.batch import Batch
from server.ledger.connections import Transaction
from server.ledger.delivery import Parked, Row
from server.ledger.rows import LANE_NUMBER, OUTCOME_NUMBER, atoms_text, key
from sync.change import Held
from sync.letter import encode_body

_REVISION: Final = """INSERT INTO revision
    (position, record, device, lane, seq, last, outcome, code, made, arrived, hash, letter)
    VALUES (:position, :record, :device, :lane, :seq, :last, :outcome, :code, :made, :arrived,
    :hash, :letter)"""
_NEW: Final = """INSERT INTO record (id, kind, version, day, feeds, atoms, body)
    VALUES (:id, :kind, :version, :day, :feeds, :atoms, :body)"""
_CHANGED: Final = """UPDATE record
    SET version = :version, feeds = :feeds, atoms = :atoms, body = :body WHERE id = :id"""
_UNFILE: Final = "DELETE FROM feed WHERE feed = :feed AND position = :position"
_FILE: Final = "INSERT INTO feed (feed, position, record) VALUES (:feed, :position, :record)"
_FORK: Final = """INSERT INTO fork (device, lane, seq, hash, arrived, letter)
    VALUES (:device, :lane, :seq, :hash, :arrived, :letter) ON CONFLICT DO NOTHING"""

_PARKED: Final = """INSERT INTO parked (position, record, device, actor, decided)
    VALUES (:position, :record, :device, :actor, 0)"""
_AGAIN: Final = """UPDATE revision SET position = :position, outcome = :outcome, code = :code,
    made = :made WHERE position = :was"""
_DECIDED: Final = "UPDATE parked SET decided = :position WHERE position = :was"


def save(store: Transaction, batch: Batch, now: int) -> list[str]:
    """Write all that a batch made. Answers the names of the feeds that moved."""
    devices = {
        device: questions.device_number(store, device)
        for device in {row.device for row in [*batch.rows, *batch.forks]}
    }
    store.many(_REVISION, [_revision(row, devices, now) for row in batch.rows])
    store.many(_PARKED, [_parked(record, one, devices) for record, one in batch.parked])
    again = [_again(was, row) for was, row in batch.again]
    store.many(_AGAIN, again)
    store.many(_DECIDED, [{"position": row["position"], "was": row["was"]} for row in again])
    store.many(_FORK, [_fork(row, devices, now) for row in batch.forks])

    moved = sorted({name for feeds in batch.feeds.values() for name in feeds})
    numbers = questions.feed_numbers(store, moved)
    _records(store, batch, {r: [numbers[n] for n in f] for r, f in batch.feeds.items()})
    return moved


def _records(store: Transaction, batch: Batch, feeds: dict[str, list[int]]) -> None:
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    unfile: list[dict[str, Any]] = []
    file: list[dict[str, Any]] = []
    for record, held in batch.changed.items():
        before = batch.known.records.get(record)
        (changed if before else new).append(_record(held, feeds[record]))
        left: set[int] = set()
        if before is not None:
            old = msgspec.json.decode(batch.known.filed[record], type=list[int])
            left = set(old) - set(feeds[record])
            unfile += [{"feed": n, "position": before.version} for n in old]
        # A feed that the record left keeps a row: whoever reads it there learns of the leave.
        file += [
            {"feed": number, "position": held.version, "record": key(record)}
            for number in {*feeds[record], *left}
        ]
    store.many(_NEW, new)
    store.many(_CHANGED, changed)
    store.many(_UNFILE, unfile)
    store.many(_FILE, sorted(file, key=lambda row: (row["feed"], row["position"])))


def _record(held: Held, feeds: list[int]) -> dict[str, Any]:
    first = held.version == held.first.version
    return {
        "id": key(held.id),
        "kind": held.kind,
        "version": held.version,
        "day": held.day,
        "feeds": msgspec.json.encode(feeds).decode(),
        "atoms": atoms_text(held),
        "body": None if first else encode_body(held.body),
    }


def _revision(row: Row, devices: dict[str, int], now: int) -> dict[str, Any]:
    return {
        "position": row.position,
        "record": key(row.record) if row.record else None,
        "device": devices[row.device],
        "lane": LANE_NUMBER[row.lane],
        "seq": row.seq,
        "last": row.last,
        "outcome": OUTCOME_NUMBER[row.verdict.outcome],
        "code": row.verdict.code,
        "made": row.verdict.held.version if row.verdict.held else 0,
        "arrived": now,
        "hash": bytes.fromhex(row.letter.hash),
        "letter": row.letter.line,
    }


def _parked(record: str, waiting: Parked, devices: dict[str, int]) -> dict[str, Any]:
    return {
        "position": waiting.position,
        "record": key(record),
        "device": devices[waiting.actor.device],
        "actor": msgspec.json.encode(waiting.actor).decode(),
    }


def _again(was: int, row: Row) -> dict[str, Any]:
    return {
        "was": was,
        "position": row.position,
        "outcome": OUTCOME_NUMBER[row.verdict.outcome],
        "code": row.verdict.code,
        "made": row.verdict.held.version if row.verdict.held else 0,
    }


def _fork(row: Row, devices: dict[str, int], now: int) -> dict[str, Any]:
    return {
        "device": devices[row.device],
        "lane": LANE_NUMBER[row.lane],
        "seq": row.seq,
        "hash": bytes.fromhex(row.letter.hash),
        "arrived": now,
        "letter": row.letter.line,
    }
