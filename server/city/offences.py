"""The law as the city knows it, offences and index: each row no surer than its source."""

from typing import Final

from server.city.files import rows
from sync.kinds.index import Index
from sync.kinds.offence import Offence

DOUBTS: Final = ("?", "≈", "…", "do not pre-fill", "one outlet", "supervisor only")


def offences() -> list[Offence]:
    return [_offence(row) for row in rows("offences")]


def _offence(row: dict[str, str]) -> Offence:
    return Offence(
        article=row["article"],
        part=row["part"],
        group=row["group"],
        title_kk=row["title_kk"],
        title_ru=row["title_ru"],
        title_en=row["title_en"],
        typical_measure=row["typical_measure"],
        drawn_by=row["drawn_by"],
        mark=row["mark"],
        verified=is_verified(row),
        title_kk_mark=row["title_kk_mark"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
        valid_mark=row["valid_mark"],
    )


def indexes() -> list[Index]:
    """The monthly calculation index, year by year, as far as a source was found."""
    return [
        Index(
            tenge=int(row["tenge"]),
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            mark=row["mark"],
            verified=row["mark"] == "V",
        )
        for row in rows("index")
    ]


def is_verified(row: dict[str, str]) -> bool:
    """Only where the source was read whole (mark V, without a but) and a Kazakh title stands."""
    return (
        row["mark"] == "V"
        and row["title_kk"] != ""
        and not any(doubt in value for doubt in DOUBTS for value in row.values())
    )
