"""What people may count on from reading a record and how it came to be: on both stores."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sync.opening import OPEN_MS
from sync.roles import Actor, Role
from tests.server.reads import Asking, asking, city, make, person, phone, somebody, subject
from tests.world.phone import NOON, Phone, violation
from tests.world.stores import Store


@pytest.fixture
async def desk(store: Store) -> AsyncIterator[Asking]:
    async with asking(store) as desk:
        yield desk


@pytest.fixture
async def asel(store: Store) -> Phone:
    """An officer of the district ALM, known to the city."""
    officer = somebody(Role.OFFICER)
    await person(await city(store), officer, "Ойдан Шығарылған")
    return phone(store, officer)


async def logged(asel: Phone) -> tuple[str, str]:
    """A violation and its subject."""
    record = asel.write("violation", violation(asel.actor, subject="person", text="first"))
    about = asel.write("subject", subject(record, asel.actor))
    await asel.exchange()
    return record, about


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


async def test_history_tells_each_letter_newest_first(desk: Asking, asel: Phone) -> None:
    record, _ = await logged(asel)
    asel.write("violation", {"text": "second"}, record)
    await asel.exchange()

    answer = await desk.history(somebody(Role.SUPERVISOR), "violation", record)

    said = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert (said["kind"], said["id"], said["as_of"], said["before"]) == (
        "violation", record, NOON, 0,
    )  # fmt: skip
    new, old = said["revisions"]
    assert new["version"] == said["version"] > old["version"] > 0
    assert new | {"position": 0, "version": 0} == {
        "position": 0, "version": 0, "outcome": "applied", "code": "",
        "author": asel.actor.person, "name": "Ойдан Шығарылған", "role": "officer",
        "happened": NOON, "spread": 1_000, "arrived": NOON,
        "set": {"text": "second"}, "add": {}, "take": {},
    }  # fmt: skip
    assert old["set"]["text"] == "first"
    assert asel.actor.device not in answer.text


async def test_history_names_nobody_whom_the_reader_may_not_read(
    desk: Asking, asel: Phone, store: Store
) -> None:
    record, _ = await logged(asel)
    [only] = (await desk.history(somebody(Role.ANALYST), "violation", record)).json()["revisions"]
    assert (only["author"], only["name"], only["role"]) == (asel.actor.person, "", "")


async def test_history_is_given_in_pages(desk: Asking, asel: Phone) -> None:
    record, _ = await logged(asel)
    for n in range(120):
        asel.write("violation", {"text": f"{n}"}, record)
    await asel.exchange()

    seen: list[int] = []
    before, pages = 0, 0
    chief = somebody(Role.SUPERVISOR)
    while pages == 0 or before:
        page = (await desk.history(chief, "violation", record, before=before)).json()
        seen += [revision["position"] for revision in page["revisions"]]
        before, pages = page["before"], pages + 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == 121
    assert seen == sorted(seen, reverse=True)
    for wrong in (-1, 2**70, "x"):
        answer = await desk.history(chief, "violation", record, before=wrong)
        assert code(answer) == (400, "wrong_shape")


async def test_a_refused_letter_of_another_kind_is_no_part_of_history(
    desk: Asking, asel: Phone, store: Store
) -> None:
    record, _ = await logged(asel)
    other = phone(store, somebody(Role.OFFICER))
    other.write("subject", subject(record, other.actor), record)
    await other.exchange()
    assert other.outcomes() == [(1, "rejected", "record_exists")]

    answer = await desk.history(somebody(Role.DISPATCHER), "violation", record)
    assert len(answer.json()["revisions"]) == 1
    assert "Ешкім" not in answer.text


async def test_what_is_older_than_the_feeds_is_still_read(
    desk: Asking, asel: Phone, store: Store
) -> None:
    record, _ = await logged(asel)
    store.clock.advance(30 * 24 * 3_600_000)
    assert code(await desk.history(somebody(Role.SUPERVISOR), "violation", record)) == (200, "")
    assert code(await desk.history(asel.actor, "violation", record)) == (200, "")


async def test_a_subject_is_opened_with_a_purpose(desk: Asking, asel: Phone) -> None:
    record, about = await logged(asel)
    chief = somebody(Role.SUPERVISOR)
    found = await desk.get(chief, f"/records/violation/{record}/subjects")
    assert found.json() == {"subjects": [about]}

    answer = await desk.open(chief, "subject", about)

    said = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert (said["kind"], said["id"], said["as_of"]) == ("subject", about, NOON)
    assert said["version"] > 0
    assert said["body"] == subject(record, asel.actor)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, (428, "purpose_missing")),
        ({"purpose": ""}, (428, "purpose_missing")),
        ({"purpose": "curiosity"}, (428, "purpose_missing")),
        ({"purpose": "other"}, (428, "purpose_missing")),
        ({"purpose": "other", "words": "  \n "}, (428, "purpose_missing")),
        ({"purpose": "other", "words": "a judge asks"}, (200, "")),
        ({"purpose": "court", "words": "x" * 301}, (400, "wrong_shape")),
        ({"purpose": "court", "more": 1}, (400, "wrong_shape")),
        ([], (400, "wrong_shape")),
    ],
)
async def test_no_subject_without_a_reason(
    desk: Asking, asel: Phone, said: object, told: tuple[int, str]
) -> None:
    _, about = await logged(asel)
    answer = await desk.open(somebody(Role.DISPATCHER), "subject", about, said)
    assert code(answer) == told
    assert ("Ешкім" in answer.text) == (told[0] == 200)


async def test_the_history_of_a_subject_is_read_shortly_after_opening(
    desk: Asking, asel: Phone, store: Store
) -> None:
    _, about = await logged(asel)
    dispatcher = somebody(Role.DISPATCHER)
    assert code(await desk.history(dispatcher, "subject", about)) == (428, "purpose_missing")

    await desk.open(dispatcher, "subject", about)
    assert code(await desk.history(dispatcher, "subject", about)) == (200, "")
    colleague = await desk.history(somebody(Role.DISPATCHER), "subject", about)
    assert code(colleague) == (428, "purpose_missing")

    store.clock.advance(OPEN_MS)
    assert code(await desk.history(dispatcher, "subject", about)) == (428, "purpose_missing")


async def test_an_auditor_opens_a_violation_too(desk: Asking, asel: Phone) -> None:
    record, about = await logged(asel)
    auditor = somebody(Role.AUDITOR, "")
    assert code(await desk.history(auditor, "violation", record)) == (428, "purpose_missing")
    assert (await desk.open(auditor, "violation", record)).json()["body"]["text"] == "first"
    assert code(await desk.history(auditor, "violation", record)) == (200, "")
    assert code(await desk.open(auditor, "subject", about)) == (200, "")


async def test_what_is_out_of_reach_looks_like_what_is_not_there(desk: Asking, asel: Phone) -> None:
    record, about = await logged(asel)
    nothing = make()
    foreign = somebody(Role.SUPERVISOR, "MED")
    stranger = somebody(Role.VOLUNTEER)
    for actor in (foreign, stranger):
        for kind, there in (("violation", record), ("subject", about)):
            for ask in (desk.open, desk.history):
                told = [await ask(actor, kind, which) for which in (there, nothing)]
                said = [{**t.json(), "correlation": ""} for t in told]
                assert said[0] == said[1]
                assert [t.status_code for t in told] == [said_status(actor)] * 2


def said_status(actor: Actor) -> int:
    return 403 if actor.role is Role.VOLUNTEER else 404


async def test_a_record_is_asked_for_by_its_own_kind(desk: Asking, asel: Phone) -> None:
    record, about = await logged(asel)
    chief = somebody(Role.SUPERVISOR)
    for kind, which in (("violation", about), ("subject", record), ("nothing", record)):
        assert code(await desk.open(chief, kind, which)) == (404, "not_found")
    assert code(await desk.open(chief, "subject", "870101300123")) == (404, "not_found")


async def test_nobody_signed_in_reads_nothing(desk: Asking, asel: Phone) -> None:
    record, about = await logged(asel)
    assert code(await desk.history(None, "violation", record)) == (401, "not_signed_in")
    assert code(await desk.open(None, "subject", about)) == (401, "not_signed_in")
    for path in (f"/records/violation/{record}/subjects", "/oversight/accesses", "/oversight/mine"):
        assert code(await desk.get(None, path)) == (401, "not_signed_in")
