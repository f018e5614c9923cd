"""What a point of the city is called: by a place, by a crossing, or by the way from one of them.

No name is invented: where no street has a name that we know in both languages, the nearest
landmark is named, with the direction and how far it is from there.
"""

from math import atan2, degrees
from typing import Final

from msgspec import Struct

from server.city.files import Avenue, Place
from server.city.geometry import METRES, NARROWING, Point, metres
from server.city.streets import Node, Streets

NEAR: Final = 160.0  # a place names a point that is closer than this (m)
TOWARDS: Final = (
    ("солтүстікке", "на север"),
    ("солтүстік-шығысқа", "на северо-восток"),
    ("шығысқа", "на восток"),
    ("оңтүстік-шығысқа", "на юго-восток"),
    ("оңтүстікке", "на юг"),
    ("оңтүстік-батысқа", "на юго-запад"),
    ("батысқа", "на запад"),
    ("солтүстік-батысқа", "на северо-запад"),
)
PLACE, CROSSING, AWAY = range(3)


class Landmark(Struct, frozen=True):
    """A point that has a name of its own; a crossing knows its two streets."""

    at: Point
    name_kk: str
    name_ru: str
    rank: int
    streets: tuple[int, ...] = ()


class Name(Struct, frozen=True):
    """What a point is called, after which landmark; the lower the rank, the easier it is found."""

    name_kk: str
    name_ru: str
    rank: int
    landmark: Landmark


class Landmarks:
    """Names points; each is worked out once."""

    def __init__(self, streets: Streets, places: list[Place]) -> None:
        self._streets = streets
        self._named: dict[int, Name] = {}
        self._places = [
            Landmark(place.at, place.name_kk, place.name_ru, PLACE)
            for place in places
            if place.name_kk and place.mark != "U"
        ]
        crossings = (self._crossing(node) for node in streets.nodes)
        self._all = [*self._places, *(mark for mark in crossings if mark)]

    def name(self, n: int) -> Name:
        """The name of a node."""
        if n not in self._named:
            self._named[n] = self._work_out(self._streets.nodes[n])
        return self._named[n]

    def street(self, number: int) -> Avenue:
        return self._streets.avenues[number]

    def _work_out(self, node: Node) -> Name:
        at = node.at
        near = min(self._places, key=lambda mark: _square(mark.at, at))
        if metres(near.at, at) <= NEAR:
            return Name(near.name_kk, near.name_ru, PLACE, near)
        if crossing := self._crossing(node):
            return Name(crossing.name_kk, crossing.name_ru, CROSSING, crossing)
        near = min(self._all, key=lambda mark: _square(mark.at, at))
        far = max(10, round(metres(near.at, at), -1))
        kk, ru = _towards(near.at, at)
        away = f"{far:,.0f}".replace(",", "\N{NO-BREAK SPACE}")
        return Name(
            f"{near.name_kk}, {kk} қарай {away} м", f"{near.name_ru}, {away} м {ru}", AWAY, near
        )

    def _crossing(self, node: Node) -> Landmark | None:
        """Where two streets meet whose names are known in both languages."""
        avenues = self._streets.avenues
        named = [s for s in sorted(node.streets) if s < len(avenues) and avenues[s].name_kk]
        if len(named) < 2:
            return None
        one, other = avenues[named[0]], avenues[named[1]]
        return Landmark(
            node.at,
            f"{one.name_kk} / {other.name_kk}",
            f"{one.name_ru} / {other.name_ru}",
            CROSSING,
            (named[0], named[1]),
        )


def _square(a: Point, b: Point) -> float:
    return float((a[0] - b[0]) ** 2 + ((a[1] - b[1]) * NARROWING) ** 2)


def _towards(a: Point, b: Point) -> tuple[str, str]:
    """Into which of eight directions one goes from `a` to `b`."""
    north, east = (b[0] - a[0]) * METRES, (b[1] - a[1]) * METRES * NARROWING
    return TOWARDS[round(degrees(atan2(east, north)) / 45) % 8]
