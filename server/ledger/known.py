"""What a batch has to know before it decides, read in as few questions as there are sorts."""

from collections.abc import Sequence
from datetime import date, timedelta

from server.ledger import questions
from server.ledger.batch import Delivery, Known, Run, Told
from server.ledger.connections import Transaction
from server.ledger.marks import StoreWentBack
from server.ledger.rows import OUTCOMES, name
from sync.catalogue import CATALOGUE
from sync.change import Change, Held
from sync.exchange import OutcomeLine
from sync.record import Body
from sync.rights import Duties, Duty


def learn(store: Transaction, known: Known, deliveries: Sequence[Delivery]) -> None:
    """Fill `known` for these deliveries."""
    for delivery in deliveries:
        _lanes(store, known, delivery)
        person = delivery.actor.person
        if person not in known.duties:
            known.duties[person] = duties_of(store, person, known.day)
    changes = [
        letter.says
        for delivery in deliveries
        for run in delivery.runs
        for letter in run.letters
        if isinstance(letter.says, Change)
    ]
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
    needs = {
        feed
        for change in changes
        if (kind := CATALOGUE.get(change.kind))
        for feed in kind.needs({**_body(known, change), **change.set})
    }
    known.facts = questions.in_feeds(store, sorted(needs))


def duties_of(store: Transaction, person: str, today: str) -> Duties:
    """A person's shifts of yesterday and today that were not cancelled."""
    yesterday = date.fromisoformat(today) - timedelta(days=1)
    names = [f"person:{person}/shift/{day}" for day in (yesterday.isoformat(), today)]
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
