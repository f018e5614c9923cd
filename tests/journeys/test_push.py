"""Web push for real: a Firefox that subscribed, a worker that shows Kazakh text and says so."""

import asyncio
import json
import sqlite3
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.clock import MINUTE
from sync.roles import Actor, Role
from tests.journeys.firefox import Firefox, push_prefs
from tests.journeys.serving import PASSWORD, Server
from tests.journeys.test_main_job import on_duty
from tests.world.phone import Phone, ids, violation
from tests.world.push_service import PushService, beside

pytestmark = pytest.mark.needs_firefox

SHOWN = """navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
  .then((all) => all.map(({title, body, lang}) => [title, body, lang]))"""


@pytest.fixture
def service() -> Iterator[PushService]:
    with beside() as service:
        yield service


@pytest.fixture
def served(city: Path, tmp_path: Path, service: PushService) -> Iterator[Server]:
    server = Server(city, tmp_path / "data", push_allow=service.origin)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def browser(
    firefox: str, tmp_path: Path, served: Server, service: PushService
) -> Iterator[Firefox]:
    prefs = push_prefs(f"ws://localhost:{service.port}/autopush/")
    browser = Firefox(firefox, tmp_path / "profile", served.address, prefs)
    yield browser
    browser.close()


def sign_in(browser: Firefox, login: str, sees: str = "Байланыс бар") -> None:
    browser.open("/")
    browser.until("navigator.serviceWorker.ready.then(() => true)")
    browser.click("textbox", "Логин")
    browser.type(login)
    browser.click("textbox", "ұпия")
    browser.type(PASSWORD + "\ue007")  # Enter
    browser.sees(sees)


def turn_on(browser: Firefox) -> None:
    """The person taps the switch, and the browser's question is answered with yes."""
    browser.click("link", "Тағы")
    browser.sees("Осы құрылғыға хабарлау")
    browser.permit("notifications")
    browser.click("switch", "Осы құрылғыға хабарлау")
    browser.sees("Осы құрылғыда қосулы")


def in_store(server: Server, query: str, *values: object) -> list[Any]:
    with sqlite3.connect(server.folder / "kezek.db") as store:
        return store.execute(query, values).fetchall()


def until(look: Callable[[], Any], seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError("it never came")


def a_dispatcher_on_duty(server: Server) -> str:
    """The login of one whose shift is running for some minutes yet."""
    people = dict(
        in_store(server, "SELECT person, login FROM person_account WHERE role = 'dispatcher'")
    )
    now = time.time() * 1_000
    letters = in_store(
        server,
        """SELECT v.letter FROM record r JOIN revision v ON v.position = r.version
        WHERE r.kind = 'shift'""",
    )
    for (letter,) in letters:
        shift = json.loads(letter)["set"]
        if shift["person"] in people and shift["starts"] <= now < shift["ends"] - 5 * MINUTE:
            return str(people[shift["person"]])
    return str(min(people.values()))  # with nobody on duty every dispatcher is told


def log_a_call_for_backup(server: Server, login: str) -> str:
    """An officer's violation that needs backup, by the exchange of a phone without a screen."""
    device = ids(41)()
    said = {"login": login, "password": PASSWORD, "device": device}
    answer = posted(server, "/sign-in", json.dumps(said).encode(), "application/json", "")
    me = json.loads(answer.read())
    cookie = answer.headers["Set-Cookie"].split(";")[0]

    async def carry(_actor: Actor, message: bytes) -> bytes:
        reply = posted(server, "/sync", message, "application/x-ndjson", cookie)
        return bytes(reply.read())

    actor = Actor(me["person"], Role(me["role"]), me["district"], me["formation"], device)
    phone = Phone(actor, carry, 41, now=int(time.time() * 1_000))
    record = phone.write("violation", violation(actor, needs_backup=True, happened=phone.now))
    thread = threading.Thread(target=lambda: asyncio.run(phone.exchange()))
    thread.start()  # where Playwright is running, this thread has a loop already
    thread.join(30)
    assert [code for _, _, code in phone.outcomes()] == [""]
    return record


def posted(server: Server, path: str, body: bytes, type_: str, cookie: str) -> Any:
    headers = {"X-Kezek": "1", "Content-Type": type_, "Cookie": cookie}
    request = urllib.request.Request(server.address + path, body, headers)
    return urllib.request.urlopen(request, timeout=30)


def test_a_test_notice_goes_the_whole_way_round(
    browser: Firefox, served: Server, service: PushService
) -> None:
    sign_in(browser, on_duty(served.folder)[0])
    turn_on(browser)
    browser.click("button", "Сынақ хабарландыруын жіберу")
    browser.sees("Жол басынан аяғына дейін тексерілді")
    assert browser.evaluate(SHOWN) == [["Тексеру", "Хабарландыру келді. Бәрі жұмыс істейді.", "kk"]]
    assert len(service.posted) == 1
    [row] = in_store(served, "SELECT state, sent, shown FROM push_notice")
    assert row[0] == "shown"
    assert row[1] > 0
    assert row[2] > 0

    # The other language is told at once, without a word from the person about notices.
    browser.click("button", "Русский")
    browser.sees("Включены на этом устройстве")
    until(lambda: in_store(served, "SELECT 1 FROM push_subscription WHERE language = 'ru'"))

    # A subscription that the server lost comes back with the next start.
    with sqlite3.connect(served.folder / "kezek.db") as store:
        store.execute("DELETE FROM push_subscription")
    browser.close()
    browser.open("/more")
    until(lambda: in_store(served, "SELECT 1 FROM push_subscription"))

    browser.click("button", "Выйти")
    browser.click("button", "Выйти")
    browser.sees("Войти")
    until(lambda: not in_store(served, "SELECT 1 FROM push_subscription"))


def test_a_call_for_backup_reaches_the_dispatcher_with_the_app_closed(
    browser: Firefox, served: Server, service: PushService
) -> None:
    sign_in(browser, a_dispatcher_on_duty(served), "Орталық")
    turn_on(browser)
    [(device,)] = in_store(served, "SELECT device FROM push_subscription")
    browser.goto("/health")  # no page of the app is open
    record = log_a_call_for_backup(served, on_duty(served.folder)[0])
    [row] = until(
        lambda: in_store(
            served, "SELECT code, kind, record, device FROM push_notice WHERE shown > 0"
        )
    )
    assert row == ("backup", "violation", record, device)
    browser.goto("/")
    assert ["Көмек керек", "Нарядқа көмек керек. Жазбаны ашыңыз.", "kk"] in browser.evaluate(SHOWN)
    [post] = service.posted
    assert record.encode() not in post.body
    assert post.headers["urgency"] == "high"


def test_what_the_browser_forbids_is_said_with_the_way_out(
    browser: Firefox, served: Server
) -> None:
    sign_in(browser, on_duty(served.folder)[0])
    browser.permit("notifications", "denied")
    browser.goto("/more")
    browser.sees("Браузер тыйым салған")
    browser.sees("Тыйымды қалай алуға болады")
    assert "Осы құрылғыға хабарлау" not in browser.text()
