"""Feeds (scope, kind, period), what an actor may read of them, and the digests of what he holds.

A feed's name is `scope/kind/period`, such as `district:ALM/violation/2026-11-22` or
`city/offence/-`. What an exchange gives, `granted` names; what is read one by one
beside it, `may_read` decides over the same scopes. Nothing is read in any other way.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from msgspec import Struct

from sync.change import Held
from sync.kind import Kind, Scope, Verb
from sync.record import Body
from sync.rights import Duties, within
from sync.roles import Actor

HOUR_MS: Final = 3600 * 1000
ALWAYS: Final = "-"
LOAN_HOURS: Final = {Scope.OWN: 72, Scope.ALL: 72}
LOAN_HOURS_ELSE: Final = 24
PREFIX_MAX: Final = 4
"""Hex digits of a repair's prefix: 65,536 ranges, so that a range holds few records."""


class Grant(Struct, frozen=True, array_like=True):
    """A feed on loan: after `lent` (ms) the device hides it and lets go of it."""

    feed: str
    life: int
    lent: int


def feeds_of(kind: Kind, record: str, body: Body, day: str) -> list[str]:
    """The feeds that hold a record: a function of its own body and its first day."""
    period = {ALWAYS: ALWAYS, "arrival": day}.get(kind.period, str(body.get("day")))
    names = []
    for sort, field in kind.filed:
        value = record if field == "id" else body.get(field) if field else ""
        if value or not field:
            scope = f"{sort}:{value}" if field else sort
            names.append(f"{scope}/{kind.name}/{period}")
    return names


def granted(
    actor: Actor,
    duties: Duties,
    kinds: Iterable[Kind],
    districts: Sequence[str],
    today: str,
    now: int,
) -> list[Grant]:
    """The feeds that an actor may read at this moment, each once, in order of their names."""
    lent: dict[str, int] = {}
    for kind in kinds:
        for right in kind.rights.get(actor.role, ()):
            if right.verb is not Verb.READ:
                continue
            until = (now // HOUR_MS + 1 + LOAN_HOURS.get(right.scope, LOAN_HOURS_ELSE)) * HOUR_MS
            for scope in _scopes(right.scope, kind, actor, duties, districts):
                for period in _periods(kind, right.scope, today):
                    name = f"{scope}/{kind.name}/{period}"
                    lent[name] = max(until, lent.get(name, 0))
    return [Grant(name, 1, lent[name]) for name in sorted(lent)]


def may_read(
    kind: Kind,
    held: Held,
    actor: Actor,
    duties: Duties,
    districts: Sequence[str],
    today: str,
) -> Verb | None:
    """How an actor may read one record now: freely (READ), if he says why (OPEN), or not at all.

    Whatever a granted feed holds is READ. Feeds lend a few days only; what is older is read by
    the same scopes, but what a crew reads of each other ends with its shift's feed.
    """
    rights = kind.rights.get(actor.role, ())
    filed = [feed.split("/") for feed in feeds_of(kind, held.id, held.body, held.day)]
    for right in rights:
        if right.verb is Verb.READ:
            scopes = _scopes(right.scope, kind, actor, duties, districts)
            days = _periods(kind, right.scope, today)
            lent = right.scope is Scope.SHIFT
            if any(name in scopes and (not lent or day in days) for name, _, day in filed):
                return Verb.READ
    opens = [right for right in rights if right.verb is Verb.OPEN]
    if any(within(right.scope, kind, actor, duties, held.body) for right in opens):
        return Verb.OPEN
    return None


def _scopes(
    scope: Scope, kind: Kind, actor: Actor, duties: Duties, districts: Sequence[str]
) -> list[str]:
    """The scopes that a right reaches, of those that the kind's feeds use."""
    crew = sorted({actor.person, *(p for duty in duties for p in duty.crew)})
    reach: dict[Scope, list[str]] = {
        Scope.OWN: [f"person:{actor.person}"],
        Scope.SHIFT: [f"person:{p}" for p in crew]
        if "route" not in kind.scopes
        else [f"route:{duty.route}" for duty in duties if duty.route],
        Scope.FORMATION: [f"formation:{actor.formation}"] if actor.formation else [],
        Scope.DISTRICT: [f"district:{actor.district}"] if actor.district else [],
        Scope.ALL: ["city"] if "city" in kind.scopes else [f"district:{d}" for d in districts],
    }
    return [name for name in reach[scope] if name.split(":")[0] in kind.scopes]


def _periods(kind: Kind, scope: Scope, today: str) -> list[str]:
    if kind.period == ALWAYS:
        return [ALWAYS]
    first, last = (-2, 1) if scope is Scope.OWN else (-1, 0)
    if kind.period == "day":
        last += 1
    start = date.fromisoformat(today)
    return [(start + timedelta(days=n)).isoformat() for n in range(first, last + 1)]


def view_of(grants: Sequence[Grant]) -> str:
    """A short name of exactly these grants: sent instead of them while nothing changes."""
    text = "\n".join(f"{g.feed} {g.life} {g.lent}" for g in grants)
    return sha256(text.encode()).hexdigest()[:16]


def fingerprint(line: bytes) -> int:
    """What one record adds to a digest: 128 bits of SHA-256 of its line."""
    return int.from_bytes(sha256(line).digest()[:16])


def place(kind: str, record: str) -> str:
    """Where a record lies among the prefixes of a repair (PROTOCOL.md 10)."""
    return sha256(f"{kind}/{record}".encode()).hexdigest()[:PREFIX_MAX]


def digest_of(fingerprints: Iterable[int]) -> str:
    """Free of order: the exclusive or of the fingerprints, in hex."""
    total = 0
    for value in fingerprints:
        total ^= value
    return f"{total:032x}"
