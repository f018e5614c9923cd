"""What a batch has to know before it decides, read in as few questions as there are sorts."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from msgspec import Struct, field

from server.clock import day
from server.ledger import questions
from server.ledger.connections import Transaction
from server.ledger.delivery import Delivery, Parked, Place, Run, Told
from server.ledger.marks import StoreWentBack
from server.ledger.rows import OUTCOMES, name
from sync.catalogue import CATALOGUE
from sync.change import Change, Held, Lane
from sync.exchange import OutcomeLine
from sync.record import Body
from sync.rights import Duties, Duty, by_duty
from sync.roles import Actor


class Known(Struct):
    """What was read for the batch. `told` and `forks` are keyed by device, lane and number;
    `versions` says where a record has the version of a letter's hash, if not where it was."""

    position: int
    day: str
    duties: dict[str, dict[str, Duty]] = field(default_factory=dict)
    heads: dict[Place, questions.Head] = field(default_factory=dict)
    told: dict[tuple[str, Lane, int], tuple[Told, str]] = field(default_factory=dict)
    forks: set[tuple[str, Lane, int, str]] = field(default_factory=set)
    records: dict[str, Held] = field(default_factory=dict)
    filed: dict[str, str] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    facts: dict[str, list[Held]] = field(default_factory=dict)
    versions: dict[tuple[str, str], int] = field(default_factory=dict)
    parked: dict[str, list[Parked]] = field(default_factory=dict)
    poison: set[tuple[str, Lane, int]] = field(default_factory=set)
    ask: Callable[[Sequence[str]], dict[str, list[Held]]] | None = None
    """For facts that only the letters before it in the batch made a letter need."""


FAR_AHEAD: Final = 2**42
"""The year 2109 in ms: a clock that says more is not believed, and calendars end somewhere."""


def learn(store: Transaction, known: Known, deliveries: Sequence[Delivery]) -> None:
    """Fill `known` for these deliveries."""
    known.ask = partial(questions.in_feeds, store)
    changes: list[Change] = []
    for delivery in deliveries:
        _lanes(store, known, delivery)
        own = [x.says for run in delivery.runs for x in run.letters if isinstance(x.says, Change)]
        _duties(store, known, delivery.actor, own)
        changes += own
    known.parked = questions.parked(store, {change.id for change in changes})
    for waiting in [one for group in known.parked.values() for one in group]:
        if isinstance(waiting.letter.says, Change):
            _duties(store, known, waiting.actor, [waiting.letter.says])
            changes.append(waiting.letter.says)
    found = questions.records(store, {change.id for change in changes})
    known.records = {record: held for record, (held, _) in found.items()}
    known.filed = {record: feeds for record, (_, feeds) in found.items()}
    bases = {change.base for change in changes if change.base}
    marks = [delivery.mark for delivery in deliveries if delivery.mark]
    bases |= {mark.position for mark in marks}
    known.hashes = questions.hashes(store, sorted(bases))
    for mark in marks:
        if known.hashes.get(mark.position) != mark.hash:
            raise StoreWentBack(mark.position)
    moved = {c.id for c in changes if c.base and known.hashes.get(c.base) != c.base_hash}
    known.versions = questions.versions(store, moved)
    needs = {
        feed
        for change in changes
        if (kind := CATALOGUE.get(change.kind))
        for feed in (kind.needs({**_body(known, change), **change.set}) if kind.needs else ())
    }
    known.facts = questions.in_feeds(store, sorted(needs))


def _duties(store: Transaction, known: Known, actor: Actor, changes: Sequence[Change]) -> None:
    """The author's shifts around the events that he tells of, however late they arrive."""
    events = {c.clock.corrected for c in changes if by_duty(CATALOGUE.get(c.kind), actor.role)}
    own = known.duties.setdefault(actor.person, {})
    for at in {day(event) for event in events if 0 <= event < FAR_AHEAD}:
        own |= {duty.shift: duty for duty in duties_of(store, actor.person, at)}


def duties_of(store: Transaction, person: str, today: str) -> Duties:
    """A person's shifts of a day and of the day before that were not cancelled."""
    yesterday = date.fromisoformat(today) - timedelta(days=1)
    names = [f"person:{person}/shift/{at}" for at in (yesterday.isoformat(), today)]
    found = questions.in_feeds(store, names)
    return tuple(
        _duty(held)
        for shifts in found.values()
        for held in shifts
        if held.body["state"] != "cancelled"
    )


def _duty(held: Held) -> Duty:
    body = held.body
    crew = body.get("crew")
    return Duty(
        held.id,
        str(body["route"]),
        int(str(body["starts"])),
        int(str(body["ends"])),
        tuple(str(person) for person in crew) if isinstance(crew, list) else (),
    )


def _body(known: Known, change: Change) -> Body:
    held = known.records.get(change.id)
    return dict(held.body) if held else {}


def _lanes(store: Transaction, known: Known, delivery: Delivery) -> None:
    device = delivery.actor.device
    number = questions.device_number(store, device)
    for lane, head in (questions.heads(store, number)).items():
        known.heads[(device, lane)] = head
    for run in delivery.runs:
        _repeats(store, known, device, number, run)


def _repeats(store: Transaction, known: Known, device: str, number: int, run: Run) -> None:
    """The first outcomes of letters that come again or are built upon, and known forks."""
    head = known.heads.get((device, run.lane))
    last = head.last if head else 0
    overs = [
        letter.says.over
        for letter in run.letters
        if isinstance(letter.says, Change) and 0 < letter.says.over < run.first
    ]
    first = min([run.first, *overs])
    if first <= last:
        rows = questions.told(store, number, run.lane, first, last)
        for seq, end, hash_, outcome, code, position, _, record in rows:
            line = OutcomeLine(run.lane, int(seq), OUTCOMES[outcome], code, int(position))
            told = Told(line, name(bytes(record)) if record else "", None)
            for covered in range(int(seq), int(end) + 1):
                known.told[(device, run.lane, covered)] = (told, bytes(hash_).hex())
    opening = run.letters[0].says if run.letters else None
    if isinstance(opening, Change) and run.first > last + 1:
        before = run.first - 1
        if questions.is_fork(store, number, run.lane, before, opening.prev):
            known.forks.add((device, run.lane, before, opening.prev))
