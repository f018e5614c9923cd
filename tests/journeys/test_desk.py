"""The desk in a real browser: by keyboard alone, beside a phone, beside another desk, and deaf."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from tests.journeys.desks import (
    ARGUMENTS,
    PHONE,
    WHEN_ROW,
    WHEN_SAVED,
    Desks,
    filled,
    focused,
    in_time,
    keys,
    no_faults_of_access,
    rooms,
    settled,
    tab_to,
)
from tests.journeys.measures import keep_figure
from tests.journeys.serving import PASSWORD, Server
from tests.journeys.test_main_job import NOBODY, on_duty

pytestmark = pytest.mark.needs_chromium

FIELD = ["Смена", "Записать", "Задачи", "Ещё"]
MINE = ["Кто смотрел", "Ещё"]
ROOMS = {
    "officer1": FIELD,
    "guard1": FIELD,
    "volunteer1": FIELD,
    "leader1": ["Центр", "Смены", "Содействие", "Люди", "Маршруты", *MINE],
    "operator1": ["Смены", "Люди", "Маршруты", *MINE],
    "dispatcher1": ["Центр", "Смены", "Нарушения", "Содействие", "Люди", "Маршруты", *MINE],
    "inspector1": ["Смены", "Люди", "Маршруты", *MINE],
    "supervisor1": ["Центр", "Смены", "Нарушения", "Содействие", "Люди", "Маршруты", *MINE],
    "planner1": ["Центр", "Смены", "Содействие", "Люди", "Маршруты", *MINE],
    "analyst1": ["Центр", "Смены", "Нарушения", "Содействие", "Маршруты", *MINE],
    "auditor1": ["Центр", "Смены", "Содействие", "Люди", "Маршруты", "Журнал аудита", *MINE],
    "administrator1": ["Люди", *MINE],
}
LETTERS = ["c", "s", "v", "a", "p", "r", "w", "m"]
SILENT_FOR = """() => {
    const app = document.querySelector('kezek-field').app;
    return app.now() - app.truth().heard;
}"""
EMPTY = re.compile("ничего нет|ничего не подходит|не открывал")


@pytest.fixture(scope="module")
def engine(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    engine = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield engine
    engine.close()


@pytest.fixture
def desks(engine: Browser, server: Server) -> Iterator[Desks]:
    desks = Desks(engine, server.address)
    yield desks
    desks.close()


@pytest.fixture(scope="module")
def standing(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for those who neither end it nor count its records."""
    server = Server(city, tmp_path_factory.mktemp("standing") / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def guests(engine: Browser, standing: Server) -> Iterator[Desks]:
    desks = Desks(engine, standing.address)
    yield desks
    desks.close()


def detail(page: Page) -> Locator:
    return page.locator("kezek-record")


def log_person(page: Page) -> None:
    """On the phone: a violation with a person in it, up to the signature."""
    page.get_by_role("link", name="Записать").click()
    page.locator("kezek-article-search button.chip").first.click()
    page.get_by_role("button", name="Человек").first.click()
    page.get_by_label("ИИН").fill(NOBODY)
    page.get_by_role("button", name="Протокол").first.click()


def sign(page: Page) -> None:
    button = page.locator("kezek-hold-button button")
    expect(button).to_have_attribute("aria-disabled", "false")
    button.focus()
    page.keyboard.down("Enter")
    page.wait_for_timeout(1_300)
    page.keyboard.up("Enter")


def moment_of(page: Page, script: str, given: str = "") -> None:
    """Begin to watch for something; `read` says when it was."""
    text = f"new RegExp({given!r})" if given else ""
    page.evaluate(f"() => {{ window.watched = ({script})({text}); }}")


def choose(page: Page, value: str) -> None:
    """In the list that has the focus, by the arrow key."""
    for _ in range(12):
        keys(page, "ArrowDown")
        if page.locator("select:focus").input_value() == value:
            return
    raise AssertionError(f"{value} is not in the list")


def read(page: Page) -> float:
    at: float = page.evaluate("() => window.watched")
    return at


def me(page: Page) -> dict[str, Any]:
    who: dict[str, Any] = page.evaluate("() => document.querySelector('kezek-field').app.me()")
    return who


def open_person(desk: Page) -> None:
    """With a purpose, by keys; gone again with Escape."""
    keys(desk, "Escape", "Home", "Enter")
    expect(detail(desk)).to_contain_text("на сервере, версия")
    assert focused(desk).startswith("h2")
    keys(desk, "p")
    expect(desk.get_by_label("Цель запроса")).to_be_focused()
    choose(desk, "complaint")
    keys(desk, "Tab", "Tab", "Enter")
    expect(detail(desk)).to_contain_text(NOBODY)
    expect(detail(desk)).to_contain_text("Запись в журнале: Жалоба")
    assert focused(desk).startswith("h3")
    no_faults_of_access(desk)
    keys(desk, "Escape")
    expect(detail(desk)).not_to_contain_text(NOBODY)


def seen_by_its_owner(phone: Page) -> None:
    """Whose record it is can read who opened the person in it, and for what purpose."""
    seen = phone.evaluate("async () => (await fetch('/oversight/mine')).json()")
    opened = [(each["role"], each["what"], each["purpose"]) for each in seen["accesses"]]
    assert opened[-1] == ("dispatcher", "open", "complaint")


def test_a_dispatcher_works_by_keyboard_alone(server: Server, desks: Desks) -> None:
    officer, _ = on_duty(server.folder)
    phone = desks.signed_in(officer, viewport=PHONE)
    desk = desks.page()
    tab_to(desk, "input#field")
    desk.keyboard.type("dispatcher1")
    keys(desk, "Tab")
    desk.keyboard.type(PASSWORD)
    keys(desk, "Enter")
    filled(desk)

    keys(desk, "g", "v")
    expect(desk.get_by_role("heading", name="Нарушения", exact=True)).to_be_visible()
    keys(desk, "f")
    choose(desk, me(phone)["district"])
    log_person(phone)
    settled(phone)
    settled(desk)
    moment_of(desk, WHEN_ROW, r"\d")
    moment_of(phone, WHEN_SAVED)
    sign(phone)
    took = in_time(read(desk) - read(phone), 1_000)
    keep_figure("phone_to_desk_ms", took)
    assert f"district={me(phone)['district']}" in desk.url
    assert NOBODY not in desk.url

    open_person(desk)

    keys(desk, "h")
    expect(detail(desk).locator("kezek-history li")).to_contain_text(me(phone)["name"])
    keys(desk, "?")
    expect(desk.get_by_role("dialog")).to_contain_text("командная строка")
    keys(desk, "Escape", "/")
    sign_of = desk.evaluate(
        "(id) => document.querySelector('kezek-field').app.record('person', id).body.call_sign",
        me(phone)["person"],
    )
    desk.keyboard.type(sign_of)
    keys(desk, "Enter")
    expect(detail(desk)).to_contain_text(me(phone)["name"])
    assert "people" in desk.url
    for letter in LETTERS:
        keys(desk, "g", letter)
        desk.wait_for_timeout(150)
        no_faults_of_access(desk)
    assert "officer" not in desk.url

    seen_by_its_owner(phone)


def test_two_desks_see_each_others_changes_within_a_second(guests: Desks) -> None:
    boss = guests.signed_in("supervisor1")
    other = guests.signed_in("dispatcher1")
    filled(boss)
    filled(other)
    keys(boss, "g", "s", "j", "Enter")
    name = detail(boss).locator("h2").inner_text()
    call_sign = name.split(" ")[0]
    other.get_by_role("link", name="Смены").click()
    keys(other, "f", "Tab", "Tab")
    other.keyboard.type(call_sign)

    keys(boss, "x")
    expect(boss.locator("kezek-pending")).to_contain_text("Ещё не записано")
    keys(boss, "u")
    expect(boss.locator("kezek-pending")).to_contain_text("ничего не изменилось")
    keys(boss, "x")
    settled(boss)
    settled(other)
    moment_of(other, WHEN_ROW, f"{call_sign}[^]*(отменена|отменено)")
    began: float = boss.evaluate("() => Date.now()")
    keys(boss, "s")
    took = in_time(read(other) - began, 1_000)
    keep_figure("desk_to_desk_ms", took)
    expect(boss.locator("kezek-pending")).to_contain_text("Сохранено на сервере")
    expect(detail(boss).locator("header")).to_contain_text("отмен")


def test_a_desk_that_hears_nothing_says_so_and_catches_up(server: Server, desks: Desks) -> None:
    officer, _ = on_duty(server.folder)
    phone = desks.signed_in(officer, viewport=PHONE)
    desk = desks.signed_in("dispatcher1")
    filled(desk)
    keys(desk, "g", "v")
    expect(desk.get_by_text("Здесь пока ничего нет")).to_be_visible()

    server.kill()
    log_person(phone)
    sign(phone)
    expect(phone.get_by_role("heading", name="Сохранено здесь")).to_be_visible()
    expect(desk.locator("kezek-desk .red")).to_be_visible(timeout=20_000)
    assert 9_900 <= desk.evaluate(SILENT_FOR) <= 12_500
    expect(desk.get_by_role("alert")).to_contain_text("Вестей от сервера нет с")
    expect(desk.get_by_text("Неизвестно с")).to_be_visible()
    for letter in LETTERS[:-1]:
        keys(desk, "g", letter)
        desk.wait_for_timeout(150)
        expect(desk.locator("kezek-desk .place")).not_to_contain_text(EMPTY)
    no_faults_of_access(desk)
    keys(desk, "g", "v")

    server.start()
    phone.evaluate("() => document.querySelector('kezek-field').app.exchange()")
    expect(desk.locator("kezek-desk .red")).to_have_count(0, timeout=20_000)
    expect(desk.locator("kezek-rows .row[id]")).to_have_count(1, timeout=20_000)
    expect(desk.get_by_text("Неизвестно с")).to_have_count(0)


def test_each_role_has_its_own_rooms_and_no_other(guests: Desks) -> None:
    found = {}
    for login, wanted in ROOMS.items():
        size = PHONE if wanted == FIELD else None
        page = guests.signed_in(login, **({"viewport": size} if size else {}))
        found[login] = rooms(page)
        if login == "auditor1":
            keys(page, "g", "j")
            expect(page.get_by_role("grid")).to_be_visible()
            no_faults_of_access(page)
        guests.close()
    assert found == ROOMS


def test_a_leader_has_the_phones_rooms_on_a_phone(guests: Desks) -> None:
    assert rooms(guests.signed_in("leader1", viewport=PHONE)) == FIELD


def test_a_supervisors_phone_has_a_narrow_desk(guests: Desks) -> None:
    page = guests.signed_in("supervisor1", viewport={"width": 412, "height": 915})
    filled_or_lit = page.locator("kezek-desk .pulse")
    expect(filled_or_lit).to_be_visible()
    keys(page, "g", "s")
    expect(page.locator("kezek-rows .row[id]").first).to_be_visible(timeout=30_000)
    page.locator("kezek-rows .row[id]").first.click()
    expect(detail(page)).to_contain_text("Смена")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
