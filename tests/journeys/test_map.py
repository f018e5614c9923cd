"""The map in a real browser: drawn with a network and without one, by day and by night."""

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.browser import Browser, worker_is_there
from tests.journeys.serving import PASSWORD, Server
from tests.journeys.test_main_job import on_duty

pytestmark = pytest.mark.needs_chromium

PATIENCE_MS = 30_000  # without a graphics chip, on a machine that has other work

# Every letter that the library draws, and in which face; and whatever the page's policy refuses.
WATCH = """
    window.written = [];
    window.refused = [];
    document.addEventListener('securitypolicyviolation', (e) => refused.push(e.violatedDirective));
    for (const pen of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
      const write = pen.prototype.fillText;
      pen.prototype.fillText = function (text, ...at) {
        window.written.push([text, this.font]);
        return write.call(this, text, ...at);
      };
    }
"""
# How many pixels of a picture have each of these colours, nearly.
COUNT = """async ([png, colours]) => {
    const picture = await createImageBitmap(await (await fetch(png)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const pen = canvas.getContext('2d');
    pen.drawImage(picture, 0, 0);
    const { data } = pen.getImageData(0, 0, picture.width, picture.height);
    const wanted = colours.map((colour) => {
      pen.fillStyle = colour; // which then reads as six figures, however it was written
      return [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
    });
    const counts = colours.map(() => 0);
    for (let i = 0; i < data.length; i += 4)
      wanted.forEach((rgb, n) => {
        if (rgb.every((part, j) => Math.abs(part - data[i + j]) < 4)) counts[n] += 1;
      });
    return counts;
}"""
TOKENS = """(names) => names.map((name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim())"""
DRESS = "(face) => document.querySelector('kezek-field').app.set_setting('night', face)"
PACK = """async () => (await (await caches.open('pack')).keys())
    .map((request) => new URL(request.url).pathname)"""


@pytest.fixture
def browser(
    playwright: Playwright, chromium: str, tmp_path: Path, server: Server
) -> Iterator[Browser]:
    browser = Browser(playwright, chromium, tmp_path / "profile", server.address)
    yield browser
    browser.close()


def opened(browser: Browser, *, online: bool) -> tuple[Page, list[str]]:
    """A cold start, watched; with it the addresses asked for from then on."""
    page = browser.open(online=online, locale="kk-KZ")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.add_init_script(WATCH)
    page.reload()
    return page, asked


def sign_in(page: Page, login: str) -> None:
    page.locator("#login input").fill(login)
    page.locator("#password input").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("kezek-shift")).to_contain_text("ALM-П-", timeout=PATIENCE_MS)


def is_drawn(page: Page) -> None:
    expect(page.get_by_role("button", name="Жақындату")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("kezek-route-map")).to_have_count(0)


def is_plain(page: Page) -> None:
    """The route drawn without the library, named for whoever cannot see it."""
    drawing = page.get_by_role("img", name="маршрутының картасы")
    expect(drawing).to_be_visible()
    expect(drawing.locator("path.route")).to_have_count(1)
    expect(page.get_by_role("button", name="Жақындату")).to_have_count(0)


def pixels(page: Page, *tokens: str) -> list[int]:
    """How many pixels of the map wear each of these colours."""
    page.wait_for_timeout(600)  # the colours of the day and of the night pass into each other
    picture = page.locator("kezek-map canvas").screenshot()
    png = "data:image/png;base64," + base64.b64encode(picture).decode()
    colours = page.evaluate(TOKENS, list(tokens))
    assert all(colours), tokens
    # In a page of its own: ours may not fetch such an address.
    with page.context.new_page() as blank:
        counts: list[int] = blank.evaluate(COUNT, [png, colours])
    return counts


def is_a_map(page: Page) -> None:
    """Land, streets and the route, and not a grey square."""
    land, road, route = pixels(page, "--map-land", "--map-road", "--accent")
    assert land > 20_000
    assert road > 50
    assert route > 150  # a short way, in broken strokes


def nothing_was_amiss(page: Page, asked: list[str]) -> None:
    """No policy was broken, and nobody was asked for anything but our own server."""
    assert page.evaluate("refused") == []
    here = urlsplit(page.url).netloc
    assert asked
    assert [url for url in asked if url.startswith("http") and urlsplit(url).netloc != here] == []


def test_the_map_is_drawn_online_and_then_offline_from_a_cold_start(
    server: Server, browser: Browser
) -> None:
    login, _ = on_duty(server.folder)
    page, asked = opened(browser, online=True)
    sign_in(page, login)
    is_drawn(page)
    lands = set()
    for face in ("light", "dark"):
        page.evaluate(DRESS, face)  # not by the screen for it: the map itself must not begin anew
        is_a_map(page)
        lands.update(page.evaluate(TOKENS, ["--map-land"]))
    assert len(lands) == 2
    worker_is_there(page)
    page.wait_for_function(f"async () => (await ({PACK})()).length >= 2")
    nothing_was_amiss(page, asked)
    # What the browser remembers by itself it may forget at any time.
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    browser.close()
    server.kill()

    page, asked = opened(browser, online=False)
    is_drawn(page)
    is_a_map(page)
    letters = {text for text, face in page.evaluate("written") if "Golos" in face}
    assert letters & set("әғқңөұүһі"), letters
    assert page.evaluate("document.fonts.check('24px Golos', 'әғқңөұүһі')")
    nothing_was_amiss(page, asked)


def test_without_graphics_the_plain_drawing_stays(server: Server, browser: Browser) -> None:
    login, _ = on_duty(server.folder)
    browser.arguments.append("--disable-3d-apis")
    page = browser.open(online=True, locale="kk-KZ")
    sign_in(page, login)

    expect(page.get_by_text("Бұл құрылғы картаны көрсете алмайды")).to_be_visible(
        timeout=PATIENCE_MS
    )
    is_plain(page)


def test_nobody_waits_for_a_map_that_does_not_come(server: Server, browser: Browser) -> None:
    login, _ = on_duty(server.folder)
    page = browser.open(online=True, locale="kk-KZ")
    page.context.route("**/drawing-*", lambda route: route.abort("connectionreset"))
    sign_in(page, login)
    expect(page.get_by_text("Карта әлі жүктелмеді")).to_be_visible(timeout=PATIENCE_MS)
    is_plain(page)
    worker_is_there(page)  # the shell is whole all the same
    assert not [path for path in page.evaluate(PACK) if "drawing" in path]

    page.context.set_offline(True)
    page.context.unroute("**/drawing-*")
    page.context.set_offline(False)
    is_drawn(page)
