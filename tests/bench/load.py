"""What the client is asked to do and what it measured; both sides of a pipe read this."""

from typing import Literal

from msgspec import Struct


class Load(Struct):
    """One measurement: each connection sends its requests in turn and waits for each answer.

    `seconds` above 0 makes it send them over and over for that long. `pull` names the way in
    which the one request is followed by the next page's.
    """

    port: int
    connections: list[list[bytes]]
    seconds: float = 0.0
    pull: Literal["", "kezek", "limit"] = ""


class Measured(Struct):
    """How long it took, and what was answered."""

    wall: float
    cpu: float
    latencies: list[float]
    statuses: dict[int, int]
    bodies: list[bytes]
    """The answers; of a load that goes on for a time only each connection's last."""
    pulled: int = 0


def request(method: str, path: str, body: bytes = b"", cookie: str = "") -> bytes:
    """A whole HTTP/1.1 request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if cookie:
        lines += [f"Cookie: {cookie}", "X-Kezek: 1"]
    if method == "POST":
        lines += ["Content-Type: application/x-ndjson", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body
