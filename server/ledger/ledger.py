"""The ledger: the memory of `sync`, behind one door."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import structs
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.clock import Clock, day
from server.database import reading
from server.ledger import epoch, questions
from server.ledger.batch import Delivery, Receipt, Run
from server.ledger.hints import Hints
from server.ledger.marks import Mark, Marks
from server.ledger.reading import Page, Reader
from server.ledger.writer import Writer
from server.settings import Settings
from sync.catalogue import CATALOGUE, CONTRACT
from sync.change import Held, Lane
from sync.exchange import (
    BYTES_MAX,
    LETTERS_MAX,
    PROTOCOL,
    Answer,
    Ask,
    OutcomeLine,
    read_ask,
    write_answer,
)
from sync.faults import Fault
from sync.feeds import Grant, granted, view_of
from sync.letter import read
from sync.rights import Duties, Duty
from sync.roles import Actor

PACE = (30, 10)
"""Come again after 30 s, give or take 10: a device that hears hints needs no more."""


class Ledger:
    """Exchanges in, answers out. Everything that is read or written goes through it."""

    def __init__(self, engine: AsyncEngine, settings: Settings, clock: Clock, life: str) -> None:
        self._engine, self._settings, self._clock = engine, settings, clock
        self.epoch = life
        self.hints = Hints(settings.redis)
        self._marks = Marks.kept(settings.secrets)
        self._writer = Writer(engine, clock, self.hints.moved)
        self._feeds: dict[str, int] = {}
        self._districts: list[str] = []

    @classmethod
    async def open(cls, engine: AsyncEngine, settings: Settings, clock: Clock) -> "Ledger":
        """Open the store of these settings. Raises epoch.StoreRestored."""
        return cls(engine, settings, clock, await epoch.opened(engine, settings.data))

    async def close(self) -> None:
        """Finish what was handed in, then stop."""
        await self._writer.close()
        await self.hints.close()

    async def exchange(self, actor: Actor, message: bytes) -> bytes:
        """One round trip. Raises Fault: then nothing was taken."""
        ask, lines = read_ask(message)
        if ask.device != actor.device:
            raise Fault("device_foreign", "the header names another device")
        now = self._clock.now()
        duties = await self.duties(actor, now)
        await self._fence(ask)
        receipt = Receipt()
        if lines:
            delivery = Delivery(actor, duties, _runs(ask, lines))
            receipt = await self._writer.take(delivery)
            duties = await self.duties(actor, now)
        return await self._answer(actor, duties, ask, receipt, now)

    async def duties(self, actor: Actor, now: int) -> Duties:
        """The actor's shifts of yesterday and today that were not cancelled."""
        today = date.fromisoformat(day(now))
        names = [f"person:{actor.person}/shift/{today - timedelta(days=back)}" for back in (1, 0)]
        async with reading(self._engine) as connection:
            found = await questions.in_feeds(connection, names)
        return tuple(
            _duty(held)
            for shifts in found.values()
            for held in shifts
            if held.body["state"] != "cancelled"
        )

    async def grants(self, actor: Actor, duties: Duties, now: int) -> list[Grant]:
        """What the actor may read now: the one answer for exchanges and for every other read."""
        if not self._districts:
            async with reading(self._engine) as connection:
                found = await questions.in_feeds(connection, ["city/district/-"])
            self._districts = sorted(str(h.body["code"]) for h in found["city/district/-"])
        kinds = CATALOGUE.values()
        return granted(actor, duties, kinds, self._districts, day(now), now)

    async def readable(self, actor: Actor) -> set[str]:
        """The names of the feeds that the actor may read now."""
        now = self._clock.now()
        return {g.feed for g in await self.grants(actor, await self.duties(actor, now), now)}

    async def _fence(self, ask: Ask) -> None:
        """A mark of ours that the store cannot find proves that it was restored [11.2]."""
        mark = self._marks.read(ask.mark)
        if mark is None or mark.epoch != self.epoch or mark.position == 0:
            return
        async with reading(self._engine) as connection:
            found = await questions.hashes(connection, [mark.position])
        if found.get(mark.position) != mark.hash:
            self.epoch = await epoch.renew(self._engine, self._settings.data, mark.position)

    async def _answer(
        self, actor: Actor, duties: Duties, ask: Ask, receipt: Receipt, now: int
    ) -> bytes:
        grants = await self.grants(actor, duties, now)
        view = view_of(grants)
        async with reading(self._engine) as connection:
            head = await questions.head(connection)
            newest = await connection.scalar(text("SELECT MAX(position) FROM revision")) or 0
            self._feeds |= await questions.feed_names(connection, len(self._feeds))
            reader = Reader(connection, grants, self._feeds)
            page = await self._page(reader, ask, view, head)
            told = await _outcomes(reader, receipt, grants)
            heads = await _heads(connection, ask, receipt)
            hash_ = (await questions.hashes(connection, [newest])).get(newest, "")
        answer = Answer(
            kezek=PROTOCOL,
            contract=CONTRACT,
            epoch=self.epoch,
            turn=ask.turn,
            mark=self._marks.write(Mark(self.epoch, newest, hash_)),
            now=self._clock.now(),
            heads=heads,
            resume=receipt.resume,
            outcomes=told,
            view=None if ask.view is None else view,
            feeds=grants if ask.view not in (None, view) else None,
            at=page.at,
            open=page.open,
            narrow=page.narrow,
            more=page.more or bool(receipt.resume),
            next=PACE,
            limits=(BYTES_MAX, LETTERS_MAX),
        )
        return write_answer(answer, page.lines)

    async def _page(self, reader: Reader, ask: Ask, view: str, head: int) -> Page:
        if ask.view is None:
            return Page(ask.at, ask.open)
        # A cursor that this life of the store cannot have given: everything is read anew.
        at = ask.at if ask.epoch == self.epoch and ask.at <= head else 0
        if at and ask.view != view:
            # The device first learns which feeds are new to it, and asks for them (8.3).
            return Page(at, dict(ask.open), more=True)
        return await reader.page(ask, at, head)


def _runs(ask: Ask, lines: list[bytes]) -> list[Run]:
    letters = iter(read(line, CONTRACT) for line in lines)
    return [
        Run(lane, first, [next(letters) for _ in range(count)])
        for lane, first, count in ask.letters
        if count
    ]


def _duty(held: Held) -> Duty:
    body = held.body
    crew = body.get("crew")
    return Duty(
        held.id,
        str(body["route"]),
        int(str(body["starts"])),
        int(str(body["ends"])),
        tuple(str(person) for person in crew) if isinstance(crew, list) else (),
    )


async def _outcomes(reader: Reader, receipt: Receipt, grants: Sequence[Grant]) -> list[OutcomeLine]:
    """Outcomes, each with whether the device will see the record in its feeds."""
    names = {grant.feed for grant in grants}
    unknown = [t.record for t in receipt.outcomes if t.feeds is None and t.record]
    hidden = await reader.unseen(unknown)
    return [
        structs.replace(
            told.line,
            unseen=int(
                told.record in hidden if told.feeds is None else names.isdisjoint(told.feeds)
            ),
        )
        for told in receipt.outcomes
    ]


async def _heads(
    connection: AsyncConnection, ask: Ask, receipt: Receipt
) -> dict[Lane, tuple[int, str]]:
    """The ends of the device's lanes as the store holds them."""
    if not ask.heads and not receipt.heads:
        return {}
    device = await connection.scalar(
        text("SELECT number FROM ledger_device WHERE device = :device"), {"device": ask.device}
    )
    if device is None:
        return {}
    found = await questions.heads(connection, int(device))
    return {lane: (head.last, head.hash) for lane, head in found.items()}
