"""A phone's browser with a profile that outlives it, as Chromium keeps it on the disk."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS = 20_000
LAPTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 800}


class Browser:
    """One person's phone. Closed, killed and opened again, it has the same memory."""

    def __init__(self, playwright: Playwright, chromium: str, profile: Path, address: str) -> None:
        self._playwright, self._chromium = playwright, chromium
        self._profile, self._address = profile, address
        self._context: BrowserContext | None = None
        self.arguments = list(ARGUMENTS)
        self.taps = 0
        self.typed = 0

    def open(self, *, online: bool, path: str = "/", **more: Any) -> Page:
        """Start the browser cold."""
        settings: dict[str, Any] = {
            "viewport": PHONE,
            "locale": "ru-RU",
            "timezone_id": "Asia/Almaty",
            "geolocation": {"latitude": 43.2514, "longitude": 76.9274, "accuracy": 8},
            "permissions": ["geolocation"],
            "has_touch": True,
        }
        self._context = self._playwright.chromium.launch_persistent_context(
            str(self._profile),
            executable_path=self._chromium,
            args=self.arguments,
            headless=True,
            **(settings | more),
        )
        self._context.set_default_timeout(WAIT_MS)
        self._context.set_offline(not online)
        page = self._context.pages[0]
        page.goto(self._address + path)
        return page

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None
        return self._context

    def close(self) -> None:
        if self._context is not None:
            self._context.close()
            self._context = None

    def kill(self) -> None:
        """End all of the browser's processes at once; only those with this profile are ours."""
        for pid in self._processes():
            os.kill(pid, signal.SIGKILL)
        with suppress(Error):  # it may have noticed already that nobody is there
            self.close()
        self._context = None

    def _processes(self) -> list[int]:
        wanted = f"--user-data-dir={self._profile}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    words = (folder / "cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                if wanted in words and not any(w.startswith(b"--type=") for w in words):
                    found.append(int(folder.name))
        return found

    def tap(self, page: Page, role: Any, name: str) -> None:
        """One tap of a finger on what a person would find by its name."""
        page.get_by_role(role, name=name).first.click()
        self.taps += 1

    def hold(self, page: Page) -> None:
        """Hold the signature down for as long as it asks."""
        button = page.locator("kezek-hold-button button")
        expect(button).to_have_attribute("aria-disabled", "false")
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.wait_for_timeout(1_300)
        page.mouse.up()
        self.taps += 1


def worker_is_there(page: Page) -> None:
    """Until the service worker holds the page, a cold start needs the network."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
