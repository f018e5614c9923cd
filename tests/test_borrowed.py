"""The services that other tests borrow are real ones."""

import asyncpg
import pytest
from redis.asyncio import Redis


async def test_a_postgresql_of_our_own(postgresql: str) -> None:
    connection = await asyncpg.connect(postgresql.replace("+asyncpg", ""))
    assert (
        await connection.fetchval("select count(*) from pg_tables where schemaname='public'") == 0
    )
    await connection.close()


async def test_a_redis_of_our_own(redis: str) -> None:
    async with Redis.from_url(redis) as client:
        assert await client.ping()


@pytest.mark.needs_chromium
def test_a_browser_is_there(chromium: str) -> None:
    assert chromium
