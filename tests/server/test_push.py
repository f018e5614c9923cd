"""Web push at the door: subscribing, the way round of a test, and what ends it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from tests.server.door import OWN, PHONE, TABLET, Door, a_door, settings_in
from tests.world.push_service import Answer, PushService
from tests.world.receiver import Receiver, verify


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with PushService().up() as service:
        yield service


@asynccontextmanager
async def open_door(tmp_path: Path, service: PushService) -> AsyncIterator[Door]:
    settings = structs.replace(settings_in(tmp_path), push_allow=service.origin)
    async with a_door(settings) as door:
        yield door


@pytest.fixture
async def door(tmp_path: Path, service: PushService) -> AsyncIterator[Door]:
    async with open_door(tmp_path, service) as door:
        await door.sign_in()
        yield door


async def subscribe(door: Door, service: PushService, name: str = "a", **more: str) -> Receiver:
    receiver = Receiver()
    said = receiver.said(service.endpoint(name), **more)
    answer = await door.post("/push/subscription", json=said)
    assert answer.status_code == 204, answer.text
    return receiver


async def mine(door: Door) -> Any:
    return (await door.client.get("/push/mine")).json()


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.02)


async def test_a_test_goes_the_whole_way_round(door: Door, service: PushService) -> None:
    receiver = await subscribe(door, service, language="ru")
    id_ = (await door.post("/push/test")).json()["notice"]
    await until(lambda: bool(service.posted))
    said = receiver.read(service.posted[0].body)
    assert (said["code"], said["notice"], said["language"]) == ("test", id_, "ru")
    key = (await door.client.get("/push/key")).json()["key"]
    assert verify(service.posted[0].headers["authorization"], service.origin)[0] == key

    door.client.cookies.clear()  # a notice often outlives the session
    assert (await door.post("/push/shown", json={"notice": id_})).status_code == 204
    assert (await door.post("/push/opened", json={"notice": id_})).status_code == 204
    await door.sign_in()
    [told] = (await mine(door))["notices"]
    assert (told["notice"], told["state"]) == (id_, "opened")
    assert 0 < told["shown"] <= told["opened"]


async def test_who_is_not_signed_in_has_no_business_here(door: Door, service: PushService) -> None:
    door.client.cookies.clear()
    said = Receiver().said(service.endpoint("a"))
    for path in ("/push/subscription", "/push/unsubscribe", "/push/test"):
        answer = await door.post(path, json=said)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in"), path
    assert (await door.client.get("/push/mine")).status_code == 401
    assert (await door.client.get("/push/key")).status_code == 200


async def test_another_site_cannot_subscribe_a_device(door: Door, service: PushService) -> None:
    said = Receiver().said(service.endpoint("a"))
    for headers in ({}, {**OWN, "Sec-Fetch-Site": "cross-site"}):
        answer = await door.client.post("/push/subscription", headers=headers, json=said)
        assert answer.json()["code"] == "origin_foreign"


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "http://localhost/x"},
        {"endpoint": "https://updates.push.services.mozilla.com:22/x"},
        {"endpoint": "https://evil.example/x"},
        {"endpoint": ""},
        {"endpoint": "https://updates.push.services.mozilla.com/" + "x" * 1_000},
        {"p256dh": "AAAA"},
        {"p256dh": "B" + "A" * 86},  # a point that is not on the curve
        {"p256dh": "!" * 87},
        {"auth": "AAAA"},
        {"language": "de"},
        {"more": "x"},
    ],
)
async def test_a_senseless_subscription_is_refused(
    door: Door, service: PushService, change: dict[str, str]
) -> None:
    said = Receiver().said(service.endpoint("a")) | change
    answer = await door.post("/push/subscription", json=said)
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape")
    assert not change.get("endpoint") or change["endpoint"] not in answer.text
    assert (await mine(door))["subscribed"] == ""


@pytest.mark.parametrize("said", [{}, {"notice": "x"}, {"notice": "A" * 24, "more": 1}, [], "x"])
async def test_a_senseless_word_of_a_worker_is_refused(door: Door, said: Any) -> None:
    answer = await door.post("/push/shown", json=said)
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape")


async def test_a_notice_that_nobody_was_sent_is_not_there(door: Door) -> None:
    for path in ("/push/shown", "/push/opened"):
        answer = await door.post(path, json={"notice": "A" * 24})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_test_needs_a_subscription_and_some_patience(
    door: Door, service: PushService
) -> None:
    assert (await door.post("/push/test")).status_code == 404
    await subscribe(door, service)
    assert (await door.post("/push/test")).status_code == 200
    again = await door.post("/push/test")
    assert (again.status_code, again.json()["code"]) == (429, "slow_down")
    door.clock.advance(10_000)
    assert (await door.post("/push/test")).status_code == 200


async def test_a_device_has_one_subscription_and_an_endpoint_one_device(
    door: Door, service: PushService
) -> None:
    await subscribe(door, service, "a")
    await subscribe(door, service, "b")
    assert (await door.post("/push/test")).status_code == 200
    await until(lambda: bool(service.posted))
    assert [posted.path for posted in service.posted] == ["/wpush/b"]
    # Another person signs in with the same browser: its endpoint is now his device's.
    await door.sign_in("supervisor", device=TABLET)
    await subscribe(door, service, "b")
    await door.sign_in("officer", device=PHONE)
    assert (await mine(door))["subscribed"] == ""


async def test_signing_out_ends_it(door: Door, service: PushService) -> None:
    await subscribe(door, service)
    await door.post("/sign-out")
    await door.sign_in()
    assert (await mine(door))["subscribed"] == ""


async def test_another_person_in_the_same_browser_ends_it(door: Door, service: PushService) -> None:
    await subscribe(door, service)
    await door.sign_in("supervisor", device=TABLET)
    await door.sign_in("officer", device=PHONE)
    assert (await mine(door))["subscribed"] == ""


async def test_signing_in_again_on_the_same_device_keeps_it(
    door: Door, service: PushService
) -> None:
    await subscribe(door, service)
    await door.sign_in()
    assert (await mine(door))["subscribed"] == "yes"


async def test_it_can_be_turned_off(door: Door, service: PushService) -> None:
    await subscribe(door, service)
    assert (await door.post("/push/unsubscribe")).status_code == 204
    assert (await mine(door))["subscribed"] == ""


async def test_the_language_stays_when_the_worker_does_not_know_it(
    door: Door, service: PushService
) -> None:
    await subscribe(door, service, language="en")
    receiver = await subscribe(door, service, "b", language="")
    await door.post("/push/test")
    await until(lambda: bool(service.posted))
    assert receiver.read(service.posted[0].body)["language"] == "en"


async def test_what_was_refused_for_good_is_said(door: Door, service: PushService) -> None:
    await subscribe(door, service)
    service.answers.append(Answer(status=403))
    await door.post("/push/test")
    await until(lambda: bool(service.posted))
    for _ in range(100):
        if (await mine(door))["subscribed"] == "refused":
            break
        await asyncio.sleep(0.02)
    assert (await mine(door))["subscribed"] == "refused"
    await subscribe(door, service, "b")
    assert (await mine(door))["subscribed"] == "yes"


async def test_what_was_queued_is_sent_by_the_next_server(
    tmp_path: Path, service: PushService
) -> None:
    """Stopped right after the request, started again: the notice goes out, once."""
    service.answers.append(Answer(status=503, headers={"Retry-After": "0"}))
    async with open_door(tmp_path, service) as door:
        await door.sign_in()
        receiver = await subscribe(door, service)
        await door.post("/push/test")
        await until(lambda: len(service.posted) == 1)
        await asyncio.sleep(0.2)
    from server.clock import FixedClock
    from tests.world.phone import NOON

    settings = structs.replace(settings_in(tmp_path), push_allow=service.origin)
    from litestar.testing import AsyncTestClient

    from server.app import build_app

    async with AsyncTestClient(build_app(settings, FixedClock(NOON + 60_000))):
        await until(lambda: len(service.posted) == 2)
    assert receiver.read(service.posted[1].body)["code"] == "test"
