"""The writer's promises: told only when on disk, in the order of commits, poison alone."""

import asyncio
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import text

from server.database import reading
from server.faults import ComeAgain
from server.ledger import Ledger
from server.ledger.connections import Transaction
from server.ledger.reading import ROWS_MAX
from server.ledger.rows import key
from sync.record import Body
from tests.world.phone import Phone, ids, officer, states, violation
from tests.world.stores import Store, a_store

make = ids(11)


def phone(store: Store, seed: int = 1) -> Phone:
    return Phone(officer(make), store.ledger.exchange, seed)


FULL = {
    "sqlite": (["PRAGMA max_page_count = {pages}"], ["PRAGMA max_page_count = 1000000"]),
    # A constraint that is looked at when everything is written: the COMMIT itself fails.
    "postgresql": (
        [
            """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$""",
            """CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT ON revision
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION full_disk()""",
        ],
        ["DROP TRIGGER full_disk ON revision"],
    ),
}
POISON = {
    "sqlite": [
        """CREATE TRIGGER poison BEFORE INSERT ON record WHEN NEW.id = x'{id}'
        BEGIN SELECT RAISE(ABORT, 'poison'); END"""
    ],
    "postgresql": [
        """CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'poison' USING ERRCODE = '22000'; END $$""",
        """CREATE TRIGGER poison BEFORE INSERT ON record FOR EACH ROW
        WHEN (NEW.id = '\\x{id}') EXECUTE FUNCTION poison()""",
    ],
}


async def say(store: Store, statements: list[str], **words: object) -> None:
    """Run statements on the connection that the ledger writes with."""

    def work(tables: Transaction) -> None:
        for statement in statements:
            tables.rows(statement.format(**words), {})

    await store.ledger._connections.write(work)


async def test_nobody_is_told_stored_before_it_is_on_disk(store: Store) -> None:
    asel = phone(store)
    for _ in range(150):
        asel.write("violation", violation(asel.actor, text="x" * 900))
    full, again = FULL[store.engine.dialect.name]
    await say(store, full, pages=40)

    with pytest.raises(ComeAgain):
        await asel.exchange()
    assert set(states(asel)) == {"waiting"}
    async with reading(store.engine) as connection:
        assert await connection.scalar(text("SELECT COUNT(*) FROM revision")) == 0

    await say(store, again)
    await asel.exchange()
    assert {o[1] for o in asel.outcomes()} == {"applied"}
    async with reading(store.engine) as connection:
        assert await connection.scalar(text("SELECT COUNT(*) FROM revision")) == 150


async def test_a_letter_that_the_database_refuses_is_parked_alone(store: Store) -> None:
    asel, berik = phone(store), phone(store, 2)
    for text_ in ("before", "poison", "after"):
        asel.write("violation", violation(asel.actor, text=text_))
    berik.write("violation", violation(berik.actor))
    await say(store, POISON[store.engine.dialect.name], id=key(asel.entries[1].id).hex())

    await asyncio.gather(asel.exchange(), berik.exchange())

    assert berik.outcomes() == [(1, "applied", "")]
    assert asel.outcomes() == [
        (1, "applied", ""),
        (2, "parked", "handler_failed"),
        (3, "applied", ""),
    ]


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


SLOW = [
    """CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_sleep(0.5); RETURN NULL; END $$""",
    """CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON revision DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (position('slow'::bytea in NEW.letter) > 0) EXECUTE FUNCTION slow()""",
]


async def test_two_workers_give_positions_in_the_order_of_commits(
    postgresql: str, tmp_path: Path
) -> None:
    async with a_store(tmp_path / "data", postgresql) as store:
        await say(store, SLOW)
        other = await Ledger.open(store.engine, store.settings, store.clock)
        person = officer(make)
        slow = Phone(person, store.ledger.exchange, 1)
        quick = Phone(structs.replace(person, device=make()), other.exchange, 2)
        reader = Phone(structs.replace(person, device=make()), other.exchange, 3)
        for device in (slow, quick, reader):  # so that feeds and devices have their numbers
            device.write("violation", violation(person))
            await device.exchange()
        slow.write("violation", violation(person, text="slow"))
        quick.write("violation", violation(person, text="quick"))

        async def a_little_later() -> None:
            await asyncio.sleep(0.1)
            await quick.exchange()
            await reader.exchange()

        await asyncio.gather(slow.exchange(), a_little_later())
        await reader.exchange()
        await other.close()

        assert len(reader.records) == 5, "a cursor has passed what was not committed yet"
