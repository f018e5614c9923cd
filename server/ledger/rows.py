"""How the ledger's rows say what `sync` means: ids as 16 bytes, words as small numbers."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, get_args

import msgspec

from sync.change import AtomState, Change, Held, Lane
from sync.letter import created_body, read
from sync.reconcile import Outcome

LANES: Final[tuple[Lane, ...]] = get_args(Lane)
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
LANE_NUMBER: Final[dict[Lane, int]] = {lane: n for n, lane in enumerate(LANES)}
OUTCOME_NUMBER: Final[dict[Outcome, int]] = {outcome: n for n, outcome in enumerate(OUTCOMES)}


class Atoms(msgspec.Struct, frozen=True):
    """The atoms of a record that was changed after its first version."""

    first: AtomState
    later: dict[str, AtomState]


_atoms = msgspec.json.Decoder(Atoms)


@lru_cache(8_192)
def key(record: str) -> bytes:
    """An id as it is stored."""
    return bytes.fromhex(record.replace("-", ""))


def name(key: bytes) -> str:
    """An id as it is spoken of."""
    text = key.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def body_bytes(body: bytes | None, letter: bytes) -> bytes:
    """A record's body; that of a record never changed stands in the letter that created it."""
    return bytes(body) if body is not None else created_body(bytes(letter))


def held(row: Sequence[Any], contract: int) -> Held:
    """A record at rest from (id, kind, version, day, atoms, body, letter, hash)."""
    record, kind, version, day, atoms, body, letter, hash_ = row
    line = bytes(letter)
    if atoms is None:
        says = read(line, contract).says
        assert isinstance(says, Change), "a record's first letter is a change"
        first = AtomState(version, says.origin, says.clock.corrected, says.clock.spread)
        return Held(
            kind, name(bytes(record)), version, bytes(hash_).hex(), says.set, first, {}, day
        )
    states = _atoms.decode(atoms)
    whole = msgspec.json.decode(body_bytes(body, line))
    return Held(
        kind,
        name(bytes(record)),
        version,
        bytes(hash_).hex(),
        whole,
        states.first,
        states.later,
        day,
    )


def atoms_text(record: Held) -> str | None:
    """The atoms of a record as they are stored; a first version has none of its own."""
    if record.version == record.first.version:
        return None
    return msgspec.json.encode(Atoms(record.first, record.atoms)).decode()
