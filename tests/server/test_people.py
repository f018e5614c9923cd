"""What people may count on at the door: who gets in, for how long, and what is not told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from litestar.testing import AsyncTestClient
from sqlalchemy import text, update

from server.app import build_app
from server.clock import HOUR, MINUTE, SECOND
from server.database import open_engine, reading, writing
from server.people import Passwords
from server.people.pace import LOGIN, PAIR
from server.people.tables import accounts, devices
from server.settings import Settings
from tests.server.door import COOKIE, OFFICER, PHONE, TABLET, Door, a_door, settings_in


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    wanted = request.param == "postgresql"
    return settings_in(tmp_path, request.getfixturevalue("postgresql") if wanted else "")


@pytest.fixture
async def door(settings: Settings) -> AsyncIterator[Door]:
    async with a_door(settings) as door:
        yield door


async def test_whoever_has_the_password_gets_in_and_is_known(door: Door) -> None:
    answer = await door.sign_in(login=" Officer ")

    expected = {
        "person": OFFICER.person,
        "name": OFFICER.name,
        "role": "officer",
        "district": "ALM",
        "formation": "",
        "device": PHONE,
    }
    assert (answer.status_code, answer.json()) == (200, expected)
    assert (await door.me()).json() == expected


async def test_the_cookie_is_for_our_own_pages_over_tls_only(door: Door) -> None:
    said = (await door.sign_in()).headers["set-cookie"]

    value, *flags = said.split("; ")
    name, _, token = value.partition("=")
    assert name == COOKIE
    assert len(token) == 43  # 256 bits
    assert set(flags) == {"Max-Age=43200", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"}


async def test_the_store_holds_neither_token_nor_password(door: Door, settings: Settings) -> None:
    await door.sign_in()

    engine = open_engine(settings.database_url)
    async with reading(engine) as connection:
        [(token,)] = await connection.execute(text("SELECT token FROM person_session"))
        kept = (await connection.execute(text("SELECT password FROM person_account"))).scalars()
        hashes = set(kept)
    await engine.dispose()
    assert door.client.cookies[COOKIE] not in token
    assert all(kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for kept in hashes)


async def test_nobody_learns_which_logins_there_are(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    verify = Passwords.verify

    async def watched(self: Passwords, kept: str | None, password: str) -> bool:
        asked.append(kept is None)
        return await verify(self, kept, password)

    monkeypatch.setattr(Passwords, "verify", watched)
    wrong = await door.sign_in(password="not-the-password")
    nobody = await door.sign_in(login="nobody")

    # Both did the one thing that takes time, and said the same.
    assert asked == [False, True]
    assert [a.status_code for a in (wrong, nobody)] == [401, 401]
    assert {(a.json()["code"], a.json()["detail"]) for a in (wrong, nobody)} == {
        ("sign_in_refused", "")
    }
    assert "set-cookie" not in wrong.headers


async def test_the_password_of_nobody_opens_nothing() -> None:
    assert not await Passwords().verify(None, "nobody has this password")


async def test_whoever_guesses_is_slowed_down(door: Door) -> None:
    for _ in range(PAIR):
        assert (await door.sign_in(password="a guess")).status_code == 401

    answer = await door.sign_in()
    assert (answer.status_code, answer.json()["code"]) == (429, "slow_down")
    assert int(answer.headers["retry-after"]) == 300

    door.clock.advance(299 * SECOND)
    assert (await door.sign_in()).headers["retry-after"] == "1"
    door.clock.advance(SECOND)
    assert (await door.sign_in()).status_code == 200


async def test_signing_in_well_is_never_slowed_down(door: Door) -> None:
    for _ in range(PAIR * 2):
        assert (await door.sign_in()).status_code == 200
    assert LOGIN > PAIR


async def test_signing_out_ends_it(door: Door) -> None:
    await door.sign_in()
    token = door.client.cookies[COOKIE]

    answer = await door.post("/sign-out")

    assert answer.status_code == 204
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=; Max-Age=0;")
    door.client.cookies.set(COOKIE, token, domain="kezek.test")
    assert (await door.me()).json()["code"] == "not_signed_in"
    assert (await door.post("/sign-out")).status_code == 204


async def test_signing_in_again_ends_what_was_before(door: Door) -> None:
    await door.sign_in()
    before = door.client.cookies[COOKIE]
    await door.sign_in()
    after = door.client.cookies[COOKIE]

    assert before != after
    door.client.cookies.clear()
    old = await door.client.get("/me", headers={"Cookie": f"{COOKIE}={before}"})
    new = await door.client.get("/me", headers={"Cookie": f"{COOKIE}={after}"})
    assert (old.status_code, new.status_code) == (401, 200)


async def test_a_device_belongs_to_one_person(door: Door) -> None:
    await door.sign_in("officer", device=PHONE)
    await door.post("/sign-out")

    answer = await door.sign_in("supervisor", device=PHONE)
    assert (answer.status_code, answer.json()["code"]) == (403, "device_foreign")
    assert (await door.me()).status_code == 401
    assert (await door.sign_in("supervisor", device=TABLET)).status_code == 200


@pytest.mark.parametrize(("login", "idle"), [("officer", 12 * HOUR), ("supervisor", 15 * MINUTE)])
async def test_a_session_not_used_ends(door: Door, login: str, idle: int) -> None:
    await door.sign_in(login)
    door.clock.advance(idle - SECOND)
    still = (await door.me()).status_code
    door.clock.advance(2 * SECOND if idle == 12 * HOUR else idle + SECOND)
    assert (still, (await door.me()).status_code) == (200, 401)


async def test_a_session_used_all_the_time_ends_with_the_shift(door: Door) -> None:
    await door.sign_in("supervisor")
    for _ in range(12 * 6 - 1):
        door.clock.advance(10 * MINUTE)
        assert (await door.me()).status_code == 200

    door.clock.advance(10 * MINUTE)
    assert (await door.me()).status_code == 401


async def test_a_session_outlives_the_server(settings: Settings) -> None:
    async with a_door(settings) as door:
        await door.sign_in()
        token = door.client.cookies[COOKIE]

    app = build_app(settings, door.clock)
    async with AsyncTestClient(app, base_url="https://kezek.test") as client:
        answer = await client.get("/me", headers={"Cookie": f"{COOKIE}={token}"})
    assert answer.json()["person"] == OFFICER.person


async def test_a_revoked_device_is_out_within_half_a_minute(door: Door, settings: Settings) -> None:
    await door.sign_in()
    await change(settings, update(devices).values(revoked=1))

    door.clock.advance(30 * SECOND)
    assert (await door.me()).status_code == 401
    assert (await door.sign_in()).json()["code"] == "device_revoked"


async def test_a_new_role_counts_within_half_a_minute(door: Door, settings: Settings) -> None:
    await door.sign_in()
    await change(settings, update(accounts).values(role="leader", district="MED"))

    door.clock.advance(30 * SECOND)
    answer = (await door.me()).json()
    assert (answer["role"], answer["district"]) == ("leader", "MED")


async def test_a_closed_account_is_no_account(door: Door, settings: Settings) -> None:
    await change(settings, update(accounts).values(closed=1))
    assert (await door.sign_in()).json()["code"] == "sign_in_refused"


WRONG = [
    (b"", "not_json"),
    (b"{", "not_json"),
    (b"[]", "wrong_shape"),
    (b'{"login":"officer"}', "wrong_shape"),
    (b'{"login":"o","password":1,"device":"x"}', "wrong_shape"),
    (b'{"login":"o","password":"p","device":"not-an-id"}', "wrong_shape"),
    (b'{"login":"\xff","password":"p","device":"x"}', "not_json"),
    (b'{"login":"' + b"o" * 5_000 + b'"}', "too_large"),
]


async def test_what_is_not_a_sign_in_is_refused(door: Door) -> None:
    for content, code in WRONG:
        answer = await door.post("/sign-in", content=content)
        assert answer.json()["code"] == code, content
        assert answer.status_code == (413 if code == "too_large" else 400)


async def change(settings: Settings, statement: object) -> None:
    engine = open_engine(settings.database_url)
    async with writing(engine) as connection:
        await connection.execute(statement)  # type: ignore[call-overload] # any statement will do
    await engine.dispose()
