"""What may be counted on from a transaction, and from the steps that make the tables."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from server import migrations
from server.database import metadata, open_engine, reading, writing
from server.migrations import Step, StoreNewerError, migrate, steps
from server.people import tables
from server.settings import Settings

START = """
import asyncio, sys
from server.database import open_engine
from server.migrations import migrate
async def start():
    engine = open_engine(sys.argv[1])
    sys.stdin.readline()
    print(len(await migrate(engine)))
    await engine.dispose()
asyncio.run(start())
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    wanted = request.param == "postgresql"
    database = str(request.getfixturevalue("postgresql")) if wanted else ""
    return Settings(data=tmp_path, database=database).database_url


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(url)
    yield engine
    await engine.dispose()


async def count(engine: AsyncEngine) -> int:
    async with reading(engine) as connection:
        return int((await connection.execute(text("SELECT count(*) FROM note"))).scalar_one())


async def a_table(engine: AsyncEngine) -> None:
    async with writing(engine) as connection:
        await connection.execute(text("CREATE TABLE note (n INTEGER)"))


async def test_every_step_is_taken_once(engine: AsyncEngine) -> None:
    assert await migrate(engine) == [step.name for step in steps()]
    assert await migrate(engine) == []


def test_the_steps_are_numbered_without_a_hole() -> None:
    assert [step.number for step in steps()] == list(range(1, len(steps()) + 1))


async def test_the_tables_are_what_the_queries_believe(engine: AsyncEngine) -> None:
    await migrate(engine)

    def columns(connection: Connection) -> dict[str, set[str]]:
        looked = inspect(connection)
        return {
            name: {str(column["name"]) for column in looked.get_columns(name)}
            for name in metadata.tables
        }

    async with reading(engine) as connection:
        found = await connection.run_sync(columns)
    assert tables.sessions.name in found
    assert found == {name: set(t.columns.keys()) for name, t in metadata.tables.items()}


async def test_a_step_that_fails_leaves_nothing(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(connection: object) -> None:
        raise RuntimeError("no")

    wrong = Step(len(steps()) + 1, "m9999_wrong", fails)
    monkeypatch.setattr(migrations, "steps", lambda: [*steps(), wrong])
    with pytest.raises(RuntimeError, match="no"):
        await migrate(engine)

    async with reading(engine) as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert names == []


async def test_an_older_program_does_not_touch_a_newer_store(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(engine)
    monkeypatch.setattr(migrations, "steps", lambda: steps()[:1])
    with pytest.raises(StoreNewerError):
        await migrate(engine)


def test_programs_that_start_together_do_not_clash(url: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", START, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60) for process in started]

    assert [process.returncode for process in started] == [0] * 3, said
    assert sorted(int(out) for out, _ in said) == [0, 0, len(steps())]


async def test_a_writer_that_fails_has_written_nothing(engine: AsyncEngine) -> None:
    await a_table(engine)

    async def fails_late() -> None:
        async with writing(engine) as connection:
            await connection.execute(text("INSERT INTO note VALUES (1)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails_late()
    assert await count(engine) == 0


async def test_a_reader_sees_one_moment(engine: AsyncEngine) -> None:
    await a_table(engine)
    query = text("SELECT count(*) FROM note")
    async with reading(engine) as before:
        first = (await before.execute(query)).scalar_one()
        async with writing(engine) as connection:
            await connection.execute(text("INSERT INTO note VALUES (1)"))
        second = (await before.execute(query)).scalar_one()
    assert (first, second, await count(engine)) == (0, 0, 1)


async def test_who_reads_and_then_writes_is_never_overtaken(tmp_path: Path) -> None:
    """Two engines, as two workers have: SQLite's file itself keeps them apart."""
    url = Settings(data=tmp_path).database_url
    engines = [open_engine(url), open_engine(url)]
    await a_table(engines[0])

    async def add(engine: AsyncEngine) -> None:
        async with writing(engine) as connection:
            n = (await connection.execute(text("SELECT count(*) FROM note"))).scalar_one()
            await connection.execute(text("INSERT INTO note VALUES (:n)"), {"n": n})

    await asyncio.gather(*(add(engine) for engine in engines * 20))
    async with reading(engines[0]) as connection:
        rows = (await connection.execute(text("SELECT n FROM note ORDER BY n"))).scalars().all()
    for engine in engines:
        await engine.dispose()
    assert list(rows) == list(range(40))


async def test_sqlite_is_set_for_a_store_of_record(tmp_path: Path) -> None:
    engine = open_engine(Settings(data=tmp_path).database_url)
    async with reading(engine) as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        said = [(await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in asked]
    await engine.dispose()
    assert said == ["wal", 2, 1, 5000]


async def test_postgresql_answers_when_it_is_on_disk(postgresql: str) -> None:
    engine = open_engine(postgresql)
    async with writing(engine) as connection:
        assert (await connection.execute(text("SHOW synchronous_commit"))).scalar() == "on"
    await engine.dispose()
