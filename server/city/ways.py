"""Patrol routes over the streets of a district, with checkpoints that have names."""

from itertools import pairwise
from random import Random
from typing import Final

from msgspec import Struct

from server.city.files import Area
from server.city.geometry import e7, metres
from server.city.landmarks import CROSSING, Landmarks, Name
from server.city.streets import Edge, Node, Streets
from sync.kinds.route import Checkpoint, Route

TRIES: Final = 4_000
ALIKE: Final = 0.6  # of a route's edges, no more are those of any one other
FEWEST: Final = 4
AVENUE: Final = 4.0  # how much rather one walks along an avenue


class Means(Struct, frozen=True):
    """How a route is patrolled. Lengths in metres; `straight` is how gladly one goes straight on.

    Two checkpoints lie further `apart` than both their circles reach, so that a position within
    one is never within another: the circle is 120 m for a vehicle and 60 m on foot.
    """

    name: str
    letter: str
    shortest: float
    longest: float
    straight: float
    apart: float
    step: float
    most: int


VEHICLE: Final = Means("vehicle", "А", 4_000, 9_000, 6, 250, 620, 12)
FOOT: Final = Means("foot", "П", 1_300, 2_500, 2.5, 130, 270, 8)

Path = list[tuple[int, int, float]]
"""Nodes in their order, each with the street that led there and the metres gone so far."""
Stops = list[tuple[int, Name]]
"""Nodes that are checkpoints, each with its name."""


def routes_of(
    area: Area, counts: tuple[int, int], streets: Streets, marks: Landmarks, dice: Random
) -> list[Route]:
    """So many routes by vehicle and so many on foot, no two alike."""
    walker = _Walker(area.code, streets, dice)
    return [
        _route(area, means, number, path, stops, streets, marks)
        for means, count in zip((VEHICLE, FOOT), counts, strict=True)
        for number, (path, stops) in enumerate(walker.routes(means, count, marks), 1)
    ]


class _Walker:
    """Walks a district's streets, rather avenues, and rather where nobody has walked yet."""

    def __init__(self, district: str, streets: Streets, dice: Random) -> None:
        self._streets, self._dice, self._district = streets, dice, district
        starts = streets.of(district)
        avenues = [n for n in starts if min(streets.nodes[n].streets) < len(streets.avenues)]
        self._starts = (starts, avenues)
        self._uses: dict[frozenset[int], int] = {}
        self._taken: list[set[frozenset[int]]] = []

    def routes(self, means: Means, count: int, marks: Landmarks) -> list[tuple[Path, Stops]]:
        found: list[tuple[Path, Stops]] = []
        for _ in range(TRIES):
            if len(found) == count:
                return found
            path = self._walk(means)
            edges = {frozenset((a, b)) for (a, _, _), (b, _, _) in pairwise(path)}
            if path[-1][2] < means.shortest or self._is_known(edges):
                continue
            stops = _stops(path, means, self._streets, marks)
            if len(stops) >= FEWEST:
                found.append((path, stops))
                self._taken.append(edges)
                for edge in edges:
                    self._uses[edge] = self._uses.get(edge, 0) + 1
        raise ValueError(f"{self._district}: only {len(found)} of {count} routes by {means.name}")

    def _is_known(self, edges: set[frozenset[int]]) -> bool:
        return any(len(edges & one) > ALIKE * min(len(edges), len(one)) for one in self._taken)

    def _walk(self, means: Means) -> Path:
        """From somewhere, never twice over one place, as far as was aimed at or as it goes."""
        aim = self._dice.uniform(means.shortest, means.longest)
        here = self._dice.choice(self._dice.choice(self._starts))
        path, been = [(here, -1, 0.0)], {here}
        while path[-1][2] < aim:
            here, street, gone = path[-1]
            ways = [
                edge
                for edge in self._streets.edges[here]
                if edge.to not in been and self._district in self._streets.nodes[edge.to].districts
            ]
            if not ways:
                break
            [edge] = self._dice.choices(ways, [self._wish(here, e, street, means) for e in ways])
            path.append((edge.to, edge.street, gone + edge.metres))
            been.add(edge.to)
        return path

    def _wish(self, here: int, edge: Edge, street: int, means: Means) -> float:
        straight = means.straight if edge.street == street else 1.0
        avenue = AVENUE if edge.street < len(self._streets.avenues) else 1.0
        return straight * avenue / (1 + self._uses.get(frozenset((here, edge.to)), 0)) ** 2


def _stops(path: Path, means: Means, streets: Streets, marks: Landmarks) -> Stops:
    """Checkpoints at about equal steps: the one that is found most easily around each."""
    whole = path[-1][2]
    count = max(FEWEST, min(means.most, round(whole / means.step) + 1))
    step = whole / (count - 1)
    stops: Stops = []
    for n in range(count):
        around = [(node, abs(gone - n * step)) for node, _, gone in path]
        near = [(marks.name(node).rank, off, node) for node, off in around if off < step / 2]
        for _, _, node in sorted(near):
            if _is_apart(node, stops, means.apart, streets, marks.name(node)):
                stops.append((node, marks.name(node)))
                break
    return stops


def _is_apart(node: int, stops: Stops, apart: float, streets: Streets, name: Name) -> bool:
    return all(
        metres(streets.nodes[node].at, streets.nodes[other].at) >= apart
        and name.name_kk != called.name_kk
        and name.name_ru != called.name_ru
        for other, called in stops
    )


def _route(
    area: Area,
    means: Means,
    number: int,
    path: Path,
    stops: Stops,
    streets: Streets,
    marks: Landmarks,
) -> Route:
    nodes = streets.nodes
    name_kk, name_ru = _named(stops[0][1], stops[-1][1], marks)
    return Route(
        code=f"{area.code}-{means.letter}-{number:03}",
        district=area.code,
        name_kk=name_kk,
        name_ru=name_ru,
        means="foot" if means is FOOT else "vehicle",
        line=_line(path, nodes),
        checkpoints=[
            Checkpoint(n, name.name_kk, name.name_ru, *map(e7, nodes[node].at))
            for n, (node, name) in enumerate(stops, 1)
        ],
    )


def _named(first: Name, last: Name, marks: Landmarks) -> tuple[str, str]:
    """From landmark to landmark; along one street only its crossings are named."""
    a, b = first.landmark, last.landmark
    shared = [s for s in a.streets if s in b.streets]
    if a.rank == b.rank == CROSSING and len(shared) == 1:
        [street] = shared
        here, there = (next(s for s in mark.streets if s != street) for mark in (a, b))
        along, one, other = marks.street(street), marks.street(here), marks.street(there)
        return (
            f"{along.name_kk}: {one.name_kk} – {other.name_kk}",
            f"{along.name_ru}: {one.name_ru} – {other.name_ru}",
        )
    if a == b:
        return a.name_kk, a.name_ru
    return f"{a.name_kk} – {b.name_kk}", f"{a.name_ru} – {b.name_ru}"


def _line(path: Path, nodes: list[Node]) -> list[int]:
    """The path's points but for those in the middle of something straight."""
    kept = [
        node
        for n, (node, street, _) in enumerate(path)
        if n in (0, len(path) - 1) or nodes[node].bend or path[n + 1][1] != street
    ]
    return [e7(degree) for node in kept for degree in nodes[node].at]
