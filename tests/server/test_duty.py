"""Rights by duty are judged at the time of the event, however late its letter arrives [5.10]."""

import msgspec
import pytest

from server.clock import HOUR
from sync.change import OFFSET_AGE_MAX_S
from sync.record import Body
from sync.roles import Actor, Role
from tests.world.phone import NOON, Phone, ids, officer
from tests.world.stores import Store

make = ids(11)
ROUTE = make()
STARTS, ENDS = NOON - 4 * HOUR, NOON + 4 * HOUR
DAYS = 24 * HOUR


@pytest.fixture
async def assist(store: Store) -> str:
    """What a volunteer did on the route."""
    volunteer = Actor(make(), Role.VOLUNTEER, "ALM", make(), make())
    phone = Phone(volunteer, store.ledger.exchange, 21)
    said: Body = {
        "member": volunteer.person,
        "formation": volunteer.formation,
        "district": "ALM",
        "happened": NOON,
        "activity": "patrol",
        "route": ROUTE,
    }
    record = phone.write("assist", said)
    await phone.exchange()
    return record


async def on_duty(store: Store, actor: Actor) -> Phone:
    """A phone whose person walks the route from four hours before noon to four after it."""
    planner = Phone(Actor(make(), Role.ADAPTER, "", "", make()), store.ledger.exchange, 22)
    shift: Body = {
        "person": actor.person,
        "route": ROUTE,
        "district": "ALM",
        "day": "2026-11-22",
        "starts": STARTS,
        "ends": ENDS,
        "crew": [],
        "state": "planned",
    }
    planner.write("shift", shift)
    await planner.exchange()
    phone = Phone(actor, store.ledger.exchange, 23)
    await phone.exchange()
    return phone


@pytest.mark.parametrize(
    ("written", "arrives", "told"),
    [
        (NOON, NOON, ("applied", "")),
        (NOON, NOON + 5 * DAYS, ("applied", "")),
        (ENDS + HOUR // 2, ENDS + HOUR // 2, ("applied", "")),
        (ENDS + 2 * HOUR, ENDS + 2 * HOUR, ("rejected", "not_own")),
        (STARTS - HOUR, NOON, ("rejected", "not_own")),
        (NOON + DAYS, NOON + DAYS, ("rejected", "not_own")),
    ],
)
async def test_a_confirmation_counts_if_it_was_written_on_duty(
    store: Store, assist: str, written: int, arrives: int, told: tuple[str, str]
) -> None:
    phone = await on_duty(store, officer(make))
    assert phone.sees("assist", assist), "an officer sees the assists of his route"
    phone.now = written
    phone.write("assist", {"state": "confirmed"}, assist)

    store.clock.advance(arrives - NOON)
    await phone.exchange()

    assert phone.outcomes() == [(1, *told)]


async def test_a_clock_that_nobody_vouches_for_is_given_the_benefit(
    store: Store, assist: str
) -> None:
    phone = await on_duty(store, officer(make))
    stale = msgspec.structs.replace(phone.clock(), at=STARTS - HOUR, age=OFFSET_AGE_MAX_S + 1)
    phone.clock = lambda: stale  # type: ignore[method-assign] # a phone that was off for a day
    phone.write("assist", {"state": "confirmed"}, assist)

    await phone.exchange()

    assert phone.outcomes() == [(1, "applied", "")]


async def test_a_clock_beyond_all_calendars_harms_nobody(store: Store, assist: str) -> None:
    phone = await on_duty(store, officer(make))
    for at in (0, 2**53 - 1):
        phone.now = at
        phone.write("assist", {"state": "confirmed"}, assist)
    phone.now = NOON
    phone.write("assist", {"state": "confirmed"}, assist)

    await phone.exchange()

    assert {code for _, _, code in phone.outcomes()} <= {"not_own", "over_refused"}
