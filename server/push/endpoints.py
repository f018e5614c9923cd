"""Endpoints come from browsers, so from anybody: which of them the server may ever call.

An endpoint is a URL that a stranger can make us POST to. It is called only if it is https on port
443 at a push service that browsers are known to use, and only at an address of the open Internet,
as found at the moment of connecting. What the operator lists in KEZEK_PUSH_ALLOW is his own word
and is asked none of this.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

# The services of Chrome and its kin, Firefox, Safari and Edge; none is called unless a browser
# of ours says so. Others are for the operator to allow.
SERVICES: Final = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "updates.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
HTTPS: Final = 443
NAME: Final = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
PLAIN: Final = re.compile(r"[\x21-\x7e]+")  # printable, no spaces: what stands in a URL

# `is_global` leaves these open, and behind them may stand an address inside (RFC 6052, 3056, 4380).
TUNNELS: Final = tuple(
    ipaddress.ip_network(name)
    for name in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]


class EndpointRefused(Exception):
    """An endpoint that is not called. It says why, and never which."""


class Allowed:
    """The origins that the operator trusts, such as a push service inside his own network."""

    def __init__(self, origins: str) -> None:
        self._origins = frozenset(origins.split())

    def has(self, endpoint: str) -> bool:
        parts = urlsplit(endpoint)
        return f"{parts.scheme}://{parts.netloc}" in self._origins

    def has_host(self, host: str, port: int) -> bool:
        return any(
            (parts.hostname, parts.port or HTTPS) == (host, port)
            for parts in map(urlsplit, self._origins)
        )


def check(endpoint: str, allowed: Allowed) -> None:
    """Refuse what has not the shape of an endpoint that we call. Raises EndpointRefused."""
    if not PLAIN.fullmatch(endpoint) or "\\" in endpoint or "#" in endpoint:
        raise EndpointRefused("not a plain URL")
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError as error:
        raise EndpointRefused("not a URL") from error
    if allowed.has(endpoint):
        return
    if parts.scheme != "https" or not endpoint.startswith("https://"):
        raise EndpointRefused("not https")
    # `netloc` also shows an empty name, password or port, which the parts below would hide.
    if parts.netloc not in (parts.hostname, f"{parts.hostname}:{HTTPS}") or port not in (
        None,
        HTTPS,
    ):
        raise EndpointRefused("more than a host, or another port")
    host = parts.hostname or ""
    if not NAME.fullmatch(host) or not any(_is_of(host, service) for service in SERVICES):
        raise EndpointRefused("no known push service")
    if len(parts.path) < 2:
        raise EndpointRefused("no path")


def is_open(address: str) -> bool:
    """Whether an IP address is one of the open Internet, and nothing of ours or of this machine."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inside = getattr(found, "ipv4_mapped", None)
    if inside is not None:
        return is_open(str(inside))
    if found.version == 6 and any(found in tunnel for tunnel in TUNNELS):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


class OpenAddresses(AbstractResolver):
    """Finds the addresses of a host for the very connection that is then made to one of them.

    So a name that answers differently the next time (DNS rebinding) gains nothing.
    """

    def __init__(self, allowed: Allowed, lookup: Lookup | None = None) -> None:
        self._allowed = allowed
        self._lookup = lookup or _system

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses, if all of them are open: a name with one foot inside is not believed."""
        addresses = await self._lookup(host, port)
        if not self._allowed.has_host(host, port) and not all(map(is_open, addresses)):
            raise EndpointRefused("an address that is not of the open Internet")
        found = [_result(host, address, port) for address in addresses]
        return [one for one in found if family in (socket.AF_UNSPEC, one["family"])]

    async def close(self) -> None:
        """Nothing is held."""


async def _system(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found: Sequence[Any] = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=0, flags=flags
    )


def _is_of(host: str, service: str) -> bool:
    if service.startswith("*."):
        return host.endswith(service[1:])
    return host == service
