"""Patrol routes along the avenues of a district, with checkpoints that have names."""

from typing import Final

from msgspec import Struct

from server.city.files import Area, Avenue, Place
from server.city.geometry import (
    Line,
    Point,
    along,
    clip,
    crossing,
    e7,
    length,
    nearest,
    stretch,
)
from sync.kinds.route import Checkpoint, Route

VEHICLES, WALKS = 8, 12
VEHICLE_FIRST, WALK_FIRST = 1, 11  # today's routes are a choice from the district's register
WALK_METRES: Final = 1_500.0
SHORTEST: Final = 900.0
NEAR: Final = 160.0  # a place belongs to a route that passes it closer than this (m)
APART: Final = 90.0  # two checkpoints nearer than this are one
FEWEST, MOST = 4, 8


class Mark(Struct, frozen=True):
    """A point of a line that has a name."""

    distance: float
    at: Point
    name_kk: str
    name_ru: str


def routes_of(area: Area, avenues: list[Avenue], places: list[Place]) -> list[Route]:
    """The longest avenues by vehicle, then stretches of all of them on foot."""
    streets = _within(area, avenues)
    known = [p for p in places if area.box.holds(p.at) and p.mark != "U"]
    driven = streets[:VEHICLES]
    walked = _walks(streets, known)[:WALKS]
    return [
        *(
            _route(area, street, f"А-{n:03}", streets, known)
            for n, street in enumerate(driven, VEHICLE_FIRST)
        ),
        *(
            _route(area, street, f"П-{n:03}", streets, known)
            for n, street in enumerate(walked, WALK_FIRST)
        ),
    ]


def _within(area: Area, avenues: list[Avenue]) -> list[Avenue]:
    """The parts of the avenues inside the district that have both names, longest first."""
    inside = [Avenue(a.name_ru, a.name_kk, clip(a.line, area.box)) for a in avenues if a.name_kk]
    long = [avenue for avenue in inside if length(avenue.line) >= SHORTEST]
    return sorted(long, key=lambda avenue: -length(avenue.line))


def _walks(streets: list[Avenue], places: list[Place]) -> list[Avenue]:
    """Stretches that a pair can walk, those with most to name first."""
    pieces = [piece for street in streets for piece in _cut(street)]
    return sorted(pieces, key=lambda piece: -len(_named(piece, streets, places)))


def _cut(street: Avenue) -> list[Avenue]:
    whole = length(street.line)
    count = max(1, int(whole // WALK_METRES))
    step = whole / count
    return [
        Avenue(street.name_ru, street.name_kk, stretch(street.line, n * step, (n + 1) * step))
        for n in range(count)
    ]


def _route(
    area: Area, street: Avenue, number: str, streets: list[Avenue], places: list[Place]
) -> Route:
    marks = _marks(street, streets, places)
    first, last = marks[0], marks[-1]
    return Route(
        code=f"{area.code}-{number}",
        district=area.code,
        name_kk=f"{street.name_kk}: {_other(first.name_kk)} – {_other(last.name_kk)}",
        name_ru=f"{street.name_ru}: {_other(first.name_ru)} – {_other(last.name_ru)}",
        means="vehicle" if number.startswith("А") else "foot",
        line=_flat(street.line),
        checkpoints=[
            Checkpoint(n, mark.name_kk, mark.name_ru, e7(mark.at[0]), e7(mark.at[1]))
            for n, mark in enumerate(marks, 1)
        ],
    )


def _other(name: str) -> str:
    """Of "Abay / Zheltoksan" or "Abay, end", what is not the route's own street."""
    return name.rpartition(" / ")[2].rpartition(", ")[2]


def _flat(line: Line) -> list[int]:
    return [e7(degree) for point in line for degree in point]


def _marks(street: Avenue, streets: list[Avenue], places: list[Place]) -> list[Mark]:
    """Enough checkpoints and not too many."""
    named = _named(street, streets, places)
    if len(named) < FEWEST:
        named = _spread([*named, *_filled(street)])
    while len(named) > MOST:
        del named[len(named) // 2]
    return named


def _named(street: Avenue, streets: list[Avenue], places: list[Place]) -> list[Mark]:
    """Places first: they are found more easily than crossings."""
    return _spread([*_passed(street.line, places), *_crossed(street, streets)])


def _passed(line: Line, places: list[Place]) -> list[Mark]:
    marks = []
    for place in places:
        distance, off = nearest(line, place.at)
        if off <= NEAR:
            at = along(line, distance)
            marks.append(Mark(distance, at, place.name_kk, place.name_ru))
    return marks


def _crossed(street: Avenue, streets: list[Avenue]) -> list[Mark]:
    marks = []
    for other in streets:
        at = None if other.name_ru == street.name_ru else crossing(street.line, other.line)
        if at:
            name_kk = f"{street.name_kk} / {other.name_kk}"
            name_ru = f"{street.name_ru} / {other.name_ru}"
            marks.append(Mark(nearest(street.line, at)[0], at, name_kk, name_ru))
    return marks


def _filled(street: Avenue) -> list[Mark]:
    """Where too little has a name: the beginning, the thirds and the end of the line."""
    whole = length(street.line)
    shares = [("басы", "начало"), ("1/3", "1/3"), ("2/3", "2/3"), ("соңы", "конец")]
    return [
        Mark(
            whole * n / 3,
            along(street.line, whole * n / 3),
            f"{street.name_kk}, {kk}",
            f"{street.name_ru}, {ru}",
        )
        for n, (kk, ru) in enumerate(shares)
    ]


def _spread(marks: list[Mark]) -> list[Mark]:
    """In the order of the way, without those too near to one that was named before."""
    kept: list[Mark] = []
    for mark in marks:
        if all(abs(mark.distance - other.distance) >= APART for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.distance)
