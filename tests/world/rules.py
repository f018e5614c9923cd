"""Merging, written once more from sections 2.8 and 6 of PROTOCOL.md and the catalogue's reasons.

Nothing here is taken from `sync`: this is what the simulation holds the store against.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

Says = Mapping[str, Any]
UNKNOWN: Final = -1

_REFERENCE = "name_kk name_ru name_en title_kk title_ru title_en lat lon code verified mark"
ATOMS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "violation": {
        "law": ("ask", "offence article measure"),
        "place": ("latest", "lat lon accuracy place"),
        "happened": ("earliest", "happened"),
        "text": ("ask", "text"),
        "subject": ("latest", "subject no_data_reason"),
        "backup": ("highest", "needs_backup"),
        "post": ("store_order", "officer district route shift"),
        "review": ("furthest", "state"),
        "signature": ("earliest", "signed"),
    },
    "subject": {
        "identity": ("ask", "name iin document"),
        "address": ("latest", "address"),
        "explanation": ("ask", "explanation"),
        "post": ("store_order", "violation officer district"),
    },
    "assist": {
        "what": ("latest", "activity text officer"),
        "place": ("latest", "lat lon accuracy place"),
        "happened": ("earliest", "happened"),
        "post": ("store_order", "member formation district route shift"),
        "state": ("furthest", "state"),
    },
    "shift": {
        "plan": ("ask", "person post route district formation day starts ends"),
        "crew": ("union", "crew"),
        "state": ("furthest", "state"),
    },
    "person": {
        "name": ("ask", "name"),
        "call_sign": ("latest", "call_sign"),
        "post": ("store_order", "unit district role formation"),
    },
    "district": {"all": ("store_order", _REFERENCE)},
}
STEPS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "violation": {
        "logged": ("returned", "accepted", "annulled"),
        "returned": ("logged", "accepted", "annulled"),
        "accepted": ("annulled",),
    },
    "assist": {"submitted": ("confirmed", "declined"), "declined": ("confirmed",)},
    "shift": {"planned": ("started", "cancelled"), "started": ("ended",)},
}
BEGIN: Final = {"violation": "logged", "assist": "submitted", "shift": "planned"}


class Stamp(NamedTuple):
    """The last change of an atom: at which position, by which lane, when, and how surely."""

    position: int
    origin: str
    at: int
    spread: int


class Laid(NamedTuple):
    """A record's body after a letter, and what became of each atom that the letter touches."""

    body: dict[str, Any]
    took: list[str]
    moved: list[str]
    lost: list[str]
    asked: list[str]
    rules: list[str]
    wrong_step: bool


def stamp(says: Says, position: int) -> Stamp:
    """What a letter leaves on the atoms that it changes [2.8]."""
    clock = says["clock"]
    age = clock["age"]
    known = 0 <= age <= 12 * 3600
    spread = 1000 + age // 20 if known else UNKNOWN  # 50 ppm is one millisecond in twenty seconds
    return Stamp(
        position, f"{says['device']}/{says['lane']}", clock["at"] + clock["offset"], spread
    )


def atoms_of(kind: str, says: Says) -> dict[str, tuple[str, list[str]]]:
    """The atoms that a letter touches: rule, and the fields that it says of them."""
    said = {**says["set"], **says["add"], **says["take"]}
    touched = {}
    for name, (rule, fields) in ATOMS[kind].items():
        if mine := [field for field in fields.split() if field in said]:
            touched[name] = (rule, mine)
    return touched


def knows(kind: str, says: Says) -> bool:
    """Whether each field is one of the kind's."""
    fields = {f for _, names in ATOMS[kind].values() for f in names.split()}
    return {*says["set"], *says["add"], *says["take"]} <= fields


def lay(
    kind: str, body: Says, stamps: Mapping[str, Stamp], says: Says, base: int, mine: Stamp
) -> Laid:
    """Lay a letter over a record [6.1, 6.2]."""
    laid = Laid(dict(body), [], [], [], [], [], False)
    wrong = False
    for name, (rule, fields) in atoms_of(kind, says).items():
        last = stamps[name]
        if last.position <= base or last.origin == mine.origin:
            if rule == "furthest" and not _may_step(kind, body, fields[0], says):
                wrong = True
            stands = True
        elif _says_what_stands(body, says, fields):
            continue  # both say the same: there is nothing to decide
        else:
            laid.moved.append(name)
            laid.rules.append(rule)
            verdict = _decide(kind, rule, body, fields[0], says, mine, last)
            if verdict == "both":
                laid.asked.append(name)
                continue
            stands = verdict == "mine"
            if not stands:
                laid.lost.append(name)
        if stands:
            laid.took.append(name)
            _put(laid.body, says, fields)
    return laid._replace(wrong_step=wrong)


def _says_what_stands(body: Says, says: Says, fields: list[str]) -> bool:
    if says["add"] or says["take"]:
        return False
    return all(body.get(field) == says["set"][field] for field in fields)


def _decide(
    kind: str, rule: str, body: Says, field: str, says: Says, mine: Stamp, last: Stamp
) -> str:
    old, new = body.get(field), says["set"].get(field)
    if rule == "ask":
        return "both"
    if rule == "furthest":
        stood = str(old or BEGIN[kind])
        if new in _after(kind, stood):
            return "mine"
        return "theirs" if stood in _after(kind, str(new)) else "both"
    if rule == "latest":
        if UNKNOWN in (mine.spread, last.spread):
            return "mine"
        return "theirs" if mine.at + mine.spread < last.at - last.spread else "mine"
    if rule == "earliest" and old is not None and new is not None:
        return "mine" if new < old else "theirs"
    if rule == "highest" and old is not None and new is not None:
        return "mine" if new > old else "theirs"
    return "mine"


def _may_step(kind: str, body: Says, field: str, says: Says) -> bool:
    old, new = str(body.get(field) or BEGIN[kind]), says["set"].get(field)
    return new in (None, old) or new in STEPS[kind].get(old, ())


def _after(kind: str, state: str) -> set[str]:
    """Every state to which there is a way."""
    found: set[str] = set()
    ways = list(STEPS[kind].get(state, ()))
    while ways:
        state = ways.pop()
        if state not in found:
            found.add(state)
            ways += STEPS[kind].get(state, ())
    return found


def _put(body: dict[str, Any], says: Says, fields: list[str]) -> None:
    for field in fields:
        if field in says["set"]:
            body[field] = says["set"][field]
        added, taken = says["add"].get(field, []), says["take"].get(field, [])
        if added or taken:
            stay = [item for item in body.get(field) or [] if item not in taken]
            body[field] = stay + [item for item in added if item not in stay]
