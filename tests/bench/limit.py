"""The bare limit: no accounts, no scope, no merging; only what no server can leave out.

The same bytes of letters come in, are decoded into their types, and are on disk before the
answer: one row a letter, one commit for all that wait, `synchronous=FULL`.

    POST /push                 letters, one a line
    GET  /pull?since=N&limit=M a page of what was stored after N
    GET  /head                 the newest number
"""

import asyncio
import os
import sqlite3
import threading
from queue import Empty, SimpleQueue
from typing import Any, Final
from urllib.parse import parse_qs

import msgspec
from msgspec import Struct

TOGETHER: Final = 64
STATE: Final = "KEZEK_BENCH_LIMIT"
Row = tuple[str, bytes]


class Seen(Struct):
    """A violation's fields by their types alone: what a store must at least look at."""

    offence: str
    article: str
    officer: str
    district: str
    happened: int
    measure: str
    route: str
    shift: str
    lat: int | None
    lon: int | None
    accuracy: int
    place: str
    text: str
    subject: str
    no_data_reason: str
    needs_backup: bool
    state: str
    signed: int


class Line(Struct):
    """As much of a letter as its store must understand."""

    device: str
    seq: int
    kind: str
    id: str
    set: Seen


class _Waiting(Struct):
    rows: list[Row]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[int]


_lines = msgspec.json.Decoder(Line)


def connect() -> sqlite3.Connection:
    connection = sqlite3.connect(os.environ[STATE], isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=wal", "synchronous=full", "mmap_size=268435456"):
        connection.execute(f"pragma {pragma}")
    return connection


class Store:
    """One thread writes; the event loop reads."""

    def __init__(self) -> None:
        self.waiting: SimpleQueue[_Waiting] = SimpleQueue()
        self.reader = connect()
        self.reader.execute(
            "create table if not exists entry"
            " (position integer primary key, id text not null unique, line blob not null)"
        )
        self.head: int = self._newest(self.reader)
        threading.Thread(target=self._write, daemon=True).start()

    async def put(self, rows: list[Row]) -> int:
        loop = asyncio.get_running_loop()
        waiting = _Waiting(rows, loop, loop.create_future())
        self.waiting.put(waiting)
        return await waiting.done

    def _write(self) -> None:
        connection = connect()
        while True:
            group = self._group()
            connection.execute("begin immediate")
            for waiting in group:
                connection.executemany(
                    "insert into entry (id, line) values (?, ?) on conflict (id) do nothing",
                    waiting.rows,
                )
            newest = self._newest(connection)
            connection.execute("commit")
            self.head = newest
            for waiting in group:
                waiting.loop.call_soon_threadsafe(waiting.done.set_result, len(waiting.rows))

    def _group(self) -> list[_Waiting]:
        group = [self.waiting.get()]
        while len(group) < TOGETHER:
            try:
                group.append(self.waiting.get_nowait())
            except Empty:
                break
        return group

    @staticmethod
    def _newest(connection: sqlite3.Connection) -> int:
        found: int = connection.execute("select coalesce(max(position), 0) from entry").fetchone()[
            0
        ]
        return found


_opened: list[Store] = []


def store() -> Store:
    if not _opened:
        _opened.append(Store())
    return _opened[0]


async def app(scope: Any, receive: Any, send: Any) -> None:
    """The whole server."""
    if scope["type"] != "http":
        return
    match scope["path"]:
        case "/push":
            await _answer(send, await _push(await _body(receive)))
        case "/pull":
            await _answer(send, _pull(parse_qs(scope["query_string"].decode())))
        case _:
            await _answer(send, b'{"head":%d}' % store().head)


async def _push(body: bytes) -> bytes:
    letters = zip(_lines.decode_lines(body), body.split(b"\n"), strict=True)
    count = await store().put([(letter.id, line) for letter, line in letters])
    return b'{"stored":%d,"head":%d}' % (count, store().head)


def _pull(query: dict[str, list[str]]) -> bytes:
    since, limit = int(query["since"][0]), int(query["limit"][0])
    rows = store().reader.execute(
        "select position, line from entry where position > ? order by position limit ?",
        (since, limit),
    )
    found = rows.fetchall()
    head = {"count": len(found), "at": found[-1][0] if found else since, "head": store().head}
    return b"\n".join([msgspec.json.encode(head), *(line for _, line in found)])


async def _body(receive: Any) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: Any, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/x-ndjson"),
        (b"content-length", b"%d" % len(body)),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
