"""Looks at the store from outside, with nothing of the server's, and counts what is wrong."""

import asyncio
import sqlite3
from collections import Counter
from typing import Any, Final

from msgspec import Struct

from sync.change import Lane
from tests.campaign.serving import Place
from tests.campaign.walker import Place3, Told, Walker

LANES: Final[tuple[Lane, ...]] = ("urgent", "work")
LETTERS: Final = """SELECT d.device, v.lane, v.seq, v.last, v.hash, v.outcome, v.record, v.position
    FROM revision v JOIN ledger_device d ON d.number = v.device"""
RECORDS: Final = """SELECT COUNT(*) FROM record r WHERE r.version <>
    (SELECT MAX(v.position) FROM revision v WHERE v.record = r.id AND v.made > 0)"""
TWICE: Final = """SELECT COUNT(*) FROM
    (SELECT position FROM revision GROUP BY position HAVING COUNT(*) > 1) AS twice"""
UNFILED: Final = """SELECT COUNT(*) FROM record r WHERE NOT EXISTS
    (SELECT 1 FROM feed f WHERE f.record = r.id AND f.position = r.version)"""
FORKS: Final = "SELECT COUNT(*) FROM fork"


class Verdict(Struct):
    """What a life of a store came to."""

    written: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: list[str] = []

    def add(self, other: "Verdict") -> None:
        self.written += other.written
        self.acknowledged += other.acknowledged
        self.lost += other.lost
        self.doubled += other.doubled
        self.wrong += other.wrong


def ask(place: Place, *questions: str) -> list[list[tuple[Any, ...]]]:
    """The rows of each question, read straight from the database."""
    if place.database:
        return asyncio.run(_ask_postgresql(place.database, questions))
    with sqlite3.connect(place.folder / "kezek.db") as store:
        answers = [store.execute(question).fetchall() for question in questions]
    store.close()
    return answers


async def _ask_postgresql(address: str, questions: tuple[str, ...]) -> list[list[tuple[Any, ...]]]:
    import asyncpg

    connection = await asyncpg.connect(address.replace("+asyncpg", ""))
    try:
        return [[tuple(row) for row in await connection.fetch(q)] for q in questions]
    finally:
        await connection.close()


def judged(place: Place, told: Told, walkers: list[Walker], fresh: list[Walker]) -> Verdict:
    """Hold the store and every replica against what was written and told."""
    letters, *counts = ask(place, LETTERS, RECORDS, TWICE, UNFILED, FORKS)
    stored: dict[Place3, str] = {}
    hashes: Counter[str] = Counter()
    for device, lane, seq, _, hash_, _, _, _ in letters:
        stored[(device, LANES[lane], seq)] = bytes(hash_).hex()
        hashes[bytes(hash_).hex()] += 1
    verdict = Verdict(written=len(told.written), acknowledged=len(told.acknowledged))
    promised = {place: hash_ for place, (hash_, _) in told.acknowledged.items()}
    verdict.lost = len(told.lost | {at for at, h in promised.items() if stored.get(at) != h})
    verdict.doubled = sum(count - 1 for count in hashes.values())
    unsaid = {at: h for at, h in told.written.items() if stored.get(at) != h}
    if unsaid:
        verdict.wrong.append(f"{len(unsaid)} letters that were written are not stored")
    if alien := set(hashes) - set(told.written.values()):
        verdict.wrong.append(f"{len(alien)} letters are stored that nobody wrote")
    names = ("records stand elsewhere", "positions twice", "records in no feed", "forks")
    for name, [(count,)] in zip(names, counts, strict=True):
        if count:
            verdict.wrong.append(f"{name}: {count}")
    verdict.wrong += told.broken
    verdict.wrong += apart(walkers, fresh)
    return verdict


def apart(walkers: list[Walker], fresh: list[Walker]) -> list[str]:
    """Where a replica that lived through it all differs from one that has just read the store."""
    wrong = []
    truth = {one.phone.actor.person: one.phone for one in fresh}
    for walker in walkers:
        phone = walker.phone
        theirs = {key: base.line for key, base in truth[phone.actor.person].records.items()}
        ours = {key: base.line for key, base in phone.records.items()}
        if ours != theirs:
            differ = sum(ours.get(k) != theirs.get(k) for k in {*ours, *theirs})
            wrong.append(f"{walker.login} differs from the store in {differ} of {len(theirs)}")
        states = Counter(e.state for e in phone.entries if e.outcome not in ("parked", "rejected"))
        if set(states) - {"settled"}:
            wrong.append(f"{walker.login} has letters that are {dict(states)}")
    return wrong
