"""What every test may ask for, and an honest last line: which tests this machine could not run."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests import borrowed

MISSING = pytest.StashKey[Counter[str]]()
NAMES = {"postgresql": "PostgreSQL", "redis": "Redis", "chromium": "Chromium", "firefox": "Firefox"}


def is_there(service: str) -> bool:
    found = {
        "postgresql": borrowed.postgresql_folder,
        "redis": borrowed.redis_path,
        "chromium": borrowed.chromium_path,
        "firefox": borrowed.firefox_path,
    }
    return found[service]() is not None


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MISSING] = Counter()


def wanted(item: pytest.Item) -> list[str]:
    """Asking for the fixture is asking for the service."""
    fixtures = getattr(item, "fixturenames", [])
    return [name for name in NAMES if item.get_closest_marker(f"needs_{name}") or name in fixtures]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = [NAMES[name] for name in wanted(item) if not is_there(name)]
    if not missing:
        return
    reason = f"there is no {' and no '.join(missing)} on this machine"
    # On the machine whose word counts, a test that was not run is a test that failed.
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    item.config.stash[MISSING].update(missing)
    pytest.skip(reason)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for name, count in sorted(config.stash[MISSING].items()):
        line = f"NOT RUN: {count} TEST(S), BECAUSE THERE IS NO {name.upper()} ON THIS MACHINE"
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path."""
    path = borrowed.chromium_path()
    assert path
    return path


@pytest.fixture(scope="session")
def firefox() -> str:
    """The path of a Firefox, as Debian keeps it for long (ESR)."""
    path = borrowed.firefox_path()
    assert path
    return path


@pytest.fixture(scope="session")
def redis() -> Iterator[str]:
    """The address of a Redis of this run's own."""
    with borrowed.redis_server() as address:
        yield address


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    with borrowed.postgresql_server() as address:
        yield address


@pytest.fixture
def postgresql(postgresql_address: str) -> str:
    """The address of an empty database, new for each test."""
    name = f"kezek_{uuid4().hex}"
    asyncio.run(create_database(postgresql_address, name))
    return f"{postgresql_address}/{name}"


async def create_database(address: str, name: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(f"{address.replace('+asyncpg', '')}/postgres")
    try:
        await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()
