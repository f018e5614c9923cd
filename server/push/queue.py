"""The queue of notices, as seen inside one transaction: durable, and shared by all workers."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from server.clock import HOUR, SECOND
from server.push.notices import Notice
from server.push.tables import notices

LEASE: Final = 60 * SECOND  # several times what one POST may take
KEPT: Final = 14 * 24 * HOUR
LISTED: Final = 20


class Queue:
    """Notices on their way. Each row is one notice on one device."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        sqlite = connection.dialect.name == "sqlite"
        self._insert = insert_sqlite if sqlite else insert_postgresql

    async def put(self, notice: Notice, devices: Iterable[str]) -> list[str]:
        """Queue a notice for these devices of its person; answers the new ids.

        A fact that a device has been told, or is about to be, is not told it again. What waits
        under the same topic is dropped: the later notice says it all.
        """
        made = []
        for device in devices:
            id_ = secrets.token_urlsafe(18)
            values = {
                "id": id_, "fact": notice.fact, "device": device, "person": notice.person,
                "code": notice.code, "kind": notice.kind, "record": notice.record,
                "topic": notice.topic, "urgency": notice.urgency, "made": notice.made,
                "expires": notice.expires, "state": "queued", "due": notice.made, "lease": 0,
                "tries": 0, "sent": 0, "shown": 0, "opened": 0,
            }  # fmt: skip
            done = await self._connection.execute(
                self._insert(notices).values(values).on_conflict_do_nothing()
            )
            if done.rowcount:
                made.append(id_)
                await self._supersede(device, notice.topic, id_)
        return made

    async def claim(self, now: int, most: int) -> Sequence[Any]:
        """Take up to so many that are due; nobody else gets them until the lease ends."""
        due = (
            select(notices.c.id)
            .where(
                notices.c.state == "queued",
                notices.c.due <= now,
                notices.c.lease <= now,
                notices.c.expires > now,
            )
            .order_by(notices.c.due)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        taken = update(notices).where(notices.c.id.in_(due)).values(lease=now + LEASE)
        done = await self._connection.execute(taken.returning(*notices.c))
        return sorted(done.all(), key=lambda row: (row.urgency != "high", row.made))

    async def sent(self, id_: str, now: int) -> None:
        # The device may have been quicker to say that it is shown than the service to answer.
        await self._change(id_, state="sent", lease=0)
        await self._connection.execute(update(notices).where(notices.c.id == id_).values(sent=now))

    async def again(self, id_: str, due: int, *, counted: bool = True) -> None:
        """Not now: try at `due`."""
        tries = notices.c.tries + int(counted)
        await self._change(id_, due=due, lease=0, tries=tries)

    async def drop(self, id_: str) -> None:
        await self._change(id_, state="dropped", lease=0)

    async def drop_waiting(self, devices: Collection[str] | None = None) -> int:
        """Nothing of what waits for these devices (None: for any) is sent any more."""
        change = update(notices).where(notices.c.state == "queued").values(state="dropped")
        if devices is not None:
            change = change.where(notices.c.device.in_(list(devices)))
        return (await self._connection.execute(change)).rowcount

    async def shown(self, id_: str, now: int) -> bool:
        """The device says that it has shown the notice: the only proof that it arrived."""
        change = update(notices).where(notices.c.id == id_, notices.c.shown == 0)
        done = await self._connection.execute(change.values(shown=now, state="shown"))
        return done.rowcount > 0

    async def opened(self, id_: str, now: int) -> bool:
        """The device says that somebody opened the notice."""
        await self.shown(id_, now)
        change = update(notices).where(notices.c.id == id_, notices.c.opened == 0)
        done = await self._connection.execute(change.values(opened=now, state="opened"))
        return done.rowcount > 0

    async def has(self, id_: str) -> bool:
        query = select(notices.c.id).where(notices.c.id == id_)
        return (await self._connection.execute(query)).one_or_none() is not None

    async def latest(self, device: str) -> Sequence[Any]:
        """What a device was told lately, newest first."""
        query = (
            select(notices)
            .where(notices.c.device == device)
            .order_by(notices.c.made.desc(), notices.c.id)
            .limit(LISTED)
        )
        return (await self._connection.execute(query)).all()

    async def next_due(self, now: int) -> int | None:
        """When there is something to send, at the earliest; None while nothing waits."""
        at = case((notices.c.lease > notices.c.due, notices.c.lease), else_=notices.c.due)
        query = select(func.min(at)).where(notices.c.state == "queued", notices.c.expires > now)
        due: int | None = (await self._connection.execute(query)).scalar_one_or_none()
        return due

    async def sweep(self, now: int) -> None:
        """Close what nobody needs to hear any more, and forget what is old."""
        await self._connection.execute(
            update(notices)
            .where(notices.c.state.in_(("queued", "sent")), notices.c.expires <= now)
            .values(state="expired", lease=0)
        )
        await self._connection.execute(delete(notices).where(notices.c.made <= now - KEPT))

    async def _supersede(self, device: str, topic: str, latest: str) -> None:
        await self._connection.execute(
            update(notices)
            .where(
                notices.c.device == device,
                notices.c.topic == topic,
                notices.c.state == "queued",
                notices.c.id != latest,
            )
            .values(state="dropped")
        )

    async def _change(self, id_: str, **values: Any) -> None:
        """Change what waits; what is no longer waiting stays as it is."""
        await self._connection.execute(
            update(notices).where(notices.c.id == id_, notices.c.state == "queued").values(values)
        )
