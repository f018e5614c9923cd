"""The door: one route for exchanges, one stream of hints."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.response import ServerSentEvent, ServerSentEventMessage

from server.ledger.ledger import Ledger
from sync.exchange import BYTES_MAX
from sync.faults import Fault
from sync.roles import Actor

BEAT_S: Final = 5.0
LINES: Final = "application/x-ndjson"


@post("/sync", status_code=200, request_max_body_size=BYTES_MAX)
async def sync(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor | None],
    ledger: NamedDependency[Ledger],
) -> Response[bytes]:
    """One exchange (sync/PROTOCOL.md 3)."""
    if actor is None:
        raise Fault("not_signed_in")
    answer = await ledger.exchange(actor, await request.body())
    return Response(answer, media_type=LINES)


@get("/live")
async def live(
    actor: NamedDependency[Actor | None], ledger: NamedDependency[Ledger]
) -> ServerSentEvent:
    """Which feeds moved, of those that the listener may read; a beat every five seconds."""
    if actor is None:
        raise Fault("not_signed_in")
    return ServerSentEvent(_hints(actor, ledger))


async def _hints(actor: Actor, ledger: Ledger) -> AsyncIterator[ServerSentEventMessage]:
    with ledger.hints.listening() as queue:
        yield ServerSentEventMessage(event="beat", data="{}", retry=2_000)
        while True:
            try:
                hint = await asyncio.wait_for(queue.get(), BEAT_S)
            except TimeoutError:
                yield ServerSentEventMessage(event="beat", data="{}")
                continue
            mine = await ledger.readable(actor)
            feeds = [feed for feed in hint.feeds if feed in mine]
            if feeds:
                said = {"feeds": feeds, "position": hint.position}
                yield ServerSentEventMessage(event="moved", data=msgspec.json.encode(said).decode())


routes: Final = [sync, live]
