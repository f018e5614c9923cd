"""From the door of the whole server to `kezek verify`: a look is noted, and tampering is found."""

import sqlite3
from contextlib import closing
from pathlib import Path

from server.people import Account
from sync.roles import Actor
from tests.server.door import OFFICER, SUPERVISOR, TABLET, Door, a_door, settings_in
from tests.server.test_cli import done, refused
from tests.world.phone import Phone, violation

NOTHING = "019a0000-0000-7000-8000-00000000dead"


def actor(account: Account, device: str) -> Actor:
    return Actor(account.person, account.role, account.district, account.formation, device)


async def carry(door: Door, message: bytes) -> bytes:
    return (await door.post("/sync", content=message)).content


async def test_a_look_at_the_door_is_in_a_chain_that_the_operator_proves(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with a_door(settings) as door:
        me = (await door.sign_in()).json()
        phone = Phone(actor(OFFICER, me["device"]), lambda _, message: carry(door, message))
        record = phone.write("violation", violation(phone.actor))
        await phone.exchange()
        await door.post("/sign-out")
        await door.sign_in("supervisor", device=TABLET)

        history = (await door.client.get(f"/records/violation/{record}/revisions")).json()
        missing = await door.post(f"/records/subject/{NOTHING}/open", json={"purpose": "court"})
        foreign = await door.client.post(f"/records/subject/{NOTHING}/open", json={})
        await door.post("/sign-out")
        await door.sign_in()
        mine = (await door.client.get("/oversight/mine")).json()["accesses"]

    assert [revision["author"] for revision in history["revisions"]] == [OFFICER.person]
    assert (missing.status_code, foreign.json()["code"]) == (404, "origin_foreign")
    assert [(look["person"], look["name"], look["record"]) for look in mine] == [
        (SUPERVISOR.person, SUPERVISOR.name, record)
    ]

    told = done(settings.data, "verify")
    assert "the access log is whole: 2 rows, words erased in 0" in told
    head = told.rsplit("head ", 1)[1].strip()
    done(settings.data, "verify", "--head", head)

    with closing(sqlite3.connect(settings.data / "kezek.db")) as store, store:
        store.execute("DROP TRIGGER access_log_whole")
        store.execute("DELETE FROM access_log WHERE position = 2")
    done(settings.data, "verify")
    assert refused(settings.data, "verify", "--head", head).endswith("broken at 2\n")
