"""What every record has in common: ids, numbers, text, and what may stand in a body."""

from typing import Annotated, Final

from msgspec import Meta

INTEGER_MAX: Final = 2**53 - 1  # what JavaScript can count; ECMA-262, Number.MAX_SAFE_INTEGER

Id = Annotated[
    str,
    Meta(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
]
IdOrNone = Annotated[
    str,
    Meta(pattern="^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$"),
]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
HashOrNone = Annotated[str, Meta(pattern="^([0-9a-f]{64})?$")]
Whole = Annotated[int, Meta(ge=0, le=INTEGER_MAX)]
Moment = Annotated[int, Meta(ge=0, le=INTEGER_MAX)]
"""Milliseconds since 1970-01-01T00:00Z."""
Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
"""A day of the city's own calendar (Asia/Almaty)."""
DayOrNone = Annotated[str, Meta(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
Latitude = Annotated[int, Meta(ge=-900_000_000, le=900_000_000)]
"""Degrees times 1e7."""
Longitude = Annotated[int, Meta(ge=-1_800_000_000, le=1_800_000_000)]
"""Degrees times 1e7."""
Accuracy = Annotated[int, Meta(ge=-1, le=1_000_000)]
"""Metres, 68 % radius as the Geolocation API gives it; -1 where the place was typed by hand."""
Label = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=4_000)]
DistrictCode = Annotated[str, Meta(pattern="^[A-Z]{3}$")]

# What may stand in a letter. The type itself bounds depth, and a fraction or an exponent
# (1.0, 1e2) decodes to an integer whose canonical form differs, so it is refused.
Scalar = None | bool | str | Annotated[int, Meta(ge=-INTEGER_MAX, le=INTEGER_MAX)]
Value = Scalar | list[Scalar | dict[str, Scalar]] | dict[str, Scalar]
Body = dict[str, Value]
