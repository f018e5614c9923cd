"""What an actor may read now, worked out once for as long as nothing that it depends on moves."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from server.clock import HOUR, day
from server.ledger import questions
from server.ledger.connections import Transaction
from server.ledger.known import duties_of
from sync.catalogue import CATALOGUE
from sync.feeds import Grant, granted, view_of
from sync.roles import Actor

DISTRICTS: Final = "city/district/-"
MOST_REMEMBERED: Final = 20_000
Granted = tuple[list[Grant], str]


class Grants:
    """Grants and the name of their list, by actor.

    Memory is believed only while the store says, in the same moment as it is read, that the
    districts and the person's own shifts are as they were, and while the hour is the same.
    """

    def __init__(self) -> None:
        self._known: dict[Actor, tuple[object, Granted]] = {}

    def of(self, store: Transaction, actor: Actor, now: int, feeds: Mapping[str, int]) -> Granted:
        """The one answer for exchanges and for every other read."""
        today = day(now)
        yesterday = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
        own = [f"person:{actor.person}/shift/{at}" for at in (yesterday, today)]
        numbers = [feeds.get(name, 0) for name in (DISTRICTS, *own)]
        stamp = (now // HOUR, questions.moved(store, numbers))
        kept = self._known.get(actor)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        found = self._work_out(store, actor, now, today)
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[actor] = (stamp, found)
        return found

    def _work_out(self, store: Transaction, actor: Actor, now: int, today: str) -> Granted:
        codes = districts(store)
        duties = duties_of(store, actor.person, today)
        grants = granted(actor, duties, CATALOGUE.values(), codes, today, now)
        return grants, view_of(grants)


def districts(store: Transaction) -> Sequence[str]:
    """The codes of the city's districts, in order."""
    held = questions.in_feeds(store, [DISTRICTS])[DISTRICTS]
    return sorted(str(district.body["code"]) for district in held)
