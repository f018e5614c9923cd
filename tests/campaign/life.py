"""One life of a store: devices write at full speed while the server is killed again and again."""

import asyncio
import random
import time
from typing import Final

from msgspec import Struct

from sync.roles import Actor, Role
from tests.campaign.judge import Verdict, judged
from tests.campaign.serving import Place, Server
from tests.campaign.walker import Told, Walker, an_id, enrol, person

OFFICERS: Final = 3
UP_S: Final = {"sqlite": 0.8, "postgresql": 2.0}
"""A kill comes within so long after the server answers, at any moment. PostgreSQL is given longer:
each new connection first learns the types and prepares the statements."""
EARLY: Final = 0.15
"""So many kills come while the server is still starting."""
START_S: Final = 1.6
FOUNDING: Final = 3
"""So many kills come before the store was ever served."""


class Life(Struct):
    """What one life came to."""

    verdict: Verdict
    kills: int
    early: int
    seconds: float
    exchanges: int
    cut_off: int
    later: int


async def live(place: Place, kills: int, seed: int) -> Life:
    """Found a store, kill its server so many times, let all come to rest, and judge."""
    dice, began = random.Random(seed), time.monotonic()
    told, server = Told(), Server(place)
    people = _people(dice)
    await enrol(place, [(actor, login) for actor, login, first in people if first])
    walkers = [Walker(a, login, server.port, told, dice) for a, login, _ in people]
    over, early = asyncio.Event(), 0
    try:
        await asyncio.to_thread(server.begin)
        for _ in range(founding := min(FOUNDING, kills - 1)):
            early += await _kill(server, dice, early=True)
        await asyncio.to_thread(server.wait)
        for walker in walkers:
            await walker.sign_in()
        tasks = [asyncio.create_task(_walk(one, over)) for one in walkers]
        for _ in range(kills - founding):
            early += await _kill(server, dice, early=dice.random() < EARLY)
        await asyncio.to_thread(server.wait)
        over.set()
        await asyncio.gather(*tasks)
        for walker in [*walkers, *walkers]:
            await walker.settle()
        fresh = [Walker(_twin(a, dice), login, server.port, told, dice) for a, login, _ in people]
        for one in fresh:
            await one.sign_in()
            await one.settle()
            await one.line.close()
    finally:
        over.set()
        for walker in walkers:
            await walker.line.close()
        await asyncio.to_thread(server.kill)
    verdict = await asyncio.to_thread(judged, place, told, walkers, fresh)
    seconds = time.monotonic() - began
    return Life(verdict, kills, early, seconds, told.exchanges, told.cut_off, told.later)


def _people(dice: random.Random) -> list[tuple[Actor, str, bool]]:
    """Officers with two devices each, and a dispatcher who reads; whether it is their first."""
    people = []
    for number in range(OFFICERS):
        officer = person(dice, Role.OFFICER)
        people.append((officer, f"officer{number}", True))
        people.append((_twin(officer, dice), f"officer{number}", False))
    return [*people, (person(dice, Role.DISPATCHER), "dispatcher", True)]


def _twin(actor: Actor, dice: random.Random) -> Actor:
    return Actor(actor.person, actor.role, actor.district, actor.formation, an_id(dice))


async def _walk(walker: Walker, over: asyncio.Event) -> None:
    await walker.walk(over, writes=walker.phone.actor.role is Role.OFFICER)


async def _kill(server: Server, dice: random.Random, *, early: bool) -> bool:
    """Kill it at some moment and start it again; whether that was while it started."""
    if early:
        await asyncio.sleep(dice.random() * START_S)
    else:
        await asyncio.to_thread(server.wait)
        up = UP_S["postgresql" if server.place.database else "sqlite"]
        await asyncio.sleep(dice.random() * up)
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.begin)
    return early
