"""Every question that is asked of the ledger's tables. None of them decides anything."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from server.ledger.connections import Transaction, listed
from server.ledger.delivery import Parked
from server.ledger.rows import LANE_NUMBER, LANES, OUTCOME_NUMBER, held, key, name
from sync.catalogue import CONTRACT
from sync.change import Held, Lane
from sync.letter import read
from sync.roles import Actor

AT_ONCE: Final = 4_096
FAR: Final = 2**62
"""Above every position."""

_RECORDS = """SELECT r.id, r.kind, r.version, r.day, r.atoms, r.body, v.letter, v.hash, r.feeds
    FROM record r JOIN revision v ON v.position = r.version WHERE r.id IN ({})"""
_IN_FEEDS = """SELECT n.name, r.id, r.kind, r.version, r.day, r.atoms, r.body, v.letter, v.hash,
    n.number, r.feeds FROM feed_name n JOIN feed f ON f.feed = n.number
    JOIN record r ON r.id = f.record
    JOIN revision v ON v.position = r.version
    WHERE n.name IN ({}) AND f.position = r.version"""
_HASHES = "SELECT position, hash FROM revision WHERE position IN ({})"
_TAKEN_FROM = """SELECT p.position, v.hash FROM parked p JOIN revision v ON v.position = p.decided
    WHERE p.position IN ({})"""
_HEAD = """SELECT COALESCE(MAX(position), 0),
    COALESCE((SELECT CAST(value AS BIGINT) FROM ledger_store WHERE name = 'floor'), 0)
    FROM revision"""
_EPOCH = "SELECT value FROM ledger_store WHERE name = 'epoch'"
_LANE_HEAD = """SELECT * FROM (SELECT lane, last, hash, code FROM revision
    WHERE device = :device AND lane = {lane} ORDER BY seq DESC LIMIT 1) AS lane_{lane}"""
_HEADS = " UNION ALL ".join(_LANE_HEAD.format(lane=n) for n in LANE_NUMBER.values())
_TOLD = """SELECT seq, last, hash, outcome, code, position, made, record FROM revision
    WHERE device = :device AND lane = :lane AND seq <= :last AND last >= :first ORDER BY seq"""
_FORK = "SELECT 1 FROM fork WHERE device = :device AND lane = :lane AND seq = :seq AND hash = :hash"
_DEVICE = "SELECT number FROM ledger_device WHERE device = :device"
_NEW_DEVICE = """INSERT INTO ledger_device (number, device)
    SELECT COALESCE(MAX(number), 0) + 1, :device FROM ledger_device"""
_NUMBERS = "SELECT name, number FROM feed_name WHERE name IN ({})"
_LAST_FEED = "SELECT COALESCE(MAX(number), 0) FROM feed_name"
_NEW_FEED = "INSERT INTO feed_name (number, name) VALUES (:number, :name)"
_MOVED = """SELECT
    (SELECT COALESCE(MAX(position), 0) FROM feed WHERE feed = :a),
    (SELECT COALESCE(MAX(position), 0) FROM feed WHERE feed = :b),
    (SELECT COALESCE(MAX(position), 0) FROM feed WHERE feed = :c)"""
# A letter that said what stood already made no version, and later ones may build on it [2.5].
_VERSIONS = """SELECT record, hash, position FROM revision WHERE record IN ({})
    AND (made > 0 OR outcome = :applied OR outcome = :merged)"""
_TAKEN: Final[dict[str, int]] = {
    "applied": OUTCOME_NUMBER["applied"],
    "merged": OUTCOME_NUMBER["merged"],
}
_PARKED = """SELECT p.record, p.position, p.actor, v.lane, v.seq, v.letter
    FROM parked p JOIN revision v ON v.position = p.position
    WHERE p.record IN ({}) AND p.decided = 0 ORDER BY p.position"""
_ANY_PARKED = "SELECT 1 FROM parked WHERE decided = 0 LIMIT 1"
_TAKEN_UP = """SELECT v.lane, v.seq, v.outcome, v.code, v.position, v.record
    FROM parked p JOIN revision v ON v.position = p.decided
    WHERE p.device = :device AND p.decided > :after"""
_REVISIONS = """SELECT position, outcome, code, made, arrived, letter FROM revision
    WHERE record = :record AND position < :before ORDER BY position DESC LIMIT :most"""
_FEEDS_BETWEEN = "SELECT name FROM feed_name WHERE name >= :first AND name <= :last LIMIT :most"
_NEWEST = "SELECT position, hash FROM revision ORDER BY position DESC LIMIT 1"
_SINCE = """SELECT v.position, v.record, r.kind, v.arrived, v.letter
    FROM revision v JOIN record r ON r.id = v.record
    WHERE v.position > :after AND v.made > 0 AND r.kind IN ({})
    ORDER BY v.position LIMIT :most"""
_FEEDS = "SELECT name, number FROM feed_name WHERE number > :after"

_numbers = msgspec.json.Decoder(list[int])


class Head(Struct, frozen=True):
    """The end of a device's lane: its last number, the hash of the letter there, its code."""

    last: int = 0
    hash: str = ""
    code: str = ""


def head(store: Transaction) -> tuple[int, int]:
    """The newest position, and the floor below which a new epoch gives none."""
    [(newest, floor)] = store.rows(_HEAD, {})
    return int(newest), int(floor)


def records(store: Transaction, ids: Iterable[str]) -> dict[str, tuple[Held, str]]:
    """The records of these ids that there are, each with the numbers of its feeds as stored."""
    keys = [key(record) for record in ids]
    found: dict[str, tuple[Held, str]] = {}
    for start in range(0, len(keys), AT_ONCE):
        marks, values = listed("id", keys[start : start + AT_ONCE])
        for row in store.rows(_RECORDS.format(marks), values):
            record = held(row[:8], CONTRACT)
            found[record.id] = (record, row[8])
    return found


def in_feeds(store: Transaction, names: Sequence[str]) -> dict[str, list[Held]]:
    """The records that these feeds hold now, all of them: a decision may rest on the last."""
    found: dict[str, list[Held]] = {name: [] for name in names}
    for start in range(0, len(names), AT_ONCE):
        marks, values = listed("name", names[start : start + AT_ONCE])
        for name_, *row, number, filed in store.rows(_IN_FEEDS.format(marks), values):
            # A record that left a feed with its last version has a row there, too.
            if number in _numbers.decode(filed):
                found[name_].append(held(row, CONTRACT))
    return found


def hashes(store: Transaction, positions: Sequence[int]) -> dict[int, str]:
    """The hash of the letter at each of these positions that the ledger has, or had until the
    letter was taken up and stands elsewhere [5.9]."""
    if not positions:
        return {}
    marks, values = listed("at", positions)
    rows = list(store.rows(_HASHES.format(marks), values))
    if len(rows) < len(set(positions)):
        rows += store.rows(_TAKEN_FROM.format(marks), values)
    return {int(row[0]): bytes(row[1]).hex() for row in rows}


def epoch(store: Transaction) -> str:
    """Which life of the store this is; another worker may have begun it."""
    rows = store.rows(_EPOCH, {})
    return str(rows[0][0]) if rows else ""


def newest(store: Transaction) -> tuple[int, str]:
    """The newest position, and the hash of the letter there."""
    rows = store.rows(_NEWEST, {})
    return (int(rows[0][0]), bytes(rows[0][1]).hex()) if rows else (0, "")


def versions(store: Transaction, ids: Iterable[str]) -> dict[tuple[str, str], int]:
    """Where what may be built upon of these records is, by record and hash of the letter."""
    keys = [key(record) for record in ids]
    if not keys:
        return {}
    marks, values = listed("id", keys)
    rows = store.rows(_VERSIONS.format(marks), {**values, **_TAKEN})
    return {(name(bytes(r)), bytes(hash_).hex()): int(at) for r, hash_, at in rows}


def parked(store: Transaction, ids: Iterable[str]) -> dict[str, list[Parked]]:
    """The letters of these records that wait for what they build on, in order of arrival."""
    keys = [key(record) for record in ids] if store.rows(_ANY_PARKED, {}) else []
    found: dict[str, list[Parked]] = {}
    for start in range(0, len(keys), AT_ONCE):
        marks, values = listed("id", keys[start : start + AT_ONCE])
        for record, position, actor, lane, seq, letter in store.rows(_PARKED.format(marks), values):
            waiting = Parked(
                int(position),
                msgspec.json.decode(actor, type=Actor),
                LANES[lane],
                int(seq),
                read(bytes(letter), CONTRACT),
            )
            found.setdefault(name(bytes(record)), []).append(waiting)
    return found


def revisions(store: Transaction, record: str, before: int, most: int) -> Sequence[Any]:
    """What became of a record's letters below a position, the newest first."""
    values = {"record": key(record), "before": before or FAR, "most": most}
    return store.rows(_REVISIONS, values)


def feeds_between(store: Transaction, first: str, last: str) -> list[str]:
    """The names of feeds that lie between two, at most 100."""
    rows = store.rows(_FEEDS_BETWEEN, {"first": first, "last": last, "most": 100})
    return [row[0] for row in rows]


def taken_up(store: Transaction, device: int, after: int) -> Sequence[Any]:
    """What became later than a position of letters of a device that had been parked."""
    return store.rows(_TAKEN_UP, {"device": device, "after": after})


def heads(store: Transaction, device: int) -> dict[Lane, Head]:
    """The ends of a device's lanes; a lane in which nothing was written is not there."""
    rows = store.rows(_HEADS, {"device": device})
    return {LANES[row[0]]: Head(int(row[1]), bytes(row[2]).hex(), row[3]) for row in rows}


def told(store: Transaction, device: int, lane: Lane, first: int, last: int) -> Sequence[Any]:
    """What became of the letters from `first` to `last` that the ledger has."""
    bounds = {"device": device, "lane": LANE_NUMBER[lane], "first": first, "last": last}
    return store.rows(_TOLD, bounds)


def is_fork(store: Transaction, device: int, lane: Lane, seq: int, hash_: str) -> bool:
    """Whether the letter of this number and hash was set aside as the other branch of a fork."""
    if not hash_:
        return False
    place = {"device": device, "lane": LANE_NUMBER[lane], "seq": seq, "hash": bytes.fromhex(hash_)}
    return bool(store.rows(_FORK, place))


def known_device(store: Transaction, device: str) -> int | None:
    """The number by which rows name a device, if it ever wrote."""
    rows = store.rows(_DEVICE, {"device": device})
    return int(rows[0][0]) if rows else None


def device_number(store: Transaction, device: str) -> int:
    """The number by which rows name a device; given at its first letter."""
    number = known_device(store, device)
    if number is None:
        store.rows(_NEW_DEVICE, {"device": device})
        number = known_device(store, device)
    assert number is not None
    return number


def feed_numbers(store: Transaction, names: Sequence[str]) -> dict[str, int]:
    """The numbers by which rows name these feeds; given when a feed first holds a record."""
    numbers = _numbered(store, names)
    missing = [name for name in names if name not in numbers]
    if missing:
        [(last,)] = store.rows(_LAST_FEED, {})
        new = {name: int(last) + n for n, name in enumerate(missing, 1)}
        store.many(_NEW_FEED, [{"number": number, "name": name} for name, number in new.items()])
        numbers |= new
    return numbers


def _numbered(store: Transaction, names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(names), AT_ONCE):
        marks, values = listed("name", names[start : start + AT_ONCE])
        found |= {row[0]: int(row[1]) for row in store.rows(_NUMBERS.format(marks), values)}
    return found


def moved(store: Transaction, feeds: Sequence[int]) -> tuple[int, ...]:
    """The latest position of each of these three feeds; 0 where there is none."""
    first, second, third = feeds
    [row] = store.rows(_MOVED, {"a": first, "b": second, "c": third})
    return tuple(row)


def since(store: Transaction, after: int, kinds: Sequence[str], most: int) -> Sequence[Any]:
    """The letters after a position that made versions of records of these kinds, in order."""
    marks, values = listed("kind", kinds)
    return store.rows(_SINCE.format(marks), {**values, "after": after, "most": most})


def feed_names(store: Transaction, after: int) -> dict[str, int]:
    """The feeds that were numbered after one, by name."""
    return {row[0]: int(row[1]) for row in store.rows(_FEEDS, {"after": after})}
