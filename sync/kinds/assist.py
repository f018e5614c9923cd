"""An assist: what a volunteer did to help, to be confirmed by an officer or the leader."""

from typing import Literal

from msgspec import Struct

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
