"""Every question that is asked of the ledger's tables. None of them decides anything."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from server.ledger.rows import LANE_NUMBER, LANES, held, key
from sync.catalogue import CONTRACT
from sync.change import Held, Lane

LOCK: Final = 0x6C6564676572  # "ledger": PostgreSQL's advisory lock that puts writers in a row

_RECORD = """SELECT r.id, r.kind, r.version, r.day, r.atoms, r.body, v.letter, v.hash, r.feeds
    FROM {source} r JOIN revision v ON v.position = r.version"""

_held = text(_RECORD.format(source="record") + " WHERE r.id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_in_feeds = text(
    """SELECT n.name, r.id, r.kind, r.version, r.day, r.atoms, r.body, v.letter, v.hash
    FROM feed_name n JOIN feed f ON f.feed = n.number JOIN record r ON r.id = f.record
    JOIN revision v ON v.position = r.version
    WHERE n.name IN :names AND f.position = r.version LIMIT 1000"""
).bindparams(bindparam("names", expanding=True))
_hashes = text("SELECT position, hash FROM revision WHERE position IN :positions").bindparams(
    bindparam("positions", expanding=True)
)
_LANE_HEAD = """SELECT * FROM (SELECT lane, last, hash, code FROM revision
    WHERE device = :device AND lane = {lane} ORDER BY seq DESC LIMIT 1) AS lane_{lane}"""
_heads = text(" UNION ALL ".join(_LANE_HEAD.format(lane=n) for n in LANE_NUMBER.values()))
_told = text(
    """SELECT seq, last, hash, outcome, code, position, made, record FROM revision
    WHERE device = :device AND lane = :lane AND seq <= :last AND last >= :first ORDER BY seq"""
)
_fork = text(
    """SELECT 1 FROM fork WHERE device = :device AND lane = :lane AND seq = :seq AND hash = :hash"""
)


async def lock(connection: AsyncConnection) -> None:
    """First of all, where several workers write: positions are given in the order of commits."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


async def head(connection: AsyncConnection) -> int:
    """The newest position, or the floor that a new epoch has set above it."""
    rows = await connection.execute(
        text(
            """SELECT COALESCE(MAX(position), 0),
            COALESCE((SELECT CAST(value AS BIGINT) FROM ledger_store WHERE name = 'floor'), 0)
            FROM revision"""
        )
    )
    newest, floor = rows.one()
    return max(int(newest), int(floor))


async def records(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, tuple[Held, str]]:
    """The records of these ids that there are, each with the numbers of its feeds as stored."""
    keys = [key(record) for record in ids]
    found: dict[str, tuple[Held, str]] = {}
    for start in range(0, len(keys), 5_000):
        rows = await connection.execute(_held, {"ids": keys[start : start + 5_000]})
        for row in rows:
            record = held(tuple(row[:8]), CONTRACT)
            found[record.id] = (record, row[8])
    return found


async def in_feeds(connection: AsyncConnection, names: Sequence[str]) -> dict[str, list[Held]]:
    """The records that these feeds hold now, at most 1,000 in all."""
    found: dict[str, list[Held]] = {name: [] for name in names}
    if names:
        for row in await connection.execute(_in_feeds, {"names": list(names)}):
            found[row[0]].append(held(tuple(row[1:]), CONTRACT))
    return found


async def hashes(connection: AsyncConnection, positions: Sequence[int]) -> dict[int, str]:
    """The hash of the letter at each of these positions that the ledger has."""
    if not positions:
        return {}
    rows = await connection.execute(_hashes, {"positions": list(positions)})
    return {int(row[0]): bytes(row[1]).hex() for row in rows}


class Head(Struct, frozen=True):
    """The end of a device's lane: its last number, the hash of the letter there, its code."""

    last: int = 0
    hash: str = ""
    code: str = ""


async def heads(connection: AsyncConnection, device: int) -> dict[Lane, Head]:
    """The ends of a device's lanes; a lane in which nothing was written is not there."""
    rows = await connection.execute(_heads, {"device": device})
    return {LANES[row[0]]: Head(int(row[1]), bytes(row[2]).hex(), row[3]) for row in rows}


async def told(
    connection: AsyncConnection, device: int, lane: Lane, first: int, last: int
) -> Sequence[Any]:
    """What became of the letters from `first` to `last` that the ledger has."""
    bounds = {"device": device, "lane": LANE_NUMBER[lane], "first": first, "last": last}
    return (await connection.execute(_told, bounds)).all()


async def is_fork(
    connection: AsyncConnection, device: int, lane: Lane, seq: int, hash_: str
) -> bool:
    """Whether the letter of this number and hash was set aside as the other branch of a fork."""
    if not hash_:
        return False
    place = {"device": device, "lane": LANE_NUMBER[lane], "seq": seq, "hash": bytes.fromhex(hash_)}
    return (await connection.execute(_fork, place)).first() is not None


async def device_number(connection: AsyncConnection, device: str) -> int:
    """The number by which rows name a device; given at its first letter."""
    found = await connection.scalar(
        text("SELECT number FROM ledger_device WHERE device = :device"), {"device": device}
    )
    if found is not None:
        return int(found)
    return await _numbered(connection, "ledger_device", "device", device)


async def feed_number(connection: AsyncConnection, name: str) -> int:
    """The number by which rows name a feed; given when it first holds a record."""
    found = await connection.scalar(
        text("SELECT number FROM feed_name WHERE name = :name"), {"name": name}
    )
    return (
        int(found) if found is not None else await _numbered(connection, "feed_name", "name", name)
    )


async def _numbered(connection: AsyncConnection, table: str, column: str, value: str) -> int:
    newest = await connection.scalar(text(f"SELECT COALESCE(MAX(number), 0) FROM {table}"))  # noqa: S608
    number = int(newest or 0) + 1
    await connection.execute(
        text(f"INSERT INTO {table} (number, {column}) VALUES (:number, :value)"),  # noqa: S608
        {"number": number, "value": value},
    )
    return number


async def feed_names(connection: AsyncConnection, after: int) -> dict[str, int]:
    """The feeds that were numbered after one, by name."""
    rows = await connection.execute(
        text("SELECT name, number FROM feed_name WHERE number > :after"), {"after": after}
    )
    return {row[0]: int(row[1]) for row in rows}
