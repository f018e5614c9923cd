"""The wire: one request, one answer, both lines of text (PROTOCOL.md 3 and 4).

An exchange is a message; HTTP is one carrier. A request is a header, letters, an end; an answer
is a header, lines of records and leaves, an end. The end counts the lines between, so that a
message that was cut is known.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from sync.change import Lane
from sync.faults import Fault
from sync.feeds import Grant
from sync.record import Hash, Id, Moment, Whole

PROTOCOL: Final = 1
BYTES_MAX: Final = 1_048_576
LETTERS_MAX: Final = 200
LINE_MAX: Final = 65_536
PAGE_MIN, PAGE_MAX = 4_096, 1_048_576

Head = tuple[Whole, str]
Prefixes = dict[str, dict[str, str]]
ShortText = Annotated[str, Meta(max_length=600)]


class Ask(Struct, frozen=True, forbid_unknown_fields=True):
    """What a device says first. `view` null asks for no records: a deliver-only exchange.

    `letters` are runs of (lane, first number, how many lines). `heads` are the last letter
    written in each lane. `compare` are digests: feed, prefix of `feeds.place`, digest.
    """

    kezek: int
    contract: Annotated[int, Meta(ge=1)]
    device: Id
    epoch: Annotated[str, Meta(max_length=64)]
    turn: Whole
    mark: ShortText
    at: Whole
    open: dict[ShortText, Whole]
    view: Annotated[str, Meta(max_length=64)] | None
    heads: dict[Lane, tuple[Whole, str]]
    letters: Annotated[list[tuple[Lane, Whole, Whole]], Meta(max_length=LETTERS_MAX)]
    authors: list[list[str]]
    compare: dict[ShortText, dict[str, str]]
    limit: Annotated[int, Meta(ge=0, le=2**31)]
    sent: Moment


class OutcomeLine(Struct, frozen=True, array_like=True):
    """What became of one letter: `position` is its place in the ledger, `unseen` is 1 where the
    record is in none of the device's feeds."""

    lane: Lane
    seq: int
    outcome: Literal["applied", "merged", "superseded", "disputed", "parked", "rejected"]
    code: str
    position: int
    unseen: int = 0


class Answer(Struct, frozen=True):
    """What the store says first. `feeds` is null while `view` is the one that was asked with.

    `next`: come again after so many seconds, give or take so many. `limits`: bytes, letters.
    `narrow`: feed, prefix, and either its sixteen children's digests or null, which means that
    the records of that prefix are all in this answer and nothing else belongs there.
    """

    kezek: int
    contract: int
    epoch: str
    turn: int
    mark: str
    now: int
    heads: dict[Lane, Head]
    resume: dict[Lane, int]
    outcomes: list[OutcomeLine]
    view: str | None
    feeds: list[Grant] | None
    at: int
    open: dict[str, int]
    narrow: dict[str, dict[str, list[str] | None]]
    more: bool
    next: tuple[int, int]
    limits: tuple[int, int]


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """A record as an answer gives it; `letter` is the hash of the one that made the version."""

    kind: str
    id: Id
    version: int
    letter: Hash
    body: msgspec.Raw


class _In(Struct, frozen=True, rename={"feeds": "in"}):
    feeds: list[int]
    record: msgspec.Raw


class Out(Struct, frozen=True, rename={"feeds": "out"}):
    """A record left these feeds: `moved`, `erased` or `closed`."""

    feeds: list[int]
    kind: str
    id: Id
    at: int
    why: Literal["moved", "erased", "closed"]


class In(Struct, frozen=True):
    """A record and the feeds (numbers in the view's list) that hold it; `line` is its bytes."""

    feeds: list[int]
    given: Given
    line: bytes


class _End(Struct, frozen=True, forbid_unknown_fields=True):
    end: int
    sig: str = ""


_encoder = msgspec.json.Encoder()
_ask = msgspec.json.Decoder(Ask)
_answer = msgspec.json.Decoder(Answer)
_end = msgspec.json.Decoder(_End)
_in = msgspec.json.Decoder(_In)
_out = msgspec.json.Decoder(Out)
_given = msgspec.json.Decoder(Given)


def write_ask(ask: Ask, letters: list[bytes]) -> bytes:
    """A whole request."""
    end = _encoder.encode(_End(len(letters)))
    return b"\n".join([_encoder.encode(ask), *letters, end, b""])


def read_ask(message: bytes) -> tuple[Ask, list[bytes]]:
    """The header and the lines of letters. Raises Fault: what it raises, nothing was taken."""
    if len(message) > BYTES_MAX:
        raise Fault("too_large", f"{len(message)} bytes")
    head, letters = _lines(message)
    try:
        ask = _ask.decode(head)
    except msgspec.ValidationError as error:
        raise Fault("wrong_shape", str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Fault("not_json", str(error)) from None
    if ask.kezek != PROTOCOL:
        raise Fault("protocol_unknown", str(ask.kezek))
    if _encoder.encode(ask) != head:
        raise Fault("duplicate_key", "header")
    if sum(run[2] for run in ask.letters) != len(letters):
        raise Fault("wrong_shape", "letters: the runs do not count the lines")
    if len(letters) > LETTERS_MAX or any(len(line) > LINE_MAX for line in letters):
        raise Fault("too_large", f"{len(letters)} letters")
    return ask, letters


def _lines(message: bytes) -> tuple[bytes, list[bytes]]:
    """First line and lines between, once the last line has counted them."""
    if not message.endswith(b"\n"):
        raise Fault("cut", "the last line has no end")
    head, *between = message[:-1].split(b"\n")
    try:
        end = _end.decode(between.pop()) if between else _End(-1)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Fault("cut", "no end line") from None
    if end.end != len(between):
        raise Fault("cut", f"{len(between)} lines, the end counts {end.end}")
    return head, between


def write_answer(answer: Answer, lines: list[bytes]) -> bytes:
    """A whole answer; `lines` as `in_line` and `out_line` make them."""
    return b"\n".join([_encoder.encode(answer), *lines, b'{"end":%d}' % len(lines), b""])


def record_line(kind: str, record: str, version: int, letter: str, body: bytes) -> bytes:
    """The record itself, from the letter's own bytes: what is digested, given and kept."""
    return b'{"kind":"%b","id":"%b","version":%d,"letter":"%b","body":%b}' % (
        kind.encode(),
        record.encode(),
        version,
        letter.encode(),
        body,
    )


def in_line(feeds: list[int], record: bytes) -> bytes:
    """A record in these feeds."""
    return b'{"in":[%b],"record":%b}' % (",".join(map(str, feeds)).encode(), record)


def out_line(out: Out) -> bytes:
    """A record that left."""
    return _encoder.encode(out)


def read_answer(message: bytes) -> tuple[Answer, list[In | Out]]:
    """The header and what it brings. Raises Fault("cut") unless the whole answer is there."""
    head, lines = _lines(message)
    try:
        return _answer.decode(head), [_line(line) for line in lines]
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Fault("cut", "the answer is not one of this protocol's") from None


def _line(line: bytes) -> In | Out:
    if line.startswith(b'{"out":'):
        return _out.decode(line)
    read = _in.decode(line)
    raw = bytes(read.record)
    return In(read.feeds, _given.decode(raw), raw)
