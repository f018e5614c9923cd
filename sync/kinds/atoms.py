"""Atoms that several kinds have in common."""

from typing import Final

from sync.kind import Atom, Rule

PLACE: Final = Atom(
    ("lat", "lon", "accuracy", "place"),
    Rule.LATEST,
    "a place and its accuracy are one reading; the later reading corrects the earlier",
)
HAPPENED: Final = Atom(("happened",), Rule.EARLIEST, "it happened when it was first seen")


def reference(fields: tuple[str, ...]) -> dict[str, Atom]:
    """A kind that is edited as one thing, by administrators."""
    why = "one administrator after the other edits it, each having seen the last edit"
    return {"all": Atom(fields, Rule.STORE_ORDER, why)}
