"""Refuses what another site makes a browser do in somebody's name."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from sync.faults import Fault

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_foreign(method: str, headers: Mapping[str, str]) -> None:
    """Let pass what our own pages send; names of headers are in lower case."""
    if method in SAFE:
        return
    if headers.get("x-kezek") != "1":
        raise Fault("origin_foreign", "X-Kezek is missing")
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        raise Fault("origin_foreign", "Sec-Fetch-Site")
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise Fault("origin_foreign", "Origin")


class Guard(ASGIMiddleware):
    """The same for every route of Litestar."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if scope["type"] == ScopeType.HTTP:
            refuse_foreign(scope["method"], Headers.from_scope(scope))
        await next_app(scope, receive, send)
