"""A patrol route: a line over the city with checkpoints, by vehicle or on foot."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from sync.kind import Atom, Kind, Rule
from sync.record import DistrictCode, Label, Latitude, Longitude


class Checkpoint(Struct, frozen=True, forbid_unknown_fields=True):
    """A point of the route that a crew has to visit."""

    number: Annotated[int, Meta(ge=1, le=99)]
    name_kk: Label
    name_ru: Label
    lat: Latitude
    lon: Longitude


class Route(Struct, frozen=True, forbid_unknown_fields=True):
    """`line` is latitude, longitude, latitude, longitude ... in 1e-7 degrees."""

    code: Label
    district: DistrictCode
    name_kk: Label
    name_ru: Label
    means: Literal["vehicle", "foot"]
    line: Annotated[list[int], Meta(max_length=400)]
    checkpoints: Annotated[list[Checkpoint], Meta(max_length=40)]

    def __post_init__(self) -> None:
        if len(self.line) % 2:
            raise ValueError("line has a latitude without its longitude")


KIND: Final = Kind(
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
)
