"""A replica proves itself: digests are compared, a damaged range narrowed and mended [10]."""

from collections.abc import Iterable, Sequence

from msgspec import structs

from sync.exchange import Answer, In, Out
from sync.feeds import digest_of, fingerprint, place
from sync.pocket import Base, Changed, Key, Records, State


def compare(state: State, records: Iterable[Base]) -> State:
    """Ask at the next exchange whether every feed is what the store says it is [10]."""
    held: dict[str, list[int]] = {grant.feed: [] for grant in state.feeds}
    for base in records:
        print_ = fingerprint(base.line.encode())
        for name in base.feeds:
            held[name].append(print_)
    narrow = {name: {"": digest_of(prints)} for name, prints in held.items()}
    return structs.replace(state, narrow=narrow)


def repair(
    state: State,
    answer: Answer,
    lines: Sequence[In | Out],
    records: Records,
    changed: Changed,
) -> None:
    """Narrow a damaged range [10]: drop what does not belong, ask on about what differs."""
    given = {(line.given.kind, line.given.id) for line in lines if isinstance(line, In)}
    for feed, prefixes in answer.narrow.items():
        for prefix, children in prefixes.items():
            inside = [
                (key, base)
                for key in {*records, *changed}
                if (base := now_of(key, records, changed))
                and feed in base.feeds
                and place(*key).startswith(prefix)
            ]
            if children is None:
                for key, base in inside:
                    if key not in given:
                        feeds = {n: life for n, life in base.feeds.items() if n != feed}
                        changed[key] = structs.replace(base, feeds=feeds) if feeds else None
            else:
                _narrow(state, feed, prefix, children, inside)


def _narrow(
    state: State, feed: str, prefix: str, children: list[str], inside: list[tuple[Key, Base]]
) -> None:
    for number, theirs in enumerate(children):
        child = f"{prefix}{number:x}"
        prints = [fingerprint(b.line.encode()) for k, b in inside if place(*k).startswith(child)]
        ours = digest_of(prints)
        if ours != theirs:
            state.narrow.setdefault(feed, {})[child] = ours


def now_of(key: Key, records: Records, changed: Changed) -> Base | None:
    """A record as it is after what this answer has changed so far."""
    return changed[key] if key in changed else records.get(key)
