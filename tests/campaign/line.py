"""A telephone's line: one kept connection, opened again when it has broken."""

import asyncio
from contextlib import suppress
from typing import Final

import msgspec

from sync.faults import Fault

PATIENCE_S: Final = 30.0
BROKEN: Final = (OSError, EOFError, TimeoutError)


class Refused(Exception):
    """The server answered with a fault."""

    def __init__(self, status: int, code: str, retry_after: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code, self.retry_after = status, code, retry_after


class Line:
    """Asks one thing at a time."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def sign_in(self, login: str, password: str, device: str) -> None:
        said = msgspec.json.encode({"login": login, "password": password, "device": device})
        _, headers = await self.post("/sign-in", said)
        self.cookie = headers["set-cookie"].partition(";")[0]

    async def post(self, path: str, body: bytes, status: int = 200) -> tuple[bytes, dict[str, str]]:
        """Body and headers of the answer. Raises one of BROKEN, or Refused."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                answered, headers, answer = await self._ask(path, body)
        except BaseException:
            self.hang_up()
            raise
        if answered != status:
            code = msgspec.json.decode(answer).get("code", "")
            raise Refused(answered, code, headers.get("retry-after", ""))
        return answer, headers

    def hang_up(self) -> None:
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None

    async def close(self) -> None:
        """Hang up, and wait until that is done."""
        if self._streams is not None:
            writer = self._streams[1]
            self.hang_up()
            with suppress(OSError):
                await writer.wait_closed()

    async def _ask(self, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 21)
        reader, writer = self._streams
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Kezek: 1\r\n"
        head += f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.partition(":") for line in lines if line)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        length = int(headers.get("content-length", "0"))
        return int(first.split()[1]), headers, await reader.readexactly(length)


def is_cut(error: Fault) -> bool:
    """Whether an answer broke off on its way, as it may when the other side dies."""
    return error.code == "cut"
