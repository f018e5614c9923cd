"""The rules by which two edits of an atom become one (PROTOCOL.md 6).

An atom has *moved* if its last change is later than the change's base and was not made by the
change's own lane. Only on moved atoms does a rule decide; on all others the change stands.
"""

from collections.abc import Mapping

from msgspec import Struct

from sync.change import AtomState, Change, Held
from sync.faults import Fault
from sync.kind import Atom, Rule
from sync.record import Body, Scalar, Value


class Merged(Struct, frozen=True):
    """The body after the change, and what became of each atom that it touches."""

    body: Body
    took: tuple[str, ...]
    moved: tuple[str, ...]
    lost: tuple[str, ...]
    asked: tuple[str, ...]


def merge(held: Held, change: Change, atoms: Mapping[str, Atom]) -> Merged:
    """Lay a change over a record that may have moved. Raises `Fault("wrong_step")`."""
    body = dict(held.body)
    took: list[str] = []
    moved: list[str] = []
    lost: list[str] = []
    asked: list[str] = []
    touched = change.touched
    for name, atom in atoms.items():
        if touched.isdisjoint(atom.fields):
            continue
        last = held.atom(name)
        if last.version <= change.base or last.origin == change.origin:
            _step(atom, held.body, change.set)
            ours = True
        elif _same(atom, held.body, change):
            ours = False
        else:
            moved.append(name)
            if atom.rule is Rule.ASK or _crossed(atom, held.body, change.set):
                asked.append(name)
                continue
            ours = _wins(atom, last, held.body, change)
            if not ours:
                lost.append(name)
        if ours:
            took.append(name)
            lay(body, change, atom.fields)
    return Merged(body, tuple(took), tuple(moved), tuple(lost), tuple(asked))


def lay(body: Body, change: Change, fields: tuple[str, ...]) -> None:
    """Lay what a change says of some fields over a body, in place."""
    for field in fields:
        if field in change.set:
            body[field] = change.set[field]
        if field in change.add or field in change.take:
            body[field] = _union(
                body.get(field), change.add.get(field, ()), change.take.get(field, ())
            )


def _union(held: Value, add: "list[Scalar] | tuple[()]", take: "list[Scalar] | tuple[()]") -> Value:
    kept = [item for item in held if item not in take] if isinstance(held, list) else []
    return kept + [item for item in add if item not in kept]


def _same(atom: Atom, held: Body, change: Change) -> bool:
    if not change.touched.isdisjoint(atom.fields) and (change.add or change.take):
        return False
    return all(held.get(f) == change.set[f] for f in atom.fields if f in change.set)


def _step(atom: Atom, held: Body, said: Body) -> None:
    """Refuse a step that the kind's transitions do not have."""
    if atom.rule is not Rule.FURTHEST:
        return
    old, new = _stands_at(atom, held), said.get(atom.fields[0])
    if new not in (old, None) and new not in atom.steps.get(old, ()):
        raise Fault("wrong_step", f"{atom.fields[0]}: {old} to {new}")


def _stands_at(atom: Atom, held: Body) -> str:
    """The state of a body; one that does not say is where all begin."""
    return str(held.get(atom.fields[0]) or next(iter(atom.steps), ""))


def _crossed(atom: Atom, held: Body, said: Body) -> bool:
    """Two steps from which neither leads to the other."""
    if atom.rule is not Rule.FURTHEST:
        return False
    old, new = _stands_at(atom, held), str(said.get(atom.fields[0]))
    return new not in _beyond(atom, old) and old not in _beyond(atom, new)


def _beyond(atom: Atom, state: str) -> set[str]:
    """All states that can follow one."""
    seen: set[str] = set()
    todo = [state]
    while todo:
        for follower in atom.steps.get(todo.pop(), ()):
            if follower not in seen:
                seen.add(follower)
                todo.append(follower)
    return seen


def _wins(atom: Atom, last: AtomState, held: Body, change: Change) -> bool:
    """Whether the change stands on an atom that moved. Store order: the later arrival stands."""
    field = atom.fields[0]
    old, new = held.get(field), change.set.get(field)
    if atom.rule is Rule.LATEST:
        spread, other = change.clock.spread, last.spread
        if spread < 0 or other < 0:
            return True
        return change.clock.corrected + spread >= last.at - other
    if atom.rule is Rule.FURTHEST:
        return str(new) in _beyond(atom, _stands_at(atom, held))
    if isinstance(old, int) and isinstance(new, int):
        if atom.rule is Rule.EARLIEST:
            return new < old
        if atom.rule is Rule.HIGHEST:
            return new > old
    return True
