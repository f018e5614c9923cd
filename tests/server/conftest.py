"""A store for tests of the server: each test is run on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world.stores import Store, a_store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)])
def database(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; empty itself for SQLite's own file."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgresql"))


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with a_store(tmp_path / "data", database) as store:
        yield store
