"""How much of the city is built: all of it, or a corner for trying things out in a second."""

from typing import Final, Literal

from server.city.files import rows

Extent = Literal["full", "small"]
Routes = dict[str, tuple[int, int]]
"""How many routes a district has, by vehicle and on foot."""

CENTRE: Final = "ALM"
"""The district in which the control centre of this model stands, and the small city's only one."""

SMALL: Final[Routes] = {CENTRE: (8, 12)}


def routes(extent: Extent) -> Routes:
    """The routes of each district that is built."""
    if extent == "small":
        return SMALL
    return {
        row["code"]: (int(row["vehicle_routes"]), int(row["foot_routes"]))
        for row in rows("districts")
    }
