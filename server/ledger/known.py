"""What a batch has to know before it decides, read in as few questions as there are sorts."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from server.ledger import questions
from server.ledger.batch import Delivery, Known, Run, Told
from server.ledger.rows import OUTCOMES, name
from sync.catalogue import CATALOGUE
from sync.change import Change
from sync.exchange import OutcomeLine
from sync.record import Body


async def learn(connection: AsyncConnection, known: Known, deliveries: Sequence[Delivery]) -> None:
    """Fill `known` for these deliveries."""
    for delivery in deliveries:
        await _lanes(connection, known, delivery)
    changes = [
        letter.says
        for delivery in deliveries
        for run in delivery.runs
        for letter in run.letters
        if isinstance(letter.says, Change)
    ]
    found = await questions.records(connection, {change.id for change in changes})
    known.records = {record: held for record, (held, _) in found.items()}
    known.filed = {record: feeds for record, (_, feeds) in found.items()}
    bases = {change.base for change in changes if change.base}
    known.hashes = await questions.hashes(connection, sorted(bases))
    needs = {
        feed
        for change in changes
        if (kind := CATALOGUE.get(change.kind))
        for feed in kind.needs({**_body(known, change), **change.set})
    }
    known.facts = await questions.in_feeds(connection, sorted(needs))


def _body(known: Known, change: Change) -> Body:
    held = known.records.get(change.id)
    return dict(held.body) if held else {}


async def _lanes(connection: AsyncConnection, known: Known, delivery: Delivery) -> None:
    device = delivery.actor.device
    number = await questions.device_number(connection, device)
    for lane, head in (await questions.heads(connection, number)).items():
        known.heads[(device, lane)] = head
    for run in delivery.runs:
        await _repeats(connection, known, device, number, run)


async def _repeats(
    connection: AsyncConnection, known: Known, device: str, number: int, run: Run
) -> None:
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
        rows = await questions.told(connection, number, run.lane, first, last)
        for seq, end, hash_, outcome, code, position, _, record in rows:
            line = OutcomeLine(run.lane, int(seq), OUTCOMES[outcome], code, int(position))
            told = Told(line, name(bytes(record)) if record else "", None)
            for covered in range(int(seq), int(end) + 1):
                known.told[(device, run.lane, covered)] = (told, bytes(hash_).hex())
    opening = run.letters[0].says if run.letters else None
    if isinstance(opening, Change) and run.first > last + 1:
        before = run.first - 1
        if await questions.is_fork(connection, number, run.lane, before, opening.prev):
            known.forks.add((device, run.lane, before, opening.prev))
