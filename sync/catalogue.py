"""Every kind on one page: who may do what with it.

A kind exists because it stands here; what a line does not grant is not allowed. The rights
follow rights.md; where a role is missing, it has none. What a kind is made of, how its edits
merge and which feeds hold it stands in its own file.
"""

from typing import Final

from msgspec import structs

from sync.kind import Kind, Right, Scope, Verb
from sync.kinds import (
    assist,
    district,
    formation,
    index,
    offence,
    person,
    place,
    route,
    shift,
    subject,
    violation,
)
from sync.roles import Role

CONTRACT: Final = 1

OWN, SHIFT, FORMATION = Scope.OWN, Scope.SHIFT, Scope.FORMATION
DISTRICT, ALL = Scope.DISTRICT, Scope.ALL

_SHORT: Final = {
    "OFF": Role.OFFICER,
    "GRD": Role.GUARD,
    "VOL": Role.VOLUNTEER,
    "FLD": Role.LEADER,
    "OPR": Role.OPERATOR,
    "DIS": Role.DISPATCHER,
    "VID": Role.INSPECTOR,
    "SUP": Role.SUPERVISOR,
    "PLN": Role.PLANNER,
    "ANL": Role.ANALYST,
    "AUD": Role.AUDITOR,
    "ADM": Role.ADMINISTRATOR,
    "SVC": Role.ADAPTER,
}
EVERYBODY: Final = " ".join(_SHORT)

Rights = dict[Role, tuple[Right, ...]]
_Line = tuple[str, str, Scope] | tuple[str, str, Scope, tuple[str, ...]]


def _rights(*lines: _Line) -> Rights:
    """From lines of (who, what, how far), or with the atoms to which changes are confined."""
    rights: Rights = {}
    for who, what, scope, *rest in lines:
        atoms = rest[0] if rest else ()
        granted = tuple(
            Right(verb, scope, atoms if verb in (Verb.CHANGE, Verb.APPROVE) else ())
            for verb in (_VERBS[letter] for letter in what)
        )
        for role in (_SHORT[name] for name in who.split()):
            rights[role] = rights.get(role, ()) + granted
    return rights


_VERBS: Final = {
    "C": Verb.CREATE,
    "R": Verb.READ,
    "O": Verb.OPEN,
    "U": Verb.CHANGE,
    "A": Verb.APPROVE,
}

_REFERENCE: Final = _rights((EVERYBODY, "R", ALL), ("ADM SVC", "CU", ALL))

_PERSON: Final = _rights(
    ("OFF GRD VOL", "R", SHIFT),
    ("FLD", "R", FORMATION),
    ("OPR DIS PLN AUD", "R", ALL),
    ("VID SUP", "R", DISTRICT),
    ("ADM SVC", "CRU", ALL),
)

_ROUTE: Final = _rights(
    ("VOL", "R", SHIFT),
    ("OFF GRD FLD VID", "R", DISTRICT),
    ("SUP", "RU", DISTRICT),
    ("OPR DIS ANL AUD", "R", ALL),
    ("PLN", "CRUA", ALL),
    ("SVC", "CRU", ALL),
)

_SHIFT: Final = _rights(
    ("OFF GRD VOL", "RU", OWN, ("state",)),
    ("OPR VID", "R", OWN),
    ("OFF GRD", "R", SHIFT),
    ("FLD", "R", FORMATION),
    ("SUP", "RUA", DISTRICT),
    ("DIS ANL AUD", "R", ALL),
    ("PLN", "CRUA", ALL),
    ("SVC", "CRU", ALL),
)

_VIOLATION: Final = _rights(
    ("OFF GRD", "CRU", OWN),
    ("OFF GRD", "R", SHIFT),
    ("SUP", "RA", DISTRICT, ("review",)),
    ("DIS ANL", "R", ALL),
    ("AUD", "O", ALL),
    ("SVC", "CR", ALL),
)

_SUBJECT: Final = _rights(
    ("OFF GRD", "CRU", OWN),
    ("SUP", "O", DISTRICT),
    ("DIS AUD", "O", ALL),
)

_ASSIST: Final = _rights(
    ("VOL", "CR", OWN),
    ("VOL", "U", OWN, ("what", "place", "happened")),
    ("OFF GRD", "RA", SHIFT, ("state",)),
    ("FLD", "C", OWN),
    ("FLD", "CRUA", FORMATION),
    ("SUP", "RA", DISTRICT, ("state",)),
    ("DIS PLN ANL AUD", "R", ALL),
)

_KINDS: Final = (
    (district.KIND, _REFERENCE),
    (offence.KIND, _REFERENCE),
    (formation.KIND, _REFERENCE),
    (place.KIND, _REFERENCE),
    (index.KIND, _REFERENCE),
    (person.KIND, _PERSON),
    (route.KIND, _ROUTE),
    (shift.KIND, _SHIFT),
    (violation.KIND, _VIOLATION),
    (subject.KIND, _SUBJECT),
    (assist.KIND, _ASSIST),
)

WATCHERS: Final = frozenset({Role.AUDITOR})
"""Who reads the whole access log. Everybody reads who looked at records of his own."""

CATALOGUE: Final[dict[str, Kind]] = {
    kind.name: structs.replace(kind, rights=rights) for kind, rights in _KINDS
}
