"""The main job, in a real browser with the network really off: logged, kept, stored once."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, Route, expect

from tests.journeys.browser import Browser, worker_is_there
from tests.journeys.measures import Measured, keep
from tests.journeys.serving import PASSWORD, Server

NOBODY = "951231201375"  # the IIN of nobody: born in 1895

pytestmark = pytest.mark.needs_chromium


class Job:
    """What is logged: by whom, how, and what it is called."""

    def __init__(self, kind: str, login: str, log: Callable[[Browser, Page], None]) -> None:
        self.kind, self.login, self.log = kind, login, log


def log_violation(browser: Browser, page: Page) -> None:
    browser.tap(page, "link", "Записать")
    page.locator("kezek-article-search button.chip").first.click()
    browser.taps += 1
    browser.tap(page, "button", "Нет документов")
    browser.tap(page, "button", "Предупреждение")
    browser.hold(page)


def log_assist(browser: Browser, page: Page) -> None:
    browser.tap(page, "link", "Записать")
    page.locator("#activity").get_by_role("button").first.click()
    browser.taps += 1
    browser.hold(page)


def on_duty(folder: Path) -> tuple[str, str]:
    from server import demo
    from server.clock import SystemClock
    from server.settings import Settings

    who = demo.who(Settings(data=folder), SystemClock())
    assert who is not None
    return who.officer, who.volunteer


@pytest.fixture(params=["violation", "assist"])
def job(request: pytest.FixtureRequest, server: Server) -> Job:
    officer, volunteer = on_duty(server.folder)
    if request.param == "violation":
        return Job("violation", officer, log_violation)
    return Job("assist", volunteer, log_assist)


@pytest.fixture
def browser(
    playwright: Playwright, chromium: str, tmp_path: Path, server: Server
) -> Iterator[Browser]:
    browser = Browser(playwright, chromium, tmp_path / "profile", server.address)
    yield browser
    browser.close()


def sign_in(page: Page, login: str) -> None:
    page.get_by_role("button", name="Русский").click()
    page.locator("#login input").fill(login)
    page.locator("#password input").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_text("данные на")).to_be_visible()
    worker_is_there(page)


def outbox_says(page: Page, words: str) -> None:
    page.get_by_role("link", name="Ещё").click()
    expect(page.locator("kezek-letter-row").first).to_contain_text(words)


def drop_first_answer(browser: Browser) -> list[int]:
    """The store takes the first exchange, and its answer never arrives."""
    dropped: list[int] = []

    def lose(route: Route) -> None:
        if dropped:
            route.continue_()
            return
        dropped.append(route.fetch().status)
        route.abort("connectionreset")

    browser.context.route("**/sync", lose)
    return dropped


def test_what_was_logged_in_the_street_is_stored_exactly_once(
    server: Server, browser: Browser, job: Job
) -> None:
    page = browser.open(online=True)
    sign_in(page, job.login)
    browser.close()

    page = browser.open(online=False)  # airplane mode, from a cold start
    expect(page.get_by_text("Нет связи")).to_be_visible()
    expect(page.locator("kezek-shift")).to_contain_text("ALM-П-")
    browser.taps, began = 0, time.monotonic()
    job.log(browser, page)
    expect(page.get_by_role("heading", name="Сохранено здесь")).to_be_visible()
    seconds = time.monotonic() - began
    browser.kill()  # right after *saved here*

    server.kill()
    page = browser.open(online=False)
    outbox_says(page, "сохранено здесь")
    assert server.revisions(job.kind, job.login) == []

    server.start()
    dropped = drop_first_answer(browser)
    browser.context.set_offline(False)
    first = page.locator("kezek-letter-row").first
    expect(first).to_contain_text("доставлено на сервер", timeout=60_000)

    assert dropped == [200]
    [(_, count)] = server.revisions(job.kind, job.login)
    assert count == 1
    name, target = ("J1", "6 taps, 20 s") if job.kind == "violation" else ("J7", "5 taps, 25 s")
    keep(name, Measured(browser.taps, browser.typed, seconds, target))


def test_a_person_is_logged_apart_from_the_violation(server: Server, browser: Browser) -> None:
    login, _ = on_duty(server.folder)
    page = browser.open(online=True)
    sign_in(page, login)
    browser.context.set_offline(True)
    browser.taps, began = 0, time.monotonic()
    browser.tap(page, "link", "Записать")
    page.locator("kezek-article-search button.chip").first.click()
    browser.tap(page, "button", "Человек")
    page.get_by_label("ИИН").press_sequentially(NOBODY)
    browser.tap(page, "button", "Протокол")
    browser.taps, browser.typed = browser.taps + 2, len(NOBODY)  # the chip, and the field
    browser.hold(page)
    expect(page.get_by_role("heading", name="Сохранено здесь")).to_be_visible()
    seconds = time.monotonic() - began

    browser.context.set_offline(False)
    expect(page.get_by_role("heading", name="Доставлено на сервер")).to_be_visible(timeout=60_000)

    for kind in ("violation", "subject"):
        assert [count for _, count in server.revisions(kind, login)] == [1]
    keep("J2", Measured(browser.taps, browser.typed, seconds, "12 taps, 75 s"))


def test_an_answer_of_the_store_is_never_kept_by_the_worker(
    server: Server, browser: Browser, job: Job
) -> None:
    page = browser.open(online=True)
    sign_in(page, job.login)

    kept = page.evaluate(
        """async () => {
            const names = await caches.keys();
            const kept = await Promise.all(names.map(async (n) => (await caches.open(n)).keys()));
            return JSON.stringify(kept.flat().map((r) => new URL(r.url).pathname));
        }"""
    )

    paths = json.loads(kept)
    assert paths
    assert all(path == "/" or path.startswith("/static/") for path in paths), paths
