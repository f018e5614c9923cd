"""The pictures of docs/pictures: the real client over the real server, in Kazakh, day and night.

`python -m tests.journeys.pictures` takes them anew. They are there to be looked at.
"""

import base64
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect, sync_playwright

from tests.borrowed import chromium_path
from tests.journeys.browser import Browser, worker_is_there
from tests.journeys.evening import log_an_evening
from tests.journeys.serving import PASSWORD, ROOT, Server, fill
from tests.journeys.test_main_job import on_duty

PICTURES = ROOT / "docs/pictures"
SIZES = {"360": {"width": 360, "height": 800}, "412": {"width": 412, "height": 915}}
DESKS = {"1440": {"width": 1440, "height": 900}, "1024": {"width": 1024, "height": 768}}
FACES = {"day": "Күндіз", "night": "Түн"}
BESIDE = """<style>body{margin:0;padding:32px;display:flex;gap:28px;background:#9fb0bd}
img{inline-size:360px;border-radius:30px;box-shadow:0 20px 50px rgb(0 20 40/.3)}</style>"""


def sign_in(page: Page, login: str) -> None:
    page.locator("#login input").fill(login)
    page.locator("#password input").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("kezek-shift")).to_contain_text("ALM-П-")
    worker_is_there(page)


def shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / f"{name}.png")


def dressed(page: Page, face: str) -> None:
    page.locator("kezek-tab-bar").get_by_role("link").nth(3).click()
    page.get_by_role("button", name=FACES[face], exact=True).click()
    page.locator("kezek-tab-bar").get_by_role("link").nth(0).click()


def officer(browser: Browser, size: str, face: str, login: str) -> None:
    """An officer's round: signed in, then with no network."""
    page = browser.open(online=True, viewport=SIZES[size])
    if face == "night":
        shoot(page, f"sign-in-{size}")
    sign_in(page, login)
    dressed(page, face)
    shoot(page, f"shift-{size}-{face}")
    browser.context.set_offline(True)
    page.locator("kezek-tab-bar").get_by_role("link").nth(1).click()
    page.locator("kezek-article-search button.chip").first.click()
    page.locator("#reason").get_by_role("button").first.click()
    page.locator("#measure").get_by_role("button").nth(1).click()
    page.locator("main").evaluate("element => element.scrollTo(0, 0)")
    shoot(page, f"log-{size}-{face}")
    browser.hold(page)
    shoot(page, f"saved-{size}-{face}")
    page.locator("kezek-tab-bar").get_by_role("link").nth(3).click()
    shoot(page, f"outbox-{size}-{face}")
    browser.close()


def volunteer(browser: Browser, size: str, face: str, login: str) -> None:
    page = browser.open(online=True, viewport=SIZES[size])
    sign_in(page, login)
    dressed(page, face)
    page.locator("kezek-tab-bar").get_by_role("link").nth(1).click()
    page.locator("#activity").get_by_role("button").first.click()
    shoot(page, f"assist-{size}-{face}")
    browser.close()


def desk(browser: Browser, size: str, face: str, login: str) -> None:
    """The desk with a record chosen, its lists, and its keys."""
    page = browser.open(online=True, viewport=DESKS[size])
    page.locator("#login input").fill(login)
    page.locator("#password input").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("kezek-desk .pulse")).to_have_text("тікелей байланыста", timeout=60_000)
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.get_by_role("button", name=FACES[face], exact=True).click()
    for letter, name in (("c", "live"), ("s", "shifts"), ("v", "violations")):
        for key in ("g", letter, "Home", "Enter"):
            page.keyboard.press(key)
        page.wait_for_timeout(3_000 if letter == "c" else 500)
        shoot(page, f"desk-{name}-{size}-{face}")
    page.keyboard.press("?")
    shoot(page, f"desk-keys-{size}-{face}")
    browser.close()


def deaf(browser: Browser, server: Server, login: str) -> None:
    """The desk ten seconds after its server has gone."""
    page = browser.open(online=True, viewport=DESKS["1440"])
    page.locator("#login input").fill(login)
    page.locator("#password input").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("kezek-desk .pulse")).to_have_text("тікелей байланыста", timeout=60_000)
    server.kill()
    expect(page.locator("kezek-desk .red")).to_be_visible(timeout=20_000)
    shoot(page, "desk-silent-1440")
    browser.close()


def beside(playwright: Playwright, chromium: str) -> None:
    """The README's picture: what an officer sees, by day and by night."""
    shots = ["shift-360-day", "log-360-day", "saved-360-night", "outbox-360-night"]
    images = [
        f'<img src="data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}">'
        for path in (PICTURES / f"{name}.png" for name in shots)
    ]
    engine = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    page = engine.new_page(viewport={"width": 1588, "height": 864})
    page.set_content(BESIDE + "".join(images))
    page.screenshot(path=PICTURES / "field.png")
    engine.close()


def main() -> None:
    chromium = chromium_path()
    assert chromium, "there is no Chromium"
    PICTURES.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    fill(folder / "city")
    log_an_evening(folder / "city")
    server = Server(folder / "city", folder / "data")
    server.start()
    login, helper = on_duty(server.folder)
    try:
        with sync_playwright() as playwright:
            for size in SIZES:
                for face in FACES:
                    profile = folder / f"{size}-{face}"
                    officer(
                        Browser(playwright, chromium, profile, server.address), size, face, login
                    )
                    other = Browser(playwright, chromium, folder / f"v{size}{face}", server.address)
                    volunteer(other, size, face, helper)
            for size in DESKS:
                for face in FACES:
                    profile = folder / f"d{size}{face}"
                    seat = Browser(playwright, chromium, profile, server.address)
                    desk(seat, size, face, "dispatcher1")
            beside(playwright, chromium)
            seat = Browser(playwright, chromium, folder / "deaf", server.address)
            deaf(seat, server, "dispatcher1")
    finally:
        server.kill()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
