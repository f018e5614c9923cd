"""Desks and phones side by side, in contexts of one browser, and what can be read off them."""

import time
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.serving import PASSWORD, ROOT

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 800}
FILLED_MS = 60_000
# Drawn by the processor, the map of the whole city would take the time of all that is measured.
ARGUMENTS = ["--no-sandbox", "--disable-3d-apis"]
AXE = ROOT / "client/node_modules/axe-core/axe.min.js"

# Looks through the shadows for the first row of this text; answers the moment when it stood there.
WHEN_ROW = """(text) => new Promise((resolve) => {
    const all = (root, found = []) => {
        for (const element of root.querySelectorAll('*')) {
            if (element.matches('.row[id]')) found.push(element);
            if (element.shadowRoot) all(element.shadowRoot, found);
        }
        return found;
    };
    const look = () => {
        const row = all(document).find((each) => text.test(each.textContent));
        if (row) resolve(Date.now()); else requestAnimationFrame(look);
    };
    look();
})"""
WHEN_SAVED = """() => new Promise((resolve) => {
    const find = (root) => [...root.querySelectorAll('*')].some(
        (each) => each.matches('kezek-saved-card') || (each.shadowRoot && find(each.shadowRoot)));
    const look = () => find(document) ? resolve(Date.now()) : requestAnimationFrame(look);
    look();
})"""
FOCUSED = """() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    return one ? `${one.localName}#${one.id}` : '';
}"""


class Desks:
    """One browser for all of them: each person has a context of his own."""

    def __init__(self, engine: Browser, address: str) -> None:
        self._engine, self._address = engine, address
        self._contexts: list[BrowserContext] = []

    def page(self, **settings: Any) -> Page:
        context = self._engine.new_context(
            **{
                "viewport": DESK,
                "locale": "ru-RU",
                "timezone_id": "Asia/Almaty",
                "geolocation": {"latitude": 43.2514, "longitude": 76.9274, "accuracy": 8},
                "permissions": ["geolocation"],
                **settings,
            }
        )
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        page = context.new_page()
        page.goto(self._address)
        page.get_by_role("button", name="Русский").click()
        expect(page.get_by_role("button", name="Войти")).to_be_visible()
        return page

    def signed_in(self, login: str, **settings: Any) -> Page:
        """A desk, or a phone where the size is one."""
        page = self.page(**settings)
        page.locator("#login input").fill(login)
        page.locator("#password input").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("kezek-desk, kezek-tab-bar").first).to_be_visible()
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self._contexts.clear()


def filled(page: Page) -> None:
    """All that there is for this desk is here, and it is live."""
    expect(page.locator("kezek-desk .pulse")).to_have_text("в эфире", timeout=FILLED_MS)


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """What has the focus, inside whatever shadow."""
    where: str = page.evaluate(FOCUSED)
    return where


def tab_to(page: Page, wanted: str) -> None:
    """By the Tab key alone, as somebody without a mouse."""
    for _ in range(40):
        if focused(page) == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached; the focus is at {focused(page)}")


def rooms(page: Page) -> list[str]:
    """What the role can go to: the desk's rooms, or the phone's tabs."""
    bar = page.locator("kezek-desk nav a, kezek-tab-bar a")
    expect(bar.first).to_be_visible()
    return [text.strip() for text in bar.all_inner_texts()]


def no_faults_of_access(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async () => (await axe.run(document)).violations.map(
            (v) => [v.id, v.nodes.slice(0, 2).map((n) => n.target.flat().join(' '))])"""
    )
    assert found == [], found


def in_time(milliseconds: float, limit: float) -> float:
    """Half a second is a promise kept even on a busy machine; the limit is the promise."""
    assert 0 <= milliseconds < limit, f"{milliseconds} ms"
    return milliseconds


def settled(page: Page) -> None:
    """The courier has nothing under way: what is measured next waits for nothing else."""
    page.wait_for_function("() => !document.querySelector('kezek-field').app.truth().exchanging")
    time.sleep(0.2)
