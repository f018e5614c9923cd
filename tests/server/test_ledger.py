"""What people may count on from the store: one contract for SQLite and PostgreSQL."""

import asyncio

import msgspec
import pytest
from sqlalchemy import text

from server.database import reading
from server.ledger import StoreRestored
from sync.change import Group
from sync.record import Body
from sync.repair import compare
from sync.roles import Actor, Role
from tests.world.phone import Phone, ids, officer, states, violation
from tests.world.stores import Store

make = ids(7)


async def rows(store: Store) -> list[tuple[int, int, str]]:
    async with reading(store.engine) as connection:
        found = await connection.execute(
            text("SELECT position, seq, code FROM revision ORDER BY position")
        )
        return [(row[0], row[1], row[2]) for row in found]


def phone(store: Store, actor: Actor, seed: int = 1) -> Phone:
    return Phone(actor, store.ledger.exchange, seed)


async def city(store: Store) -> None:
    """The districts, as the city's own adapter writes them."""
    adapter = phone(store, Actor(make(), Role.ADAPTER, "", "", make()), 99)
    for code in ("ALM", "MED"):
        names = {"name_kk": code, "name_ru": code, "name_en": code}
        adapter.write("district", {"code": code, "lat": 1, "lon": 2, **names})
    await adapter.exchange()


async def test_what_was_logged_offline_is_stored_once(store: Store) -> None:
    asel = phone(store, officer(make))
    record = asel.write("violation", violation(asel.actor, text="Көшеде сыра ішкен"))
    assert states(asel) == ["waiting"]

    await asel.exchange()
    await asel.exchange()

    assert asel.outcomes() == [(1, "applied", "")]
    assert states(asel) == ["settled"]
    assert asel.sees("violation", record) == violation(asel.actor, text="Көшеде сыра ішкен")
    assert await rows(store) == [(1, 1, "")]


async def test_a_lost_answer_does_not_write_twice(store: Store) -> None:
    asel = phone(store, officer(make))
    asel.write("violation", violation(asel.actor))

    await asel.exchange(answer_lost=True)
    assert states(asel) == ["waiting"]
    await asel.exchange()

    assert await rows(store) == [(1, 1, "")]
    assert asel.outcomes() == [(1, "applied", "")]


async def test_a_repeat_gets_its_first_outcome(store: Store) -> None:
    asel = phone(store, officer(make))
    asel.write("violation", violation(asel.actor, measure="shouting"))
    first = asel.request()
    await store.ledger.exchange(asel.actor, first)

    asel.take(await store.ledger.exchange(asel.actor, first))

    assert asel.outcomes() == [(1, "rejected", "field_wrong")]
    assert len(await rows(store)) == 1


async def test_a_hole_is_answered_with_the_number_to_resume_from(store: Store) -> None:
    asel = phone(store, officer(make))
    for _ in range(3):
        asel.write("violation", violation(asel.actor))
    asel.entries[0].state, asel.state.taken = "heard", {"work": 1}  # as it wrongly believes

    asel.take(await store.ledger.exchange(asel.actor, asel.request()))
    assert asel.answers[-1].resume == {"work": 1}
    assert await rows(store) == []

    await asel.exchange()
    assert [seq for _, seq, _ in await rows(store)] == [1, 2, 3]


async def test_numbers_whose_letters_are_gone_become_a_known_loss(store: Store) -> None:
    asel = phone(store, officer(make))
    for _ in range(3):
        asel.write("violation", violation(asel.actor))
    asel.entries = asel.entries[2:]

    await asel.exchange()

    assert await rows(store) == [(1, 1, "void"), (2, 3, "")]
    assert asel.answers[-1].heads["work"][0] == 3


async def test_two_edits_of_different_atoms_both_stand(store: Store) -> None:
    asel = phone(store, officer(make))
    record = asel.write("violation", violation(asel.actor))
    await asel.exchange()
    other = Actor(asel.actor.person, Role.OFFICER, "ALM", "", make())
    tablet = phone(store, other, 2)
    await tablet.exchange()

    asel.write("violation", {"text": "seen at the bus stop"}, record)
    tablet.write("violation", {"place": "Abay 10", "accuracy": -1}, record)
    await tablet.exchange()
    await asel.exchange()
    await tablet.exchange()

    for device in (asel, tablet):
        seen = device.sees("violation", record)
        assert seen is not None
        assert (seen["text"], seen["place"]) == ("seen at the bus stop", "Abay 10")


async def test_two_accounts_of_one_thing_go_to_a_person(store: Store) -> None:
    asel = phone(store, officer(make))
    record = asel.write("violation", violation(asel.actor, text="first"))
    await asel.exchange()
    tablet = phone(store, Actor(asel.actor.person, Role.OFFICER, "ALM", "", make()), 2)
    await tablet.exchange()

    asel.write("violation", {"text": "mine"}, record)
    tablet.write("violation", {"text": "theirs"}, record)
    await tablet.exchange()
    await asel.exchange()

    assert asel.outcomes()[-1] == (2, "disputed", "ask")
    held = msgspec.json.decode(asel.records[("violation", record)].line)
    assert held["body"]["text"] == "theirs"


async def test_a_violation_and_its_subject_stand_or_fall_together(store: Store) -> None:
    asel = phone(store, officer(make))
    group = make()
    record = asel.write("violation", violation(asel.actor), group=Group(group, 1, 2))
    subject: Body = {"violation": record, "officer": asel.actor.person, "district": "ALM", "iin": 5}
    asel.write("subject", subject, group=Group(group, 2, 2))

    await asel.exchange()

    assert asel.outcomes() == [(1, "rejected", "group_refused"), (2, "rejected", "field_wrong")]
    assert asel.records == {}


async def test_a_subject_never_reaches_another_phone(store: Store) -> None:
    await city(store)
    asel, berik = phone(store, officer(make)), phone(store, officer(make), 3)
    chief = phone(store, Actor(make(), Role.SUPERVISOR, "ALM", "", make()), 4)
    record = asel.write("violation", violation(asel.actor, subject="person"))
    asel.write("subject", {"violation": record, "officer": asel.actor.person, "district": "ALM"})
    for device in (asel, berik, chief):
        await device.exchange()

    assert {kind for kind, _ in asel.records} == {"district", "violation", "subject"}
    assert {kind for kind, _ in berik.records} == {"district"}
    assert {kind for kind, _ in chief.records} == {"district", "violation"}


async def test_a_cloned_phone_is_seen_and_both_branches_are_kept(store: Store) -> None:
    asel = phone(store, officer(make))
    asel.write("violation", violation(asel.actor))
    clone = phone(store, asel.actor, 5)
    clone.write("violation", violation(asel.actor, text="clone"))
    clone.write("violation", violation(asel.actor, text="clone again"))
    await asel.exchange()

    await clone.exchange()

    assert clone.outcomes() == [(1, "parked", "fork"), (2, "parked", "fork")]
    async with reading(store.engine) as connection:
        assert await connection.scalar(text("SELECT COUNT(*) FROM fork")) == 2
    assert len(await rows(store)) == 1


async def test_a_damaged_replica_is_mended_by_its_digest(store: Store) -> None:
    asel = phone(store, officer(make))
    for _ in range(40):
        asel.write("violation", violation(asel.actor))
    await asel.exchange()
    before = dict(asel.records)
    lost = sorted(asel.records)[3]
    del asel.records[lost]
    changed = sorted(asel.records)[9]
    asel.records[changed] = msgspec.structs.replace(asel.records[changed], line="{}")

    asel.state = compare(asel.state, asel.records.values())
    for _ in range(4):
        await asel.exchange()

    assert asel.records == before
    given = sum(len(a.narrow) for a in asel.answers)
    assert given >= 1


async def test_a_store_put_back_is_healed_by_its_phones(store: Store) -> None:
    asel = phone(store, officer(make))
    for n in range(3):
        asel.write("violation", violation(asel.actor, text=str(n)))
        await asel.exchange()
    async with store.engine.begin() as connection:  # the last letter was never there
        for table, column in (
            ("feed", "position"),
            ("record", "version"),
            ("revision", "position"),
        ):
            await connection.execute(text(f"DELETE FROM {table} WHERE {column} = 3"))

    await asel.exchange()
    await asel.exchange()

    assert asel.state.epoch != asel.answers[0].epoch
    assert [seq for _, seq, _ in await rows(store)] == [1, 2, 3]
    assert (await rows(store))[-1][0] > 1_000_000


async def put_back(store: Store, after: int) -> None:
    """As a backup would leave it that was taken at this position; records made later are gone."""
    async with store.engine.begin() as connection:
        for table, column in (
            ("feed", "position"),
            ("record", "version"),
            ("revision", "position"),
            ("parked", "position"),
        ):
            await connection.execute(text(f"DELETE FROM {table} WHERE {column} > {after}"))


async def test_a_letter_upon_a_lost_version_waits_for_it_and_is_taken(store: Store) -> None:
    asel = officer(make)
    first = phone(store, asel, 1)
    second = phone(store, msgspec.structs.replace(asel, device=make()), 2)
    first.write("violation", violation(asel, text="kept"))
    await first.exchange()
    seen = first.write("violation", violation(asel))
    await first.exchange()
    await second.exchange()
    second.write("violation", {"text": "one"}, seen)
    second.write("violation", {"text": "two"}, seen)
    await put_back(store, after=1)

    await second.exchange()
    assert second.outcomes() == [(1, "parked", "base_ahead"), (2, "parked", "over_refused")]
    await first.exchange()
    await second.exchange()
    await first.exchange()

    assert second.outcomes() == [(1, "applied", ""), (2, "applied", "")]
    assert states(second) == ["settled", "settled"]
    for device in (first, second):
        assert (device.sees("violation", seen) or {})["text"] == "two"
    assert len(await rows(store)) == 4


async def test_both_may_come_in_one_batch(store: Store) -> None:
    asel = officer(make)
    first = phone(store, asel, 1)
    second = phone(store, msgspec.structs.replace(asel, device=make()), 2)
    first.write("violation", violation(asel, text="kept"))
    await first.exchange()
    seen = first.write("violation", violation(asel))
    await first.exchange()
    await second.exchange()
    second.write("violation", {"text": "one"}, seen)
    passer_by = phone(store, officer(make), 3)
    await passer_by.exchange()
    await put_back(store, after=1)

    await passer_by.exchange()  # it opens the new epoch
    for device in (second, first):
        device.state = msgspec.structs.replace(device.state, taken={})  # so that both hand in
    await asyncio.gather(second.exchange(), first.exchange())
    await second.exchange()

    assert second.outcomes() == [(1, "applied", "")]


async def test_what_a_restored_store_never_had_is_let_go_at_once(store: Store) -> None:
    asel, bota = officer(make), officer(make)
    first, second = phone(store, asel, 1), phone(store, asel, 2)
    second.actor = msgspec.structs.replace(asel, device=make())
    second.state = msgspec.structs.replace(second.state, device=second.actor.device)
    kept = first.write("violation", violation(asel))
    await first.exchange()
    lost = first.write("violation", violation(asel))
    await first.exchange()
    await second.exchange()
    assert second.sees("violation", lost)
    other = phone(store, bota, 3)
    other.write("violation", violation(bota))
    await put_back(store, after=1)

    await second.exchange()
    assert second.state.narrow
    await second.exchange()

    assert second.sees("violation", lost) is None
    assert second.sees("violation", kept)
    await first.exchange()
    await second.exchange()
    assert second.sees("violation", lost)


async def test_the_store_does_not_open_beside_another_epoch(store: Store) -> None:
    await store.close()
    (store.settings.data / "epoch").write_text('{"epoch":"another","floor":0}')
    with pytest.raises(StoreRestored):
        await store.open()
    (store.settings.data / "epoch").write_text(
        msgspec.json.encode({"epoch": store.ledger.epoch, "floor": 0}).decode()
    )
    await store.open()


async def test_one_restore_that_three_prove_at_once_begins_one_epoch(store: Store) -> None:
    phones = [phone(store, officer(make), seed) for seed in range(3)]
    for one in phones:
        one.write("violation", violation(one.actor))
        await one.exchange()
    begun: list[str] = []

    async def renewed(epoch: str) -> None:
        begun.append(epoch)

    store.ledger.on_renewed(renewed)
    await put_back(store, after=0)
    for one in phones:
        one.write("violation", violation(one.actor))
    await asyncio.gather(*(one.exchange() for one in phones))

    assert begun == [store.ledger.epoch]
