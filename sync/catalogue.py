"""Every kind on one page: who may do what with it, how its edits merge, which feeds hold it.

A kind exists because it stands here; what a line does not grant is not allowed. The rights
follow rights.md; where a role is missing, it has none.
"""

from typing import Final

from sync.kind import Atom, Kind, Right, Rule, Scope, Verb
from sync.kinds import assist, shift, violation
from sync.kinds.assist import Assist
from sync.kinds.district import District
from sync.kinds.formation import Formation
from sync.kinds.offence import Offence
from sync.kinds.person import Person
from sync.kinds.route import Route
from sync.kinds.shift import Shift
from sync.kinds.subject import Subject
from sync.kinds.violation import Violation
from sync.roles import Role

CONTRACT: Final = 1

OFF, GRD, VOL, FLD = Role.OFFICER, Role.GUARD, Role.VOLUNTEER, Role.LEADER
OPR, DIS, VID, SUP = Role.OPERATOR, Role.DISPATCHER, Role.INSPECTOR, Role.SUPERVISOR
PLN, ANL, AUD, ADM = Role.PLANNER, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR
SVC = Role.ADAPTER

C, R, U, A = Verb.CREATE, Verb.READ, Verb.CHANGE, Verb.APPROVE
OWN, SHIFT, FORMATION = Scope.OWN, Scope.SHIFT, Scope.FORMATION
DISTRICT, ALL = Scope.DISTRICT, Scope.ALL

Rights = dict[Role, tuple[Right, ...]]


def _may(scope: Scope, *verbs: Verb, atoms: tuple[str, ...] = ()) -> tuple[Right, ...]:
    return tuple(Right(verb, scope, () if verb in (R, C) else atoms) for verb in verbs)


_REFERENCE: Rights = {role: _may(ALL, R) for role in Role} | {
    ADM: _may(ALL, C, R, U),
    SVC: _may(ALL, C, R, U),
}


def _whole(fields: tuple[str, ...], why: str) -> dict[str, Atom]:
    """A kind that is edited as one thing."""
    return {"all": Atom(fields, Rule.STORE_ORDER, why)}


_REFERENCE_WHY = "one administrator after the other edits it, each having seen the last edit"

_PLACE = Atom(
    ("lat", "lon", "accuracy", "place"),
    Rule.LATEST,
    "a place and its accuracy are one reading; the later reading corrects the earlier",
)
_HAPPENED = Atom(("happened",), Rule.EARLIEST, "it happened when it was first seen")

_DISTRICT = Kind(
    name="district",
    shape=District,
    filed=(("city", ""),),
    period="-",
    atoms=_whole(District.__struct_fields__, _REFERENCE_WHY),
    rights=_REFERENCE,
)

_OFFENCE = Kind(
    name="offence",
    shape=Offence,
    filed=(("city", ""),),
    period="-",
    atoms=_whole(Offence.__struct_fields__, _REFERENCE_WHY),
    rights=_REFERENCE,
)

_FORMATION = Kind(
    name="formation",
    shape=Formation,
    filed=(("city", ""),),
    period="-",
    atoms=_whole(Formation.__struct_fields__, _REFERENCE_WHY),
    rights=_REFERENCE,
)

_PERSON = Kind(
    name="person",
    shape=Person,
    filed=(("person", "id"), ("district", "district"), ("formation", "formation")),
    period="-",
    atoms={
        "name": Atom(("name",), Rule.ASK, "two spellings of a name: a person knows the right one"),
        "call_sign": Atom(("call_sign",), Rule.LATEST, "the call sign last given out is in use"),
        "post": Atom(
            ("unit", "district", "role", "formation"),
            Rule.STORE_ORDER,
            "one administrator after the other moves people, each having seen the last move",
        ),
    },
    rights={
        OFF: _may(SHIFT, R),
        GRD: _may(SHIFT, R),
        VOL: _may(SHIFT, R),
        FLD: _may(FORMATION, R),
        OPR: _may(ALL, R),
        DIS: _may(ALL, R),
        VID: _may(DISTRICT, R),
        SUP: _may(DISTRICT, R),
        PLN: _may(ALL, R),
        AUD: _may(ALL, R),
        ADM: _may(ALL, C, R, U),
        SVC: _may(ALL, C, R, U),
    },
)

_ROUTE = Kind(
    name="route",
    shape=Route,
    filed=(("district", "district"), ("route", "id")),
    period="-",
    atoms={
        "names": Atom(
            ("code", "name_kk", "name_ru"), Rule.LATEST, "the name last given is the one in use"
        ),
        "course": Atom(
            ("district", "means", "line", "checkpoints"),
            Rule.ASK,
            "two courses cannot be mixed: a planner decides which one is driven",
        ),
    },
    rights={
        OFF: _may(DISTRICT, R),
        GRD: _may(DISTRICT, R),
        VOL: _may(SHIFT, R),
        FLD: _may(DISTRICT, R),
        OPR: _may(ALL, R),
        DIS: _may(ALL, R),
        VID: _may(DISTRICT, R),
        SUP: _may(DISTRICT, R, U),
        PLN: _may(ALL, C, R, U, A),
        ANL: _may(ALL, R),
        AUD: _may(ALL, R),
        SVC: _may(ALL, C, R, U),
    },
)

_SHIFT = Kind(
    name="shift",
    shape=Shift,
    filed=(
        ("person", "person"),
        ("district", "district"),
        ("route", "route"),
        ("formation", "formation"),
    ),
    period="day",
    owner="person",
    needs=shift.needs,
    check=shift.check,
    atoms={
        "plan": Atom(
            ("person", "route", "district", "formation", "day", "starts", "ends"),
            Rule.ASK,
            "two planners sent one person to two places: a person decides",
        ),
        "crew": Atom(("crew",), Rule.UNION, "whoever was added by either is in the car"),
        "state": Atom(
            ("state",), Rule.FURTHEST, "what has begun has begun, whoever heard of it", shift.STEPS
        ),
    },
    rights={
        OFF: _may(OWN, R, U, atoms=("state",)) + _may(SHIFT, R),
        GRD: _may(OWN, R, U, atoms=("state",)) + _may(SHIFT, R),
        VOL: _may(OWN, R, U, atoms=("state",)),
        FLD: _may(FORMATION, R),
        DIS: _may(ALL, R),
        SUP: _may(DISTRICT, R, U, A),
        PLN: _may(ALL, C, R, U, A),
        ANL: _may(ALL, R),
        AUD: _may(ALL, R),
        SVC: _may(ALL, C, R, U),
    },
)

_VIOLATION = Kind(
    name="violation",
    shape=Violation,
    filed=(("person", "officer"), ("district", "district"), ("route", "route")),
    period="arrival",
    owner="officer",
    signed=violation.signed,
    atoms={
        "law": Atom(
            ("offence", "article", "measure"),
            Rule.ASK,
            "an article and its measure only make sense together; two opinions go to a person",
        ),
        "place": _PLACE,
        "happened": _HAPPENED,
        "text": Atom(("text",), Rule.ASK, "two accounts of one thing are evidence, both"),
        "subject": Atom(
            ("subject", "no_data_reason"), Rule.LATEST, "who was there is known better later"
        ),
        "backup": Atom(
            ("needs_backup",), Rule.HIGHEST, "a call for backup is not unsaid in silence"
        ),
        "post": Atom(
            ("officer", "district", "route", "shift"),
            Rule.STORE_ORDER,
            "set once, by the author, when the violation is logged",
        ),
        "review": Atom(
            ("state",),
            Rule.FURTHEST,
            "a decision that was taken stands over one that was not yet",
            violation.STEPS,
        ),
        "signature": Atom(("signed",), Rule.EARLIEST, "a signature is given once"),
    },
    rights={
        OFF: _may(OWN, C, R, U) + _may(SHIFT, R),
        GRD: _may(OWN, C, R, U) + _may(SHIFT, R),
        DIS: _may(ALL, R),
        SUP: _may(DISTRICT, R, A, atoms=("review",)),
        ANL: _may(ALL, R),
        SVC: _may(ALL, C, R),
    },
)

_SUBJECT = Kind(
    name="subject",
    shape=Subject,
    filed=(("person", "officer"),),
    period="arrival",
    owner="officer",
    atoms={
        "identity": Atom(
            ("name", "iin", "document"), Rule.ASK, "two identities are never mixed into a third"
        ),
        "address": Atom(("address",), Rule.LATEST, "an address said later corrects the earlier"),
        "explanation": Atom(("explanation",), Rule.ASK, "a person's own words are not overwritten"),
        "post": Atom(
            ("violation", "officer", "district"),
            Rule.STORE_ORDER,
            "set once, by the author, when the violation is logged",
        ),
    },
    rights={OFF: _may(OWN, C, R, U), GRD: _may(OWN, C, R, U)},
)

_ASSIST = Kind(
    name="assist",
    shape=Assist,
    filed=(
        ("person", "member"),
        ("formation", "formation"),
        ("district", "district"),
        ("route", "route"),
    ),
    period="arrival",
    owner="member",
    atoms={
        "what": Atom(
            ("activity", "text", "officer"), Rule.LATEST, "the member corrects his own account"
        ),
        "place": _PLACE,
        "happened": _HAPPENED,
        "post": Atom(
            ("member", "formation", "district", "route", "shift"),
            Rule.STORE_ORDER,
            "set once, by the member, when the assist is logged",
        ),
        "state": Atom(
            ("state",), Rule.FURTHEST, "confirmed by anybody who may is confirmed", assist.STEPS
        ),
    },
    rights={
        OFF: _may(SHIFT, R, A, atoms=("state",)),
        GRD: _may(SHIFT, R, A, atoms=("state",)),
        VOL: _may(OWN, C, R) + _may(OWN, U, atoms=("what", "place", "happened")),
        FLD: _may(OWN, C) + _may(FORMATION, C, R, U, A),
        DIS: _may(ALL, R),
        SUP: _may(DISTRICT, R, A, atoms=("state",)),
        PLN: _may(ALL, R),
        ANL: _may(ALL, R),
        AUD: _may(ALL, R),
    },
)

_KINDS = (_DISTRICT, _OFFENCE, _FORMATION, _PERSON, _ROUTE, _SHIFT, _VIOLATION, _SUBJECT, _ASSIST)

CATALOGUE: Final[dict[str, Kind]] = {kind.name: kind for kind in _KINDS}
