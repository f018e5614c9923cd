"""The oracle's book: what must have become of each letter, worked out once more from PROTOCOL.md.

It reads the rows that the store has written, in the order of their positions, judges each letter by
itself, and complains wherever the store said or did something else.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

from server.clock import day
from sync.roles import Actor
from tests.world import reach
from tests.world.reach import Duty
from tests.world.rules import ATOMS, Laid, Stamp, knows, lay, stamp

WAITING: Final = ("base_ahead", "over_refused")
LANES: Final = ("urgent", "work")
OUTCOMES: Final = ("applied", "merged", "superseded", "disputed", "parked", "rejected")
REFUSED: Final = ("parked", "rejected")
NEEDED: Final[dict[str, set[str]]] = {
    "violation": {"offence", "article", "officer", "district", "happened", "measure"},
    "subject": {"violation", "officer", "district"},
    "assist": {"member", "formation", "district", "happened", "activity"},
    "shift": {"person", "route", "district", "day", "starts", "ends", "crew", "state"},
}
Says = Mapping[str, Any]


class Row(NamedTuple):
    """One row of the store's memory of letters."""

    position: int
    device: str
    lane: str
    seq: int
    last: int
    outcome: str
    code: str
    made: int
    arrived: int
    hash: str
    line: bytes


class Rec(NamedTuple):
    """A record as it must stand."""

    kind: str
    id: str
    version: int
    letter: str
    body: dict[str, Any]
    stamps: dict[str, Stamp]
    day: str
    feeds: frozenset[str]
    line: str


class Verdict(NamedTuple):
    """What must have become of a letter, and the record as it must then be."""

    outcome: str
    code: str = ""
    after: Rec | None = None


class Book:
    """What is true of one store. `rules` counts the merge rules that decided something."""

    def __init__(self, people: Mapping[str, Actor]) -> None:
        self.people = dict(people)
        self.records: dict[str, Rec] = {}
        self.rows: dict[tuple[str, str, int], Row] = {}
        self.lanes: dict[tuple[str, str], tuple[int, str, bool]] = {}
        self.hash_at: dict[int, str] = {}
        self.places: dict[tuple[str, str], int] = {}
        self.hashes: set[str] = set()
        self.poison: set[str] = set()
        self.contract = 1
        self.head = 0
        self.rules: Counter[str] = Counter()

    def copy(self) -> "Book":
        """As it is now; what stands in it is never changed, only replaced."""
        other = Book(self.people)
        for name, value in vars(self).items():
            keeps = name in ("rules", "poison", "people")
            setattr(other, name, value.copy() if hasattr(value, "copy") and not keeps else value)
        return other

    def read(self, rows: Sequence[Row]) -> list[str]:
        """Take in what the store has written since; what is wrong with it."""
        wrong = [*self._chained(rows)]
        index = 0
        while index < len(rows):
            members = self._members(rows, index)
            wrong += self._judge_all(members)
            index += len(members)
        return wrong

    def duties(self, person: str, days: Sequence[str] = ()) -> list[Duty]:
        """Somebody's shifts that were not cancelled; of those days, if days are told."""
        found = []
        for rec in self.records.values():
            body = rec.body
            if rec.kind == "shift" and body["person"] == person and body["state"] != "cancelled":
                crew = tuple(body["crew"])
                found.append(Duty(body["route"], body["day"], body["starts"], body["ends"], crew))
        return [duty for duty in found if not days or duty.day in days]

    def districts(self) -> list[str]:
        return [rec.body["code"] for rec in self.records.values() if rec.kind == "district"]

    def _chained(self, rows: Sequence[Row]) -> list[str]:
        """I4: the numbers of a lane have no holes, and each letter names the one before [2.4]."""
        wrong = []
        for row in sorted(rows, key=lambda r: (r.device, r.lane, r.seq)):
            if (row.device, row.lane, row.seq) in self.rows:
                continue
            last, hash_, loose = self.lanes.get((row.device, row.lane), (0, "", False))
            says = parsed(row.line)
            if row.seq != last + 1:
                wrong.append(f"I4 number {row.seq} follows {last} in {row.lane}")
            if says and "prev" in says and not loose and says["prev"] != hash_:
                wrong.append(f"I4 number {row.seq} of {row.lane} does not follow the one before")
            loose = says is None or "void" in says
            self.lanes[(row.device, row.lane)] = (row.last, row.hash, loose)
        return wrong

    def _members(self, rows: Sequence[Row], index: int) -> Sequence[Row]:
        """The rows of one group, or one row."""
        says = parsed(rows[index].line)
        group = (says or {}).get("group")
        if not group or self._knows(rows[index]):
            return rows[index : index + 1]
        members = rows[index : index + group["of"]]
        whole = len(members) == group["of"] and all(
            (parsed(row.line) or {}).get("group") == {**group, "n": n}
            and (row.position, row.seq) == (members[0].position + n - 1, members[0].seq + n - 1)
            for n, row in enumerate(members, 1)
        )
        return members if whole else members[:1]

    def _knows(self, row: Row) -> bool:
        return (row.device, row.lane, row.seq) in self.rows

    def _judge_all(self, members: Sequence[Row]) -> list[str]:
        wrong: list[str] = []
        before, rules = dict(self.records), Counter(self.rules)
        verdicts = []
        for row in members:
            wrong += self._again(row)
            verdict = self.judge(row, len(members))
            verdicts.append(verdict)
            self._enter(row, verdict)
        refused = [v for v in verdicts if v.outcome in REFUSED]
        if not refused and any(v.after and v.after.id in self.poison for v in verdicts):
            self.records = before
            verdicts = [Verdict("parked", "handler_failed") for _ in verdicts]
        if refused and len(members) > 1:
            self.records = before
            self.rules.clear()
            self.rules.update(rules)
            kept = "parked" if any(v.outcome == "parked" for v in refused) else "rejected"
            verdicts = [
                Verdict(kept, v.code if v in refused else "group_refused") for v in verdicts
            ]
        for row, verdict in zip(members, verdicts, strict=True):
            if (row.outcome, row.code) != verdict[:2]:
                wrong.append(
                    f"I6 number {row.seq} of {row.lane}: the store says {row.outcome} "
                    f"{row.code or '-'}, the protocol {verdict.outcome} {verdict.code or '-'}"
                )
            if bool(row.made) != (verdict.after is not None):
                wrong.append(f"I1 number {row.seq} of {row.lane} makes a version or not")
            self._settle(row, verdict)
        return wrong

    def _again(self, row: Row) -> list[str]:
        """A first outcome stands for ever, but for what waited and is taken up [5.1, 5.9]."""
        old = self.rows.get((row.device, row.lane, row.seq))
        if row.position <= self.head:
            return [f"I4 position {row.position} is given after {self.head}"]
        self.head = row.position
        if old is None:
            return []
        self.hash_at.pop(old.position, None)
        if (old.outcome, old.hash) != ("parked", row.hash) or old.code not in WAITING:
            return [f"I3 number {row.seq} of {row.lane} was {old.outcome} and became {row.outcome}"]
        return []

    def _enter(self, row: Row, verdict: Verdict) -> None:
        self.rows[(row.device, row.lane, row.seq)] = row._replace(outcome=verdict.outcome)
        if verdict.after is not None:
            self.records = {**self.records, verdict.after.id: verdict.after}

    def _settle(self, row: Row, verdict: Verdict) -> None:
        self.rows[(row.device, row.lane, row.seq)] = row
        self.hash_at[row.position] = row.hash
        self.hashes.add(row.hash)
        says = parsed(row.line)
        if says and "void" not in says and verdict.outcome in ("applied", "merged"):
            self.places[(says["id"], row.hash)] = row.position
        if verdict.after is not None:
            self.places[(verdict.after.id, row.hash)] = row.position

    def judge(self, row: Row, members: int = 1) -> Verdict:
        """What must become of a letter [5.4 to 5.9]."""
        says = parsed(row.line)
        if says is None:
            return Verdict("parked", row.code if row.code == "not_canonical" else "unreadable")
        if "void" in says:
            return Verdict("applied", "void")
        if says["contract"] > self.contract:
            return Verdict("parked", "contract_newer")
        if says["group"] and says["group"]["of"] != members:
            return Verdict("parked", "group_broken")
        if says["author"] != self.people[row.device].person:
            return Verdict("parked", "author_foreign")
        if says["over"] and not self._taken(row, says["over"]):
            return Verdict("parked", "over_refused")
        if not knows(says["kind"], says):
            return Verdict("rejected", "field_unknown")
        if not says["base"] and not says["over"]:
            return self._created(row, says)
        return self._changed(row, says)

    def _taken(self, row: Row, over: int) -> bool:
        under = self.rows.get((row.device, row.lane, over))
        return under is not None and under.outcome not in REFUSED and under.code != "void"

    def _created(self, row: Row, says: Says) -> Verdict:
        if says["id"] in self.records:
            return Verdict("rejected", "record_exists")
        body, mine = dict(says["set"]), stamp(says, row.position)
        code = self._refused(row, says, [body], mine) or self._broken(
            says["kind"], says["id"], body
        )
        if code:
            return Verdict("rejected", code)
        stamps = dict.fromkeys(ATOMS[says["kind"]], mine)
        return Verdict("applied", "", _rec(row, says, body, stamps, day(row.arrived)))

    def _changed(self, row: Row, says: Says) -> Verdict:
        rec, base = self.records.get(says["id"]), self._base(says)
        if rec is None or base is None:
            return Verdict("parked", "base_ahead")
        mine = stamp(says, row.position)
        laid = lay(rec.kind, rec.body, rec.stamps, says, base, mine)
        if laid.wrong_step:
            return Verdict("rejected", "wrong_step")
        code = self._refused(row, says, [rec.body, laid.body], mine)
        if not code and rec.kind == "violation" and rec.body.get("signed"):
            code = "" if {*laid.took} <= {"review", "backup"} else "signed"
        if code:
            return Verdict("rejected", code)
        code = self._broken(rec.kind, rec.id, laid.body)
        if code:
            kept = ("disputed", "merged_invalid") if laid.moved else ("rejected", code)
            return Verdict(*kept)
        self.rules.update(laid.rules)
        stamps = {**rec.stamps, **dict.fromkeys(laid.took, mine)}
        after = _rec(row, says, laid.body, stamps, rec.day) if laid.took else None
        return Verdict(*_outcome(laid), after)

    def _base(self, says: Says) -> int | None:
        """The base is found by its hash, wherever the store has it now [5.9]."""
        if says["base"] == 0 or self.hash_at.get(says["base"]) == says["base_hash"]:
            return int(says["base"])
        return self.places.get((says["id"], says["base_hash"]))

    def _refused(self, row: Row, says: Says, bodies: list[Any], mine: Stamp) -> str:
        actor = self.people[row.device]
        touched = {*says["set"], *says["add"], *says["take"]}
        duties = self.duties(actor.person)
        return reach.refusal(actor, says["kind"], touched, bodies, duties, mine)

    def _broken(self, kind: str, record: str, body: Mapping[str, Any]) -> str:
        """The wrong values that this world's people write, and a person in two places at once."""
        if not NEEDED.get(kind, set()) <= body.keys():
            return "field_wrong"
        if kind == "violation" and body["measure"] not in ("remark", "warning", "protocol"):
            return "field_wrong"
        if kind != "shift":
            return ""
        if not body["starts"] < body["ends"] <= body["starts"] + 24 * reach.HOUR:
            return "field_wrong"
        clash = any(
            other.id != record
            and other.kind == "shift"
            and (other.body["person"], other.body["day"]) == (body["person"], body["day"])
            and "cancelled" not in (other.body["state"], body["state"])
            and body["starts"] < other.body["ends"]
            and other.body["starts"] < body["ends"]
            for other in self.records.values()
        )
        return "double_booked" if clash else ""


def _outcome(laid: Laid) -> tuple[str, str]:
    """The outcome that tells how much of a letter stands [6.3]."""
    if laid.asked:
        return "disputed", "ask"
    if not laid.moved:
        return "applied", ""
    if not laid.took:
        return "superseded", "lost"
    return "merged", "lost" if laid.lost else "moved"


def _rec(
    row: Row, says: Says, body: dict[str, Any], stamps: dict[str, Stamp], first_day: str
) -> Rec:
    kind, record = says["kind"], says["id"]
    feeds = reach.feeds_of(kind, record, body, first_day)
    line = (
        f'{{"kind":"{kind}","id":"{record}","version":{row.position},"letter":"{row.hash}",'
        f'"body":{canonical(body)}}}'
    )
    return Rec(kind, record, row.position, row.hash, body, stamps, first_day, feeds, line)


def canonical(value: Any) -> str:
    """The one form of a body [2.2]."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@lru_cache(4_096)
def parsed(line: bytes) -> dict[str, Any] | None:
    """What a line says; None where it is no letter any more."""
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return said


def named(line: bytes) -> str:
    """The hash of a letter [2.3]."""
    return sha256(line).hexdigest()
