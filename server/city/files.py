"""The city's facts, as they stand in the CSV files of `data`."""

import csv
from pathlib import Path
from typing import Final

from msgspec import Struct

from server.city.geometry import Box, Line, Point

FOLDER: Final = Path(__file__).parent / "data"


class Area(Struct, frozen=True):
    """A district: names, a point inside it, and the box around it."""

    code: str
    names: tuple[str, str, str]
    centre: Point
    box: Box


class Avenue(Struct, frozen=True):
    """A street as a line; `name_kk` is empty where nobody has written it down yet."""

    name_ru: str
    name_kk: str
    line: Line


class Place(Struct, frozen=True):
    """Something everybody knows how to find. `mark` is how sure its position is."""

    name_ru: str
    name_kk: str
    at: Point
    district: str
    type: str
    mark: str


def areas() -> list[Area]:
    return [
        Area(
            row["code"],
            (row["name_kk"], row["name_ru"], row["name_en"]),
            (float(row["centre_lat"]), float(row["centre_lon"])),
            Box(
                float(row["lat_min"]),
                float(row["lat_max"]),
                float(row["lon_min"]),
                float(row["lon_max"]),
            ),
        )
        for row in rows("districts")
    ]


def avenues() -> list[Avenue]:
    return [Avenue(r["name_ru"], r["name_kk"], _points(r["points"])) for r in rows("avenues")]


def places() -> list[Place]:
    return [
        Place(
            row["name_ru"],
            row["name_kk"],
            (float(row["lat"]), float(row["lon"])),
            row["district"],
            row["kind"],
            row["mark"],
        )
        for row in rows("places")
    ]


def rows(name: str) -> list[dict[str, str]]:
    """A file of `data`, line by line."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _points(text: str) -> Line:
    pairs = (point.split(",") for point in text.split(";"))
    return tuple((float(lat), float(lon)) for lat, lon in pairs)
