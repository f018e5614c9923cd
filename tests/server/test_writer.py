"""The writer's promises: told only when on disk, in the order of commits, poison alone."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DataError, OperationalError

from server.database import reading
from server.faults import ComeAgain
from server.ledger import Ledger
from server.ledger.reading import ROWS_MAX
from server.ledger.rows import key
from sync.record import Body
from tests.world.phone import Phone, ids, officer, states, violation
from tests.world.stores import OPENED, Store

make = ids(11)
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)]


@pytest.fixture(params=BOTH)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with OPENED[request.param](tmp_path / "data") as store:
        yield store


def phone(store: Store, seed: int = 1) -> Phone:
    return Phone(officer(make), store.ledger.exchange, seed)


async def test_nobody_is_told_stored_before_it_is_on_disk(store: Store) -> None:
    asel = phone(store)
    asel.write("violation", violation(asel.actor))

    def full(connection: Connection) -> None:
        if connection.get_execution_options().get("kezek_writes"):
            raise OperationalError("COMMIT", None, Exception("database or disk is full"))

    event.listen(store.engine.sync_engine, "commit", full)
    with pytest.raises(ComeAgain):
        await asel.exchange()
    event.remove(store.engine.sync_engine, "commit", full)
    assert states(asel) == ["waiting"]

    await asel.exchange()

    assert asel.outcomes() == [(1, "applied", "")]
    async with reading(store.engine) as connection:
        assert await connection.scalar(text("SELECT COUNT(*) FROM revision")) == 1


async def test_a_letter_that_the_database_refuses_is_parked_alone(store: Store) -> None:
    asel, berik = phone(store), phone(store, 2)
    for text_ in ("before", "poison", "after"):
        asel.write("violation", violation(asel.actor, text=text_))
    berik.write("violation", violation(berik.actor))

    def refuse(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().startswith("INSERT INTO record") and poison in str(parameters):
            raise DataError(statement, None, Exception("refused"))

    poison = str(key(asel.entries[1].id))
    event.listen(store.engine.sync_engine, "before_cursor_execute", refuse)
    await asyncio.gather(asel.exchange(), berik.exchange())
    event.remove(store.engine.sync_engine, "before_cursor_execute", refuse)

    assert berik.outcomes() == [(1, "applied", "")]
    assert ("parked", "handler_failed") in [o[1:] for o in asel.outcomes()]
    assert asel.outcomes()[2][1] == "applied"


async def test_a_page_never_passes_what_it_did_not_give(store: Store) -> None:
    asel = phone(store)
    count = ROWS_MAX + 150
    for _ in range(count):
        asel.write("violation", violation(asel.actor))
    await asel.exchange()

    for limit in (60_000, 1_048_576):  # cut by bytes, and by rows
        tablet = Phone(asel.actor, store.ledger.exchange, 3)
        await tablet.exchange(limit=limit, rounds=60)
        assert len(tablet.records) == count
        assert tablet.state.at == count


async def test_a_refused_letter_stays_with_its_author(store: Store) -> None:
    asel = phone(store)
    broken: Body = violation(asel.actor, measure="shouting")
    asel.write("violation", broken)
    asel.write("violation", violation(asel.actor))

    for _ in range(3):
        await asel.exchange()

    assert states(asel) == ["heard", "settled"]
    assert asel.entries[0].outcome == "rejected"


@pytest.mark.needs_postgresql
async def test_two_workers_give_positions_in_the_order_of_commits(tmp_path: Path) -> None:
    async with OPENED["postgresql"](tmp_path / "data") as store:
        other = await Ledger.open(store.engine, store.settings, store.clock)
        doors = [store.ledger.exchange, other.exchange]
        people = [Phone(officer(make), doors[n % 2], n) for n in range(12)]
        reader = Phone(people[0].actor, other.exchange, 50)

        async def work(person: Phone) -> None:
            for _ in range(8):
                person.write("violation", violation(person.actor))
                await person.exchange()

        async def watch() -> None:
            for _ in range(40):
                await reader.exchange()

        await asyncio.gather(watch(), *(work(person) for person in people))
        await reader.exchange()
        await other.close()

        assert all(o[1] == "applied" for p in people for o in p.outcomes())
        assert reader.records.keys() == people[0].records.keys()
        assert len(reader.records) == 8
