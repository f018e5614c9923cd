"""Noting who looked, before he is shown anything; and asking who did."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import ColumnElement, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.clock import HOUR, SECOND, Clock
from server.database import reading, writing
from server.faults import ComeAgain
from server.oversight.chain import START, hidden, sealed
from server.oversight.tables import accesses
from sync.opening import OPEN_MS, Access, Reason, What
from sync.roles import Actor

PAGE: Final = 50
LATER_S: Final = 2
LOCK: Final = 0x616363657373  # "access"; PostgreSQL's advisory locks are named by numbers
TAKE_TURNS: Final = text("SELECT pg_advisory_xact_lock(:lock)")

log: Final = logging.getLogger("kezek.oversight")

# What is counted together, and how much of it one person may in an hour. A refusal counts as
# the opening that it would have been: guessing at ids ends where opening does.
LIMITS: Final[Mapping[What, tuple[tuple[What, ...], int]]] = {
    "open": (("open", "refused"), 60),
    "refused": (("open", "refused"), 60),
    "history": (("history",), 600),
}


class Noted(Struct, frozen=True):
    """One row of the log. Ids only, but for `words`, which are None once they are erased."""

    position: int
    at: int
    person: str
    role: str
    device: str
    what: str
    kind: str
    record: str
    owner: str
    purpose: str
    words: str | None


class AccessLog:
    """All workers of a server write one log."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    async def note(self, actor: Actor, access: Access) -> None:
        """On disk when this returns. Raises ComeAgain: "too_many", or "later" if it is not."""
        try:
            async with writing(self._engine) as connection:
                await self._note(connection, actor, access)
        except (DBAPIError, OSError) as error:
            log.error("access log cannot be written: %s", type(error).__name__)
            raise ComeAgain("later", LATER_S) from None

    async def _note(self, connection: AsyncConnection, actor: Actor, access: Access) -> None:
        if self._engine.dialect.name == "postgresql":
            await connection.execute(TAKE_TURNS, {"lock": LOCK})
        now = self._clock.now()
        await _within_limits(connection, actor.person, access.what, now)
        await _append(connection, actor, access, now)

    async def reason(self, actor: Actor, record: str) -> Reason | None:
        """Why the actor opened a record within the last quarter of an hour, if he did."""
        since = self._clock.now() - OPEN_MS
        query = (
            select(accesses.c.purpose, accesses.c.words)
            .where(
                accesses.c.record == record,
                accesses.c.person == actor.person,
                accesses.c.what == "open",
                accesses.c.at > since,
            )
            .order_by(accesses.c.position.desc())
            .limit(1)
        )
        async with reading(self._engine) as connection:
            row = (await connection.execute(query)).one_or_none()
        return Reason(row.purpose, row.words or "") if row else None

    async def page(self, before: int, person: str, record: str) -> tuple[list[Noted], int]:
        """A page of the whole log, newest first, and from where to go on; 0 at the end."""
        wanted = []
        if person:
            wanted.append(accesses.c.person == person)
        if record:
            wanted.append(accesses.c.record == record)
        return await self._page(before, wanted)

    async def of_owner(self, person: str, before: int) -> tuple[list[Noted], int]:
        """Who else looked at records of a person's own."""
        shown = accesses.c.what.in_(("open", "history"))
        return await self._page(
            before, [accesses.c.owner == person, accesses.c.person != person, shown]
        )

    async def _page(
        self, before: int, wanted: Sequence[ColumnElement[bool]]
    ) -> tuple[list[Noted], int]:
        older = [accesses.c.position < before] if before else []
        query = (
            select(*(accesses.c[name] for name in Noted.__struct_fields__))
            .where(*wanted, *older)
            .order_by(accesses.c.position.desc())
            .limit(PAGE + 1)
        )
        async with reading(self._engine) as connection:
            rows = [Noted(*row) for row in await connection.execute(query)]
        more = len(rows) > PAGE
        return rows[:PAGE], rows[PAGE - 1].position if more else 0


async def _within_limits(connection: AsyncConnection, person: str, what: What, now: int) -> None:
    if what not in LIMITS:
        return
    counted, most = LIMITS[what]
    query = (
        select(accesses.c.at)
        .where(
            accesses.c.person == person,
            accesses.c.at > now - HOUR,
            accesses.c.what.in_(counted),
        )
        .order_by(accesses.c.at.desc())
        .limit(most)
    )
    times = list(await connection.scalars(query))
    if len(times) >= most:
        raise ComeAgain("too_many", max(1, -(-(times[-1] + HOUR - now) // SECOND)))


async def _append(connection: AsyncConnection, actor: Actor, access: Access, now: int) -> None:
    query = select(accesses.c.position, accesses.c.hash).order_by(accesses.c.position.desc())
    last = (await connection.execute(query.limit(1))).one_or_none()
    words = access.reason.words
    salt = secrets.token_hex(16) if words else None
    row: dict[str, Any] = {
        "position": last.position + 1 if last else 1,
        "at": now,
        "person": actor.person,
        "role": actor.role.value,
        "device": actor.device,
        "what": access.what,
        "kind": access.kind,
        "record": access.record,
        "owner": access.owner,
        "purpose": access.reason.purpose,
        "words_hash": hidden(words, salt or ""),
    }
    row["hash"] = sealed(last.hash if last else START, row)
    await connection.execute(insert(accesses).values(**row, words=words or None, salt=salt))
