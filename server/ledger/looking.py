"""The door to one record: its revisions, and opening it with a purpose. Both are logged first."""

import re
from typing import Any, Final, Protocol, runtime_checkable

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from server.ledger.history import Revision
from server.ledger.ledger import Ledger
from sync.catalogue import CATALOGUE
from sync.faults import Fault
from sync.kind import Verb
from sync.opening import Access, Reason, stated
from sync.record import Body, Whole
from sync.roles import Actor

LARGEST: Final = 4_096
ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@runtime_checkable
class Watch(Protocol):
    """Somebody who notes who looked at what."""

    async def note(self, actor: Actor, access: Access) -> None:
        """On disk when this returns. Raises a fault if it is not, or if it was too much."""

    async def reason(self, actor: Actor, record: str) -> Reason | None:
        """Why the actor opened this record a short while ago, if he did."""


class Opened(Struct, frozen=True):
    """A record as it was at `as_of` (ms)."""

    kind: str
    id: str
    version: int
    as_of: int
    body: Body


class Revisions(Struct, frozen=True):
    """A page of a record's revisions, the newest first; `before` asks for the next one."""

    kind: str
    id: str
    version: int
    as_of: int
    revisions: list[Revision]
    before: int


class Subjects(Struct, frozen=True):
    """The ids of the subjects of a violation."""

    subjects: list[str]


@get("/records/{kind:str}/{record:str}/revisions")
async def revisions(
    kind: FromPath[str],
    record: FromPath[str],
    actor: NamedDependency[Actor | None],
    ledger: NamedDependency[Ledger],
    watch: NamedDependency[Watch],
    before: FromQuery[int] = 0,
) -> Revisions:
    """How a record came to be what it is. One that has to be opened: shortly after it was."""
    who = await _asked(actor, watch, kind, record)
    older = msgspec.convert(before, Whole)  # the router reads numbers, but not their bounds
    found = await ledger.history.past(who, kind, record, older)
    if found is None:
        raise await _refused(watch, who, kind, record, "not_found")
    look, past = found
    reason = Reason() if look.by is Verb.READ else await watch.reason(who, record)
    if reason is None:
        raise Fault("purpose_missing")
    await watch.note(who, Access("history", kind, record, look.owner, reason))
    return Revisions(kind, record, look.held.version, look.at, past.revisions, past.before)


@post("/records/{kind:str}/{record:str}/open", status_code=200, request_max_body_size=LARGEST)
async def open_record(
    request: Request[Any, Any, Any],
    kind: FromPath[str],
    record: FromPath[str],
    actor: NamedDependency[Actor | None],
    ledger: NamedDependency[Ledger],
    watch: NamedDependency[Watch],
) -> Opened:
    """One record, to whoever says why."""
    who = await _asked(actor, watch, kind, record)
    reason = stated(_read(await request.body()))
    look = await ledger.history.look(who, kind, record)
    if look is None:
        raise await _refused(watch, who, kind, record, "not_found")
    await watch.note(who, Access("open", kind, record, look.owner, reason))
    return Opened(kind, record, look.held.version, look.at, look.held.body)


# With `violation` in its path it would hide the other two: the router does not turn back.
@get("/records/{kind:str}/{record:str}/subjects")
async def subjects(
    kind: FromPath[str],
    record: FromPath[str],
    actor: NamedDependency[Actor | None],
    ledger: NamedDependency[Ledger],
    watch: NamedDependency[Watch],
) -> Subjects:
    """What there is to open beside a violation: ids, and nothing of the persons."""
    who = await _asked(actor, watch, "subject", record)
    found = await ledger.history.subjects(who, record) if kind == "violation" else None
    if found is None:
        raise await _refused(watch, who, "violation", record, "not_found")
    return Subjects(found)


async def _asked(actor: Actor | None, watch: Watch, kind: str, record: str) -> Actor:
    """Who asks, if his role reads this kind at all. Whether the record is there says nothing."""
    if actor is None:
        raise Fault("not_signed_in")
    if kind not in CATALOGUE or not ID.fullmatch(record):
        raise Fault("not_found")  # and not noted: it may be anything that somebody typed
    rights = CATALOGUE[kind].rights.get(actor.role, ())
    if not any(right.verb in (Verb.READ, Verb.OPEN) for right in rights):
        raise await _refused(watch, actor, kind, record, "not_allowed")
    return actor


async def _refused(watch: Watch, actor: Actor, kind: str, record: str, code: str) -> Fault:
    """The fault to raise, once it is noted. What is out of reach looks like what is not there."""
    await watch.note(actor, Access("refused", kind, record))
    return Fault(code)


def _read(body: bytes) -> Reason:
    try:
        return msgspec.json.decode(body, type=Reason)
    except UnicodeDecodeError as error:  # the decoder's only error that is not its own
        raise Fault("not_json", "not UTF-8") from error


routes: Final = [revisions, open_record, subjects]
