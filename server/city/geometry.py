"""Lines on a piece of the earth so small that it is flat."""

from itertools import pairwise
from math import cos, hypot, radians
from typing import Final

from msgspec import Struct

Point = tuple[float, float]  # latitude, longitude in degrees
Line = tuple[Point, ...]

METRES: Final = 111_320.0  # one degree of latitude
NARROWING: Final = cos(radians(43.25))  # a degree of longitude is shorter here


class Box(Struct, frozen=True):
    """What lies between two latitudes and two longitudes."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, point: Point) -> bool:
        return self.south <= point[0] <= self.north and self.west <= point[1] <= self.east


def metres(a: Point, b: Point) -> float:
    """How far it is from one point to another."""
    return hypot(a[0] - b[0], (a[1] - b[1]) * NARROWING) * METRES


def length(line: Line) -> float:
    return sum(metres(a, b) for a, b in pairwise(line))


def between(a: Point, b: Point, share: float) -> Point:
    """The point at that share of the way."""
    if share in (0.0, 1.0):
        return b if share else a
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def along(line: Line, distance: float) -> Point:
    """The point so many metres from the line's beginning, or its end."""
    left = distance
    for a, b in pairwise(line):
        step = metres(a, b)
        if left <= step and step:
            return between(a, b, max(left, 0.0) / step)
        left -= step
    return line[-1]


def meet(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where two straight pieces meet."""
    ab, cd = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    area = ab[0] * cd[1] - ab[1] * cd[0]
    if area == 0:
        return None
    ac = (c[0] - a[0], c[1] - a[1])
    first = (ac[0] * cd[1] - ac[1] * cd[0]) / area
    second = (ac[0] * ab[1] - ac[1] * ab[0]) / area
    return between(a, b, first) if 0 <= first <= 1 and 0 <= second <= 1 else None


def e7(degrees: float) -> int:
    """Degrees as the contract counts them."""
    return round(degrees * 10_000_000)
