"""A push service on loopback: takes what a server posts, and hands it to a real Firefox.

It speaks RFC 8030 to the server, and to the browser the protocol of Mozilla's own service, as far
as subscribing and one notice after the other need it.
"""

import asyncio
import base64
import json
import secrets
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from aiohttp import WSMsgType, web
from msgspec import Struct


class Posted(Struct):
    """One POST as it came: path, headers by lower-case name, body."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Answer(Struct, kw_only=True):
    """What to answer to one POST."""

    status: int = 201
    headers: Mapping[str, str] = {}
    body: bytes = b""
    after: float = 0.0


class PushService:
    """`posted` is what came. `answers` are taken one by one; when there is none left it is 201."""

    def __init__(self) -> None:
        self.port = 0
        self.posted: list[Posted] = []
        self.answers: deque[Answer] = deque()
        self.acked: list[str] = []
        self.connections = 0
        self._browsers: dict[str, web.WebSocketResponse] = {}

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def endpoint(self, name: str) -> str:
        return f"{self.origin}/wpush/{name}"

    @asynccontextmanager
    async def up(self) -> AsyncIterator["PushService"]:
        """Listening, on a port of its own."""
        app = web.Application()
        app.router.add_post("/wpush/{name}", self._post)
        app.router.add_get("/autopush/", self._browser)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "localhost", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _post(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.posted.append(Posted(request.path, headers, body))
        answer = self.answers.popleft() if self.answers else Answer()
        await asyncio.sleep(answer.after)
        if answer.status == 201:
            await self._deliver(request.match_info["name"], body)
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)

    async def _deliver(self, channel: str, body: bytes) -> None:
        browser = self._browsers.get(channel)
        if browser is not None and not browser.closed:
            await browser.send_json(
                {
                    "messageType": "notification",
                    "channelID": channel,
                    "version": secrets.token_hex(8),
                    "ttl": 60,
                    "data": base64.urlsafe_b64encode(body).rstrip(b"=").decode(),
                    "headers": {"encoding": "aes128gcm"},
                }
            )

    async def _browser(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=["push-notification"])
        await socket.prepare(request)
        self.connections += 1
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._said(socket, json.loads(message.data))
        return socket

    async def _said(self, socket: web.WebSocketResponse, said: dict[str, Any]) -> None:
        match said.get("messageType"):
            case "hello":
                hello = {"messageType": "hello", "status": 200, "use_webpush": True}
                uaid = said.get("uaid") or secrets.token_hex(16)
                await socket.send_json({**hello, "uaid": uaid, "broadcasts": {}})
            case "register":
                channel = said["channelID"]
                self._browsers[channel] = socket
                registered = {"messageType": "register", "channelID": channel, "status": 200}
                await socket.send_json({**registered, "pushEndpoint": self.endpoint(channel)})
            case "unregister":
                self._browsers.pop(said["channelID"], None)
                gone = {"messageType": "unregister", "channelID": said["channelID"]}
                await socket.send_json({**gone, "status": 200})
            case "ack":
                self.acked += [str(update["channelID"]) for update in said["updates"]]
            case "ping":
                await socket.send_json({})


@contextmanager
def beside() -> Iterator[PushService]:
    """The service in a thread with a loop of its own, for tests that have none."""
    service, loop = PushService(), asyncio.new_event_loop()
    ready, end = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with service.up():
            ready.set()
            await end.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(10)
    try:
        yield service
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(10)
        loop.close()
