"""The store of a history: the real ledger in memory, its crashes, its backups and its lives."""

import asyncio
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Thread
from typing import Any, Final, Literal, NamedTuple
from unittest.mock import patch

from server.clock import FixedClock
from server.database import open_engine
from server.ledger import StoreRestored, epoch
from server.ledger import ledger as ledger_module
from server.ledger import questions as questions_module
from server.ledger.ledger import Ledger
from server.migrations import migrate
from server.settings import Settings
from tests.world.memory import Memory
from tests.world.phone import NOON

PROGRAM: Final = (ledger_module, questions_module)
How = Literal["declared", "undeclared", "whole folder"]
FIRST_GAP: Final = 1_000_000
"""So far above all that it knows a new life of the store begins (PROTOCOL.md 11.1)."""


class Backup(NamedTuple):
    """A copy of the database, and of the file that lies beside it."""

    data: bytes
    beside: bytes


class _Tokens:
    """In place of `secrets`: the same names at each run."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def token_hex(self, size: int) -> str:
        return f"{self._dice.getrandbits(8 * size):0{2 * size}x}"


@lru_cache(1)
def empty() -> bytes:
    """A database on which every step of the migrations was taken."""

    async def make(settings: Settings) -> None:
        engine = open_engine(settings.database_url)
        await migrate(engine)
        await engine.dispose()

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        settings.prepare()
        # In a loop of its own, because the caller may be inside of one.
        _in_a_thread(make(settings))
        made = sqlite3.connect(settings.data / "kezek.db")
        made.execute("PRAGMA journal_mode=DELETE")  # a database in memory knows no other
        data = made.serialize()
        made.close()
        return data


def _in_a_thread(work: Any) -> None:
    thread = Thread(target=lambda: asyncio.run(work))
    thread.start()
    thread.join()


class Station:
    """One store. `folder` is its own and outlives the history."""

    def __init__(self, folder: Path, memory: Memory) -> None:
        self.settings = Settings(data=folder)
        self.memory = memory
        self.clock = FixedClock(NOON)
        self.ledger: Ledger
        self.contract = 1

    @property
    def _beside(self) -> Path:
        return self.settings.data / "epoch"

    async def found(self, start: Backup) -> None:
        """Begin with this database; with no file beside it where it has had no life yet."""
        self.settings.prepare()
        (self.settings.secrets / "mark.key").write_bytes(b"k" * 32)
        self._beside.unlink(missing_ok=True)
        if start.beside:
            self._beside.write_bytes(start.beside)
        self.memory.db.deserialize(start.data)
        await self.open()

    async def open(self) -> None:
        """Start the store's process on what is there. Raises StoreRestored."""
        life = await epoch.opened(self.memory, self.settings.data)
        self.ledger = Ledger(self.memory, self.settings, self.clock, life)

    async def die(self) -> None:
        """The process is gone, with all that it had in its memory; another one starts."""
        self.memory.trouble = ""
        await self.ledger.close()
        await self._open_or_declare()

    def backup(self) -> Backup:
        return Backup(self.memory.db.serialize(), self._beside.read_bytes())

    async def put_back(self, backup: Backup, how: How) -> How:
        """Put a backup back. What nobody declares the file beside may still give away, and then
        the operator has to declare it: answers how it was done in the end."""
        await self.ledger.close()
        self.memory.db.deserialize(backup.data)
        if how == "whole folder":
            self._beside.write_bytes(backup.beside)
        if how == "declared":
            await epoch.renew(self.memory, self.settings.data, 0)
        return how if await self._open_or_declare() else "declared"

    async def _open_or_declare(self) -> bool:
        """Where store and file differ nothing starts before the operator has said: restored."""
        try:
            await self.open()
        except StoreRestored:
            await epoch.renew(self.memory, self.settings.data, 0)
            await self.open()
            return False
        return True

    @contextmanager
    def fated(self, dice: random.Random) -> Iterator[None]:
        """Names come from the dice, and the contract is this store's own."""
        with ExitStack() as stack:
            stack.enter_context(patch.object(epoch, "secrets", _Tokens(dice)))
            for module in PROGRAM:
                stack.enter_context(patch.object(module, "CONTRACT", self.contract))
            yield

    async def learn_contract(self, contract: int) -> None:
        """A newer version of the store's program, which knows a newer contract."""
        self.contract = contract
        for module in PROGRAM:
            vars(module)["CONTRACT"] = contract
        await self.die()
