"""The ledger: the memory of `sync`, behind one door."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from msgspec import structs
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import Clock
from server.ledger import epoch, questions, recovery
from server.ledger.connections import Connections, Transaction, connect
from server.ledger.delivery import Delivery, Receipt, Run, Told
from server.ledger.grants import Grants
from server.ledger.hints import Hints
from server.ledger.history import History
from server.ledger.marks import Mark, Marks, StoreWentBack
from server.ledger.quiet import Quiet
from server.ledger.reading import Page, Reader
from server.ledger.rows import LANES, OUTCOMES, name
from server.ledger.writer import Writer
from server.settings import Settings
from sync.catalogue import CONTRACT
from sync.change import Lane
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
from sync.feeds import Grant
from sync.letter import read
from sync.roles import Actor

PACE = (30, 10)
"""Come again after 30 s, give or take 10: a device that hears hints needs no more."""


class Ledger:
    """Exchanges in, answers out. Everything that is read or written goes through it."""

    def __init__(
        self, connections: Connections, settings: Settings, clock: Clock, life: str
    ) -> None:
        self._connections, self._settings, self._clock = connections, settings, clock
        self.epoch = life
        self.hints = Hints(settings.redis)
        self.history = History(connections, clock)
        self._marks = Marks.kept(settings.secrets)
        self._writer = Writer(connections, clock, self.hints.moved)
        self._feeds: dict[str, int] = {}
        self._grants = Grants()
        self._quiet = Quiet()
        self._renewed: list[Callable[[str], Awaitable[None]]] = []

    @classmethod
    async def open(cls, engine: AsyncEngine, settings: Settings, clock: Clock) -> "Ledger":
        """Open the store of these settings. Raises epoch.StoreRestored."""
        connections = await connect(engine)
        try:
            life = await epoch.opened(connections, settings.data)
        except BaseException:
            await connections.close()
            raise
        return cls(connections, settings, clock, life)

    async def close(self) -> None:
        """Finish what was handed in, then stop."""
        await self._writer.close()
        await self.hints.close()
        await self._connections.close()

    def on_renewed(self, renewed: Callable[[str], Awaitable[None]]) -> None:
        """Tell somebody the new epoch when a restore is proved that nobody declared, before the
        device that proved it is answered."""
        self._renewed.append(renewed)

    async def exchange(self, actor: Actor, message: bytes) -> bytes:
        """One round trip. Raises Fault: then nothing was taken."""
        ask, lines = read_ask(message)
        if ask.device != actor.device:
            raise Fault("device_foreign", "the header names another device")
        beat = self._connections.pulse()
        if again := self._quiet.again(actor, ask, beat, self._clock.now()):
            return write_answer(again, [])
        life = self.epoch
        try:
            return await self._exchange(actor, ask, lines)
        except StoreWentBack as proof:
            await self._renew(proof, life)
            return await self._exchange(actor, ask, lines)

    async def _renew(self, proof: StoreWentBack, life: str) -> None:
        """Begin another epoch: once for one restore, however many prove it at a time."""
        folder = self._settings.data
        opened = await epoch.renew(self._connections, folder, proof.position, instead_of=life)
        if opened == self.epoch:
            return
        self.epoch = opened
        for renewed in self._renewed:
            await renewed(opened)

    async def readable(self, actor: Actor) -> set[str]:
        """The names of the feeds that the actor may read now."""
        now = self._clock.now()
        feeds = self._feeds
        work = partial(self._grants.of, actor=actor, now=now, feeds=feeds)
        grants, _ = await self._connections.read(work)
        return {grant.feed for grant in grants}

    async def _exchange(self, actor: Actor, ask: Ask, lines: list[bytes]) -> bytes:
        mark = self._marks.read(ask.mark)
        if mark is not None and (mark.epoch != self.epoch or mark.position == 0):
            mark = None  # of another life of the store: it proves nothing about this one
        if ask.epoch not in ("", self.epoch):
            now = self._clock.now()
            await self._connections.write(lambda store: recovery.came(store, ask, now))
        receipt = Receipt()
        if lines:
            receipt = await self._writer.take(Delivery(actor, _runs(ask, lines), mark))
        # Taken before the reading begins: whoever writes after this is noticed.
        beat = self._connections.pulse()
        return await self._connections.read(
            lambda store: self._answer(store, actor, ask, receipt, mark, beat)
        )

    def _answer(
        self,
        store: Transaction,
        actor: Actor,
        ask: Ask,
        receipt: Receipt,
        mark: Mark | None,
        beat: int | None,
    ) -> bytes:
        """All of an answer, in one moment of the store."""
        now = self._clock.now()
        head = max(questions.head(store))
        self.epoch = questions.epoch(store)
        newest, hash_ = questions.newest(store)
        if mark is not None and mark != Mark(self.epoch, newest, hash_):
            found = questions.hashes(store, [mark.position])
            if found.get(mark.position) != mark.hash:
                raise StoreWentBack(mark.position)
        self._feeds |= questions.feed_names(store, len(self._feeds))
        grants, view = self._grants.of(store, actor, now, self._feeds)
        reader = Reader(store, grants, self._feeds)
        page = self._page(reader, ask, view, head)
        device = questions.known_device(store, ask.device)
        heads = _heads(store, device) if ask.heads or receipt.heads else {}
        told = [*receipt.outcomes, *_taken_up(store, device, ask.at)]
        answer = Answer(
            kezek=PROTOCOL,
            contract=CONTRACT,
            epoch=self.epoch,
            turn=ask.turn,
            mark=self._marks.write(Mark(self.epoch, newest, hash_)),
            now=now,
            heads=heads,
            resume=receipt.resume,
            outcomes=_outcomes(reader, told, grants),
            view=None if ask.view is None else view,
            feeds=grants if ask.view not in (None, view) else None,
            at=page.at,
            open=page.open,
            narrow=page.narrow,
            more=page.more or bool(receipt.resume),
            next=PACE,
            limits=(BYTES_MAX, LETTERS_MAX),
        )
        if not page.lines:
            self._quiet.keep(actor, ask, answer, beat)
        return write_answer(answer, page.lines)

    def _page(self, reader: Reader, ask: Ask, view: str, head: int) -> Page:
        if ask.view is None:
            return Page(ask.at, ask.open)
        # A cursor that this life of the store cannot have given: everything is read anew.
        at = ask.at if ask.epoch == self.epoch and ask.at <= head else 0
        if at and ask.view != view:
            # The device first learns which feeds are new to it, and asks for them (8.3).
            return Page(at, dict(ask.open), more=True)
        return reader.page(ask, at, head)


async def renewed(
    engine: AsyncEngine,
    settings: Settings,
    above: int = 0,
    acknowledged: Mapping[recovery.Lane, int] | None = None,
) -> str:
    """Open a new epoch over a store that was put back from a backup; where they are known, above
    the positions and with the heads of lanes of the store that it stands in for."""
    connections = await connect(engine)
    try:
        return await epoch.renew(connections, settings.data, above, acknowledged=acknowledged)
    finally:
        await connections.close()


def _runs(ask: Ask, lines: list[bytes]) -> list[Run]:
    letters = iter(read(line, CONTRACT) for line in lines)
    return [
        Run(lane, first, [next(letters) for _ in range(count)])
        for lane, first, count in ask.letters
        if count
    ]


def _taken_up(store: Transaction, device: int | None, after: int) -> list[Told]:
    """What has become since of letters whose first outcome was to wait [5.9]."""
    rows = questions.taken_up(store, device, after) if device is not None else ()
    return [
        Told(OutcomeLine(LANES[lane], seq, OUTCOMES[outcome], code, at), name(bytes(record)), None)
        for lane, seq, outcome, code, at, record in rows
    ]


def _outcomes(reader: Reader, told: Sequence[Told], grants: Sequence[Grant]) -> list[OutcomeLine]:
    """Outcomes, each with whether the device will see the record in its feeds."""
    names = {grant.feed for grant in grants}
    unknown = [t.record for t in told if t.feeds is None and t.record]
    hidden = reader.unseen(unknown)
    return [
        structs.replace(
            one.line,
            unseen=int(one.record in hidden if one.feeds is None else names.isdisjoint(one.feeds)),
        )
        for one in told
    ]


def _heads(store: Transaction, device: int | None) -> dict[Lane, tuple[int, str]]:
    """The ends of the device's lanes as the store holds them."""
    found = questions.heads(store, device) if device is not None else {}
    return {lane: (head.last, head.hash) for lane, head in found.items()}
