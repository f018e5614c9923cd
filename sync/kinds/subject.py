"""The person of a violation: personal data, apart from it and in narrower feeds."""

from msgspec import Struct

from sync.record import DistrictCode, Id, Label, Text


class Subject(Struct, frozen=True, forbid_unknown_fields=True):
    """Who the violation was drawn up on, as the person or a document said.

    `iin` is kept as it was typed: a wrong check digit is a warning on the screen and never
    keeps an officer from saving.
    """

    violation: Id
    officer: Id
    district: DistrictCode
    name: Label = ""
    iin: Label = ""
    document: Label = ""
    address: Label = ""
    explanation: Text = ""
