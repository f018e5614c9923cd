"""An evening in the model city: what crews on duty log, told to the store through its one door."""

import asyncio
import random
from pathlib import Path
from typing import Any, Final

import msgspec

from server.clock import MINUTE, SystemClock
from server.database import open_engine
from server.ledger import Ledger
from server.settings import Settings
from sync.roles import Actor, Role
from tests.world.phone import Phone, ids

COUNT: Final = 60
ARTICLES: Final = ("434-1", "434-2", "435", "440-1", "440-2", "442-1", "442-3", "597", "667")
MEASURES: Final = ("remark", "warning", "protocol")


def log_an_evening(folder: Path) -> None:
    """Sixty violations of the last two hours, three of them with a call for backup."""
    asyncio.run(_log(Settings(data=folder)))


async def _log(settings: Settings) -> None:
    engine = open_engine(settings.database_url)
    clock, dice, make = SystemClock(), random.Random(5), ids(5)
    ledger = await Ledger.open(engine, settings, clock)
    now = clock.now()
    desk = Phone(Actor(make(), Role.DISPATCHER, "", "", make()), ledger.exchange, 1, now)
    await desk.exchange(rounds=200)
    shifts = [s for s in _all(desk, "shift") if s["route"] and s["starts"] <= now < s["ends"]]
    routes = {route["id"]: route for route in _all(desk, "route")}
    offences = [o for o in _all(desk, "offence") if _number(o) in ARTICLES] or _all(desk, "offence")
    for n, shift in enumerate(dice.sample(shifts, COUNT)):
        officer = Actor(shift["person"], Role.OFFICER, shift["district"], "", make())
        at = now - (COUNT - n) * 2 * MINUTE
        phone = Phone(officer, ledger.exchange, n, at)
        stop = dice.choice(routes[shift["route"]]["checkpoints"])
        offence = dice.choice(offences)
        said = {
            "offence": offence["id"],
            "article": _number(offence),
            "officer": shift["person"],
            "district": shift["district"],
            "route": shift["route"],
            "shift": shift["id"],
            "happened": at,
            "measure": dice.choice(MEASURES),
            "lat": stop["lat"] + dice.randrange(-4_000, 4_000),
            "lon": stop["lon"] + dice.randrange(-4_000, 4_000),
            "accuracy": dice.randrange(4, 25),
            "place": stop["name_kk"],
            "no_data_reason": "left",
            "needs_backup": n % 20 == 19,
            "signed": at,
        }
        phone.write("violation", said)
        await phone.exchange(rounds=200)
        assert phone.outcomes() == [(1, "applied", "")], phone.outcomes()
    await ledger.close()
    await engine.dispose()


def _all(desk: Phone, kind: str) -> list[dict[str, Any]]:
    """The bodies of all records of a kind, each with its id, in order of the ids."""
    lines = [base for (of, _), base in sorted(desk.records.items()) if of == kind]
    return [{**msgspec.json.decode(base.line)["body"], "id": base.id} for base in lines]


def _number(offence: dict[str, Any]) -> str:
    return f"{offence['article']}-{offence['part']}" if offence["part"] else offence["article"]
