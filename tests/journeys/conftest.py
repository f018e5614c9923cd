"""What every journey has: a city, a server over a copy of it, and a browser's engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.journeys.serving import Server, fill


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city") / "data"
    fill(folder)
    return folder


@pytest.fixture
def server(city: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(city, tmp_path / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Ended with the last journey: while it runs, no other loop can."""
    with sync_playwright() as playwright:
        yield playwright
