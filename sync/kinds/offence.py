"""An article (and part) of the code of administrative offences, as the officer finds it."""

from msgspec import Struct

from sync.record import Label, Text


class Offence(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the catalogue of offences.

    A row that is not `verified` is never shown as law nor pre-filled: it stands in the list
    with the words *to be verified*. `mark` is how sure the source is (see docs/data.md).
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
