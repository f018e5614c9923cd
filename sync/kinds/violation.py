"""An administrative violation as an officer logs it. It holds no person: its subject does."""

from typing import Literal

from msgspec import Struct

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
