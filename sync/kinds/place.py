"""A place or a street that everybody knows how to find: the gazetteer."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from sync.kind import Kind
from sync.kinds.atoms import reference
from sync.record import DistrictCode, Label, Latitude, Longitude


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where it is and what it is called; `district` is the one in which `lat`, `lon` lie.

    A street has its `line` as a route has, and the point half-way along it. `name_kk` is empty
    where nobody has written it down yet. `mark` is how sure the position is (see docs/data.md);
    a place that is not `verified` helps to find, and is no proof of where anything happened.
    """

    name_kk: Label
    name_ru: Label
    type: Literal[
        "airport",
        "attraction",
        "campus",
        "mall",
        "market",
        "metro",
        "park",
        "pedestrian",
        "residential",
        "square",
        "stadium",
        "station",
        "street",
        "venue",
    ]
    district: DistrictCode
    lat: Latitude
    lon: Longitude
    mark: Label
    line: Annotated[list[int], Meta(max_length=400)]
    verified: bool = False

    def __post_init__(self) -> None:
        if len(self.line) % 2:
            raise ValueError("line has a latitude without its longitude")


KIND: Final = Kind(
    name="place",
    shape=Place,
    filed=(("city", ""),),
    period="-",
    atoms=reference(Place.__struct_fields__),
)
