"""What a notice says: a code and an id. The device has the words, in the language of its person."""

import hashlib
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from server.clock import HOUR, MINUTE

Code = Literal["backup", "assist", "shift_new", "shift_changed", "shift_cancelled", "test"]
State = Literal["queued", "sent", "shown", "opened", "expired", "dropped"]

LIFE: Final[dict[Code, int]] = {
    "backup": HOUR,
    "assist": 12 * HOUR,
    "shift_new": 24 * HOUR,
    "shift_changed": 24 * HOUR,
    "shift_cancelled": 24 * HOUR,
    "test": 5 * MINUTE,
}
"""How long (ms) it is worth telling; a push service keeps it for no longer (TTL)."""

URGENT: Final[frozenset[Code]] = frozenset({"backup", "shift_changed", "shift_cancelled", "test"})
"""What may wake a sleeping phone (Urgency: high)."""

PAYLOAD_MAX: Final = 3_000  # bytes; push services take 4,096 after encryption (RFC 8030, 7.2)
TOPIC_LENGTH: Final = 32  # RFC 8030, 5.4


class Notice(Struct, frozen=True):
    """Something to be told to one person, on each of his devices.

    `fact` is what it is about, the same however often it is worked out: one fact is told once to
    a device. Of the notices with one `about` only the latest matters.
    """

    fact: str
    about: str
    person: str
    code: Code
    kind: str
    record: str
    made: int
    expires: int

    @property
    def urgency(self) -> str:
        return "high" if self.code in URGENT else "normal"

    @property
    def topic(self) -> str:
        """The name under which a push service lets the later notice take the earlier one's place.

        It is a hash: a topic travels in the open.
        """
        return topic_of(self.about)


def topic_of(about: str) -> str:
    return hashlib.sha256(about.encode()).hexdigest()[:TOPIC_LENGTH]


def payload(row: Any, language: str) -> bytes:
    """What the device decrypts: no name, no place, no text. `row` is a row of the queue."""
    said = msgspec.json.encode(
        {
            "notice": row.id,
            "code": row.code,
            "kind": row.kind,
            "record": row.record,
            "tag": row.topic,
            "made": row.made,
            "expires": row.expires,
            "language": language,
        }
    )
    assert len(said) <= PAYLOAD_MAX
    return said
