"""What an exchange gives: a page of records and leaves, cut between two positions [4, 8]."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct, field

from server.ledger.connections import Transaction, listed
from server.ledger.rows import body_bytes, key, name
from sync.exchange import Ask, Out, in_line, out_line, record_line
from sync.feeds import PREFIX_MAX, Grant, digest_of, fingerprint, place

ROWS_MAX: Final = 1_000
RANGE_MAX: Final = 32
"""A range with no more records than this is sent again whole; a larger one is narrowed."""

_PAGE = """SELECT f.feed, f.position, r.id, r.kind, r.version, r.feeds, r.body, v.letter, v.hash
    FROM (SELECT feed, position, record FROM feed WHERE feed IN ({})
        AND position > :after AND position <= :until ORDER BY position LIMIT :most) f
    JOIN record r ON r.id = f.record JOIN revision v ON v.position = r.version
    ORDER BY f.position"""
_FEED = """SELECT f.feed, f.position, r.id, r.kind, r.version, r.feeds, r.body, v.letter, v.hash
    FROM feed f JOIN record r ON r.id = f.record JOIN revision v ON v.position = r.version
    WHERE f.feed = :feed AND f.position = r.version"""
_FILED = "SELECT id, feeds FROM record WHERE id IN ({})"
_numbers = msgspec.json.Decoder(list[int])


class Page(Struct):
    """What is given, and how far that brings the reader."""

    at: int
    open: dict[str, int]
    lines: list[bytes] = field(default_factory=list)
    narrow: dict[str, dict[str, list[str] | None]] = field(default_factory=dict)
    more: bool = False


class Reader:
    """One answer's reading, in one moment of the store."""

    def __init__(
        self, store: Transaction, grants: Sequence[Grant], numbers: dict[str, int]
    ) -> None:
        self._store = store
        self._index = {
            numbers[grant.feed]: n for n, grant in enumerate(grants) if grant.feed in numbers
        }
        self._numbers = numbers
        self._granted = {grant.feed for grant in grants}

    def page(self, ask: Ask, at: int, head: int) -> Page:
        """First the feeds that are being filled, then what is new in all of them."""
        page = Page(at, dict(ask.open) if at else {})
        room = max(ask.limit, 1)
        for feed in sorted(page.open):
            number = self._numbers.get(feed, -1)
            until, room = self._fill(page, [number], page.open[feed], at, room)
            if until < at:
                page.open[feed], page.more = until, True
                return page
            del page.open[feed]
        if at < head:
            page.at, room = self._fill(page, list(self._index), at, head, room)
            page.more = page.at < head
        if not page.more:
            self._prove(page, ask, room)
        return page

    def _fill(
        self, page: Page, feeds: list[int], after: int, until: int, room: int
    ) -> tuple[int, int]:
        """Lay lines on the page from `after`; how far that came, and the room that is left."""
        feeds = [number for number in feeds if number in self._index]
        if not feeds or after >= until:
            return until, room
        if room <= 0:
            return after, room
        marks, values = listed("feed", feeds)
        bounds = {"after": after, "until": until, "most": ROWS_MAX, **values}
        rows = self._store.rows(_PAGE.format(marks), bounds)
        whole = len(rows) < ROWS_MAX
        if not whole and rows[0][1] != rows[-1][1]:
            rows = [row for row in rows if row[1] < rows[-1][1]]
        done = after
        given: set[bytes] = set()
        for start, end in _positions(rows):
            if room <= 0:
                return done, room
            room -= sum(self._line(page, row, given) for row in rows[start:end])
            done = rows[start][1]
        return (until if whole else done), room

    def _line(self, page: Page, row: Any, given: set[bytes]) -> int:
        """One record as it is now, once; or a leave of the feed that the row stands in."""
        feed, position, record, kind, version, filed, body, letter, hash_ = row
        inside = _numbers.decode(filed)
        if feed not in inside:
            out = Out([self._index[feed]], kind, name(bytes(record)), position, "moved")
            line = out_line(out)
        elif bytes(record) in given:
            return 0
        else:
            given.add(bytes(record))
            holding = sorted(self._index[n] for n in inside if n in self._index)
            line = in_line(holding, _whole(record, kind, version, body, letter, hash_))
        page.lines.append(line)
        return len(line)

    def _prove(self, page: Page, ask: Ask, room: int) -> None:
        """Answer digests that differ: narrower digests, or the records of the range [10]."""
        for feed, prefixes in ask.compare.items():
            if feed not in self._granted:
                continue
            number = self._numbers.get(feed, -1)  # none where it never held anything in this life
            rows = [
                row
                for row in self._store.rows(_FEED, {"feed": number})
                if number in _numbers.decode(row[5])  # else it left with its last version
            ]
            held = [
                (
                    place(kind, name(bytes(record))),
                    _whole(record, kind, version, body, letter, h),
                    r,
                )
                for r in rows
                for _, _, record, kind, version, _, body, letter, h in [r]
            ]
            given: set[bytes] = set()
            for prefix, theirs in prefixes.items():
                inside = [item for item in held if item[0].startswith(prefix)]
                if digest_of(fingerprint(line) for _, line, _ in inside) == theirs:
                    continue
                small = len(inside) <= RANGE_MAX or len(prefix) >= PREFIX_MAX
                if small:
                    room -= sum(self._line(page, row, given) for _, _, row in inside)
                page.narrow.setdefault(feed, {})[prefix] = (
                    None
                    if small
                    else _children(prefix, [(where, line) for where, line, _ in inside])
                )

    def unseen(self, records: Sequence[str]) -> set[str]:
        """Those records that none of the reader's feeds holds."""
        if not records:
            return set()
        marks, values = listed("id", [key(r) for r in records])
        rows = self._store.rows(_FILED.format(marks), values)
        seen = {
            name(bytes(row[0]))
            for row in rows
            if any(n in self._index for n in _numbers.decode(row[1]))
        }
        return set(records) - seen


def _positions(rows: Sequence[Any]) -> list[tuple[int, int]]:
    """Where each position's rows begin and end."""
    starts = [n for n, row in enumerate(rows) if n == 0 or rows[n - 1][1] != row[1]]
    return list(zip(starts, [*starts[1:], len(rows)], strict=False))


def _whole(
    record: bytes, kind: str, version: int, body: bytes | None, letter: bytes, h: bytes
) -> bytes:
    return record_line(kind, name(bytes(record)), version, bytes(h).hex(), body_bytes(body, letter))


def _children(prefix: str, inside: list[tuple[str, bytes]]) -> list[str]:
    return [
        digest_of(fingerprint(line) for where, line in inside if where.startswith(f"{prefix}{n:x}"))
        for n in range(16)
    ]
