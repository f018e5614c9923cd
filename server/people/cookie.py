"""The cookie that a session travels in."""

from typing import Final

NAME: Final = "__Host-kezek"
FLAGS: Final = "Path=/; Secure; HttpOnly; SameSite=Strict"


def given(token: str, seconds: int) -> str:
    """The header's value that hands a token out."""
    return f"{NAME}={token}; Max-Age={seconds}; {FLAGS}"


def taken_back() -> str:
    return given("", 0)


def token_in(header: str) -> str:
    """The token in a Cookie header, or nothing."""
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name == NAME:
            return value
    return ""
