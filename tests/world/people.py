"""Who walks through the world, and what each of them writes."""

import random
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from server.clock import HOUR, day
from sync.change import Group, Lane
from sync.pocket import Draft
from sync.record import Body
from sync.roles import Actor, Role
from tests.world.device import Device

OFFENCE: Final = "00000000-0000-4000-8000-000000000440"
DISTRICTS: Final = {"ALM": "00000000-0000-4000-8000-0000000000d1",
                    "MED": "00000000-0000-4000-8000-0000000000d2"}  # fmt: skip
ROUTES: Final = tuple(f"00000000-0000-4000-8000-00000000010{n}" for n in range(3))
FORMATION: Final = "00000000-0000-4000-8000-0000000000f1"


def _id(sort: str, number: int) -> str:
    return f"00000000-0000-4000-8000-0000000{sort}{number:04d}"


ASEL, BERIK, CHIEF, DANA, ELDAR, ADMIN = (_id("a", n) for n in range(1, 7))
FIELD: Final = (ASEL, BERIK, ELDAR)


class Part(NamedTuple):
    """One replica of the cast; replicas of one `case` are on one phone."""

    name: str
    actor: Actor
    case: str


def _part(number: int, name: str, person: str, role: Role, case: str = "") -> Part:
    district = "" if role in (Role.PLANNER, Role.ADMINISTRATOR) else "ALM"
    formation = FORMATION if role is Role.VOLUNTEER else ""
    return Part(name, Actor(person, role, district, formation, _id("d", number)), case or name)


FOUNDER: Final = _part(99, "the city's founder", _id("a", 99), Role.ADAPTER)
ALWAYS: Final = (
    _part(1, "Asel's phone", ASEL, Role.OFFICER),
    _part(2, "Asel's tablet", ASEL, Role.OFFICER),
    _part(3, "the planner's desk", DANA, Role.PLANNER),
)
PAIRS: Final = (
    (_part(4, "Berik on Asel's phone", BERIK, Role.OFFICER, "Asel's phone"),),
    (_part(5, "Berik's phone", BERIK, Role.OFFICER),
     _part(6, "Eldar's phone", ELDAR, Role.VOLUNTEER)),
    (_part(6, "Eldar's phone", ELDAR, Role.VOLUNTEER),
     _part(7, "Eldar's second phone", ELDAR, Role.VOLUNTEER)),
    (_part(8, "the chief's desk", CHIEF, Role.SUPERVISOR),
     _part(9, "the chief's phone", CHIEF, Role.SUPERVISOR)),
    (_part(10, "the planner's second desk", DANA, Role.PLANNER),
     _part(8, "the chief's desk", CHIEF, Role.SUPERVISOR)),
    (_part(11, "the administrator's desk", ADMIN, Role.ADMINISTRATOR),
     _part(12, "the administrator's second desk", ADMIN, Role.ADMINISTRATOR)),
)  # fmt: skip
PEOPLE: Final[dict[str, Actor]] = {
    part.actor.device: part.actor
    for part in (FOUNDER, *ALWAYS, *(part for pair in PAIRS for part in pair))
}


def _names(code: str) -> Body:
    return {"code": code, "name_kk": code, "name_ru": code, "name_en": code, "lat": 1, "lon": 2}


def _post(role: Role) -> Body:
    formation = FORMATION if role is Role.VOLUNTEER else ""
    return {
        "name": "A",
        "call_sign": "K-1",
        "unit": "1",
        "district": "ALM",
        "role": str(role),
        "formation": formation,
    }


CITY: Final = (
    *(Draft("district", record, _names(code)) for code, record in DISTRICTS.items()),
    Draft("person", ASEL, _post(Role.OFFICER)),
    Draft("person", BERIK, _post(Role.OFFICER)),
    Draft("person", ELDAR, _post(Role.VOLUNTEER)),
)
"""What the founder writes before anything happens."""


class Wish(NamedTuple):
    """Letters that somebody wants to write, as one; `plus` is what no draft can say."""

    drafts: tuple[Draft, ...]
    plus: dict[str, Any]
    told: str


def new_id(dice: random.Random) -> str:
    text = f"{dice.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"


def wish(device: Device, true: int, dice: random.Random) -> Wish:
    """What the person of a device writes now."""
    writers: dict[Role, Callable[[Device, int, random.Random], Wish]] = {
        Role.OFFICER: _officer,
        Role.VOLUNTEER: _volunteer,
        Role.SUPERVISOR: _supervisor,
        Role.PLANNER: _planner,
        Role.ADMINISTRATOR: _administrator,
    }
    return writers[device.actor.role](device, true, dice)


def of_kind(device: Device, kind: str) -> list[tuple[str, Body]]:
    """The records of a kind that stand on the screen: id and body, as far as letters tell it."""
    seen: dict[str, Body] = {}
    for (name, record), base in device.disk.records.items():
        if name == kind:
            seen[record] = _body(base.line)
    for entry in device.disk.entries:
        if entry.kind == kind and entry.state != "settled" and entry.outcome != "rejected":
            said = _said(entry.line)
            if said is not None:
                seen[entry.id] = {**seen.get(entry.id, {}), **said}
    return sorted(seen.items())


class _Line(msgspec.Struct):
    body: dict[str, Any]


class _Letter(msgspec.Struct):
    set: dict[str, Any] = {}


_line = msgspec.json.Decoder(_Line)
_letter = msgspec.json.Decoder(_Letter)


def _body(line: str) -> Body:
    try:
        return _line.decode(line).body
    except msgspec.DecodeError:
        return {}


def _said(line: str) -> Body | None:
    try:
        return _letter.decode(line).set
    except msgspec.DecodeError:
        return None


def _one(kind: str, record: str, said: Body, told: str, lane: Lane = "work", **plus: Any) -> Wish:
    return Wish((Draft(kind, record, said, lane),), plus, told)


def _pick(records: list[tuple[str, Body]], dice: random.Random) -> tuple[str, Body]:
    """Mostly the one that the others work on, too."""
    return records[0] if dice.random() < 0.65 else dice.choice(records)


def _violation(device: Device, true: int, dice: random.Random) -> Wish:
    actor, record = device.actor, new_id(dice)
    body: Body = {
        "offence": OFFENCE,
        "article": "440-1",
        "officer": actor.person,
        "district": actor.district,
        "happened": device.now(true) - dice.randrange(HOUR),
        "measure": "remark" if dice.random() < 0.93 else "shouting",
        "route": dice.choice((*ROUTES, "")),
    }
    if dice.random() < 0.7:
        return _one("violation", record, body, "logs a violation")
    subject: Body = {
        "violation": record,
        "officer": actor.person,
        "district": actor.district,
        "name": "S",
    }
    group, other = new_id(dice), new_id(dice)
    drafts = (
        Draft("violation", record, {**body, "subject": "person"}, "work", Group(group, 1, 2)),
        Draft("subject", other, subject, "work", Group(group, 2, 2)),
    )
    return Wish(drafts, {}, "logs a violation with the person, as one")


Saying = Callable[[Device, int, random.Random], Body]
VIOLATION_EDITS: Final[tuple[Saying, ...]] = (
    lambda d, t, r: {"offence": OFFENCE, "article": r.choice(("440-1", "440-2", "441"))},
    lambda d, t, r: {"place": f"Abay {r.randrange(99)}"},
    lambda d, t, r: {"place": f"Dostyk {r.randrange(99)}", "accuracy": 5},
    lambda d, t, r: {"happened": d.now(t) - r.randrange(2 * HOUR)},
    lambda d, t, r: {"text": r.choice(("seen", "heard", "seen"))},
    lambda d, t, r: {"needs_backup": r.random() < 0.5},
    lambda d, t, r: {"needs_backup": r.random() < 0.5},
    lambda d, t, r: {"happened": d.now(t) - r.randrange(2 * HOUR)},
    lambda d, t, r: {"route": r.choice(ROUTES)},
    lambda d, t, r: {"no_data_reason": r.choice(("ran", "hid"))},
    lambda d, t, r: {"state": r.choice(("logged", "annulled"))},
    lambda d, t, r: {"signed": d.now(t)} if r.random() < 0.4 else {"text": "more"},
    lambda d, t, r: {"mood": "bad"} if r.random() < 0.3 else {"needs_backup": True},
)
SUBJECT_EDITS: Final[tuple[Saying, ...]] = (
    lambda d, t, r: {"name": r.choice(("S", "T", "U")), "document": str(r.randrange(3))},
    lambda d, t, r: {"address": f"Tole Bi {r.randrange(99)}"},
    lambda d, t, r: {"explanation": r.choice(("was late", "was lost"))},
)


def _officer(device: Device, true: int, dice: random.Random) -> Wish:
    chance = dice.random()
    if chance < 0.12 and (assists := of_kind(device, "assist")):
        record, _ = _pick(assists, dice)
        said: Body = {"state": dice.choice(("confirmed", "declined"))}
        return _one("assist", record, said, "answers a volunteer's assist")
    if chance < 0.22 and (own := _own_shifts(device)):
        return _shift_step(own, dice)
    if chance < 0.32 and (subjects := of_kind(device, "subject")):
        record, _ = _pick(subjects, dice)
        return _one("subject", record, dice.choice(SUBJECT_EDITS)(device, true, dice), "edits")
    seen = of_kind(device, "violation")
    if chance < 0.45 or not seen:
        return _violation(device, true, dice)
    record, _ = _pick(seen, dice)
    said = dice.choice(VIOLATION_EDITS)(device, true, dice)
    lane: Lane = "urgent" if "needs_backup" in said else "work"
    return _one("violation", record, said, f"edits {', '.join(said)} of a violation", lane)


def _own_shifts(device: Device) -> list[tuple[str, Body]]:
    person = device.actor.person
    return [(i, b) for i, b in of_kind(device, "shift") if b.get("person") == person]


def _shift_step(shifts: list[tuple[str, Body]], dice: random.Random) -> Wish:
    record, _ = _pick(shifts, dice)
    state = dice.choice(("started", "ended", "started"))
    return _one("shift", record, {"state": state}, f"says that a shift is {state}")


def _volunteer(device: Device, true: int, dice: random.Random) -> Wish:
    actor = device.actor
    own = [(i, b) for i, b in of_kind(device, "assist") if b.get("member") == actor.person]
    shifts = _own_shifts(device)
    chance = dice.random()
    if chance < 0.1 and shifts:
        return _shift_step(shifts, dice)
    if chance < 0.55 and own:
        record, _ = _pick(own, dice)
        says: tuple[Body, ...] = (
            {"text": dice.choice(("helped", "called", "waited"))},
            {"place": f"Satpaev {dice.randrange(99)}"},
            {"happened": device.now(true) - dice.randrange(HOUR)},
            {"state": "confirmed"},
        )
        said = dice.choice(says)
        return _one("assist", record, said, f"edits {', '.join(said)} of an assist")
    body: Body = {
        "member": actor.person,
        "formation": actor.formation,
        "district": actor.district,
        "happened": device.now(true),
        "activity": "patrol",
        "route": dice.choice(ROUTES),
    }
    return _one("assist", new_id(dice), body, "logs an assist")


def _supervisor(device: Device, true: int, dice: random.Random) -> Wish:
    chance = dice.random()
    if chance < 0.2 and (assists := of_kind(device, "assist")):
        record, _ = _pick(assists, dice)
        said: Body = {"state": dice.choice(("confirmed", "declined"))}
        return _one("assist", record, said, "decides about an assist")
    if chance < 0.35 and (shifts := of_kind(device, "shift")):
        return _planned(device, true, dice, shifts)
    if violations := of_kind(device, "violation"):
        record, _ = _pick(violations, dice)
        said = {"state": dice.choice(("returned", "accepted", "annulled"))}
        if dice.random() < 0.08:
            said = {"text": "not the chief's to write"}
        return _one("violation", record, said, "reviews a violation")
    return _one("violation", new_id(dice), {"measure": "remark"}, "logs what is not his to log")


def _planner(device: Device, true: int, dice: random.Random) -> Wish:
    shifts = of_kind(device, "shift")
    if shifts and dice.random() < 0.55:
        return _planned(device, true, dice, shifts)
    person = dice.choice(FIELD)
    now = device.now(true)
    starts = now - dice.randrange(8) * HOUR
    crew = dice.sample(sorted({*FIELD} - {person}), dice.randrange(3))
    body: Body = {
        "person": person,
        "route": dice.choice(ROUTES),
        "district": dice.choice(("ALM", "ALM", "MED")),
        "day": day(starts),
        "starts": starts,
        "ends": starts + dice.choice((4, 8, 12)) * HOUR,
        "crew": [*crew],
        "state": "planned",
    }
    return _one("shift", new_id(dice), body, "plans a shift")


def _planned(
    device: Device, true: int, dice: random.Random, shifts: list[tuple[str, Body]]
) -> Wish:
    """A change of duty: another route, another crew, cancelled, moved in time."""
    record, _ = _pick(shifts, dice)
    chance = dice.random()
    if chance < 0.3:
        who = dice.choice(FIELD)
        plus: dict[str, dict[str, list[str]]] = (
            {"add": {"crew": [who]}} if dice.random() < 0.6 else {"take": {"crew": [who]}}
        )
        return Wish((Draft("shift", record, {}),), plus, "changes a crew")
    if chance < 0.55:
        return _one("shift", record, {"route": dice.choice(ROUTES)}, "moves a shift's route")
    if chance < 0.7:
        return _one("shift", record, {"state": "cancelled"}, "cancels a shift")
    if chance < 0.85:
        return _one("shift", record, {"person": dice.choice(FIELD)}, "gives a shift to another")
    starts = device.now(true) + dice.randrange(-20, 20) * HOUR
    said: Body = {"starts": starts, "ends": starts + 8 * HOUR, "day": day(starts)}
    return _one("shift", record, said, "moves a shift in time")


def _administrator(device: Device, true: int, dice: random.Random) -> Wish:
    people = of_kind(device, "person")
    chance = dice.random()
    if chance < 0.35 or not people:
        record = dice.choice(sorted(DISTRICTS.values()))
        return _one("district", record, {"name_en": f"D{dice.randrange(99)}"}, "renames a district")
    record, _ = dice.choice(people)
    said: Mapping[str, Any] = dice.choice(
        (
            {"name": dice.choice(("Asel A.", "Asel B."))},
            {"call_sign": f"K-{dice.randrange(99)}"},
            {"unit": f"{dice.randrange(9)}"},
            {"district": dice.choice(("ALM", "MED"))},
        )
    )
    return _one("person", record, dict(said), f"edits {', '.join(said)} of a person")


RIVALRY: Final = {
    Role.OFFICER: ("violation", "subject"),
    Role.VOLUNTEER: ("assist",),
    Role.SUPERVISOR: ("violation", "assist", "shift"),
    Role.PLANNER: ("shift",),
    Role.ADMINISTRATOR: ("person",),
}


def rivals(kind: str, now: int, dice: random.Random) -> tuple[Body, Body]:
    """Two things that two people say of one record, not knowing of each other."""
    said: dict[str, tuple[tuple[Body, Body], ...]] = {
        "violation": (
            ({"needs_backup": False}, {"needs_backup": True}),
            ({"happened": now - HOUR}, {"happened": now - dice.randrange(2 * HOUR)}),
            ({"place": "here"}, {"place": "there", "accuracy": 9}),
            ({"route": ROUTES[0]}, {"route": ROUTES[1]}),
            ({"text": "one"}, {"text": "other"}),
            ({"state": "accepted"}, {"state": "returned"}),
        ),
        "shift": (
            ({"crew": [BERIK]}, {"crew": [ELDAR]}),
            ({"state": "started"}, {"state": "cancelled"}),
            ({"route": ROUTES[1]}, {"route": ROUTES[2]}),
        ),
        "assist": (
            ({"text": "one"}, {"text": "other"}),
            ({"happened": now - HOUR}, {"happened": now - 2 * HOUR}),
            ({"state": "declined"}, {"state": "confirmed"}),
        ),
        "person": (({"unit": "7"}, {"unit": "8"}), ({"call_sign": "K-7"}, {"call_sign": "K-8"})),
        "subject": (({"address": "here"}, {"address": "there"}),),
    }
    return dice.choice(said[kind])
