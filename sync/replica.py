"""The device's half: how an answer changes base records and outbox.

Pure: what changes is answered as effects, which the caller puts down in one transaction before
it believes them. The port is `client/src/sync/replica.ts`; both answer to tests/vectors.
Numbers in brackets are sections of PROTOCOL.md.
"""

from collections.abc import Sequence

from msgspec import structs

from sync.exchange import Answer, In, Out, OutcomeLine
from sync.pocket import (
    REFUSED,
    TAIL_MAX,
    Answered,
    Base,
    Changed,
    Effects,
    Entry,
    Records,
    State,
    calls,
)
from sync.repair import compare, now_of, repair


def hear(
    state: State,
    answer: Answer,
    lines: Sequence[In | Out],
    records: Records,
    entries: Sequence[Entry],
) -> Effects | None:
    """Take in an answer [4]; None where it is not the answer to the last turn [4.2].

    `records` are all base records of the replica; they are read, never written.
    """
    if answer.turn != state.turn:
        return None
    after = structs.replace(
        state,
        turn=state.turn + 1,  # the same answer once more is an answer to no request
        epoch=answer.epoch,
        mark=answer.mark,
        at=answer.at,
        open=answer.open,
        heard_at=answer.now,
        narrow={},
        taken={lane: head[0] for lane, head in answer.heads.items()},
    )
    effects = Effects(after)
    changed: Changed = {}
    if answer.feeds is not None and answer.view is not None:
        after.view, after.feeds = answer.view, answer.feeds
        after.open = {**answer.open, **_fresh(state, answer)}
        _release(records, changed, {g.feed: g.life for g in answer.feeds})
    for line in lines:
        _lay_line(after, line, records, changed)
    repair(after, answer, lines, records, changed)
    _doubt(state, after, answer, records, changed)
    _outcomes(answer.outcomes, entries, effects)
    _settle(after, entries, effects)
    effects.put = [base for base in changed.values() if base is not None]
    effects.drop = [key for key, base in changed.items() if base is None and key in records]
    return effects


def _fresh(state: State, answer: Answer) -> dict[str, int]:
    """Feeds granted now and not before are read from their beginning, beside the others [8.3]."""
    if state.epoch != answer.epoch or state.at == 0 or answer.feeds is None:
        return {}
    before = {(grant.feed, grant.life) for grant in state.feeds}
    return {g.feed: 0 for g in answer.feeds if (g.feed, g.life) not in before}


def _release(records: Records, changed: Changed, lives: dict[str, int]) -> None:
    """Let go of feeds that are not granted any more: a record goes when none is left [8]."""
    for key, base in records.items():
        feeds = {name: life for name, life in base.feeds.items() if lives.get(name) == life}
        if feeds != base.feeds:
            changed[key] = structs.replace(base, feeds=feeds) if feeds else None


def _lay_line(state: State, line: In | Out, records: Records, changed: Changed) -> None:
    if isinstance(line, In):
        given = line.given
        key = (given.kind, given.id)
        feeds = {state.feeds[n].feed: state.feeds[n].life for n in line.feeds}
        changed[key] = Base(
            given.kind, given.id, given.version, given.letter, line.line.decode(), feeds
        )
        return
    key = (line.kind, line.id)
    base = now_of(key, records, changed)
    if base is not None:
        left = {state.feeds[n].feed for n in line.feeds}
        feeds = {name: life for name, life in base.feeds.items() if name not in left}
        changed[key] = structs.replace(base, feeds=feeds) if feeds else None


def _doubt(state: State, after: State, answer: Answer, records: Records, changed: Changed) -> None:
    """Another epoch may lack what the replica holds: it compares once all is read [11.4]."""
    whole = not answer.more and not after.open
    compared = whole and bool(state.narrow)
    after.doubt = state.epoch not in ("", answer.epoch) or (state.doubt and not compared)
    if after.doubt and whole:
        now = [base for base in {**records, **changed}.values() if base is not None]
        after.narrow = compare(after, now).narrow


def _outcomes(outcomes: list[OutcomeLine], entries: Sequence[Entry], effects: Effects) -> None:
    told = {(o.lane, o.seq): o for o in outcomes}
    for entry in entries:
        if outcome := told.get((entry.lane, entry.seq)):
            effects.entries.append(
                structs.replace(
                    entry,
                    state="heard",
                    outcome=outcome.outcome,
                    code=outcome.code,
                    position=outcome.position,
                    unseen=outcome.unseen,
                    answered=_answered(entry, outcome),
                )
            )


def _answered(entry: Entry, outcome: OutcomeLine) -> Answered:
    """What was left as it was is told anew when something else became of it [7]."""
    other = entry.outcome != outcome.outcome
    return "" if entry.answered == "left" and other else entry.answered


def _settle(state: State, entries: Sequence[Entry], effects: Effects) -> None:
    """A letter stays laid over until all feeds are read past its outcome's position, a refused
    one until it is answered; the tail lets go of none that still calls for its author [7], and
    of none that a restored store has still to be offered [11.1]."""

    def held(entry: Entry) -> bool:
        return entry.seq <= state.taken.get(entry.lane, 0)

    fresh = {(e.lane, e.seq): e for e in effects.entries}
    now = [fresh.get((e.lane, e.seq), e) for e in entries]
    settled = [e for e in now if e.state == "settled"]
    for entry in now:
        read = state.at >= entry.position and not state.open
        done_with = entry.outcome not in REFUSED or entry.answered != ""
        if entry.state == "heard" and done_with and held(entry) and (read or entry.unseen):
            done = structs.replace(entry, state="settled")
            fresh[(entry.lane, entry.seq)] = done
            settled.append(done)
    tail = (e for e in settled if held(e) and not calls(e))
    settled = sorted(tail, key=lambda e: e.position)
    for entry in settled[: max(0, len(settled) - TAIL_MAX)]:
        fresh.pop((entry.lane, entry.seq), None)
        effects.gone.append((entry.lane, entry.seq))
    effects.entries = list(fresh.values())


def overdue(state: State, records: Records, now: int) -> Effects:
    """Hide and erase what was lent until a moment that has passed [9]."""
    kept = [grant for grant in state.feeds if grant.lent > now]
    if len(kept) == len(state.feeds):
        return Effects(state)
    changed: Changed = {}
    _release(records, changed, {g.feed: g.life for g in kept})
    effects = Effects(structs.replace(state, feeds=kept, view=""))
    effects.put = [base for base in changed.values() if base is not None]
    effects.drop = [key for key, base in changed.items() if base is None]
    return effects
