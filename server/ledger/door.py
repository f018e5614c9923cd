"""The door: the one route for exchanges, in plain ASGI, because every phone knocks all day long.

Litestar's own path costs several times what an exchange does (docs/decisions/0007).
"""

from typing import Any, Final, Protocol, runtime_checkable

from litestar.types import HTTPScope, Receive, Send

from server.faults import Said, say
from server.guard import refuse_foreign
from server.headers import ALWAYS, OVER_TLS, UNLESS_SAID
from server.ledger.ledger import Ledger
from sync.exchange import BYTES_MAX
from sync.faults import Fault
from sync.roles import Actor

PATH: Final = "/sync"
LINES: Final = {"Content-Type": "application/x-ndjson"}


@runtime_checkable
class Gate(Protocol):
    """Somebody who knows whose a Cookie header is, as long as its session lasts."""

    async def actor(self, cookie: str, *, active: bool = True) -> Actor | None:
        """Nobody, once the session has ended or the device is revoked."""


class Door:
    """`POST /sync` (sync/PROTOCOL.md 3)."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self.ledger: Ledger | None = None
        """Given when the store is open."""

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever becomes of it."""
        try:
            said = Said(200, LINES, await self._exchange(scope, receive))
        except Exception as error:  # noqa: BLE001 - a fault is an answer, too
            said = say(error)
        headers = UNLESS_SAID | ALWAYS | said.headers
        if scope["scheme"] == "https":
            headers["Strict-Transport-Security"] = OVER_TLS
        headers["Content-Length"] = str(len(said.body))
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": said.status, "headers": raw})
        await send({"type": "http.response.body", "body": said.body, "more_body": False})

    async def _exchange(self, scope: HTTPScope, receive: Receive) -> bytes:
        headers = {name.decode("latin-1"): v.decode("latin-1") for name, v in scope["headers"]}
        refuse_foreign(scope["method"], headers)
        if scope["method"] != "POST":
            raise Fault("method_unknown")
        actor = await self._gate.actor(headers.get("cookie", ""))
        if actor is None or self.ledger is None:
            raise Fault("not_signed_in")
        return await self.ledger.exchange(actor, await _body(receive))


async def _body(receive: Receive) -> bytes:
    """The whole body, of which no more than the limit is ever held. Raises Fault("too_large")."""
    message: Any = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if message["type"] == "http.disconnect":
            raise Fault("cut", "the connection ended")
        if len(body) > BYTES_MAX:
            break
    if len(body) > BYTES_MAX:
        raise Fault("too_large", f"more than {BYTES_MAX} bytes")
    return body
