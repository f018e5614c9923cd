"""What does not pass is seen, said in words, compared, mended and sent again; nothing is lost."""

import json
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Playwright, expect

from sync.roles import Actor, Role
from tests.journeys.browser import Browser
from tests.journeys.measures import Measured, keep
from tests.journeys.serving import PASSWORD, ROOT, Server
from tests.journeys.test_main_job import log_assist, on_duty, sign_in
from tests.world.phone import Phone

pytestmark = pytest.mark.needs_chromium

TARGET = "4 taps, 30 s"
AXE = ROOT / "client/node_modules/axe-core/axe.min.js"
OLD_DRAFT = """async (fields) => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const opened = indexedDB.open(names.find((name) => name.startsWith('kezek-')));
    await new Promise((done) => { opened.onsuccess = done; });
    const write = opened.result.transaction(['drafts'], 'readwrite');
    write.objectStore('drafts').put({ kind: 'assist', saved: Date.now(), fields });
    await new Promise((done) => { write.oncomplete = done; });
    opened.result.close();
}"""


class Phones:
    """Phones of one city, each with a memory of its own."""

    def __init__(
        self, playwright: Playwright, chromium: str, folder: Path, server: Server, ends: ExitStack
    ) -> None:
        self._playwright, self._chromium, self._folder = playwright, chromium, folder
        self._address, self._ends = server.address, ends

    def signed_in(self, name: str, login: str) -> tuple[Browser, Page]:
        browser = Browser(self._playwright, self._chromium, self._folder / name, self._address)
        self._ends.callback(browser.close)
        page = browser.open(online=True)
        sign_in(page, login)
        return browser, page


@pytest.fixture
def phones(
    playwright: Playwright, chromium: str, tmp_path: Path, server: Server
) -> Iterator[Phones]:
    with ExitStack() as ends:
        yield Phones(playwright, chromium, tmp_path, server, ends)


def plant_long_place(page: Page) -> None:
    """A draft as an earlier version of the app may have left it: it let a place be too long."""
    page.evaluate(OLD_DRAFT, {"activity": "patrol", "place": "У рынка " * 40, "happened": now_ms()})


def now_ms() -> int:
    return int(time.time() * 1000)


def tasks(browser: Browser, page: Page) -> None:
    browser.taps += 1
    page.locator("kezek-tab-bar").get_by_role("link").nth(2).click()


def first_item(browser: Browser, page: Page) -> None:
    browser.taps += 1
    page.locator("kezek-attention a.row").first.click()


def outbox(page: Page, *rows: str) -> None:
    """The letters, newest first, say this."""
    page.locator("kezek-tab-bar").get_by_role("link").nth(3).click()
    for n, words in enumerate(rows):
        expect(page.locator("kezek-letter-row").nth(n)).to_contain_text(words)


def badge(page: Page) -> Any:
    return page.locator("kezek-tab-bar b")


def synced(page: Page) -> None:
    expect(page.get_by_text("всё отправлено")).to_be_visible(timeout=60_000)


def no_faults_of_access(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run(document)).violations.map((v) => [v.id, v.nodes.length])"
    )
    assert found == []


def test_a_rejected_record_is_mended_at_its_field_in_four_taps(
    server: Server, phones: Phones
) -> None:
    _, login = on_duty(server.folder)
    browser, page = phones.signed_in("one", login)
    page.get_by_role("link", name="Смена").click()
    plant_long_place(page)
    page.get_by_role("link", name="Записать").click()
    expect(page.get_by_text("черновик сохранён")).to_be_visible()
    browser.hold(page)
    expect(page.get_by_role("heading", name="Требует внимания")).to_be_visible(timeout=60_000)
    expect(page.locator("kezek-saved-card")).to_contain_text("исправьте поле и отправьте")
    expect(badge(page)).to_have_text("1")
    expect(page.locator("kezek-truth-line")).to_contain_text("1 требует внимания")
    page.get_by_role("link", name="Смена").click()

    browser.context.set_offline(True)  # it is all in the phone
    browser.taps, browser.typed, began = 0, 0, time.monotonic()
    tasks(browser, page)
    expect(page.locator("kezek-attention")).to_contain_text("исправьте поле и отправьте")
    first_item(browser, page)
    expect(page.locator("kezek-two-sides .wrong")).to_contain_text("исправьте здесь")
    browser.tap(page, "button", "Исправить")
    place = page.locator("kezek-place-time #place input")
    expect(place).to_be_focused()
    page.keyboard.type("У рынка")
    browser.typed += len("У рынка")
    browser.hold(page)
    expect(page.get_by_role("heading", name="Сохранено здесь")).to_be_visible()
    seconds = time.monotonic() - began

    browser.context.set_offline(False)
    expect(page.get_by_role("heading", name="Доставлено на сервер")).to_be_visible(timeout=60_000)
    expect(badge(page)).to_have_count(0)
    outbox(page, "доставлено на сервер", "исправлено и отправлено новой записью")
    keep("J15", Measured(browser.taps, browser.typed, seconds, TARGET))
    figures = json.loads((ROOT / "build/journeys.json").read_text(encoding="utf-8"))
    assert figures["J15"]["met"]


def amend_text(browser: Browser, page: Page, text: str) -> None:
    """From the outbox, open what was logged first and say it otherwise."""
    outbox(page)
    page.locator("kezek-letter-row a").last.click()
    page.get_by_role("button", name="Исправить").click()
    page.locator("#text textarea").fill(text)
    browser.hold(page)
    expect(page.locator("kezek-saved-card")).to_be_visible()


def test_a_superseded_author_is_told_sees_both_sides_and_sends_his_again(
    server: Server, phones: Phones
) -> None:
    _, login = on_duty(server.folder)
    one, first = phones.signed_in("one", login)
    log_assist(one, first)
    expect(first.get_by_role("heading", name="Доставлено на сервер")).to_be_visible(timeout=60_000)
    two, second = phones.signed_in("two", login)
    expect(second.get_by_text("данные на")).to_be_visible()
    one.context.set_offline(True)
    amend_text(one, first, "Стояли у входа")
    first.wait_for_timeout(3_000)  # beyond what two clocks may differ by
    record = first.url.split("#")[1].removesuffix("/change/")
    second.goto(f"{second.url.split('/shift')[0]}/tasks#{record}")
    second.get_by_role("button", name="Исправить").click()
    second.locator("#text textarea").fill("Стояли у выхода")
    two.hold(second)
    expect(second.get_by_role("heading", name="Доставлено на сервер")).to_be_visible(timeout=60_000)

    one.context.set_offline(False)
    expect(badge(first)).to_have_text("1", timeout=60_000)
    one.taps, one.typed, began = 0, 0, time.monotonic()
    tasks(one, first)
    expect(first.locator("kezek-attention")).to_contain_text("Решено иначе: 1")
    no_faults_of_access(first)
    first_item(one, first)
    both = first.locator("kezek-two-sides .differs")
    expect(both).to_contain_text("Стояли у входа")
    expect(both).to_contain_text("Стояли у выхода")
    no_faults_of_access(first)

    first.get_by_role("button", name="Оставить как есть").click()
    expect(first.get_by_text("Оставлено как есть. Ваша запись не удалена")).to_be_visible()
    expect(badge(first)).to_have_count(0)
    first.get_by_role("button", name="Вернуть в список").click()
    expect(badge(first)).to_have_text("1")

    one.hold(first)
    expect(first.get_by_text("Отправляется снова")).to_be_visible()
    assert one.taps <= 4
    assert time.monotonic() - began < 60
    synced(first)
    second.get_by_role("link", name="Смена").click()
    second.locator("kezek-truth-line button").click()
    second.goto(f"{second.url.split('/shift')[0]}/tasks#{record}")
    expect(second.locator("kezek-two-sides")).to_contain_text("Стояли у входа", timeout=60_000)


def test_a_parked_edit_is_mended_together_with_what_it_was_written_over(
    server: Server, phones: Phones
) -> None:
    _, login = on_duty(server.folder)
    browser, page = phones.signed_in("one", login)
    page.get_by_role("link", name="Смена").click()
    plant_long_place(page)
    browser.context.set_offline(True)
    page.get_by_role("link", name="Записать").click()
    expect(page.get_by_text("черновик сохранён")).to_be_visible()
    browser.hold(page)
    expect(page.locator("kezek-saved-card")).to_be_visible()
    amend_text(browser, page, "Помогли потерявшемуся")  # over a letter that will be refused
    browser.context.set_offline(False)

    expect(badge(page)).to_have_text("1", timeout=60_000)  # two letters, one record
    outbox(page, "отложено сервером", "не принято")
    tasks(browser, page)
    first_item(browser, page)
    sides = page.locator("kezek-two-sides")
    expect(sides).to_contain_text("Помогли потерявшемуся")  # nothing of either is lost
    expect(sides).to_contain_text("На сервере этой записи ещё нет")
    no_faults_of_access(page)
    page.get_by_role("button", name="Исправить").click()
    expect(page.locator("kezek-place-time #place input")).to_be_focused()
    page.keyboard.type("У рынка")
    browser.hold(page)
    expect(page.get_by_role("heading", name="Доставлено на сервер")).to_be_visible(timeout=60_000)

    [(_, letters)] = server.revisions("assist", login)
    assert letters == 3
    outbox(page, "доставлено на сервер", "исправлено", "исправлено")


def post(server: Server, path: str, body: bytes, cookie: str = "") -> tuple[bytes, str]:
    headers = {"X-Kezek": "1", "Content-Type": "application/json", "Cookie": cookie}
    request = urllib.request.Request(f"{server.address}{path}", body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=20) as reply:
        return reply.read(), (reply.headers.get("Set-Cookie") or "").split(";")[0]


def log_unsigned(server: Server, login: str) -> str:
    """The officer's tablet writes a violation that he has still to sign. Answers its id."""
    device = str(uuid4())
    said = json.dumps({"login": login, "password": PASSWORD, "device": device}).encode()
    answer, cookie = post(server, "/sign-in", said)
    me = json.loads(answer)
    tablet = Phone(
        Actor(me["person"], Role(me["role"]), me["district"], me["formation"], device),
        carrier=_nobody,
        now=now_ms(),
    )
    while tablet.take(post(server, "/sync", tablet.request(), cookie)[0]).more:
        pass
    offence = next(record for kind, record in tablet.records if kind == "offence")
    violation = tablet.write(
        "violation",
        {
            "offence": offence, "article": "434-1", "officer": me["person"],
            "district": me["district"], "happened": now_ms(), "measure": "warning",
            "place": "Абая", "no_data_reason": "no_document", "text": "Шумели",
        },
    )  # fmt: skip
    answered = tablet.take(post(server, "/sync", tablet.request(), cookie)[0])
    assert [line.outcome for line in answered.outcomes] == ["applied"]
    return violation


async def _nobody(_actor: Actor, _message: bytes) -> bytes:
    raise NotImplementedError


def sign_with(browser: Browser, page: Page, violation: str, text: str) -> None:
    page.goto(f"{page.url.split('/shift')[0]}/tasks#violation/{violation}")
    page.get_by_role("button", name="Исправить").click()
    page.locator("#text textarea").fill(text)
    browser.hold(page)
    expect(page.locator("kezek-saved-card")).to_be_visible()


def test_two_accounts_of_one_violation_are_both_kept_and_their_author_sees_both(
    server: Server, phones: Phones
) -> None:
    login, _ = on_duty(server.folder)
    violation = log_unsigned(server, login)
    one, first = phones.signed_in("one", login)
    two, second = phones.signed_in("two", login)
    for page in (first, second):
        expect(page.locator("kezek-shift")).to_contain_text("ALM-П-")
    two.context.set_offline(True)
    sign_with(one, first, violation, "Шумели до полуночи")
    expect(first.get_by_role("heading", name="Доставлено на сервер")).to_be_visible(timeout=60_000)
    sign_with(two, second, violation, "Шумели до утра")
    two.context.set_offline(False)

    expect(badge(second)).to_have_text("1", timeout=60_000)
    tasks(two, second)
    expect(second.locator("kezek-attention")).to_contain_text("На рассмотрении: 1")
    expect(second.locator("kezek-attention")).to_contain_text("Обе записи сохранены")
    first_item(two, second)
    text = second.locator("kezek-two-sides .differs", has_text="Что произошло")
    expect(text).to_contain_text("Шумели до полуночи")
    expect(text).to_contain_text("Шумели до утра")
    expect(second.get_by_text("запись уже подписана")).to_be_visible()
    no_faults_of_access(second)
