"""Verbs of oversight: verify."""

import asyncio
import sys
from argparse import ArgumentTypeError, Namespace

from server.commands.store import opened, say
from server.database import reading
from server.oversight import Broken, proven
from server.settings import Settings


def head(said: str) -> tuple[int, str]:
    """A head as `kezek verify` told it: `position:hash`."""
    position, _, hash_ = said.partition(":")
    if not position.isdecimal() or len(hash_) != 64 or set(hash_) - set("0123456789abcdef"):
        raise ArgumentTypeError("a head is written position:hash, as `kezek verify` tells it")
    return int(position), hash_


def run_verify(settings: Settings, said: Namespace) -> None:
    """Go through the access log; exit with 1 and the first wrong row if it is not whole."""

    async def work() -> None:
        async with opened(settings) as engine, reading(engine) as connection:
            proof = await proven(connection, dict(said.head))
        say(f"the access log is whole: {proof.rows} rows, words erased in {proof.erased}")
        say(f"head {proof.rows}:{proof.head}")

    try:
        asyncio.run(work())
    except Broken as error:
        sys.exit(f"kezek: {error}")
