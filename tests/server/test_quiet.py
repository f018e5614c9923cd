"""An exchange that brings nothing is answered from memory, and never for longer than it is true."""

from typing import Any

from server.clock import HOUR
from server.ledger import Ledger
from tests.world.phone import Phone, ids, officer, violation
from tests.world.stores import Store

make = ids(31)


async def settled(store: Store) -> Phone:
    """A phone that holds all there is, and has been told twice that there is nothing new."""
    phone = Phone(officer(make), store.ledger.exchange, 1)
    phone.write("violation", violation(phone.actor))
    for _ in range(4):
        await phone.exchange()
    return phone


async def test_nothing_new_costs_no_question(store: Store) -> None:
    phone = await settled(store)
    asked: list[object] = []
    read = store.ledger._connections.read

    async def counted(work: Any) -> object:
        asked.append(work)
        return await read(work)

    connections: Any = store.ledger._connections
    connections.read = counted
    await phone.exchange()

    has_a_pulse = store.ledger._connections.pulse() is not None
    assert (asked == []) is has_a_pulse
    assert phone.answers[-1].turn > phone.answers[-2].turn
    assert not phone.answers[-1].more


async def test_a_colleagues_work_ends_the_quiet(store: Store) -> None:
    phone = await settled(store)
    other = Phone(phone.actor, store.ledger.exchange, 2)
    other.actor = officer(make)
    other.state.device, other.state.person = other.actor.device, other.actor.person
    other.write("violation", violation(other.actor))
    await other.exchange()
    at = phone.state.at

    await phone.exchange()

    assert phone.state.at > at


async def test_another_process_ends_the_quiet(store: Store) -> None:
    phone = await settled(store)
    beside = await Ledger.open(store.engine, store.settings, store.clock)
    other = Phone(officer(make), beside.exchange, 3)
    other.write("violation", violation(other.actor))
    await other.exchange()
    await beside.close()
    at = phone.state.at

    await phone.exchange()

    assert phone.state.at > at


async def test_the_hour_ends_the_quiet(store: Store) -> None:
    phone = await settled(store)
    lent = phone.state.feeds[0].lent
    store.clock.advance(HOUR)

    await phone.exchange()

    assert phone.state.feeds[0].lent == lent + HOUR


async def test_another_question_is_not_answered_from_memory(store: Store) -> None:
    phone = await settled(store)

    message = await phone.carrier(phone.actor, phone.request(at=0))

    assert message.count(b'"record":') == 1
