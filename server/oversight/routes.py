"""Asking the access log: an auditor all of it, everybody who looked at records of his own."""

from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar, runtime_checkable

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import Struct

from server.oversight.access_log import AccessLog, Noted
from sync.catalogue import WATCHERS
from sync.faults import Fault
from sync.opening import Access
from sync.record import IdOrNone, Whole
from sync.roles import Actor


class Wanted(Struct, frozen=True):
    """Which part of the log. The router reads numbers and text, but not their bounds."""

    before: Whole = 0
    person: IdOrNone = ""
    record: IdOrNone = ""


@runtime_checkable
class Names(Protocol):
    """Somebody who knows what people are called. The log itself holds ids only."""

    async def of(self, persons: Iterable[str]) -> dict[str, str]:
        """The names of those that are known."""


class Look(Struct, frozen=True, kw_only=True):
    """What everybody is told of a look at his own: by whom and for what, not in what words."""

    position: int
    at: int
    person: str
    name: str
    role: str
    what: str
    kind: str
    record: str
    purpose: str


class Entry(Look, frozen=True, kw_only=True):
    """What an auditor is told. `words` are None once they are erased."""

    device: str
    owner: str
    words: str | None


L = TypeVar("L", bound=Look)


class Accesses(Struct, frozen=True):
    """A page; `before` asks for the next one, 0 where that was all."""

    accesses: list[Entry]
    before: int


class Looks(Struct, frozen=True):
    """A page of looks."""

    accesses: list[Look]
    before: int


@get("/oversight/accesses")
async def all_accesses(
    actor: NamedDependency[Actor | None],
    watch: NamedDependency[AccessLog],
    names: NamedDependency[Names],
    before: FromQuery[int] = 0,
    person: FromQuery[str] = "",
    record: FromQuery[str] = "",
) -> Accesses:
    """The whole log. The auditor's own look is noted before it is answered."""
    if actor is None:
        raise Fault("not_signed_in")
    if actor.role not in WATCHERS:
        raise Fault("not_allowed")
    wanted = _wanted(before, person, record)
    await watch.note(actor, Access("accesses", record=wanted.record, owner=wanted.person))
    rows, older = await watch.page(wanted.before, wanted.person, wanted.record)
    return Accesses(await _told(Entry, rows, names), older)


@get("/oversight/mine")
async def mine(
    actor: NamedDependency[Actor | None],
    watch: NamedDependency[AccessLog],
    names: NamedDependency[Names],
    before: FromQuery[int] = 0,
) -> Looks:
    """Who else looked at records of the asker's own."""
    if actor is None:
        raise Fault("not_signed_in")
    rows, older = await watch.of_owner(actor.person, _wanted(before).before)
    return Looks(await _told(Look, rows, names), older)


def _wanted(before: int, person: str = "", record: str = "") -> Wanted:
    return msgspec.convert({"before": before, "person": person, "record": record}, Wanted)


async def _told(shape: type[L], rows: Sequence[Noted], names: Names) -> list[L]:
    known = await names.of(row.person for row in rows)
    return [
        msgspec.convert({**msgspec.structs.asdict(row), "name": known.get(row.person, "")}, shape)
        for row in rows
    ]


routes: Final = [all_accesses, mine]
