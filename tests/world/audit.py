"""I8: the whole store read at the end, and held against the book line by line."""

import sqlite3
from collections import Counter
from typing import Final

from tests.world.book import OUTCOMES, REFUSED, WAITING, Book, Row, canonical, named, parsed

ROWS: Final = """SELECT v.position, d.device, v.lane, v.seq, v.outcome, v.code, v.hash, v.letter
    FROM revision v JOIN ledger_device d ON d.number = v.device"""
RECORDS: Final = """SELECT r.id, r.version, r.body, r.day, v.letter, v.hash FROM record r
    LEFT JOIN revision v ON v.position = r.version"""
FEEDS: Final = """SELECT f.record, n.name, f.position, r.version FROM feed f
    JOIN feed_name n ON n.number = f.feed JOIN record r ON r.id = f.record"""


def audit(db: sqlite3.Connection, book: Book) -> list[str]:
    """What the store holds that it should not, or does not hold that it should."""
    return [*_rows(db, book), *_records(db, book), *_feeds(db, book), *_left_waiting(book)]


def _rows(db: sqlite3.Connection, book: Book) -> list[str]:
    wrong = []
    kept = {row.position: row for row in book.rows.values()}
    salts: Counter[str] = Counter()
    for position, _, _, seq, outcome, code, hash_, letter in db.execute(ROWS):
        row = kept.pop(position, None)
        if row is None or (row.outcome, row.code) != (OUTCOMES[outcome], code):
            wrong.append(f"I3 the outcome of number {seq} was changed")
        if named(letter) != hash_.hex() or (row and row.line != letter):
            wrong.append(f"I8 number {seq} is not what its author wrote")
        if salt := (parsed(letter) or {}).get("salt"):
            salts[salt] += 1
    wrong += [f"I1 number {row.seq} is gone from the store" for row in kept.values()]
    return [*wrong, *("I3 one letter stands twice" for n in salts.values() if n > 1)]


def _records(db: sqlite3.Connection, book: Book) -> list[str]:
    wrong = []
    left = {record.replace("-", ""): rec for record, rec in book.records.items()}
    for record, version, body, day, letter, hash_ in db.execute(RECORDS):
        rec = left.pop(record.hex(), None)
        if rec is None or letter is None:
            wrong.append("I8 a record has no letter that made it")
            continue
        text = body.decode() if body is not None else canonical((parsed(letter) or {})["set"])
        if (version, hash_.hex(), day) != (rec.version, rec.letter, rec.day):
            wrong.append(f"I8 a {rec.kind} stands at {version} and not at {rec.version}")
        elif text != canonical(rec.body):
            wrong.append(f"I1 a {rec.kind} does not say what its letters say")
    return [*wrong, *(f"I1 a {rec.kind} is gone from the store" for rec in left.values())]


def _feeds(db: sqlite3.Connection, book: Book) -> list[str]:
    """8.2: a record stands in its feeds at its latest position; rows of leaves may lie before."""
    wrong = []
    seen: dict[tuple[str, str], int] = {}
    for record, name, position, version in db.execute(FEEDS):
        seen[(record.hex(), name)] = max(position, seen.get((record.hex(), name), 0))
        if position > version:
            wrong.append(f"I5 a record stands in {name} ahead of itself")
    for rec in book.records.values():
        wrong += [
            f"I5 a {rec.kind} is missing in {name.split('/')[1]}"
            for name in sorted(rec.feeds)
            if seen.get((rec.id.replace("-", ""), name)) != rec.version
        ]
    return wrong


def _left_waiting(book: Book) -> list[str]:
    """5.9: nobody waits who could be taken."""
    wrong = []
    for row in book.rows.values():
        says = parsed(row.line)
        if row.outcome == "parked" and row.code in WAITING and says and not says["group"]:
            rules = book.rules.copy()
            verdict = book.judge(Row(*row[:-1], row.line))
            book.rules = rules
            if verdict.outcome not in REFUSED:
                wrong.append(f"I6 number {row.seq} still waits, and could be {verdict.outcome}")
    return wrong
