"""Bugs that are planted in a copy of the tree, for the simulation and for the vectors to find.

Most of those in Python were real once: the simulation found them, and this is how they stood.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[2]
SEEDS: Final = 3_000
"""Within so many histories each must be found."""


class Bug(NamedTuple):
    """What to write instead in one file; the places must be there exactly once."""

    file: str
    swaps: tuple[tuple[str, str], ...]


def _bug(file: str, *swaps: str) -> Bug:
    return Bug(file, tuple(zip(swaps[::2], swaps[1::2], strict=True)))


DONE_WITH: Final = 'done_with = entry.outcome not in REFUSED or entry.answered != ""'
IN_WORLD: Final[dict[str, Bug]] = {
    "a refused letter settles by itself": _bug(
        "sync/replica.py", DONE_WITH, "done_with = True"
    ),
    "a number is given twice": _bug(
        "sync/outbox.py", "lane: (seq + 1, name)", "lane: (seq, name)"
    ),
    "a device's own letters conflict": _bug(
        "sync/merge.py", " or last.origin == change.origin", ""
    ),
    "the device's clock is believed": _bug(
        "sync/change.py", "return self.at + self.offset", "return self.at"
    ),
    "an answer to another turn is believed": _bug(
        "sync/replica.py", "if answer.turn != state.turn:", "if answer.turn > state.turn:"
    ),
    "one answer is heard twice": _bug(
        "sync/replica.py", "turn=state.turn + 1,", "turn=state.turn,"
    ),
    "the tail forgets before it offers again": _bug(
        "sync/replica.py",
        "and held(entry) and (read", "and (read",
        "if held(e) and not calls(e)", "if not calls(e)",
    ),
    "another epoch is never compared with": _bug(
        "sync/replica.py", "if after.doubt and whole:", "if after.doubt and not whole:"
    ),
    "what waits below the store's head stays at home": _bug(
        "sync/outbox.py",
        "number = min(state.taken.get(lane, 0) + 1, waiting)",
        "number = state.taken.get(lane, 0) + 1",
    ),
    "the cursor passes what was not given": _bug(
        "server/ledger/reading.py",
        "                return done, room", "                return until, room",
    ),
    "a record that left is still a fact": _bug(
        "server/ledger/questions.py", "if number in _numbers.decode(filed):", "if filed:"
    ),
    "nobody is told of a leave": _bug(
        "server/ledger/saving.py",
        "for number in {*feeds[record], *left}", "for number in feeds[record]",
    ),
    "a new epoch begins without a gap": _bug(
        "server/ledger/epoch.py", "GAP: Final = 1_000_000", "GAP: Final = 0"
    ),
    "a mark names the newest version only": _bug(
        "server/ledger/questions.py",
        "SELECT position, hash FROM revision ORDER BY position DESC LIMIT 1",
        "SELECT position, hash FROM revision WHERE made > 0 ORDER BY position DESC LIMIT 1",
    ),
    "the search for poison cuts groups": _bug(
        "server/ledger/writer.py",
        "if n == len(groups) or group is None or group.n == group.of", "if n",
    ),
    "half of a group stands": _bug(
        "server/ledger/batch.py", "self.changed, self.feeds, self.known.facts = undo", "pass"
    ),
    "nobody is taken up again": _bug(
        "server/ledger/batch.py", "moved = record in self.known.parked", "moved = False"
    ),
    "a letter over a void one stands": _bug(
        "server/ledger/batch.py", ' and line.code != "void"', ""
    ),
    "a feed that a restored store never had is not compared": _bug(
        "server/ledger/reading.py",
        "if feed not in self._granted:", "if self._numbers.get(feed, -1) not in self._index:",
    ),
    "facts are those of before the batch": _bug(
        "server/ledger/batch.py", "if feed not in self.known.facts:", "if not feed:",
        "return self.known.facts[feed]", "return self.known.facts.get(feed, [])",
    ),
    "nothing is built on a letter without a version": _bug(
        "server/ledger/questions.py", "made > 0 OR outcome = :applied OR outcome = :merged",
        "made > 0 OR (made > 0 AND :applied < 0 AND :merged < 0)",
    ),
}  # fmt: skip
IN_VECTORS: Final[dict[str, Bug]] = {
    "the phone: an answer to another turn is believed": _bug(
        "client/src/sync/replica.ts",
        "if (answer.turn !== state.turn) return null;",
        "if (answer.turn > state.turn) return null;",
    ),
    "the phone: the tail forgets before it offers again": _bug(
        "client/src/sync/replica.ts",
        "!done_with || !held(entry) ||", "!done_with ||",
        "held(entry) && !calls(entry)", "!calls(entry)",
    ),
    "the phone: a group is parted": _bug(
        "client/src/sync/outbox.ts",
        "return !group || group.n === group.of;", "return !group || group.n > 0;",
    ),
    "the phone: keys in the order of JavaScript": _bug(
        "client/src/sync/letter.ts",
        ".sort(([a], [b]) => by_code_point(a, b))", ".sort(([a], [b]) => (a < b ? -1 : 1))",
    ),
    "the phone: what waits below the store's head stays at home": _bug(
        "client/src/sync/outbox.ts",
        "Math.min((state.taken[lane] ?? 0) + 1, waiting)", "(state.taken[lane] ?? 0) + 1",
    ),
}  # fmt: skip
BUGS: Final = IN_WORLD | IN_VECTORS


def planted(name: str, folder: Path) -> None:
    """A copy of what the bug needs, with the bug in it."""
    for part in ("sync", "server", "tests", "client/src"):
        keep = shutil.ignore_patterns("__pycache__", "node_modules", "journeys", "bench")
        shutil.copytree(ROOT / part, folder / part, ignore=keep)
    bug = BUGS[name]
    source = (folder / bug.file).read_text(encoding="utf-8")
    for old, new in bug.swaps:
        assert source.count(old) == 1, f"the place for {name!r} has moved"
        source = source.replace(old, new)
    (folder / bug.file).write_text(source, encoding="utf-8")


def caught(name: str, seeds: int = SEEDS) -> str:
    """How a planted bug was found; '' if it was not."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        planted(name, folder)
        return _by_vectors(folder) if name in IN_VECTORS else _by_world(folder, seeds)


def _by_world(folder: Path, seeds: int) -> str:
    command = [sys.executable, "-m", "tests.world.simulate", "--stop", "--seeds", str(seeds)]
    run = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PLANTED": ""},
        capture_output=True,
        text=True,
        timeout=1_800,
    )
    found = [line for line in run.stdout.splitlines() if line.startswith("seed ")]
    return found[0] if run.returncode == 1 and found else ""


def _by_vectors(folder: Path) -> str:
    """The same settings as the client's own tests have, over the copy."""
    (folder / "client/node_modules").symlink_to(ROOT / "client/node_modules")
    (folder / "tests/node_modules").symlink_to(ROOT / "client/node_modules")
    for file in ("vitest.config.ts", "package.json", "tsconfig.json"):
        shutil.copy(ROOT / "client" / file, folder / "client")
    vitest = str(ROOT / "client/node_modules/.bin/vitest")
    report = folder / "report.json"
    command = [vitest, "run", "tests/client/sync", "--reporter=json", f"--outputFile={report}"]
    run = subprocess.run(
        command, cwd=folder / "client", capture_output=True, text=True, timeout=600
    )
    found = [
        test["title"]
        for file in json.loads(report.read_text(encoding="utf-8"))["testResults"]
        for test in file["assertionResults"]
        if test["status"] == "failed"
    ]
    return found[0] if run.returncode == 1 and found else ""
