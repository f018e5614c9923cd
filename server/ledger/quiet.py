"""Most exchanges bring nothing and fetch nothing: these are answered without asking the store.

That is safe only while nobody writes, in this process or another. SQLite counts the commits of
all others for each connection (`PRAGMA data_version`); reading that number takes a microsecond.
A store that has no such number is asked each time.
"""

from typing import Final

from msgspec import Struct, structs

from server.clock import HOUR
from sync.exchange import Answer, Ask
from sync.roles import Actor

MOST_REMEMBERED: Final = 20_000


class _Kept(Struct, frozen=True):
    """An answer that said *nothing new*, to what, and when it was true."""

    ask: Ask
    answer: Answer
    beat: int
    hour: int


class Quiet:
    """Remembers for each actor the last answer that brought nothing."""

    def __init__(self) -> None:
        self._kept: dict[Actor, _Kept] = {}

    def again(self, actor: Actor, ask: Ask, beat: int | None, now: int) -> Answer | None:
        """The same answer for a new turn, if nothing that it rests on can have changed."""
        kept = self._kept.get(actor)
        if kept is None or (kept.beat, kept.hour) != (beat, now // HOUR):
            return None
        if _apart(ask, kept.answer.mark) != _apart(kept.ask, kept.answer.mark):
            return None
        return structs.replace(kept.answer, turn=ask.turn, now=now)

    def keep(self, actor: Actor, ask: Ask, answer: Answer, beat: int | None) -> None:
        """Remember an answer if it brought nothing to somebody who had all."""
        brought = answer.outcomes or answer.narrow or answer.resume or answer.more or answer.open
        if beat is None or brought or ask.letters or ask.compare or ask.open:
            return
        if (ask.epoch, ask.at, ask.view) != (answer.epoch, answer.at, answer.view):
            return
        if len(self._kept) >= MOST_REMEMBERED:
            self._kept.clear()
        self._kept[actor] = _Kept(ask, answer, beat, answer.now // HOUR)


def _apart(ask: Ask, mark: str) -> Ask:
    """What was asked, but for what differs from turn to turn."""
    return structs.replace(ask, turn=0, sent=0, mark="" if ask.mark == mark else ask.mark)
