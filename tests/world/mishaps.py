"""What befalls a world, one step at a time: each step is done by its own dice and nothing else."""

import random
from collections.abc import Awaitable, Callable
from typing import Final

from msgspec import structs

from server.clock import HOUR, MINUTE
from sync.pocket import Answered, Draft, calls
from tests.world import people
from tests.world.device import Case, Device
from tests.world.people import Wish, wish
from tests.world.station import How
from tests.world.world import Held, World

DAY: Final = 24 * HOUR
Step = Callable[[World, Device, random.Random], Awaitable[None]]


async def write(world: World, device: Device, dice: random.Random) -> None:
    """Somebody writes; now and then the phone dies in the very act."""
    if dice.random() < 0.06:
        return _torn(world, device, dice)
    world.write(device, wish(device, world.true, dice), dice)
    if world.station.contract < device.disk.state.contract:
        world.counted["letter of a newer contract"] += 1
    return None


def _torn(world: World, device: Device, dice: random.Random) -> None:
    """The phone dies in the transaction: it is kept whole or not at all, and nobody was told."""
    wanted = wish(device, world.true, dice)
    effects = device.written(wanted.drafts, world.true, dice, wanted.plus)
    kept = dice.random() < 0.5 and not device.case.full
    if kept:
        device.commit(effects)
    world.hit(
        "torn write", f"{device.name} dies while it saves; it was {'' if kept else 'not '}kept."
    )
    _reboot(world, device.case)


async def duty(world: World, device: Device, dice: random.Random) -> None:
    """The planner changes who serves where."""
    desk = dice.choice([d for d in world.devices if d.actor.role == "planner"])
    world.write(desk, wish(desk, world.true, dice), dice)
    world.counted["duty change"] += 1


async def rivals(world: World, device: Device, dice: random.Random) -> None:
    """Two people change one record, not knowing of each other."""
    kinds = people.RIVALRY[device.actor.role]
    own = {key for key in device.disk.records if key[0] in kinds}
    others = [
        o
        for o in world.devices
        if o.actor.role == device.actor.role
        and o.actor.device != device.actor.device
        and not own.isdisjoint(o.disk.records)
    ]
    if not others:
        return await write(world, device, dice)
    other = dice.choice(others)
    kind, record = dice.choice(sorted(own & other.disk.records.keys()))
    said = people.rivals(kind, device.now(world.true), dice)
    for who, body in zip(dice.sample([device, other], 2), said, strict=True):
        wanted = Wish((Draft(kind, record, body),), {}, f"says {', '.join(body)} of a {kind}")
        world.write(who, wanted, dice)
    return None


async def mend(world: World, device: Device, dice: random.Random) -> None:
    """An author answers what became of a letter: mends it, leaves it, takes that back."""
    calling = [e for e in device.disk.entries if calls(e) or e.answered == "left"]
    if not calling or device.case.full:
        return await write(world, device, dice)
    entry = dice.choice(calling)
    key = (entry.kind, entry.id)
    world.watch.answered_for |= {e.hash for e in device.disk.entries if (e.kind, e.id) == key}
    if entry.answered == "left" or dice.random() < 0.5:
        said: Answered = "" if entry.answered == "left" else "left"
        effects = structs.replace(
            device.written([], world.true, dice, {}), entries=device.answers(key, said)
        )
        device.commit(effects)
        world.counted["left"] += 1
        world.say(f"{device.name} leaves {entry.lane} {entry.seq} as it is, or takes that back.")
        return None
    if key not in device.disk.records:
        return None
    wanted = wish(device, world.true, dice)
    drafts = [structs.replace(d, kind=key[0], id=key[1], group=None) for d in wanted.drafts[:1]]
    if wanted.drafts[0].kind != key[0] or wanted.plus:
        return None
    effects = device.written(drafts, world.true, dice, {})
    effects.entries = [*effects.entries, *device.answers(key, "mended")]
    world.counted["mended"] += 1
    return world.save(device, effects, f"mends {entry.lane} {entry.seq}")


async def meet(world: World, device: Device, dice: random.Random) -> None:
    """An exchange, and what the network, the phone or the store does to it."""
    if device.case.cut_off:
        return world.hit("partition", f"{device.name} finds no network.")
    if sum(other.case is device.case for other in world.devices) > 1:
        world.counted["shared phone"] += 1
    fault = dice.choice(STREET)
    device.limit = dice.choice((300, 4_096, 262_144, 262_144))
    if not fault:
        world.counted["whole exchange"] += 1
        await world.exchange(device, dice.randrange(1, 6))
        return None
    if device.case.full:
        return world.hit("disk full", f"{device.name} cannot even ask: its disk is full.")
    request = device.request(world.true, dice.choice((2, 200)))
    return await STREET_FAULTS[fault](world, device, request, dice)


Fault = Callable[[World, Device, bytes, random.Random], Awaitable[None]]


async def _request_lost(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    w.hit("request lost", f"A request of {d.name} is lost.")


async def _request_cut(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    w.hit("request cut", f"A request of {d.name} arrives cut short.")
    if await w.carry(d, request[: dice.randrange(len(request))]):
        w.watch.wrong.append("4.6 a request that was cut is believed")


async def _request_held(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    w.held.append(Held(d, request, d.case.started))
    w.say(f"A request of {d.name} is held up somewhere.")


async def _repeated(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    w.hit("repeated", f"A request of {d.name} arrives twice.")
    first = await w.carry(d, request)
    second = await w.carry(d, request)
    for carried in dice.sample([first, second], 2):
        if carried:
            w.hear(d, carried)


async def _answer_lost(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    w.hit("answer lost", f"The answer to {d.name} is lost.")
    await w.carry(d, request)


async def _answer_cut(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    w.hit("answer cut", f"The answer to {d.name} arrives cut short.")
    carried = await w.carry(d, request)
    if carried and w.hear(d, carried, carried.answer[: dice.randrange(len(carried.answer))]):
        w.watch.wrong.append("4.6 an answer that was cut is believed")


async def _answer_late(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    """It comes only after another turn, or after a crash never."""
    carried = await w.carry(d, request)
    if not carried:
        return
    w.hit("answer late", f"The answer to {d.name} is slow; another request overtakes it.")
    started = d.case.started
    await w.exchange(d, 1)
    if d.case.started == started and w.hear(d, carried):
        w.watch.wrong.append(f"4.2 {d.name} believes an answer of another turn")


async def _phone_dies(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    """In the transaction that takes the answer in: kept whole, or not at all."""
    carried = await w.carry(d, request)
    kept = bool(carried) and dice.random() < 0.5
    if carried and kept:
        w.hear(d, carried)
    w.hit("torn answer", f"{d.name} dies with the answer; it was {'' if kept else 'not '}kept.")
    _reboot(w, d.case)


async def _store_dies_before(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    await w.carry(d, request, "dies before")


async def _store_dies_after(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    await w.carry(d, request, "dies after")


async def _store_dies_reading(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    await w.carry(d, request, "dies reading")


async def _store_full(w: World, d: Device, request: bytes, dice: random.Random) -> None:
    await w.carry(d, request, "full", dice.choice((0, 0, 1, 2, 4)))


STREET_FAULTS: Final[dict[str, Fault]] = {
    "request lost": _request_lost,
    "request cut": _request_cut,
    "request held": _request_held,
    "repeated": _repeated,
    "answer lost": _answer_lost,
    "answer cut": _answer_cut,
    "answer late": _answer_late,
    "torn answer": _phone_dies,
    "store dies before": _store_dies_before,
    "store dies after": _store_dies_after,
    "store dies reading": _store_dies_reading,
    "store full": _store_full,
}
STREET: Final = (*STREET_FAULTS, *[""] * 12)


async def reordered(world: World, device: Device, dice: random.Random) -> None:
    """A request that was held up comes after those that were sent later."""
    if not world.held:
        return await meet(world, device, dice)
    held = world.held.pop(dice.randrange(len(world.held)))
    world.hit("reordered", f"A request of {held.device.name} arrives long after it was sent.")
    carried = await world.carry(held.device, held.request)
    if carried and held.device.case.started == held.started and held.device in world.devices:
        world.hear(held.device, carried)
    return None


async def together(world: World, device: Device, dice: random.Random) -> None:
    """Several requests are at the store at once, and share a commit."""
    able = [d for d in world.devices if not d.case.cut_off and not d.case.full]
    some = dice.sample(able, min(len(able), 3))
    await world.carry_together([(d, d.request(world.true)) for d in some])


async def partition(world: World, device: Device, dice: random.Random) -> None:
    device.case.cut_off = not device.case.cut_off
    world.say(f"{device.name} {'loses' if device.case.cut_off else 'finds'} the network.")


async def reboot(world: World, device: Device, dice: random.Random) -> None:
    world.hit("phone dies", f"{device.name} dies and is started again.")
    _reboot(world, device.case)


def _reboot(world: World, case: Case) -> None:
    case.started = world.true
    for device in world.devices:
        if device.case is case:
            device.start()


async def clock(world: World, device: Device, dice: random.Random) -> None:
    """Somebody sets a phone's clock, or it sets itself."""
    skew = dice.choice((DAY, -DAY, HOUR, -HOUR, 0, dice.randrange(-DAY, DAY)))
    device.case.skew = skew
    world.hit("clock", f"The clock of {device.name} now goes {skew / HOUR:+.1f} hours wrong.")


async def night(world: World, device: Device, dice: random.Random) -> None:
    hours = dice.randrange(4, 40)
    world.station.clock.advance(hours * HOUR + dice.randrange(MINUTE))
    world.hit("night", f"{hours} hours go by.")


async def full(world: World, device: Device, dice: random.Random) -> None:
    device.case.full = not device.case.full
    world.say(f"The disk of {device.name} is {'full' if device.case.full else 'empty again'}.")


async def backup(world: World, device: Device, dice: random.Random) -> None:
    world.backups.append((world.station.backup(), world.book.copy(), world.watch.epoch))
    world.say("A backup is taken.")


async def restore(world: World, device: Device, dice: random.Random) -> None:
    """The store is put back; somebody says so, or nobody does."""
    if not world.backups:
        return await backup(world, device, dice)
    copy, book, epoch = dice.choice(world.backups)
    hows: tuple[How, ...] = ("declared", "undeclared", "undeclared", "whole folder")
    done = await world.station.put_back(copy, dice.choice(hows))
    world.hit(f"restore {done}", f"The store is put back from a backup ({done}).")
    world.watch.went_back(book.copy(), epoch)
    world.book.contract = world.station.contract
    world.watch.look()
    return None


async def clone(world: World, device: Device, dice: random.Random) -> None:
    """The phone's disk is copied to another phone, and both are used."""
    if len(world.devices) > 7:
        return await meet(world, device, dice)
    case = Case(dice.choice((0, 0, HOUR)), world.true)
    other = device.clone(f"a copy of {device.name}", case)
    world.devices.append(other)
    world.cases[f"{other.name} {len(world.devices)}"] = case
    world.hit("clone", f"The disk of {device.name} is copied to another phone.")
    return None


async def roll_back(world: World, device: Device, dice: random.Random) -> None:
    """The phone comes back without its last transactions, though its disk had said: written."""
    if not device.disk.before:
        return await write(world, device, dice)
    disk = device.disk
    disk.state, disk.records, disk.entries = disk.before[0]
    disk.before, device.split = [], True
    world.hit("roll back", f"{device.name} comes back as it was some steps ago.")
    world.watch.let_go("the phone went back in time")
    _reboot(world, device.case)
    return None


async def evict(world: World, device: Device, dice: random.Random) -> None:
    """The browser lets go of all that it kept: the phone begins anew, under another name."""
    names = [n for n in range(len(SPARE)) if all(d.actor.device != SPARE[n] for d in world.devices)]
    if not names or len(world.devices) > 7:
        return await meet(world, device, dice)
    index = world.devices.index(device)
    fresh = structs.replace(device.actor, device=SPARE[names[0]])
    world.book.people[fresh.device] = fresh
    world.devices[index] = Device(f"{device.name}, begun anew", fresh, device.case)
    world.hit("eviction", f"The browser of {device.name} lets go of everything.")
    world.watch.let_go("the browser let go of it")
    return None


async def damage_letter(world: World, device: Device, dice: random.Random) -> None:
    """Bytes of a letter on the disk are not what they were; the phone drops it or sends it so."""
    waiting = [
        e for e in device.disk.entries if e.state == "waiting" and e.hash in world.watch.pending
    ]
    taken = device.disk.state.taken
    waiting = [e for e in waiting if e.seq > taken.get(e.lane, 0)]
    if not waiting or device.split or any(held.device is device for held in world.held):
        return await write(world, device, dice)
    entry = dice.choice(waiting)
    seen = dice.random() < 0.5
    kept = [e for e in device.disk.entries if e is not entry]
    if not seen:
        line = entry.line[: dice.randrange(1, len(entry.line))]
        kept = [structs.replace(e, line=line) if e is entry else e for e in device.disk.entries]
    device.disk.entries = kept
    world.watch.spoil(entry.hash, "its bytes were damaged")
    world.hit("letter damaged", f"The bytes of {entry.lane} {entry.seq} of {device.name} rot.")
    return None


async def damage_record(world: World, device: Device, dice: random.Random) -> None:
    """A record on the phone's disk is gone, or is not what the store gave."""
    if not device.disk.records:
        return await write(world, device, dice)
    key = dice.choice(sorted(device.disk.records))
    records = dict(device.disk.records)
    base = records.pop(key)
    if dice.random() < 0.5:
        records[key] = structs.replace(base, line=base.line.replace(":", ": ", 1))
    device.disk.records, device.damaged = records, True
    world.hit("record damaged", f"A {key[0]} on the disk of {device.name} rots.")
    return None


async def newer_phone(world: World, device: Device, dice: random.Random) -> None:
    """The phone has a newer program than the store."""
    device.disk.state = structs.replace(device.disk.state, contract=2)
    world.hit("newer phone", f"{device.name} now speaks contract 2.")


async def newer_store(world: World, device: Device, dice: random.Random) -> None:
    """The store has a newer program than some phones."""
    world.hit("newer store", "The store now speaks contract 2.")
    await world.station.learn_contract(2)
    world.book.contract = 2


async def poison(world: World, device: Device, dice: random.Random) -> None:
    """A record that the database will not take, for a reason that nobody foresaw."""
    creates = [
        e
        for e in device.disk.entries
        if e.state == "waiting" and '"base":0,' in e.line and '"over":0,' in e.line
        and e.id not in world.book.records and e.hash in world.watch.pending
    ]  # fmt: skip
    if not creates:
        return await write(world, device, dice)
    entry = dice.choice(creates)
    world.station.memory.poison.add(bytes.fromhex(entry.id.replace("-", "")))
    world.book.poison.add(entry.id)
    world.hit("poison", f"The store's database will not take {entry.lane} {entry.seq}.")
    return None


SPARE: Final = tuple(f"00000000-0000-4000-8000-0000000e{n:04d}" for n in range(1, 9))
STEPS: Final[dict[str, Step]] = {
    f.__name__: f
    for f in (
        write, duty, rivals, mend, meet, reordered, together, partition, reboot, clock, night, full,
        backup, restore, clone, roll_back, evict, damage_letter, damage_record, newer_phone,
        newer_store, poison,
    )
}  # fmt: skip
