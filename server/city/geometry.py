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


def clip(line: Line, box: Box) -> Line:
    """The longest unbroken piece of the line inside the box."""
    pieces: list[list[Point]] = [[]]
    for a, b in pairwise(line):
        inside = _clip(a, b, box)
        if inside is None or (pieces[-1] and pieces[-1][-1] != inside[0]):
            pieces.append([])
        if inside is not None:
            pieces[-1].extend(inside if not pieces[-1] else inside[1:])
    return max((tuple(piece) for piece in pieces), key=length)


def _clip(a: Point, b: Point, box: Box) -> tuple[Point, Point] | None:
    """Liang and Barsky: push the two ends inwards, edge by edge."""
    enters, leaves = 0.0, 1.0
    for axis, low, high in ((0, box.south, box.north), (1, box.west, box.east)):
        start, step = a[axis], b[axis] - a[axis]
        if step == 0:
            if not low <= start <= high:
                return None
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        enters, leaves = max(enters, near), min(leaves, far)
    if enters >= leaves:
        return None
    return _inside(between(a, b, enters), box), _inside(between(a, b, leaves), box)


def _inside(point: Point, box: Box) -> Point:
    """An end that lies on the edge but for the last bit of a float."""
    return min(max(point[0], box.south), box.north), min(max(point[1], box.west), box.east)


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


def stretch(line: Line, start: float, stop: float) -> Line:
    """The part of the line between two distances from its beginning."""
    inner, walked = [], 0.0
    for a, b in pairwise(line):
        walked += metres(a, b)
        if start < walked < stop:
            inner.append(b)
    return (along(line, start), *inner, along(line, stop))


def crossing(line: Line, other: Line) -> Point | None:
    """Where two lines first meet."""
    for a, b in pairwise(line):
        for c, d in pairwise(other):
            if met := _meet(a, b, c, d):
                return met
    return None


def _meet(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    ab, cd = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    area = ab[0] * cd[1] - ab[1] * cd[0]
    if area == 0:
        return None
    ac = (c[0] - a[0], c[1] - a[1])
    first = (ac[0] * cd[1] - ac[1] * cd[0]) / area
    second = (ac[0] * ab[1] - ac[1] * ab[0]) / area
    return between(a, b, first) if 0 <= first <= 1 and 0 <= second <= 1 else None


def nearest(line: Line, point: Point) -> tuple[float, float]:
    """How far along the line its nearest point is, and how far that is from `point` (m)."""
    best, walked = (0.0, metres(line[0], point)), 0.0
    for a, b in pairwise(line):
        step = metres(a, b)
        east, north = (b[1] - a[1]) * NARROWING, b[0] - a[0]
        reach = (point[1] - a[1]) * NARROWING * east + (point[0] - a[0]) * north
        share = min(1.0, max(0.0, reach / (east**2 + north**2)))
        off = metres(between(a, b, share), point)
        if off < best[1]:
            best = (walked + share * step, off)
        walked += step
    return best


def e7(degrees: float) -> int:
    """Degrees as the contract counts them."""
    return round(degrees * 10_000_000)
