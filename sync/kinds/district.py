"""A district of the city: the largest scope that a person on duty belongs to."""

from msgspec import Struct

from sync.record import DistrictCode, Label, Latitude, Longitude


class District(Struct, frozen=True, forbid_unknown_fields=True):
    """One district. `lat`, `lon` are a point inside it for the map, not its border."""

    code: DistrictCode
    name_kk: Label
    name_ru: Label
    name_en: Label
    lat: Latitude
    lon: Longitude
