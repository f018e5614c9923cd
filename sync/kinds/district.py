"""A district of the city: the largest scope that a person on duty belongs to."""

from typing import Final

from msgspec import Struct

from sync.kind import Kind
from sync.kinds.atoms import reference
from sync.record import DistrictCode, Label, Latitude, Longitude


class District(Struct, frozen=True, forbid_unknown_fields=True):
    """One district. `lat`, `lon` are a point inside it for the map, not its border."""

    code: DistrictCode
    name_kk: Label
    name_ru: Label
    name_en: Label
    lat: Latitude
    lon: Longitude


KIND: Final = Kind(
    name="district",
    shape=District,
    filed=(("city", ""),),
    period="-",
    atoms=reference(District.__struct_fields__),
)
