"""The outbox: how a replica writes its letters, and which of them are due."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec
from msgspec import Struct, structs

from sync.change import Change, Clock, Group, Lane, Void
from sync.exchange import BYTES_MAX, PROTOCOL, Ask
from sync.letter import digest, write
from sync.pocket import REFUSED, Answered, Base, Draft, Effects, Entry, Key, State, calls
from sync.record import Body

HEADER_MAX: Final = 262_144
"""Bytes that are left for the header: its cursors, heads and digests grow with the feeds."""


class _Grouped(Struct):
    group: Group | None = None


_grouped = msgspec.json.Decoder(_Grouped)


def compose(
    state: State, draft: Draft, base: Base | None, entries: Sequence[Entry], clock: Clock, salt: str
) -> Effects:
    """Write a letter [2]. A record with unsent letters keeps their lane [2.6]."""
    mine = [
        e for e in entries if e.kind == draft.kind and e.id == draft.id and e.state == "waiting"
    ]
    last = max(mine, key=lambda e: (e.lane, e.seq), default=None)
    version, letter = _seen(draft, base, entries)
    lane = last.lane if last else draft.lane
    seq, prev = state.heads.get(lane, (0, ""))
    change = Change(
        contract=state.contract,
        device=state.device,
        author=state.person,
        lane=lane,
        seq=seq + 1,
        prev=prev,
        salt=salt,
        kind=draft.kind,
        id=draft.id,
        base=version,
        base_hash=letter,
        over=last.seq if last else 0,
        group=draft.group,
        clock=clock,
        set=draft.set,
        add={},
        take={},
    )
    line = write(change)
    name = digest(line)
    entry = Entry(lane, seq + 1, name, line.decode(), draft.kind, draft.id, change.over)
    heads: dict[Lane, tuple[int, str]] = {**state.heads, lane: (seq + 1, name)}
    return Effects(structs.replace(state, heads=heads), entries=[entry])


def _seen(draft: Draft, base: Base | None, entries: Sequence[Entry]) -> tuple[int, str]:
    """The version that its author has seen: an own letter that was taken counts before the
    page with its record has come [2.5]."""
    seen = (base.version, base.letter) if base else (0, "")
    made = [
        (e.position, e.hash)
        for e in entries
        if (e.kind, e.id) == (draft.kind, draft.id) and e.outcome in ("applied", "merged")
    ]
    return max([seen, *made], key=lambda at: at[0])


def answer(entries: Sequence[Entry], key: Key, answered: Answered) -> list[Entry]:
    """What changes when the author answers what became of his letters on a record [7].

    `mended`: another letter of his says it anew. `left`: it stays as it is, which a parked one
    cannot: the store may still take it up. Empty: he takes back that he left it.
    """
    mine = [e for e in entries if (e.kind, e.id) == key]
    if answered == "":
        return [_called_again(e) for e in mine if e.answered == "left"]
    return [
        structs.replace(e, answered=answered)
        for e in mine
        if calls(e) and (answered == "mended" or e.outcome != "parked")
    ]


def _called_again(entry: Entry) -> Entry:
    state = "heard" if entry.outcome in REFUSED else entry.state
    return structs.replace(entry, state=state, answered="")


def tear(
    state: State, lane: Lane, first: int, last: int, reason: Literal["torn", "tail_gone"]
) -> bytes:
    """The line that makes numbers void whose letters are gone [5.4]."""
    return write(Void(1, state.device, state.person, lane, first, last, reason, ""))


def ask(
    state: State,
    entries: Sequence[Entry],
    now: int,
    limit: int,
    letters_max: int,
    bytes_max: int = BYTES_MAX,
) -> tuple[State, Ask, list[bytes]]:
    """The next request [3]. The new state (its turn) is put down before anything is sent."""
    room = bytes_max - HEADER_MAX
    after = structs.replace(state, turn=state.turn + 1)
    letters: list[bytes] = []
    runs: list[tuple[Lane, int, int]] = []
    lanes: tuple[Lane, ...] = ("urgent", "work")
    for lane in lanes:
        lines = _fitting(_due(state, lane, entries), letters_max - len(letters), room)
        if lines:
            runs.append((lane, lines[0][0], len(lines)))
            letters.extend(line for _, line in lines)
            room -= sum(len(line) + 1 for _, line in lines)
    request = Ask(
        kezek=PROTOCOL,
        contract=state.contract,
        device=state.device,
        epoch=state.epoch,
        turn=after.turn,
        mark=state.mark,
        at=state.at,
        open=state.open,
        view=state.view,
        heads=state.heads,
        letters=runs,
        authors=[],
        compare=state.narrow,
        limit=limit,
        sent=now,
    )
    return after, request, letters


def _fitting(due: list[tuple[int, bytes]], count: int, room: int) -> list[tuple[int, bytes]]:
    """As many of them as one exchange takes; a group goes whole or waits for the next [5.5]."""
    fitting = 0
    for number, (_, line) in enumerate(due, 1):
        room -= len(line) + 1
        if number > count or room < 0:
            break
        if number == len(due) or _ends(line):
            fitting = number
    return due[:fitting]


def _ends(line: bytes) -> bool:
    """Whether no other letter has to follow in the same exchange; a torn line stands alone."""
    try:
        group = _grouped.decode(line).group
    except (msgspec.DecodeError, UnicodeDecodeError):
        return True
    return group is None or group.n == group.of


def _due(state: State, lane: Lane, entries: Sequence[Entry]) -> list[tuple[int, bytes]]:
    """The letters of a lane that the store does not hold; numbers whose letter is gone are void."""
    head = state.heads.get(lane, (0, ""))[0]
    known = {e.seq: e for e in entries if e.lane == lane}
    if any(entry.code == "fork" for entry in known.values()):
        return []  # another device goes by this name: a person has to look [5.3]
    lines: list[tuple[int, bytes]] = []
    # A letter that waits below what the store holds: another device goes by this name, too [5.3].
    waiting = min((e.seq for e in known.values() if e.state == "waiting"), default=head + 1)
    number = min(state.taken.get(lane, 0) + 1, waiting)
    while number <= head:
        if entry := known.get(number):
            lines.append((number, entry.line.encode()))
        else:
            last = min((n for n in known if n > number), default=head + 1) - 1
            lines.append((number, tear(state, lane, number, last, "tail_gone")))
            number = last
        number += 1
    return lines


def view(body: Body | None, changes: Iterable[Change]) -> Body | None:
    """A record as its holder sees it: the base with his own letters laid over, in their order."""
    seen: Body | None = None if body is None else dict(body)
    for change in changes:
        seen = {**(seen or {}), **change.set}
    return seen
