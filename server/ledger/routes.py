"""The stream of hints."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import ServerSentEvent, ServerSentEventMessage

from server.ledger.door import Gate
from server.ledger.hints import Hint
from server.ledger.ledger import Ledger
from sync.faults import Fault

BEAT_S: Final = 5.0


@get("/live")
async def live(
    request: Request[Any, Any, Any],
    gate: NamedDependency[Gate],
    ledger: NamedDependency[Ledger],
) -> ServerSentEvent:
    """Which feeds moved, of those that the listener may read; a beat every five seconds."""
    cookie = request.headers.get("cookie", "")
    # A page that is left open listens by itself: that must not keep its session alive.
    if await gate.actor(cookie, active=False) is None:
        raise Fault("not_signed_in")
    return ServerSentEvent(_hints(cookie, gate, ledger))


async def _hints(cookie: str, gate: Gate, ledger: Ledger) -> AsyncIterator[ServerSentEventMessage]:
    """Until the session ends; whose it is and what may be read is asked anew each time."""
    with ledger.hints.listening() as queue:
        yield ServerSentEventMessage(event="beat", data="{}", retry=2_000)
        while True:
            hint = await _next(queue)
            actor = await gate.actor(cookie, active=False)
            if actor is None:
                return
            if hint is None:
                yield ServerSentEventMessage(event="beat", data="{}")
                continue
            mine = await ledger.readable(actor)
            feeds = [feed for feed in hint.feeds if feed in mine]
            if feeds:
                said = {"feeds": feeds, "position": hint.position}
                yield ServerSentEventMessage(event="moved", data=msgspec.json.encode(said).decode())


async def _next(queue: asyncio.Queue[Hint]) -> Hint | None:
    """The next hint; None when it is time for a beat."""
    try:
        return await asyncio.wait_for(queue.get(), BEAT_S)
    except TimeoutError:
        return None


routes: Final = [live]
