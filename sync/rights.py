"""Who may do what: one function for what is written and one for what is read. Default is no."""

from msgspec import Struct

from sync.change import Change, Held
from sync.kind import Kind, Right, Scope, Verb
from sync.record import Body, Id
from sync.roles import Actor


class Duty(Struct, frozen=True):
    """One shift of the person who asks: where, when (ms), and with whom."""

    shift: Id
    route: Id
    starts: int
    ends: int
    crew: tuple[str, ...]


Duties = tuple[Duty, ...]


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
    reached = [r for r in lines if _reaches(r, kind, actor, duties, held, after)]
    if not reached:
        return "not_own"
    if any(not r.atoms for r in reached):
        return ""
    fields = {f for r in reached for a in r.atoms for f in kind.atoms[a].fields}
    return "" if change.touched <= fields else "not_allowed"


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
            return any(body.get("route") == duty.route for duty in duties)
        case Scope.FORMATION:
            return actor.formation != "" and body.get("formation") == actor.formation
        case Scope.DISTRICT:
            return actor.district != "" and body.get("district") == actor.district
