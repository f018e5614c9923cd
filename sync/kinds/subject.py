"""The person of a violation: personal data, apart from it and in narrower feeds."""

from typing import Final

from msgspec import Struct

from sync.kind import Atom, Kind, Rule
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


KIND: Final = Kind(
    name="subject",
    shape=Subject,
    filed=(("person", "officer"),),
    period="arrival",
    owner="officer",
    atoms={
        "identity": Atom(
            ("name", "iin", "document"), Rule.ASK, "two identities are never mixed into a third"
        ),
        "address": Atom(("address",), Rule.LATEST, "an address said later corrects the earlier"),
        "explanation": Atom(("explanation",), Rule.ASK, "a person's own words are not overwritten"),
        "post": Atom(
            ("violation", "officer", "district"),
            Rule.STORE_ORDER,
            "set once, by the author, when the violation is logged",
        ),
    },
)
