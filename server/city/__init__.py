"""The model city: districts, routes, places and invented people, told to the store as letters.

Everything comes in through the one door, from the CSV files beside this one and a seed.
"""

from server.city.courier import Courier, Door, RefusedError
from server.city.extent import Extent
from server.city.founding import OtherEditionError, founding, remembered
from server.city.plan import City, build, pair
from server.city.story import tell_city, tell_days
from server.city.strength import Member

__all__ = [
    "City",
    "Courier",
    "Door",
    "Extent",
    "Member",
    "OtherEditionError",
    "RefusedError",
    "build",
    "founding",
    "pair",
    "remembered",
    "tell_city",
    "tell_days",
]
