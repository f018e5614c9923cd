"""Takes letters to the store as any device does, and insists that each is taken."""

from collections.abc import Iterable
from typing import Final, Protocol

from msgspec import structs

from server.city.identity import Source
from server.city.plan import Told
from server.city.progress import Progress, Say
from server.clock import Clock as Now
from sync.catalogue import CONTRACT
from sync.change import Clock
from sync.exchange import LETTERS_MAX, read_answer, write_ask
from sync.outbox import ask, compose
from sync.pocket import Draft, Entry, State
from sync.replica import hear
from sync.roles import Actor, Role

LETTERS: Final = LETTERS_MAX


class Door(Protocol):
    """The one door to the store's records."""

    async def exchange(self, actor: Actor, message: bytes) -> bytes:
        """One request, one answer."""


class RefusedError(Exception):
    """The store did not take a letter of the city's."""


class Courier:
    """One device of the city's: it writes everything first, then hands in what is not there yet.

    Its letters come out the same each time, so a delivery that broke off is simply made again.
    """

    def __init__(self, source: Source, errand: str, written: int, zone: int) -> None:
        device, person = source.id("device", errand), source.id("person", "adapter")
        self._actor = Actor(person, Role.ADAPTER, "", "", device)
        self._state = State(device, person, CONTRACT)
        self._entries: list[Entry] = []
        self._source, self._errand = source, errand
        self._clock = Clock(at=written, zone=zone, offset=0, age=0, jumps=0)

    def write(self, records: Iterable[Told]) -> None:
        for told in records:
            salt = self._source.salt(self._errand, told.id)
            draft = Draft(told.kind, told.id, told.body)
            effects = compose(self._state, draft, None, (), self._clock, salt)
            self._state = effects.state
            self._entries += effects.entries

    async def deliver(self, door: Door, now: Now, what: str, say: Say) -> int:
        """Hand in what the store has not got, and say how it goes; how many letters that were."""
        await self._exchange(door, now, 0)
        before = self._taken
        progress = Progress(what, len(self._entries) - before, say)
        while self._taken < len(self._entries):
            taken = self._taken
            await self._exchange(door, now, LETTERS)
            if self._taken == taken:
                raise RefusedError(f"{self._errand}: the store stays at letter {taken}")
            progress.at(self._taken - before)
        return len(self._entries) - before

    async def _exchange(self, door: Door, now: Now, letters_max: int) -> None:
        due = self._entries[self._taken :]
        after, asked, letters = ask(self._state, due, now.now(), 0, letters_max)
        message = write_ask(structs.replace(asked, view=None), letters)
        answer, lines = read_answer(await door.exchange(self._actor, message))
        for outcome in answer.outcomes:
            if outcome.outcome != "applied":
                entry = self._entries[outcome.seq - 1]
                raise RefusedError(f"{entry.kind} {entry.id}: {outcome.outcome} {outcome.code}")
        effects = hear(after, answer, lines, {}, ())
        if effects is None:
            raise RefusedError(f"{self._errand}: the answer is to another turn")
        self._state = effects.state

    @property
    def _taken(self) -> int:
        return self._state.taken.get("work", 0)
