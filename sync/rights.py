"""Who may do what: one function for what is written and one for what is read. Default is no."""

from typing import Final

from msgspec import Struct

from sync.change import OFFSET_AGE_MAX_S, Change, Clock, Held
from sync.kind import Kind, Right, Scope, Verb
from sync.record import Body, Id
from sync.roles import Actor, Role


class Duty(Struct, frozen=True):
    """One shift of the person who asks: where, when (ms), and with whom."""

    shift: Id
    route: Id
    starts: int
    ends: int
    crew: tuple[str, ...]


Duties = tuple[Duty, ...]

PAPERWORK_MS: Final = 3600 * 1000
"""For an hour after a shift its crew may still write what belongs to it (our own choice)."""


def running(duties: Duties, clock: Clock) -> Duties:
    """The duties that were running at an event's corrected time, as far as it is known [5.10].

    An offset that nobody can vouch for may be wrong by as much as it may be old.
    """
    if not duties:
        return ()
    spread = clock.spread if clock.spread >= 0 else OFFSET_AGE_MAX_S * 1000
    first, last = clock.corrected - spread, clock.corrected + spread
    return tuple(d for d in duties if d.starts <= last and first <= d.ends + PAPERWORK_MS)


def refusal(
    kind: Kind, actor: Actor, duties: Duties, change: Change, held: Held | None, after: Body
) -> str:
    """'' if the actor may write this, else a code. Both the old and the new body must be in reach.

    An author can neither take a record out of another's hands nor make one in another's name.
    """
    verbs = (Verb.CREATE,) if held is None else (Verb.CHANGE, Verb.APPROVE)
    lines = [r for r in kind.rights.get(actor.role, ()) if r.verb in verbs]
    if not lines:
        return "not_allowed"
    duties = running(duties, change.clock)
    reached = [r for r in lines if _reaches(r, kind, actor, duties, held, after)]
    if not reached:
        return "not_own"
    if any(not r.atoms for r in reached):
        return ""
    fields = {f for r in reached for a in r.atoms for f in kind.atoms[a].fields}
    return "" if change.touched <= fields else "not_allowed"


def by_duty(kind: Kind | None, role: Role) -> bool:
    """Whether what a role may write of a kind depends on being on duty."""
    lines = kind.rights.get(role, ()) if kind else ()
    return any(r.scope is Scope.SHIFT and r.verb is not Verb.READ for r in lines)


def _reaches(
    right: Right, kind: Kind, actor: Actor, duties: Duties, held: Held | None, after: Body
) -> bool:
    bodies = [after] if held is None else [held.body, after]
    return all(within(right.scope, kind, actor, duties, body) for body in bodies)


def within(scope: Scope, kind: Kind, actor: Actor, duties: Duties, body: Body) -> bool:
    """Whether a record is inside a scope of the actor's."""
    match scope:
        case Scope.ALL:
            return True
        case Scope.OWN:
            return bool(kind.owner) and body.get(kind.owner) == actor.person
        case Scope.SHIFT:
            # A duty at a desk has no route, which is no reason to reach all that have none.
            return any(body.get("route") == duty.route for duty in duties if duty.route)
        case Scope.FORMATION:
            return actor.formation != "" and body.get("formation") == actor.formation
        case Scope.DISTRICT:
            return actor.district != "" and body.get("district") == actor.district
