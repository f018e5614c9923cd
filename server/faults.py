"""How a fault is said over HTTP: a status, and JSON with its code."""

import logging
import secrets
import sqlite3
import traceback
from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from msgspec import Struct
from sqlalchemy.exc import DBAPIError

from sync.faults import Fault

STATUS: Final[dict[str, int]] = {
    "not_signed_in": HTTPStatus.UNAUTHORIZED,
    "sign_in_refused": HTTPStatus.UNAUTHORIZED,
    "slow_down": HTTPStatus.TOO_MANY_REQUESTS,
    "device_foreign": HTTPStatus.FORBIDDEN,
    "device_revoked": HTTPStatus.FORBIDDEN,
    "origin_foreign": HTTPStatus.FORBIDDEN,
    "not_json": HTTPStatus.BAD_REQUEST,
    "wrong_shape": HTTPStatus.BAD_REQUEST,
    "duplicate_key": HTTPStatus.BAD_REQUEST,
    "cut": HTTPStatus.BAD_REQUEST,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "protocol_unknown": HTTPStatus.BAD_REQUEST,
    "not_allowed": HTTPStatus.FORBIDDEN,
    "purpose_missing": HTTPStatus.PRECONDITION_REQUIRED,
    "too_many": HTTPStatus.TOO_MANY_REQUESTS,
    "not_found": HTTPStatus.NOT_FOUND,
    "method_unknown": HTTPStatus.METHOD_NOT_ALLOWED,
    "later": HTTPStatus.SERVICE_UNAVAILABLE,
    "server_broken": HTTPStatus.INTERNAL_SERVER_ERROR,
}

# What Litestar says in its own words, in ours.
CODE_OF_STATUS: Final[dict[int, str]] = {
    HTTPStatus.BAD_REQUEST: "wrong_shape",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_unknown",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
}

PASSING_SQLITE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    }
)
PASSING_POSTGRESQL: Final = ("08", "25006", "40", "53", "55P03", "57", "58")
"""SQLSTATE: connection, read-only, rolled back, resources, lock, intervention, system."""

log: Final = logging.getLogger("kezek.faults")


class ComeAgain(Fault):
    """A fault that time mends: the answer says when to try again."""

    def __init__(self, code: str, seconds: int, detail: str = "") -> None:
        super().__init__(code, detail)
        self.seconds = seconds


class Said(Struct, frozen=True):
    """A fault as an answer, for whoever speaks ASGI without a framework."""

    status: int
    headers: dict[str, str]
    body: bytes


def say(error: Exception) -> Said:
    """Turn any exception into an answer that gives nothing of the server away."""
    correlation = secrets.token_hex(8)
    fault = as_fault(error)
    if fault.code == "server_broken":
        log.error("%s %s", correlation, without_values(error))
    else:
        # A decoder's words may quote what was sent; our own faults name ids and numbers only.
        log.info("%s %s", correlation, fault if fault is error else fault.code)
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if isinstance(fault, ComeAgain):
        headers["Retry-After"] = str(fault.seconds)
    body = {"code": fault.code, "detail": fault.detail, "correlation": correlation}
    return Said(STATUS[fault.code], headers, msgspec.json.encode(body))


def as_fault(error: Exception) -> Fault:
    """What the other side can do about an exception, which is often nothing."""
    match error:
        case Fault() if error.code in STATUS:
            return error
        case msgspec.ValidationError():
            return Fault("wrong_shape", str(error))
        case msgspec.DecodeError():
            return Fault("not_json", str(error))
        case HTTPException() if error.status_code in CODE_OF_STATUS:
            return Fault(CODE_OF_STATUS[error.status_code])
        case DBAPIError() if error.connection_invalidated or _passing(error.orig):
            return ComeAgain("later", 2)
        case sqlite3.Error() if _passing(error):
            return ComeAgain("later", 2)
        case ConnectionError():
            return ComeAgain("later", 2)
    return Fault("server_broken")


def _passing(error: BaseException | None) -> bool:
    """Whether a database cannot now what it could before and will again: it is locked, its disk
    is full or fails, it restarts. A wrong statement is none of these."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return code in PASSING_SQLITE or "locked" in str(error)
    return str(getattr(error, "sqlstate", "") or "").startswith(PASSING_POSTGRESQL)


def without_values(error: BaseException) -> str:
    """Where it broke and what kind of error it was; its words may quote a person's data."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__module__}.{type(error).__qualname__}\n{frames}"


def answer(_request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Litestar's handler of exceptions, all of them."""
    said = say(error)
    kept = error.headers or {} if isinstance(error, HTTPException) else {}
    headers = {name: value for name, value in kept.items() if name.lower() == "allow"}
    return Response(
        said.body,
        status_code=said.status,
        headers=headers | said.headers,
        media_type="application/json",
    )
