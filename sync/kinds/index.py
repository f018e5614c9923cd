"""The monthly calculation index: the sum of money in which the code counts its fines."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from sync.kind import Kind
from sync.kinds.atoms import reference
from sync.record import Day, DayOrNone, Label


class Index(Struct, frozen=True, forbid_unknown_fields=True):
    """How many tenge it was from the first of these days to the last, both included.

    A fine is counted with the index of the day of the offence. `mark` is how sure the source
    is (see docs/data.md); with one that is not `verified` nothing is counted.
    """

    tenge: Annotated[int, Meta(ge=1, le=1_000_000)]
    valid_from: Day
    valid_until: DayOrNone
    mark: Label
    verified: bool = False


KIND: Final = Kind(
    name="index",
    shape=Index,
    filed=(("city", ""),),
    period="-",
    atoms=reference(Index.__struct_fields__),
)
