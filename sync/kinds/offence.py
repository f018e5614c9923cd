"""An article (and part) of the code of administrative offences, as the officer finds it."""

from typing import Final

from msgspec import Struct

from sync.kind import Kind
from sync.kinds.atoms import reference
from sync.record import DayOrNone, Label, Text


class Offence(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the catalogue of offences.

    A row that is not `verified` is never shown as law nor pre-filled: it stands in the list
    with the words *to be verified*. `mark` is how sure the source is (see docs/data.md), and
    `title_kk_mark`, `valid_mark` are how sure the Kazakh title and the days are. From
    `valid_from` to `valid_until` the law reads as this row does; empty means that nobody knows.
    """

    article: Label
    part: Label
    group: Label
    title_kk: Text
    title_ru: Text
    title_en: Text
    typical_measure: Text
    drawn_by: Label
    mark: Label
    verified: bool = False
    title_kk_mark: Label = ""
    valid_from: DayOrNone = ""
    valid_until: DayOrNone = ""
    valid_mark: Label = ""


KIND: Final = Kind(
    name="offence",
    shape=Offence,
    filed=(("city", ""),),
    period="-",
    atoms=reference(Offence.__struct_fields__),
)
