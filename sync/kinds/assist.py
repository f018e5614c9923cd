"""An assist: what a volunteer did to help, to be confirmed by an officer or the leader."""

from typing import Final, Literal

from msgspec import Struct

from sync.kind import Atom, Kind, Rule
from sync.kinds.atoms import HAPPENED, PLACE
from sync.record import (
    Accuracy,
    DistrictCode,
    Id,
    IdOrNone,
    Label,
    Latitude,
    Longitude,
    Moment,
    Text,
)


class Assist(Struct, frozen=True, forbid_unknown_fields=True):
    """`officer` is the call sign as the volunteer heard it; nobody's personal data."""

    member: Id
    formation: Id
    district: DistrictCode
    happened: Moment
    activity: Literal["patrol", "detention", "report", "prevention", "other"]
    route: IdOrNone = ""
    shift: IdOrNone = ""
    officer: Label = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    accuracy: Accuracy = -1
    place: Label = ""
    text: Text = ""
    state: Literal["submitted", "confirmed", "declined"] = "submitted"


STEPS = {"submitted": ("confirmed", "declined"), "declined": ("confirmed",)}


KIND: Final = Kind(
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
        "place": PLACE,
        "happened": HAPPENED,
        "post": Atom(
            ("member", "formation", "district", "route", "shift"),
            Rule.STORE_ORDER,
            "set once, by the member, when the assist is logged",
        ),
        "state": Atom(
            ("state",), Rule.FURTHEST, "confirmed by anybody who may is confirmed", STEPS
        ),
    },
)
