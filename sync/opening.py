"""What is read beside the exchange: why somebody opens a record, and what is noted of a look."""

from enum import StrEnum
from typing import Final, Literal

from msgspec import Struct

from sync.faults import Fault
from sync.kind import Kind
from sync.record import Body, Label


class Purpose(StrEnum):
    """Why a record is opened: a closed list, so that an auditor can count."""

    REVIEW = "review"
    DISPATCH = "dispatch"
    COMPLAINT = "complaint"
    COURT = "court"
    OVERSIGHT = "oversight"
    OTHER = "other"


class Reason(Struct, frozen=True, forbid_unknown_fields=True):
    """A purpose, and words of one's own where it is `other`."""

    purpose: str = ""
    words: Label = ""


What = Literal["open", "history", "accesses", "refused"]


class Access(Struct, frozen=True):
    """One look at something. `owner` is the person whose record it is, as far as is known."""

    what: What
    kind: str = ""
    record: str = ""
    owner: str = ""
    reason: Reason = Reason()


OPEN_MS: Final = 15 * 60 * 1000
"""For so long after opening a record the same person may read its history, too (our own choice)."""


def stated(reason: Reason) -> Reason:
    """The reason, put in order. Raises Fault("purpose_missing") where it says nothing."""
    words = " ".join(reason.words.split())
    if reason.purpose not in list(Purpose) or (reason.purpose == Purpose.OTHER and not words):
        raise Fault("purpose_missing")
    return Reason(reason.purpose, words)


def owner_of(kind: Kind, record: str, body: Body) -> str:
    """The person whose own record it is; of a person's public part, that person."""
    if kind.owner:
        return str(body.get(kind.owner) or "")
    return record if ("person", "id") in kind.filed else ""
