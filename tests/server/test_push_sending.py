"""What is queued reaches a real HTTP server, once, whatever it answers and whoever dies."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest

from server.clock import HOUR, MINUTE, SECOND
from server.database import open_engine, reading, writing
from server.push.answers import TRIES_MAX, meaning
from server.push.keys import Keys
from server.push.post import Post, Unreachable
from server.push.queue import LEASE, Queue
from tests.server.pushing import NOBODY_THERE, SUBJECT, Station, a_station, person
from tests.world.phone import NOON
from tests.world.push_service import Answer
from tests.world.receiver import verify
from tests.world.stores import Store

ALIYA, BOLAT = person(1), person(2)


@pytest.fixture
async def station(store: Store) -> AsyncIterator[Station]:
    async with a_station(store, ALIYA, BOLAT) as station:
        yield station


async def test_a_notice_is_encrypted_signed_and_says_nothing_of_anybody(station: Station) -> None:
    receiver = await station.subscribe(ALIYA, language="kk")
    id_ = await station.put(ALIYA)
    assert await station.sender.go() == 1
    [posted] = station.service.posted
    assert posted.path == f"/wpush/{ALIYA.device}"
    assert receiver.read(posted.body) == {
        "notice": id_,
        "code": "backup",
        "kind": "violation",
        "record": "r",
        "tag": (await station.row()).topic,
        "made": NOON,
        "expires": NOON + HOUR,
        "language": "kk",
    }
    key, claims = verify(posted.headers["authorization"], station.service.endpoint("x"))
    assert (key, claims["sub"]) == (station.keys.public, SUBJECT)
    assert posted.headers["content-encoding"] == "aes128gcm"
    assert posted.headers["ttl"] == "3600"
    assert posted.headers["urgency"] == "high"
    assert posted.headers["topic"] == (await station.row()).topic
    assert len(posted.headers["topic"]) == 32
    assert len(posted.body) < 500
    assert (await station.row()).state == "sent"
    assert await station.sender.go() == 0
    assert len(station.service.posted) == 1


async def test_each_service_gets_a_token_of_its_own(station: Station) -> None:
    """pywebpush writes into the claims: what is handed in twice keeps the first audience."""
    await station.subscribe(ALIYA)
    for fact in ("a", "b"):
        await station.put(ALIYA, fact=fact, about=fact)
        await station.sender.go()
    for posted in station.service.posted:
        verify(posted.headers["authorization"], station.service.endpoint("x"))


@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_taken(station: Station, status: int) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    station.service.answers.append(Answer(status=status))
    await station.sender.go()
    assert (await station.row()).state == "sent"


@pytest.mark.parametrize("status", [404, 410])
async def test_a_subscription_that_is_gone_is_dropped(station: Station, status: int) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    station.service.answers.append(Answer(status=status))
    await station.sender.go()
    assert (await station.row()).state == "dropped"
    assert await station.subscribed(ALIYA) is None


async def test_a_newer_subscription_stays_when_the_one_before_is_gone(station: Station) -> None:
    """The device came with a new one while the answer was on its way: that one is tried."""
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    station.service.answers.append(Answer(status=410, after=0.5))
    going = asyncio.create_task(station.sender.go())
    await asyncio.sleep(0.2)
    receiver = await station.subscribe(ALIYA, station.service.endpoint("newer"))
    await going
    assert (await station.row()).state == "queued"
    await station.sender.go()
    assert [posted.path for posted in station.service.posted][1:] == ["/wpush/newer"]
    assert receiver.read(station.service.posted[1].body)["code"] == "backup"
    assert (await station.row()).state == "sent"


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 405])
async def test_a_refusal_stops_the_subscription_and_is_loud(
    station: Station, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    station.service.answers.append(Answer(status=status, body=b"endpoint and all"))
    with caplog.at_level(logging.INFO):
        await station.sender.go()
    assert any(r.levelno == logging.ERROR and str(status) in r.message for r in caplog.records)
    assert (await station.row()).state == "dropped"
    subscription = await station.subscribed(ALIYA)
    assert subscription is not None
    assert subscription.refused == status
    await station.put(ALIYA, fact="other")
    await station.sender.go()
    assert len(station.service.posted) == 1
    await station.subscribe(ALIYA)  # the app starts again, and the slate is clean
    await station.put(ALIYA, fact="third")
    await station.sender.go()
    assert len(station.service.posted) == 2


async def test_what_is_too_large_is_a_bug_of_ours(
    station: Station, caplog: pytest.LogCaptureFixture
) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    station.service.answers.append(Answer(status=413))
    await station.sender.go()
    assert (await station.row()).state == "dropped"
    assert "413" in caplog.text
    subscription = await station.subscribed(ALIYA)
    assert subscription is not None
    assert subscription.refused == 0


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
async def test_a_trouble_of_the_service_is_waited_out(station: Station, status: int) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    station.service.answers.append(Answer(status=status))
    await station.sender.go()
    row = await station.row()
    assert (row.state, row.tries, row.lease) == ("queued", 1, 0)
    assert NOON < row.due <= NOON + 2 * SECOND
    assert await station.sender.go() == 0
    station.clock.advance(2 * SECOND)
    assert await station.sender.go() == 1
    assert (await station.row()).state == "sent"


@pytest.mark.parametrize(
    "asked", ["120", format_datetime(datetime.fromtimestamp(NOON / 1000 + 120, UTC), True)]
)
async def test_a_service_says_when_to_come_again(station: Station, asked: str) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    station.service.answers.append(Answer(status=429, headers={"Retry-After": asked}))
    await station.sender.go()
    assert NOON + 120 * SECOND <= (await station.row()).due <= NOON + 123 * SECOND


async def test_one_service_in_trouble_is_not_pestered_for_others(station: Station) -> None:
    """The next notice of that host waits without having been tried; it has lost no try."""
    await station.subscribe(ALIYA)
    await station.subscribe(BOLAT)
    await station.put(ALIYA)
    station.service.answers.append(Answer(status=503, headers={"Retry-After": "20"}))
    await station.sender.go()
    id_ = await station.put(BOLAT)
    await station.sender.go()
    assert len(station.service.posted) == 1
    [row] = [row for row in await station.rows() if row.id == id_]
    assert (row.tries, row.due > NOON) == (0, True)
    station.clock.advance(30 * SECOND)
    await station.sender.go()
    assert await station.states() == ["sent", "sent"]


async def test_nobody_there_is_waited_out(station: Station) -> None:
    await station.subscribe(ALIYA, f"{NOBODY_THERE}/wpush/a")
    await station.put(ALIYA)
    await station.sender.go()
    row = await station.row()
    assert (row.state, row.tries) == ("queued", 1)


async def test_what_is_late_is_not_sent(station: Station) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    station.service.answers.append(Answer(status=503))
    await station.sender.go()
    station.clock.advance(HOUR)
    assert await station.sender.go() == 0
    assert await station.sender.pause() == float("inf")
    assert (await station.row()).state == "expired"


async def test_the_time_to_live_is_what_is_left(station: Station) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    station.clock.advance(59 * MINUTE)
    await station.sender.go()
    assert station.service.posted[0].headers["ttl"] == "60"


async def test_a_revoked_device_is_told_nothing(station: Station) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA)
    await station.revoke(ALIYA)
    await station.sender.go()
    assert station.service.posted == []
    assert (await station.row()).state == "dropped"
    assert await station.subscribed(ALIYA) is None


async def test_a_fact_is_told_once(station: Station) -> None:
    await station.subscribe(ALIYA)
    assert await station.put(ALIYA)
    assert await station.put(ALIYA) == ""
    assert len(await station.rows()) == 1


async def test_what_waits_gives_way_to_what_is_newer(station: Station) -> None:
    await station.subscribe(ALIYA)
    await station.put(ALIYA, fact="shift/1", about="shift")
    latest = await station.put(ALIYA, fact="shift/2", about="shift")
    await station.sender.go()
    assert sorted(await station.states()) == ["dropped", "sent"]
    [row] = [row for row in await station.rows() if row.state == "sent"]
    assert row.id == latest


async def test_two_workers_send_each_notice_once(
    station: Station, database: str, store: Store
) -> None:
    """Two senders, each with connections of its own, over forty notices."""
    actors = [ALIYA, BOLAT]
    for actor in actors:
        await station.subscribe(actor)
    for number in range(20):
        for actor in actors:
            await station.put(actor, fact=f"f{number}", about=f"a{number}")
    engine = open_engine(store.settings.database_url)
    workers = [station.sender, station.another(engine)]
    took = await asyncio.gather(*(all_of(worker.go) for worker in workers))
    await engine.dispose()
    assert sum(took) == 40
    assert len(station.service.posted) == 40
    assert set(await station.states()) == {"sent"}


async def all_of(go: Any) -> int:
    total = 0
    while took := await go():
        total += took
    return total


async def test_a_worker_that_dies_between_sending_and_noting_it_costs_a_repeat(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost: another worker sends again when the lease ends; the device shows one."""
    await station.subscribe(ALIYA)
    await station.put(ALIYA)

    posted, never = asyncio.Event(), asyncio.Event()

    async def die(*_: Any) -> None:
        posted.set()
        await never.wait()

    monkeypatch.setattr(station.sender, "_settle", die)
    going = asyncio.create_task(station.sender.go())
    await posted.wait()
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert (await station.row()).state == "queued"
    other = station.another()
    assert await other.go() == 0
    station.clock.advance(LEASE)
    assert await other.go() == 1
    tags = {station.receivers[ALIYA.device].read(p.body)["tag"] for p in station.service.posted}
    assert (len(station.service.posted), len(tags)) == (2, 1)
    assert (await station.row()).state == "sent"


async def test_shown_and_opened_are_the_devices_word(station: Station) -> None:
    await station.subscribe(ALIYA)
    id_ = await station.put(ALIYA)
    async with writing(station.engine) as connection:
        # The device may be quicker than the service's answer to us.
        assert await Queue(connection).shown(id_, NOON + 1)
        await Queue(connection).sent(id_, NOON + 2)
        assert not await Queue(connection).shown(id_, NOON + 3)
        assert await Queue(connection).opened(id_, NOON + 4)
        assert not await Queue(connection).shown("A" * 24, NOON)
    row = await station.row()
    assert (row.state, row.sent, row.shown, row.opened) == (
        "opened",
        NOON + 2,
        NOON + 1,
        NOON + 4,
    )


async def test_what_is_old_is_forgotten(station: Station) -> None:
    await station.put(ALIYA)
    station.clock.advance(30 * 24 * HOUR)
    await station.sender.pause()
    assert await station.rows() == []


async def test_an_endpoint_is_never_in_the_log(
    station: Station, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await station.subscribe(ALIYA, station.service.endpoint("a-secret"))

    async def fail(*_: Any, **__: Any) -> Any:
        raise Unreachable("ClientConnectorError")

    with caplog.at_level(logging.INFO):
        for number, status in enumerate((201, 302, 403, 404, 413, 429, 500)):
            await station.subscribe(ALIYA, station.service.endpoint("a-secret"))
            await station.put(ALIYA, fact=f"{number}", about=f"{number}")
            station.service.answers.append(Answer(status=status, body=b"a-secret"))
            await station.sender.go()
            station.clock.advance(MINUTE)
        monkeypatch.setattr(Post, "post", fail)
        await station.put(ALIYA, fact="last", about="last")
        await station.sender.go()
    assert len(station.service.posted) >= 7
    assert "a-secret" not in caplog.text


def test_waiting_grows_is_spread_and_ends() -> None:
    waits = {tries: {meaning(500, "", tries, NOON).wait for _ in range(50)} for tries in (1, 5, 15)}
    assert all(len(spread) > 5 for spread in waits.values())
    assert SECOND <= min(waits[1]) <= max(waits[1]) <= 2 * SECOND
    assert 16 * SECOND <= min(waits[5]) <= max(waits[5]) <= 32 * SECOND
    assert 5 * MINUTE <= min(waits[15]) <= max(waits[15]) <= 10 * MINUTE
    assert meaning(500, "", TRIES_MAX, NOON).verdict == "ours"


@pytest.mark.parametrize("asked", ["-5", "soon", "", "1e9", "Mon, 99 Xxx 2026 00:00:00 GMT", "٣"])
def test_a_senseless_wish_is_not_heard(asked: str) -> None:
    assert 0 < meaning(429, asked, 1, NOON).wait <= 2 * SECOND


def test_nobody_waits_for_a_year() -> None:
    assert meaning(429, "99999999999", 1, NOON).wait <= HOUR + 2 * SECOND


def test_the_keys_are_made_once_for_ones_own_eyes(tmp_path: Any) -> None:
    first = Keys.kept(tmp_path)
    assert Keys.kept(tmp_path).public == first.public
    [path] = tmp_path.iterdir()
    assert (path.name, path.stat().st_mode & 0o777) == ("vapid.pem", 0o600)
    assert len(first.public) == 87


async def test_the_next_is_known(station: Station) -> None:
    async with reading(station.engine) as connection:
        assert await Queue(connection).next_due(NOON) is None
    await station.put(ALIYA)
    assert await station.sender.pause() == 0
