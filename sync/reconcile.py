"""What becomes of a change: the one pure decision (PROTOCOL.md 5).

No clock, no randomness, no storage. The same arguments give the same verdict on any machine,
on any day.
"""

from typing import Any, Literal

import msgspec
from msgspec import Struct, structs

from sync.change import AtomState, Change, Held
from sync.faults import Fault
from sync.kind import Facts, Kind
from sync.merge import merge
from sync.record import Body
from sync.rights import Duties, refusal
from sync.roles import Actor

Outcome = Literal["applied", "merged", "superseded", "disputed", "parked", "rejected"]


class Verdict(Struct, frozen=True):
    """An outcome with its code; `held` is the record as it now is, None where nothing changed."""

    outcome: Outcome
    code: str = ""
    held: Held | None = None


class Case(Struct, frozen=True):
    """All that a decision may know beside the change itself.

    `position` becomes the version if one is made. `base` is where the store has the letter
    `base_hash`: at the change's own `base`, or elsewhere if a phone brought it back after a
    restore; None where it is not there. `over_stands` is whether the letter that this one was
    written over was taken.
    """

    hash: str
    position: int
    day: str
    held: Held | None
    base: int | None
    over_stands: bool
    actor: Actor
    duties: Duties
    facts: Facts


def reconcile(change: Change, kind: Kind, case: Case) -> Verdict:
    """Say what becomes of `change`. Each refusal is one paragraph, in the order of checking."""
    if change.author != case.actor.person:
        return Verdict("parked", "author_foreign")

    if not case.over_stands:
        return Verdict("parked", "over_refused")

    if not change.touched <= kind.fields:
        return Verdict("rejected", "field_unknown")

    if change.creates:
        return _create(change, kind, case)

    held = case.held
    if held is None or case.base is None:
        return Verdict("parked", "base_ahead")
    if held.kind != change.kind:
        return Verdict("rejected", "record_unknown")
    return _change(structs.replace(change, base=case.base), kind, case, held)


def _create(change: Change, kind: Kind, case: Case) -> Verdict:
    if case.held is not None:
        return Verdict("rejected", "record_exists")
    if change.add or change.take:
        return Verdict("rejected", "field_wrong")
    code = refusal(kind, case.actor, case.duties, change, None, change.set) or _broken(
        change.set, kind, case
    )
    if code:
        return Verdict("rejected", code)
    return Verdict("applied", "", _held(change, kind, case, change.set, None, tuple(kind.atoms)))


def _change(change: Change, kind: Kind, case: Case, held: Held) -> Verdict:
    try:
        merged = merge(held, change, kind.atoms)
    except Fault as fault:
        return Verdict("rejected", fault.code)

    code = refusal(kind, case.actor, case.duties, change, held, merged.body)
    if code:
        return Verdict("rejected", code)

    open_atoms = kind.signed(held.body)
    if open_atoms is not None and not set(merged.took) <= set(open_atoms):
        return Verdict("rejected", "signed")

    code = _broken(merged.body, kind, case)
    if code:
        return Verdict("disputed", "merged_invalid") if merged.moved else Verdict("rejected", code)

    after = _held(change, kind, case, merged.body, held, merged.took) if merged.took else None
    if merged.asked:
        return Verdict("disputed", "ask", after)
    if not merged.moved:
        return Verdict("applied", "", after)
    if not merged.took:
        return Verdict("superseded", "lost")
    return Verdict("merged", "lost" if merged.lost else "moved", after)


def _broken(body: Body, kind: Kind, case: Case) -> str:
    try:
        shaped: Any = msgspec.convert(body, kind.shape)
    except msgspec.ValidationError:
        return "field_wrong"
    del shaped
    return kind.check(body, case.held, case.actor, case.facts)


def _held(
    change: Change, kind: Kind, case: Case, body: Body, held: Held | None, took: tuple[str, ...]
) -> Held:
    now = AtomState(case.position, change.origin, change.clock.corrected, change.clock.spread)
    if held is None:
        return Held(kind.name, change.id, case.position, case.hash, body, now, {}, case.day)
    atoms = {**held.atoms, **dict.fromkeys(took, now)}
    return structs.replace(held, version=case.position, letter=case.hash, body=body, atoms=atoms)
