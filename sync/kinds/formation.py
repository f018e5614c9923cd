"""A public formation, or the collective of an organisation, whose members assist the police."""

from typing import Final, Literal

from msgspec import Struct

from sync.kind import Kind
from sync.kinds.atoms import reference
from sync.record import DistrictCode, Label


class Formation(Struct, frozen=True, forbid_unknown_fields=True):
    """Its official names and the district in which it serves."""

    name_kk: Label
    name_ru: Label
    name_en: Label
    district: DistrictCode
    type: Literal["formation", "collective"]


KIND: Final = Kind(
    name="formation",
    shape=Formation,
    filed=(("city", ""),),
    period="-",
    atoms=reference(Formation.__struct_fields__),
)
