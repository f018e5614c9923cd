"""Tells the store of the city, and of each new day's shifts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from server.city.courier import Courier, Door
from server.city.plan import City
from server.clock import CITY, Clock, day

Say = Callable[[str], None]


async def tell_city(city: City, door: Door, clock: Clock, say: Say) -> None:
    """Districts, offences, formations, people and routes; nothing twice."""
    courier = Courier(city.source, "standing", city.source.born, _zone(city.source.born))
    courier.write(city.standing())
    if count := await courier.deliver(door, clock):
        say(f"city: {count} records")


async def tell_days(city: City, door: Door, clock: Clock, say: Say) -> None:
    """The shifts of today, and of yesterday, whose night lasts into this morning."""
    today = date.fromisoformat(day(clock.now()))
    for when in (today - timedelta(days=1), today):
        midnight = int(datetime.combine(when, time(), CITY).astimezone(UTC).timestamp()) * 1_000
        courier = Courier(city.source, f"shifts {when.isoformat()}", midnight, _zone(midnight))
        courier.write(city.shifts(when))
        if count := await courier.deliver(door, clock):
            say(f"shifts of {when.isoformat()}: {count}")


def _zone(at: int) -> int:
    """Minutes east of UTC in the city."""
    offset = datetime.fromtimestamp(at / 1_000, CITY).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60
