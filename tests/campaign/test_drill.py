"""S-13: the store goes back in time. What a phone holds comes back, what none holds is named."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from server.ledger import Recovered
from sync.roles import Actor, Role
from tests.campaign.judge import LANES, LETTERS, apart, ask
from tests.campaign.line import Refused
from tests.campaign.serving import Place, Server
from tests.campaign.walker import PASSWORD, Place3, Told, Walker, an_id, enrol, person

OFFICERS = 6
ACTIVE = ("a", "b")


class City:
    """Officers with two telephones each and a dispatcher's desk, at one server."""

    def __init__(self, place: Place, seed: int = 1) -> None:
        self.place, self.server = place, Server(place)
        self.told, self.dice = Told(), random.Random(seed)
        self.walkers: dict[str, Walker] = {}
        self.people: dict[str, Actor] = {}

    async def found(self, officers: int = OFFICERS) -> None:
        roles = [(f"officer{n}", Role.OFFICER) for n in range(officers)]
        self.people = {name: person(self.dice, role) for name, role in roles}
        self.people["desk"] = person(self.dice, Role.DISPATCHER)
        await enrol(self.place, [(actor, name) for name, actor in self.people.items()])
        await asyncio.to_thread(self.server.start)
        for number in range(officers):
            for phone in ACTIVE:
                await self.join(f"officer{number}", phone)
        await self.join("desk", "")

    async def join(self, login: str, phone: str) -> Walker:
        actor = self.people[login]
        own = Actor(actor.person, actor.role, actor.district, "", an_id(self.dice))
        walker = Walker(own, login, self.server.port, self.told, self.dice)
        self.walkers[login + phone] = walker
        await walker.sign_in()
        return walker

    @property
    def officers(self) -> list[Walker]:
        return [w for name, w in self.walkers.items() if name != "desk"]

    async def work(self, rounds: int, *, without: tuple[str, ...] = ()) -> None:
        """Everybody writes, exchanges, writes again."""
        for _ in range(rounds):
            for name, walker in self.walkers.items():
                if name != "desk" and name not in without:
                    walker.write(self.dice.randrange(3, 9))
            await asyncio.gather(*(w.meet() for w in self.walkers.values()))

    async def settle(self, *without: str) -> None:
        there = [w for name, w in self.walkers.items() if name not in without]
        for _ in range(2):
            await asyncio.gather(*(walker.settle() for walker in there))

    async def back_in_time(self, *said: str) -> str:
        """Restore and serve again; what was promised before is looked at no more."""
        told = await asyncio.to_thread(self.place.done, "restore", *said)
        self.begin_anew()
        await asyncio.to_thread(self.server.start)
        return told

    def begin_anew(self) -> None:
        """Another epoch is no broken promise from here on."""
        self.told = Told(written=self.told.written)
        for walker in self.walkers.values():
            walker.begin_anew(self.told)

    async def fresh(self) -> list[Walker]:
        """A new device of each person, which has read what the store holds now."""
        found = []
        for login, actor in self.people.items():
            own = Actor(actor.person, actor.role, actor.district, "", an_id(self.dice))
            walker = Walker(own, login, self.server.port, self.told, self.dice)
            await walker.sign_in()
            await walker.settle()
            await walker.line.close()
            found.append(walker)
        return found

    async def report(self) -> dict[tuple[str, str], Recovered]:
        said = await asyncio.to_thread(self.place.done, "recovered", "--json")
        lanes = msgspec.json.decode(said, type=list[Recovered])
        return {(lane.device, lane.lane): lane for lane in lanes}

    async def stored(self) -> dict[Place3, str]:
        """The hash of each letter in the store; asserts that none is there twice."""
        [rows] = await asyncio.to_thread(ask, self.place, LETTERS)
        hashes = [bytes(row[4]).hex() for row in rows]
        assert len(hashes) == len(set(hashes))
        return {(row[0], LANES[row[1]], row[2]): h for row, h in zip(rows, hashes, strict=True)}


LONGER = [pytest.mark.needs_postgresql, pytest.mark.proof]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=LONGER)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    postgresql = request.param == "postgresql"
    database = str(request.getfixturevalue("postgresql")) if postgresql else ""
    return Place(tmp_path / "data", 1, database)


@pytest.fixture
async def city(place: Place) -> AsyncIterator[City]:
    city = City(place)
    yield city
    await asyncio.sleep(0)
    for walker in city.walkers.values():
        await walker.line.close()
    city.server.kill()


async def refused(walker: Walker) -> str:
    """The code with which an exchange of his is refused."""
    try:
        await walker.line.post("/sync", walker.phone.request())
    except Refused as refusal:
        return refusal.code
    return ""


REVOKED, LEFT, GONE = "officer0b", "officer1b", "officer4a"
FIRST, SECOND, TORN, LATE = "officer2a", "officer2b", "officer3a", "officer5c"
AWAY = (REVOKED, GONE)


async def a_life(city: City, backup: str) -> tuple[dict[Place3, str], list[int]]:
    """Work, a backup in its midst, and work after it. Answers all that was acknowledged, and the
    numbers whose letters one phone has lost since."""
    await city.work(3)
    await asyncio.gather(city.work(2), asyncio.to_thread(city.place.done, "backup", backup))
    # After the backup: a device is revoked, a session closed, a phone joins, work goes on.
    await city.work(1)
    for name in (REVOKED, LEFT):
        await city.walkers[name].settle()
    city.place.done("revoke", city.walkers[REVOKED].phone.actor.device)
    await city.walkers[LEFT].line.post("/sign-out", b"", status=204)
    await city.join(LATE[:-1], LATE[-1])
    await city.work(3, without=(REVOKED, LEFT))
    await city.settle(REVOKED, LEFT)
    shared = city.walkers[FIRST].create()
    await city.settle(REVOKED, LEFT)
    city.walkers[SECOND].change(shared)
    await city.settle(REVOKED, LEFT)
    promised = {at: hash_ for at, (hash_, _) in city.told.acknowledged.items()}
    return promised, city.walkers[TORN].drop_tail(3)


async def come_back(city: City) -> None:
    """Whoever was shut out stays out; who builds upon what is lost comes first, and waits."""
    stolen, left, late = (city.walkers[name] for name in (REVOKED, LEFT, LATE))
    for walker in (stolen, left, late):
        assert await refused(walker) == "not_signed_in"
    with pytest.raises(Refused, match="device_revoked"):
        await stolen.line.sign_in(stolen.login, PASSWORD, stolen.phone.actor.device)
    await left.sign_in()
    await late.sign_in()
    second = city.walkers[SECOND]
    for _ in range(3):  # it learns what the store lacks, hands it in, hears what became of it
        await second.meet()
    assert ("parked", "base_ahead") in {(e.outcome, e.code) for e in second.phone.entries}
    assert (await city.report())[(second.phone.actor.device, "work")].waiting > 0
    await city.settle(*AWAY)


async def test_a_store_from_a_backup_is_healed_by_its_phones(city: City, tmp_path: Path) -> None:
    backup = str(tmp_path / "backup")
    await city.found()
    promised, dropped = await a_life(city, backup)
    device = {name: walker.phone.actor.device for name, walker in city.walkers.items()}
    assert "a server is running" in city.place.kezek("restore", backup).stderr
    city.server.kill()
    assert "new epoch" in await city.back_in_time(backup)
    report = await city.report()
    for name in (GONE, LATE):
        lane = report[(device[name], "work")]
        assert (lane.came, lane.missing) == (0, (lane.held + 1, lane.acknowledged))
    await come_back(city)

    report = await city.report()
    lane = report[(device[SECOND], "work")]
    assert (lane.waiting, lane.missing, lane.taken_up > 0) == (0, None, True)
    lane = report[(device[TORN], "work")]
    assert sorted(n for a, b in lane.lost for n in range(a, b + 1)) == dropped
    lane = report[(device[GONE], "work")]
    assert (lane.came, lane.again, lane.missing is None) == (0, 0, False)

    absent, stored = {device[name] for name in AWAY}, await city.stored()
    lost = {(device[TORN], "work", number) for number in dropped}
    for at, hash_ in promised.items():
        gone = at in lost or (at[0] in absent and at[2] > report[(at[0], at[1])].held)
        assert (stored.get(at) != hash_) is gone, at
    there = [walker for name, walker in city.walkers.items() if name not in AWAY]
    assert apart(there, await city.fresh()) == []
    assert (city.told.broken, city.told.lost) == ([], set())


async def test_a_store_that_was_lost_is_restored_again_and_again(
    city: City, tmp_path: Path
) -> None:
    """The disk is gone and with it who had been told what; then the same backup once more."""
    backup = str(tmp_path / "backup")
    await city.found(3)
    await city.work(2)
    await city.settle()
    city.place.done("backup", backup)
    await city.work(3)
    await city.settle()
    promised = {at: hash_ for at, (hash_, _) in city.told.acknowledged.items()}
    city.server.kill()
    await lose(city.place)
    answer = city.place.kezek("serve", "--port", str(city.server.port))
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1), answer.stderr

    told = await city.back_in_time(backup)
    assert "nobody knows what was acknowledged" in told
    await city.work(1)
    await city.settle()
    city.server.kill()
    await city.back_in_time(backup)
    await city.work(1)
    await city.settle()

    lanes = (await city.report()).values()
    assert all(lane.came and not lane.missing and not lane.lost for lane in lanes)
    assert {lane.acknowledged for lane in lanes} - {-1} != set()
    stored = await city.stored()
    assert {at: stored.get(at) for at in promised} == promised
    assert set(stored) == set(city.told.written)
    assert apart(list(city.walkers.values()), await city.fresh()) == []
    assert city.told.broken == []


async def lose(place: Place) -> None:
    """As when the disk is gone, and somebody starts an empty database."""
    if not place.database:
        for file in place.folder.glob("kezek.db*"):
            file.unlink()
        return
    import asyncpg

    address, _, name = place.database.replace("+asyncpg", "").rpartition("/")
    connection = await asyncpg.connect(f"{address}/postgres")
    await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await connection.close()
