"""The gazetteer: places and streets, with what is not known of them left open."""

from collections.abc import Iterator

import msgspec

from server.city.borders import Borders
from server.city.files import Avenue, Place
from server.city.geometry import along, e7, length
from sync.kinds import place as kind

STREETS_MARK = "G"  # the avenues' lines are drawn from memory, hung on points that were measured


def gazetteer(
    places: list[Place], avenues: list[Avenue], borders: Borders
) -> Iterator[tuple[str, kind.Place]]:
    """Every place and street, each after a name that no other one of them has."""
    for place in places:
        lat, lon = map(e7, place.at)
        said = {
            "name_kk": place.name_kk,
            "name_ru": place.name_ru,
            "type": place.type,
            "district": place.district,
            "lat": lat,
            "lon": lon,
            "mark": place.mark,
            "line": [],
            "verified": place.mark == "V" and place.name_kk != "",
        }
        yield f"place {place.name_ru}", msgspec.convert(said, kind.Place)
    for avenue in avenues:
        middle = along(avenue.line, length(avenue.line) / 2)
        yield (
            f"street {avenue.name_ru}",
            kind.Place(
                name_kk=avenue.name_kk,
                name_ru=avenue.name_ru,
                type="street",
                district=borders.of(middle),
                lat=e7(middle[0]),
                lon=e7(middle[1]),
                mark=STREETS_MARK,
                line=[e7(degree) for point in avenue.line for degree in point],
            ),
        )
