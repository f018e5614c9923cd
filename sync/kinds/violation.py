"""An administrative violation as an officer logs it. It holds no person: its subject does."""

from typing import Final, Literal

from msgspec import Struct

from sync.kind import Atom, Kind, Rule
from sync.kinds.atoms import HAPPENED, PLACE
from sync.record import (
    Accuracy,
    Body,
    DistrictCode,
    Id,
    IdOrNone,
    Label,
    Latitude,
    Longitude,
    Moment,
    Text,
)


class Violation(Struct, frozen=True, forbid_unknown_fields=True):
    """What was seen, where, when, and the measure taken.

    Written in the street, usually offline: nothing in it needs the store to fill it in.
    `article` repeats what the officer saw on the screen at that time, whatever the catalogue
    says later. `signed` is when the officer signed (0: not yet); after that only the review
    goes on. `subject` says whether personal data stand in a subject record beside this one.
    """

    offence: Id
    article: Label
    officer: Id
    district: DistrictCode
    happened: Moment
    measure: Literal["remark", "warning", "protocol"]
    route: IdOrNone = ""
    shift: IdOrNone = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    accuracy: Accuracy = -1
    place: Label = ""
    text: Text = ""
    subject: Literal["none", "person"] = "none"
    no_data_reason: Label = ""
    needs_backup: bool = False
    state: Literal["logged", "returned", "accepted", "annulled"] = "logged"
    signed: Moment = 0


STEPS = {
    "logged": ("returned", "accepted", "annulled"),
    "returned": ("logged", "accepted", "annulled"),
    "accepted": ("annulled",),
}


def signed(body: Body) -> tuple[str, ...] | None:
    """After the signature only the review and the call for backup may change."""
    return ("review", "backup") if body.get("signed") else None


KIND: Final = Kind(
    name="violation",
    shape=Violation,
    filed=(("person", "officer"), ("district", "district"), ("route", "route")),
    period="arrival",
    owner="officer",
    signed=signed,
    atoms={
        "law": Atom(
            ("offence", "article", "measure"),
            Rule.ASK,
            "an article and its measure only make sense together; two opinions go to a person",
        ),
        "place": PLACE,
        "happened": HAPPENED,
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
            STEPS,
        ),
        "signature": Atom(("signed",), Rule.EARLIEST, "a signature is given once"),
    },
)
