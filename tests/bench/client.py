"""The load client: a process of its own, raw connections, requests built before the clock starts.

Reads a `Load` from standard input and writes a `Measured` to standard output.
"""

import asyncio
import resource
import sys
import time
from typing import Final, cast

import httptools
import msgspec
import uvloop
from msgspec import Struct

from tests.bench.load import Load, Measured, request

LATE: Final = 60.0


class Connection(asyncio.Protocol):
    """One kept connection with one request under way."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._parts: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are of no class of asyncio's.
        self.transport = cast("asyncio.Transport", transport)
        self._parser = httptools.HttpResponseParser(self)

    def connection_lost(self, error: Exception | None) -> None:
        if self.answer and not self.answer.done():
            self.answer.set_exception(ConnectionResetError("closed before the answer"))

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, part: bytes) -> None:
        self._parts.append(part)

    def on_message_complete(self) -> None:
        body, self._parts = b"".join(self._parts), []
        if self.answer and not self.answer.done():
            self.answer.set_result((self._parser.get_status_code(), body))

    async def ask(self, raw: bytes) -> tuple[int, bytes]:
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(raw)
        return await self.answer


class Page(Struct):
    """What either server says about the page it gives."""

    at: int = 0
    head: int = 0
    count: int = 0
    more: bool = False
    turn: int = 0
    mark: str = ""
    epoch: str = ""
    view: str | None = ""
    open: dict[str, int] = {}


_page = msgspec.json.Decoder(Page)


async def measure(load: Load) -> Measured:
    loop = asyncio.get_running_loop()
    opened = [
        (await loop.create_connection(Connection, "127.0.0.1", load.port))[1]
        for _ in load.connections
    ]
    measured = Measured(0.0, 0.0, [], {}, [])
    work = {"": _cycle if load.seconds else _run}.get(load.pull, _pull)
    async with asyncio.timeout(LATE):
        cpu, began = _cpu(), time.perf_counter()
        await asyncio.gather(
            *(work(c, r, load, measured) for c, r in zip(opened, load.connections, strict=True))
        )
        measured.wall, measured.cpu = time.perf_counter() - began, _cpu() - cpu
    for connection in opened:
        connection.transport.abort()
    return measured


async def _one(connection: Connection, raw: bytes, measured: Measured) -> bytes:
    began = time.perf_counter()
    status, body = await connection.ask(raw)
    measured.latencies.append(time.perf_counter() - began)
    measured.statuses[status] = measured.statuses.get(status, 0) + 1
    return body


async def _run(connection: Connection, raws: list[bytes], _load: Load, measured: Measured) -> None:
    for raw in raws:
        measured.bodies.append(await _one(connection, raw, measured))


async def _cycle(connection: Connection, raws: list[bytes], load: Load, measured: Measured) -> None:
    body, until = b"", time.perf_counter() + load.seconds
    while time.perf_counter() < until:
        body = await _one(connection, raws[0], measured)
    measured.bodies.append(body)


async def _pull(connection: Connection, raws: list[bytes], load: Load, measured: Measured) -> None:
    raw = raws[0]
    while raw:
        body = await _one(connection, raw, measured)
        page = _page.decode(body[: body.index(b"\n")])
        if load.pull == "kezek":
            measured.pulled += int(body[body.rindex(b":") + 1 : -2])
            raw = _next(raws[0], page) if page.more else b""
        else:
            measured.pulled += page.count
            path = raws[0].split(b" ")[1].decode().replace("since=0", f"since={page.at}")
            raw = request("GET", path) if page.at < page.head else b""


def _next(first: bytes, page: Page) -> bytes:
    """The first request again, but for where the reader is now."""
    head, _, message = first.partition(b"\r\n\r\n")
    line, rest = message.split(b"\n", 1)
    asked = msgspec.json.decode(line)
    asked |= {"turn": page.turn + 1, "mark": page.mark, "epoch": page.epoch, "at": page.at}
    asked |= {"view": page.view, "open": page.open}
    body = msgspec.json.encode(asked) + b"\n" + rest
    cookie = next(h for h in head.decode().split("\r\n") if h.startswith("Cookie: "))
    return request("POST", "/sync", body, cookie.removeprefix("Cookie: "))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    load = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Load)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        measured = runner.run(measure(load))
    sys.stdout.buffer.write(msgspec.msgpack.encode(measured))


if __name__ == "__main__":
    main()
