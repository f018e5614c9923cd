"""Verbs of backup and restore: backup, restore, recovered, revoke.

A backup is one file: a tar with a manifest and the copy that it vouches for. What proves a
restore or must survive it (keys, the epoch's file, the security journal) is never in it.
"""

import asyncio
import io
import os
import sys
import tarfile
import tempfile
from argparse import Namespace
from hashlib import file_digest
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, structs

from server import lease, people
from server.clock import SystemClock
from server.commands.copies import Copies, CopyFailed, Heads, copies
from server.commands.store import opened, say
from server.files import settle
from server.journal import Journal
from server.ledger import Recovered, recovered, renewed
from server.ledger.epoch import kept_in, part
from server.migrations import steps
from server.settings import Settings

FORMAT: Final = 1
MANIFEST, COPY = "manifest.json", "store"
MANIFEST_MAX: Final = 65_536


class Manifest(Struct, frozen=True):
    """What a backup says of itself. `made` in ms; `newest` is a position, `step` a migration."""

    kezek: int
    sort: str
    made: int
    epoch: str
    newest: int
    step: int
    bytes: int
    sha256: str


def run_backup(settings: Settings, said: Namespace) -> None:
    """Write a backup, while the server runs or not."""
    file: Path = said.file.absolute()
    if file.exists():
        raise CopyFailed(f"{file} is there already")
    if not file.parent.is_dir():
        raise CopyFailed(f"there is no folder {file.parent}")
    manifest = backup(copies(settings), file)
    say(f"backup {file}: {file.stat().st_size:,} bytes, positions to {manifest.newest}")
    say(f"sha256 {manifest.sha256}")


def backup(store: Copies, file: Path) -> Manifest:
    """The file is there and whole when this returns, or not there."""
    with tempfile.TemporaryDirectory(prefix=".kezek-", dir=file.parent) as folder:
        copy, beside = Path(folder) / COPY, Path(folder) / "backup"
        made = SystemClock().now()
        stands = store.make(copy)
        with copy.open("rb") as opened_copy:
            digest = file_digest(opened_copy, "sha256").hexdigest()
        manifest = Manifest(
            kezek=FORMAT,
            sort=store.sort,
            made=made,
            bytes=copy.stat().st_size,
            sha256=digest,
            **structs.asdict(stands),
        )
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            with tarfile.open(fileobj=out, mode="w") as tar:
                text = msgspec.json.encode(manifest)
                member = tarfile.TarInfo(MANIFEST)
                member.size = len(text)
                tar.addfile(member, io.BytesIO(text))
                tar.add(copy, COPY)
            out.flush()
            os.fsync(out.fileno())
        os.link(beside, file)  # unlike a renaming this never takes another's place
        settle(file.parent)
    return manifest


def unpack(store: Copies, file: Path, folder: Path) -> tuple[Manifest, Path]:
    """The manifest of a backup and its copy, which has been proved. Raises CopyFailed."""
    copy = folder / COPY
    try:
        with tarfile.open(file, mode="r:") as tar:
            said, kept = tar.extractfile(MANIFEST), tar.extractfile(COPY)
            if said is None or kept is None:
                raise KeyError
            manifest = msgspec.json.decode(said.read(MANIFEST_MAX), type=Manifest)
            with kept, copy.open("xb") as out:
                while block := kept.read(1 << 20):
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
    except (tarfile.TarError, KeyError, EOFError, msgspec.MsgspecError):
        raise CopyFailed(f"{file} is not a whole backup") from None
    with copy.open("rb") as opened_copy:
        digest = file_digest(opened_copy, "sha256").hexdigest()
    if (manifest.kezek, digest) != (FORMAT, manifest.sha256):
        raise CopyFailed(f"{file} is damaged: its copy is not the one that it vouches for")
    if manifest.sort != store.sort:
        raise CopyFailed(f"{file} is of {manifest.sort}, and this store is of {store.sort}")
    if manifest.step > max(step.number for step in steps()):
        raise CopyFailed(f"{file} was made by a newer version of the program")
    store.check(copy)
    return manifest, copy


def run_restore(settings: Settings, said: Namespace) -> None:
    """Put a backup in the place of the store, which is kept aside."""
    settings.prepare()
    store, journal = copies(settings), Journal(settings.secrets, SystemClock())
    with (
        lease.alone(settings.data),
        tempfile.TemporaryDirectory(prefix=".kezek-", dir=settings.data) as folder,
    ):
        journal.lines()  # a journal that cannot be read is found before anything is moved
        manifest, copy = unpack(store, said.file, Path(folder))
        known = kept_in(settings.data)
        before = store.heads(known.epoch) if known else None
        part(settings.data)
        aside = store.put(copy)
        say(f"the store that was here is kept: {aside}" if aside else "there was no store here")
        heads, newest = before or (None, 0)
        asyncio.run(_begin(settings, journal, heads, max(newest, manifest.newest), manifest))
    if before is None:
        say("nobody knows what was acknowledged: the store that was here is lost or another one")
    asyncio.run(_report(settings))


def run_restored(settings: Settings, _said: Namespace) -> None:
    """Say that the store was put back from a backup by other means: it gets a new epoch."""
    settings.prepare()
    journal = Journal(settings.secrets, SystemClock())
    with lease.alone(settings.data):
        asyncio.run(_begin(settings, journal, None, 0, None))


async def _begin(
    settings: Settings, journal: Journal, heads: Heads | None, above: int, of: Manifest | None
) -> None:
    """A new epoch over what is there now, held to the journal."""
    kept = journal.exists()
    decided = journal.decided()
    async with opened(settings) as engine:
        if kept:
            again = await people.hold_to(engine, decided.revoked, decided.closed)
            held = f"from the security journal: revocations and closed sessions repeated: {again}"
        else:
            ended = await people.end_all(engine)
            held = f"there is no security journal: all sessions have ended: {ended}"
        epoch = await renewed(engine, settings, above=above, acknowledged=heads)
    said: dict[str, str | int] = {"why": "restored"}
    if of is not None:
        said |= {"backup": of.sha256, "made": of.made, "newest": of.newest}
    journal.note("epoch", epoch, **said)
    say(f"new epoch {epoch}; phones will offer again what the store has lost")
    say(held)


def run_recovered(settings: Settings, said: Namespace) -> None:
    """Say what has come back since the restore, device by device."""
    asyncio.run(_report(settings, as_json=said.json))


async def _report(settings: Settings, *, as_json: bool = False) -> None:
    async with opened(settings) as engine:
        lanes = await recovered(engine)
    if as_json:
        say(msgspec.json.encode(lanes).decode())
        return
    for lane in lanes:
        say(told(lane))
    unseen = len({lane.device for lane in lanes if not lane.came})
    lost = sum(last - first + 1 for lane in lanes for first, last in lane.lost)
    open_ = sum(lane.missing is not None for lane in lanes)
    waiting = sum(lane.waiting for lane in lanes)
    say(
        f"devices not seen since {unseen}, letters lost {lost}, lanes with numbers that may still "
        f"come {open_}, letters that wait {waiting}"
    )


def told(lane: Recovered) -> str:
    """One lane of a device in a line."""
    known = f", acknowledged {lane.acknowledged}" if lane.acknowledged >= 0 else ""
    parts = [f"{lane.device} {lane.lane}: held {lane.held}{known}"]
    parts.append(f"written {lane.written}" if lane.came else "not seen since")
    if lane.again:
        parts.append(f"handed in again {lane.again}")
    if lane.lost:
        parts.append("lost " + ", ".join(_numbers(*numbers) for numbers in lane.lost))
    if lane.missing:
        parts.append(f"missing {_numbers(*lane.missing)}")
    if lane.waiting:
        parts.append(f"waiting for a version {lane.waiting}")
    if lane.taken_up:
        parts.append(f"taken up again {lane.taken_up}")
    return ", ".join(parts)


def _numbers(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def run_revoke(settings: Settings, said: Namespace) -> None:
    """A device may not be used any more; that outlives every restore."""
    clock = SystemClock()
    journal = Journal(settings.secrets, clock)

    async def work() -> None:
        async with opened(settings) as engine:
            owner = await people.owner_of(engine, said.device)
            if owner is None:
                sys.exit(f"kezek: nobody ever signed in on the device {said.device}")
            journal.note("device_revoked", said.device, person=owner)
            await people.hold_to(engine, {said.device: (owner, clock.now())}, ())
            say(f"the device {said.device} is revoked; it is out within half a minute")

    asyncio.run(work())
