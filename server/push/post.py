"""One POST to a push service: bounded in time and size, redirected nowhere, at an open address."""

from collections.abc import Mapping
from types import TracebackType
from typing import Final, Self

import aiohttp
from msgspec import Struct

from server.push.endpoints import Allowed, EndpointRefused, Lookup, OpenAddresses, check

TIMEOUT_S: Final = 10.0
ANSWER_MAX: Final = 4_096  # bytes; nothing in the body of an answer is needed


class Reply(Struct, frozen=True):
    """What a push service answered, in the form in which pywebpush reads an answer."""

    status: int
    retry_after: str
    reason: str = ""

    async def text(self) -> str:
        """The body: it may repeat the endpoint, so it is not kept."""
        return ""


class Unreachable(Exception):
    """No answer: no connection, or it took too long. Says the kind of error only."""


class Post:
    """What pywebpush takes for its HTTP session. Cookies, proxies and caches it has none."""

    def __init__(self, allowed: Allowed, lookup: Lookup | None = None) -> None:
        self._allowed = allowed
        self._lookup = lookup
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=OpenAddresses(self._allowed, self._lookup), use_dns_cache=False
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=TIMEOUT_S),
            trust_env=False,
            auto_decompress=False,
        )
        return self

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def post(
        self,
        endpoint: str,
        *,
        data: bytes,
        headers: Mapping[str, str],
        timeout: float | None,  # noqa: ASYNC109 - by the name that pywebpush gives it
    ) -> Reply:
        """Raises EndpointRefused and Unreachable, whose words never name the endpoint."""
        assert self._session is not None
        check(endpoint, self._allowed)
        try:
            async with self._session.post(
                endpoint,
                data=data,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=timeout or TIMEOUT_S),
                allow_redirects=False,
            ) as answer:
                # Read a little, so that the connection may serve again; what is longer closes it.
                await answer.content.read(ANSWER_MAX)
                if not answer.content.at_eof():
                    answer.close()
                return Reply(answer.status, answer.headers.get("Retry-After", ""))
        except EndpointRefused:
            raise EndpointRefused("an address that is not of the open Internet") from None
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise Unreachable(type(error).__name__) from None
