"""The streets that can be patrolled: the avenues we know, and a lattice of nameless ones between.

The lattice is invented: where the avenues and places show that the city is built up, a street
goes every 300 m or so, south to north and west to east, as Almaty's streets do.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise
from random import Random
from typing import Final

from msgspec import Struct

from server.city.borders import Borders
from server.city.files import Avenue, Place
from server.city.geometry import (
    METRES,
    NARROWING,
    Line,
    Point,
    along,
    between,
    length,
    meet,
    metres,
)

SOUTH, NORTH, WEST, EAST = 43.16, 43.385, 76.75, 77.06
STEP_LAT, STEP_LON = 0.0028, 0.0038
SWAY: Final = 0.22  # of a step: no two blocks are alike
CELL_LAT, CELL_LON = 0.009, 0.0125  # a kilometre
SAMPLE: Final = 400.0
NARROW: Final = 80.0  # metres
AROUND: Final = tuple((y, x) for y in (-1, 0, 1) for x in (-1, 0, 1))
GAP: Final = 850.0  # a street that is not there for longer than this (m) ends


class Node(Struct):
    """Where streets meet or bend. `bend` is a point that a line must keep to stay the same."""

    at: Point
    streets: set[int]
    districts: frozenset[str]
    bend: bool = False


class Edge(Struct, frozen=True):
    """The way to a neighbour: along which street, and how far (m)."""

    to: int
    street: int
    metres: float


class Streets(Struct):
    """A graph; `avenues` are its first streets, all later ones have no name."""

    avenues: list[Avenue]
    nodes: list[Node]
    edges: list[list[Edge]]

    def of(self, district: str) -> list[int]:
        """The nodes of a district, from which some way goes on."""
        return [
            n for n, node in enumerate(self.nodes) if district in node.districts and self.edges[n]
        ]


def streets(avenues: list[Avenue], places: list[Place], borders: Borders, dice: Random) -> Streets:
    """The graph of the whole city."""
    made = _Making(borders)
    _add_avenues(made, avenues)
    lattice = _Lattice(
        _spaced(SOUTH, NORTH, STEP_LAT, dice),
        _spaced(WEST, EAST, STEP_LON, dice),
        _built_up(avenues, places),
        {_spot(point) for avenue in avenues for point in _sampled(avenue, NARROW / 2)},
        len(avenues),
    )
    for number, avenue in enumerate(avenues):
        for a, b in pairwise(avenue.line):
            for point, street in lattice.crossed(a, b):
                made.add(point, {number, street})
    for point, both in lattice.corners():
        made.add(point, both)
    return Streets(avenues, made.nodes, made.edges(avenues))


def _add_avenues(made: "_Making", avenues: list[Avenue]) -> None:
    for number, avenue in enumerate(avenues):
        for point in avenue.line:
            made.add(point, {number}, bend=True)
    for (one, a), (other, b) in combinations(enumerate(avenues), 2):
        for point in _crossings(a.line, b.line):
            made.add(point, {one, other})


class _Lattice(Struct):
    """The nameless streets: their latitudes and longitudes, and where there are any."""

    rows: list[float]
    columns: list[float]
    built: set[tuple[int, int]]
    avenues: set[tuple[int, int]]
    first: int

    def corners(self) -> Iterator[tuple[Point, set[int]]]:
        """Where two of them cross, and which two."""
        for y, lat in enumerate(self.rows):
            for x, lon in enumerate(self.columns):
                if self._reaches((lat, lon)) and not self._is_beside((lat, lon)):
                    yield (lat, lon), {self.first + y, self.first + len(self.rows) + x}

    def crossed(self, a: Point, b: Point) -> Iterator[tuple[Point, int]]:
        """Where they cross a piece of an avenue, and which."""
        first = self.first
        for axis, lines in ((0, self.rows), (1, self.columns)):
            low, high = sorted((a[axis], b[axis]))
            for n, value in enumerate(lines, first):
                if low < value < high:
                    point = between(a, b, (value - a[axis]) / (b[axis] - a[axis]))
                    if self._reaches(point):
                        yield point, n
            first += len(lines)

    def _reaches(self, point: Point) -> bool:
        return _cell(point) in self.built and _is_flat(point)

    def _is_beside(self, point: Point) -> bool:
        """Whether an avenue is so near that no street would run along it."""
        y, x = _spot(point)
        return any((y + dy, x + dx) in self.avenues for dy, dx in AROUND)


class _Making:
    """Nodes as they are found; two within some ten metres are one."""

    def __init__(self, borders: Borders) -> None:
        self.nodes: list[Node] = []
        self._borders = borders
        self._at: dict[tuple[int, int], int] = {}

    def add(self, point: Point, on: set[int], *, bend: bool = False) -> None:
        key = round(point[0] * 8_000), round(point[1] * 8_000)
        if key not in self._at:
            self._at[key] = len(self.nodes)
            self.nodes.append(Node(point, set(), self._borders.around(point)))
        node = self.nodes[self._at[key]]
        node.streets |= on
        node.bend |= bend

    def edges(self, avenues: list[Avenue]) -> list[list[Edge]]:
        """Along each street from node to node, where both lie in one district."""
        on: dict[int, list[int]] = {}
        for n, node in enumerate(self.nodes):
            for street in node.streets:
                on.setdefault(street, []).append(n)
        edges: list[list[Edge]] = [[] for _ in self.nodes]
        for street, members in on.items():
            line = avenues[street].line if street < len(avenues) else None
            members.sort(key=lambda n: self._order(n, line))
            for a, b in pairwise(members):
                far = metres(self.nodes[a].at, self.nodes[b].at)
                near = line is not None or far < GAP
                if near and self.nodes[a].districts & self.nodes[b].districts:
                    edges[a].append(Edge(b, street, far))
                    edges[b].append(Edge(a, street, far))
        return edges

    def _order(self, n: int, line: Line | None) -> tuple[float, float]:
        at = self.nodes[n].at
        if line is None:
            return at
        walked, best = 0.0, (float("inf"), 0.0)
        for a, b in pairwise(line):
            step = metres(a, b)
            off = metres(a, at) + metres(at, b) - step
            best = min(best, (round(off, 3), walked + metres(a, at)))
            walked += step
        return best[1], 0.0


def _crossings(line: Line, other: Line) -> list[Point]:
    met = (meet(a, b, c, d) for a, b in pairwise(line) for c, d in pairwise(other))
    return [point for point in met if point]


def _spaced(first: float, last: float, step: float, dice: Random) -> list[float]:
    count = int((last - first) / step)
    return [first + (n + dice.uniform(-SWAY, SWAY)) * step for n in range(1, count)]


def _built_up(avenues: list[Avenue], places: list[Place]) -> set[tuple[int, int]]:
    """The cells, a kilometre wide, that hold a piece of an avenue or a place, and those around."""
    known = [place.at for place in places]
    for avenue in avenues:
        known += _sampled(avenue, SAMPLE)
    return {(y + dy, x + dx) for y, x in map(_cell, known) for dy, dx in AROUND}


def _sampled(avenue: Avenue, step: float) -> list[Point]:
    return [along(avenue.line, n * step) for n in range(int(length(avenue.line) / step) + 1)]


def _spot(point: Point) -> tuple[int, int]:
    """The square of 100 m or so in which a point lies."""
    return int(point[0] * METRES / NARROW), int(point[1] * METRES * NARROWING / NARROW)


def _cell(point: Point) -> tuple[int, int]:
    return int(point[0] / CELL_LAT), int(point[1] / CELL_LON)


def _is_flat(point: Point) -> bool:
    """Whether there are blocks of streets: not on the slopes in the south and in the east."""
    lat, lon = point
    return lat > (43.172 if lon < 76.87 else 43.196) and (lon < 76.985 or lat > 43.262)
