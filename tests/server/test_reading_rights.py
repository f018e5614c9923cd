"""Who reads what, written out by hand after the city's table of rights, and asked role by role.

The table is not derived from the catalogue: it is what the catalogue is held against.
"""

from collections.abc import AsyncIterator
from typing import Final

import pytest

from server.clock import MINUTE
from sync.record import Body
from sync.roles import Actor, Role
from tests.server.reads import Asking, asking, city, make, person, phone, shift, somebody, subject
from tests.world.phone import NOON, violation
from tests.world.stores import Store

# What each role may do with records as they lie to it: its own, its shift's, its formation's,
# its district's, those of somewhere else. His own lie on his route and in his formation, too.
# R reads freely, O opens with a purpose, - nothing. Operators and inspectors are on a rota like
# everybody else, and see their own shift.
NEAR: Final = ("own", "shift", "formation", "district", "elsewhere")
KINDS: Final = ("violation", "subject", "assist", "shift", "person")
TABLE: Final = """
    role           violation  subject  assist  shift  person
    officer        RR---      R----    RR---   RR---  RR---
    guard          RR---      R----    RR---   RR---  RR---
    volunteer      -----      -----    R----   R----  RR---
    leader         -----      -----    R-R--   R-R--  R-R--
    operator       -----      -----    -----   R----  RRRRR
    dispatcher     RRRRR      OOOOO    RRRRR   RRRRR  RRRRR
    inspector      -----      -----    -----   R----  RRRR-
    supervisor     RRRR-      OOOO-    RRRR-   RRRR-  RRRR-
    planner        -----      -----    RRRRR   RRRRR  RRRRR
    analyst        RRRRR      -----    RRRRR   RRRRR  -----
    auditor        OOOOO      OOOOO    RRRRR   RRRRR  RRRRR
    administrator  -----      -----    -----   -----  RRRRR
    adapter        RRRRR      -----    -----   RRRRR  RRRRR
"""


def expected() -> dict[tuple[Role, str, str], str]:
    """From (role, kind, how near) to R, O or -."""
    head, *lines = (line.split() for line in TABLE.strip().splitlines())
    assert tuple(head[1:]) == KINDS
    return {
        (Role(role), kind, near): letter
        for role, *cells in lines
        for kind, cell in zip(KINDS, cells, strict=True)
        for near, letter in zip(NEAR, cell, strict=True)
    }


class World:
    """One who asks, and records that lie near to him and far."""

    def __init__(self, store: Store, role: Role) -> None:
        self._store = store
        self.actor = somebody(role, "ALM", make())
        self.route = make()
        self.records: dict[tuple[str, str], str] = {}

    def author(self, near: str) -> Actor:
        """Whose records lie so near."""
        formation = self.actor.formation if near == "formation" else make()
        district = "MED" if near == "elsewhere" else "ALM"
        return Actor(make(), Role.OFFICER, district, formation, make())

    async def fill(self) -> None:
        """Write every kind at every distance; each author is on duty with a route of his own."""
        adapter = await city(self._store)
        for near in NEAR:
            who = self.actor if near == "own" else self.author(near)
            route = self.route if near in ("own", "shift") else make()
            crew: Body = {"crew": [] if near != "own" else [self._mate()]}
            author = self._mate_actor() if near == "shift" else who
            await person(adapter, author, "Ешкім")
            self.records["person", near] = author.person
            self.records["shift", near] = adapter.write("shift", shift(author, route) | crew)
            await adapter.exchange()
            await self._cases(author, route, near)

    async def _cases(self, author: Actor, route: str, near: str) -> None:
        as_officer = Actor(author.person, Role.OFFICER, author.district, "", make())
        officer = phone(self._store, as_officer)
        said = violation(as_officer, route=route, subject="person")
        record = self.records["violation", near] = officer.write("violation", said)
        self.records["subject", near] = officer.write("subject", subject(record, as_officer))
        await officer.exchange()
        member = Actor(author.person, Role.VOLUNTEER, author.district, author.formation, make())
        helping = phone(self._store, member)
        self.records["assist", near] = helping.write("assist", assist(member, route))
        await helping.exchange()
        for one in (officer, helping):
            assert {outcome for _, outcome, _ in one.outcomes()} == {"applied"}

    def _mate(self) -> str:
        self._mate_person = make()
        return self._mate_person

    def _mate_actor(self) -> Actor:
        """Somebody of the same car; of no formation of the actor's."""
        return Actor(self._mate_person, Role.OFFICER, "ALM", make(), make())


def assist(member: Actor, route: str) -> Body:
    """What any volunteer may log."""
    return {
        "member": member.person,
        "formation": member.formation,
        "district": member.district,
        "happened": NOON,
        "activity": "patrol",
        "route": route,
    }


@pytest.fixture
async def desk(store: Store) -> AsyncIterator[Asking]:
    async with asking(store) as desk:
        yield desk


@pytest.mark.parametrize("role", list(Role))
async def test_what_each_role_reads(desk: Asking, store: Store, role: Role) -> None:
    world = World(store, role)
    await world.fill()
    table = expected()
    found = {
        (kind, near): await letter(desk, store, world.actor, kind, record)
        for (kind, near), record in world.records.items()
    }
    assert found == {place: table[role, *place] for place in found}

    # What an exchange gives, a read gives freely, and no more: one function decides both.
    device = phone(store, world.actor)
    await device.exchange()
    came = {(kind, record) for kind, record in device.records if kind in KINDS}
    assert came == {
        (kind, world.records[kind, near]) for (kind, near), said in found.items() if said == "R"
    }


async def letter(desk: Asking, store: Store, actor: Actor, kind: str, record: str) -> str:
    """What may be done with a record, as its two routes say it with one voice."""
    said: list[int] = []
    for ask in (desk.history, desk.open, desk.history):
        store.clock.advance(MINUTE)  # or the sixty of an hour would be used up
        said.append((await ask(actor, kind, record)).status_code)
    first, second, third = said
    return {
        (200, 200, 200): "R",
        (428, 200, 200): "O",
        (404, 404, 404): "-",
        (403, 403, 403): "-",
    }[first, second, third]
