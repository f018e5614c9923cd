"""A public formation, or the collective of an organisation, whose members assist the police."""

from typing import Literal

from msgspec import Struct

from sync.record import DistrictCode, Label


class Formation(Struct, frozen=True, forbid_unknown_fields=True):
    """Its official names and the district in which it serves."""

    name_kk: Label
    name_ru: Label
    name_en: Label
    district: DistrictCode
    type: Literal["formation", "collective"]
