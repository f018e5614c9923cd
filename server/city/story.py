"""Tells the store of the city, and of each new day's shifts."""

from datetime import UTC, date, datetime, time, timedelta

from server.city.courier import Courier, Door
from server.city.plan import City
from server.city.progress import Say
from server.clock import CITY, HOUR, Clock, day

NIGHT_LASTS = 9 * HOUR
"""The night of yesterday ends at eight in the morning, and has an hour for its papers."""


async def tell_city(city: City, door: Door, clock: Clock, say: Say) -> None:
    """Reference data, formations, people and routes; nothing twice."""
    courier = Courier(city.source, "standing", city.source.born, _zone(city.source.born))
    courier.write(city.standing())
    await courier.deliver(door, clock, "city", say)


async def tell_days(city: City, door: Door, clock: Clock, say: Say) -> None:
    """The shifts of today and tomorrow, and of yesterday while its night lasts."""
    now = clock.now()
    today = date.fromisoformat(day(now))
    running = date.fromisoformat(day(now - NIGHT_LASTS))
    for when in sorted({running, today, today + timedelta(days=1)}):
        midnight = int(datetime.combine(when, time(), CITY).astimezone(UTC).timestamp()) * 1_000
        courier = Courier(city.source, f"shifts {when.isoformat()}", midnight, _zone(midnight))
        courier.write(city.shifts(when))
        await courier.deliver(door, clock, f"shifts of {when.isoformat()}", say)


def _zone(at: int) -> int:
    """Minutes east of UTC in the city."""
    offset = datetime.fromtimestamp(at / 1_000, CITY).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60
