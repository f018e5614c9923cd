"""What people may count on from the access log: whoever looks is noted, and it stays noted."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.clock import HOUR, SECOND
from server.database import open_engine, reading, writing
from server.oversight import AccessLog, Broken, proven
from server.people import Account, Accounts
from sync.opening import Access, Reason
from sync.roles import Actor, Role
from tests.server.reads import REASON, Asking, asking, city, make, phone, somebody, subject
from tests.world.phone import NOON, violation
from tests.world.stores import Store

AUDITOR = somebody(Role.AUDITOR, "")
CHIEF = somebody(Role.SUPERVISOR)
OFFICER = somebody(Role.OFFICER)


@pytest.fixture
async def desk(store: Store) -> AsyncIterator[Asking]:
    await city(store)
    async with asking(store) as desk:
        yield desk


@pytest.fixture
async def about(store: Store, desk: Asking) -> str:
    """The subject of a violation that the officer logged."""
    asel = phone(store, OFFICER)
    record = asel.write("violation", violation(OFFICER, subject="person"))
    subject_ = asel.write("subject", subject(record, OFFICER))
    await asel.exchange()
    return subject_


async def told(desk: Asking, actor: Actor = AUDITOR, **query: Any) -> list[dict[str, Any]]:
    answer = await desk.get(actor, "/oversight/accesses", **query)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["accesses"]
    return rows


async def does(store: Store, *statements: str) -> None:
    async with writing(store.engine) as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def proof(store: Store, **kept: str) -> tuple[int, int]:
    async with reading(store.engine) as connection:
        found = await proven(connection, {int(at[1:]): head for at, head in kept.items()})
    return found.rows, found.erased


async def head(store: Store) -> str:
    async with reading(store.engine) as connection:
        return (await proven(connection, {})).head


async def test_opening_is_noted(desk: Asking, about: str, store: Store) -> None:
    kept = Account(person=CHIEF.person, login="chief", role=CHIEF.role, name="Бастық")
    async with writing(store.engine) as connection:
        await Accounts(connection).add(kept, "")

    await desk.open(CHIEF, "subject", about, {"purpose": "other", "words": " asked  by\na judge "})

    own, opened = await told(desk)
    assert opened == {
        "position": 1, "at": NOON, "person": CHIEF.person, "name": "Бастық",
        "role": "supervisor", "device": CHIEF.device, "what": "open", "kind": "subject",
        "record": about, "owner": OFFICER.person, "purpose": "other",
        "words": "asked by a judge",
    }  # fmt: skip
    assert (own["what"], own["person"], own["name"]) == ("accesses", AUDITOR.person, "")


async def test_a_history_is_noted_with_the_reason_of_the_opening(desk: Asking, about: str) -> None:
    await desk.open(CHIEF, "subject", about)
    await desk.history(CHIEF, "subject", about)
    _, history, _ = await told(desk)
    assert (history["what"], history["record"], history["purpose"]) == (
        "history", about, "complaint",
    )  # fmt: skip


async def test_a_refusal_is_noted(desk: Asking, about: str) -> None:
    nothing = make()
    await desk.open(somebody(Role.SUPERVISOR, "MED"), "subject", about)
    await desk.history(somebody(Role.VOLUNTEER), "subject", nothing)
    rows = await told(desk)
    noted = [(row["what"], row["record"], row["owner"]) for row in rows[1:]]
    assert noted == [("refused", nothing, ""), ("refused", about, "")]


async def test_what_cannot_be_noted_is_not_shown(desk: Asking, about: str, store: Store) -> None:
    await desk.open(CHIEF, "subject", about)
    await does(store, "ALTER TABLE access_log RENAME TO elsewhere")

    for answer in (
        await desk.open(CHIEF, "subject", about),
        await desk.history(OFFICER, "subject", about),
        await desk.get(AUDITOR, "/oversight/accesses"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (503, "later")
        assert int(answer.headers["retry-after"]) > 0
        assert "Ешкім" not in answer.text


async def test_the_log_holds_nothing_of_what_was_read(
    desk: Asking, about: str, store: Store
) -> None:
    await desk.open(CHIEF, "subject", about)
    await desk.history(CHIEF, "subject", about)
    async with reading(store.engine) as connection:
        rows = (await connection.execute(text("SELECT * FROM access_log"))).all()
    assert len(rows) == 2
    for secret in ("Ешкім", "crossed the road"):
        assert secret not in str(rows)


async def test_everybody_is_told_who_looked_at_his_own(desk: Asking, about: str) -> None:
    await desk.open(CHIEF, "subject", about, {"purpose": "other", "words": "a secret of mine"})
    await desk.history(OFFICER, "subject", about)
    await desk.open(somebody(Role.SUPERVISOR, "MED"), "subject", about)
    await told(desk, person=OFFICER.person)

    answer = await desk.get(OFFICER, "/oversight/mine")

    assert answer.json() == {
        "accesses": [
            {
                "position": 1, "at": NOON, "person": CHIEF.person, "name": "",
                "role": "supervisor", "what": "open", "kind": "subject", "record": about,
                "purpose": "other",
            }
        ],
        "before": 0,
    }  # fmt: skip
    assert (await desk.get(CHIEF, "/oversight/mine")).json()["accesses"] == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
async def test_only_an_auditor_reads_the_log(desk: Asking, role: Role) -> None:
    answer = await desk.get(somebody(role), "/oversight/accesses")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_the_log_is_read_in_pages_and_by_person_or_record(desk: Asking, about: str) -> None:
    for n in range(110):
        access = Access("history", "shift", make(), "", Reason())
        await desk.watch.note(CHIEF if n % 2 else OFFICER, access)
    await desk.open(CHIEF, "subject", about)

    assert {row["record"] for row in await told(desk, record=about)} == {about}
    of_chief = await told(desk, person=CHIEF.person)
    assert {row["person"] for row in of_chief} == {CHIEF.person}
    first = (await desk.get(AUDITOR, "/oversight/accesses")).json()
    second = (await desk.get(AUDITOR, "/oversight/accesses", before=first["before"])).json()
    positions = [row["position"] for page in (first, second) for row in page["accesses"]]
    assert len(set(positions)) == 100
    assert positions == sorted(positions, reverse=True)
    for wrong in ({"person": "me"}, {"before": -1}, {"before": "x"}, {"before": 2**70}):
        answer = await desk.get(AUDITOR, "/oversight/accesses", **wrong)
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape")


async def test_sixty_openings_an_hour_whichever_worker_is_asked(
    desk: Asking, about: str, store: Store
) -> None:
    other_engine = open_engine(store.settings.database_url)
    other = AccessLog(other_engine, store.clock)
    for n in range(60):
        watch = other if n % 2 else desk.watch
        await watch.note(CHIEF, Access("refused" if n % 3 else "open", "subject", make()))
        store.clock.advance(SECOND)

    answer = await desk.open(CHIEF, "subject", about)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert int(answer.headers["retry-after"]) == 3_600 - 60
    assert (await desk.open(somebody(Role.SUPERVISOR), "subject", about)).status_code == 200
    store.clock.advance(HOUR - 60 * SECOND)
    assert (await desk.open(CHIEF, "subject", about, REASON)).status_code == 200
    assert (await desk.open(CHIEF, "subject", about)).status_code == 429
    await other_engine.dispose()


async def test_rows_noted_at_once_are_one_chain(desk: Asking, store: Store) -> None:
    other_engine = open_engine(store.settings.database_url)
    logs = [desk.watch, AccessLog(other_engine, store.clock)]
    notes = [logs[n % 2].note(somebody(Role.SUPERVISOR), Access("open")) for n in range(40)]
    await asyncio.gather(*notes)
    await other_engine.dispose()
    assert await proof(store) == (40, 0)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE access_log SET person = ''", "DELETE FROM access_log", "UPDATE access_log SET at = 1"],
)
async def test_the_store_itself_refuses_to_change_the_log(
    desk: Asking, store: Store, statement: str
) -> None:
    await desk.watch.note(CHIEF, Access("open"))
    with pytest.raises(DBAPIError, match="only added to"):
        await does(store, statement)
    assert await proof(store) == (1, 0)


SWAPPED = "UPDATE access_log SET position = {} WHERE position = {}"
CHANGES = {
    "a byte": ["UPDATE access_log SET person = 'b' || substr(person, 2) WHERE position = 3"],
    "a purpose": ["UPDATE access_log SET purpose = 'court' WHERE position = 3"],
    "words": ["UPDATE access_log SET words = 'something else' WHERE position = 3"],
    "a row taken out": ["DELETE FROM access_log WHERE position = 3"],
    "the first row taken out": ["DELETE FROM access_log WHERE position = 1"],
    "two rows swapped": [SWAPPED.format(*two) for two in ((100, 3), (3, 4), (4, 100))],
    "a seal of one's own": [
        "UPDATE access_log SET at = 1, hash = words_hash WHERE position = 6",
    ],
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_behind_our_back_is_found(desk: Asking, store: Store, change: str) -> None:
    await noted(desk, store)
    await does(store, *CHANGES[change])
    with pytest.raises(Broken):
        await proof(store)


async def test_a_tail_cut_off_is_found_by_a_head_kept_elsewhere(desk: Asking, store: Store) -> None:
    await noted(desk, store)
    kept = await head(store)
    await does(store, "DELETE FROM access_log WHERE position = 6")
    assert await proof(store) == (5, 0)
    with pytest.raises(Broken, match="6"):
        await proof(store, _6=kept)


async def test_words_are_erased_without_breaking_the_chain(desk: Asking, store: Store) -> None:
    await desk.watch.note(CHIEF, Access("open", reason=Reason("other", "somebody's name")))
    await does(store, "UPDATE access_log SET words = NULL, salt = NULL")
    assert await proof(store) == (1, 1)
    assert (await told(desk))[-1]["words"] is None


async def noted(desk: Asking, store: Store) -> None:
    """Six rows, and the doors of the store taken off their hinges."""
    for _ in range(6):
        await desk.watch.note(CHIEF, Access("open", reason=Reason("other", "as I said")))
    assert await proof(store) == (6, 0)
    on = " ON access_log" if store.engine.dialect.name == "postgresql" else ""
    await does(store, *(f"DROP TRIGGER access_log_{name}{on}" for name in ("stays", "whole")))
