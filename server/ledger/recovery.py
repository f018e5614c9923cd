"""What comes back after a restore, device by device and number by number [11]."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncEngine

from server.ledger import questions
from server.ledger.connections import Transaction, seldom
from server.ledger.rows import LANE_NUMBER, LANES
from sync.exchange import Ask

Lane = tuple[str, int]
"""A device and the number of one of its lanes."""

_HEADS: Final = """SELECT d.device, v.lane, MAX(v.last) FROM revision v
    JOIN ledger_device d ON d.number = v.device GROUP BY d.device, v.lane"""
_BEGIN: Final = """INSERT INTO recovery (epoch, device, lane, held, acknowledged, written, came)
    VALUES (:epoch, :device, :lane, :held, :acknowledged, -1, 0)"""
_CAME: Final = """INSERT INTO recovery (epoch, device, lane, held, acknowledged, written, came)
    VALUES (:epoch, :device, :lane, :held, -1, :written, :now)
    ON CONFLICT (epoch, device, lane) DO UPDATE
    SET written = excluded.written, came = excluded.came WHERE recovery.came = 0"""
_ROWS: Final = """SELECT r.device, r.lane, r.held, r.acknowledged, r.written, r.came, d.number
    FROM recovery r LEFT JOIN ledger_device d ON d.device = r.device
    WHERE r.epoch = :epoch ORDER BY r.device, r.lane"""
_SINCE: Final = """SELECT seq, last, outcome, code FROM revision
    WHERE device = :device AND lane = :lane AND last > :held ORDER BY seq"""
_WAITED: Final = """SELECT v.lane, p.decided FROM parked p
    JOIN revision v ON v.position = CASE WHEN p.decided > 0 THEN p.decided ELSE p.position END
    WHERE p.device = :device AND v.position > :floor"""


class Recovered(Struct, frozen=True):
    """What came back of one lane of a device. `lost` and `missing` are numbers from, to.

    `held`: the last number in the store that was put back. `acknowledged`: in the store that was
    put aside, -1 where nobody knows. `written`: by the device's own word, -1 until it comes, and
    `came` is when it did. `again`: so many letters above `held` are in the store now. `lost`: the
    device had no letter for these any more. `missing`: these may still come. `waiting`: letters
    parked for a version that the store lacks. `taken_up`: letters that waited and do no more.
    """

    device: str
    lane: str
    held: int
    acknowledged: int
    written: int
    came: int
    again: int
    lost: list[tuple[int, int]]
    missing: tuple[int, int] | None
    waiting: int
    taken_up: int


def begin(store: Transaction, epoch: str, acknowledged: Mapping[Lane, int] | None) -> None:
    """Note what the store holds of each device as the epoch begins; `acknowledged` is what the
    store held that this one stands in for."""
    held = {(device, int(lane)): int(last) for device, lane, last in store.rows(_HEADS, {})}
    known = acknowledged if acknowledged is not None else {}
    nobody_knows = 0 if acknowledged is not None else -1
    rows = [
        {
            "epoch": epoch,
            "device": device,
            "lane": lane,
            "held": held.get((device, lane), 0),
            "acknowledged": known.get((device, lane), nobody_knows),
        }
        for device, lane in sorted({*held, *known})
    ]
    store.many(_BEGIN, rows)


def came(store: Transaction, ask: Ask, now: int) -> None:
    """A device comes that last spoke with another epoch; before it hands in anything."""
    epoch = questions.epoch(store)
    if ask.epoch == epoch:
        return
    number = questions.known_device(store, ask.device)
    held = questions.heads(store, number) if number is not None else {}
    rows = [
        {
            "epoch": epoch,
            "device": ask.device,
            "lane": LANE_NUMBER[lane],
            "held": held[lane].last if lane in held else 0,
            "written": written,
            "now": now,
        }
        for lane, (written, _) in ask.heads.items()
    ]
    store.many(_CAME, rows)


async def recovered(engine: AsyncEngine) -> list[Recovered]:
    """The report of this epoch, lane by lane."""
    return await seldom(engine).read(_report)


def _report(store: Transaction) -> list[Recovered]:
    said = dict(store.rows("SELECT name, value FROM ledger_store", {}))
    rows = store.rows(_ROWS, {"epoch": said.get("epoch", "")})
    return [_recovered(store, row, int(said.get("floor", "0"))) for row in rows]


def _recovered(store: Transaction, row: Sequence[Any], floor: int) -> Recovered:
    device, lane, held, acknowledged, written, came_at, number = row
    values = {"device": number, "lane": lane, "held": held}
    since = store.rows(_SINCE, values) if number is not None else []
    voids = [(max(seq, held + 1), last) for seq, last, _, code in since if code == "void"]
    head = max([held, *(last for _, last, _, _ in since)])
    upto = max(written, acknowledged)
    waited = store.rows(_WAITED, {"device": number, "floor": floor}) if number is not None else []
    mine = [decided for its_lane, decided in waited if its_lane == lane]
    return Recovered(
        device=device,
        lane=LANES[lane],
        held=held,
        acknowledged=acknowledged,
        written=written,
        came=came_at,
        again=sum(code != "void" for _, _, _, code in since),
        lost=voids,
        missing=(head + 1, upto) if upto > head else None,
        waiting=sum(decided == 0 for decided in mine),
        taken_up=sum(decided > 0 for decided in mine),
    )
