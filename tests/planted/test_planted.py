"""Bugs that we plant ourselves: each must make the test fail that is there to find it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Bug(NamedTuple):
    """What to write instead, file by file, and who must notice."""

    swaps: dict[str, list[tuple[str, str]]]
    test: str


BY_THE_CLOCK = "max(*questions.head(store), __import__('time').time_ns() // 1000)"
EARLY = """        self._early = group
        try:
"""
WRITE = "            receipts = await self._write([w."
TOO_SOON = """            for waiting, receipt in zip(self._early, receipts):
                waiting.done.set_result(receipt)
"""
OPEN_NOTED = '    await watch.note(who, Access("open", kind, record, look.owner, reason))\n'
NOT_WRITTEN = '            raise ComeAgain("later", LATER_S) from None'
BUGS = {
    "drop-outcome-check": Bug(
        {"sync/replica.py": [("entry.outcome not in REFUSED or", "True or")]},
        "test_writer.py::test_a_refused_letter_stays_with_its_author",
    ),
    "reuse-seq": Bug(
        {"sync/outbox.py": [("lane: (seq + 1, name)", "lane: (seq, name)")]},
        "test_ledger.py::test_a_hole_is_answered_with_the_number_to_resume_from",
    ),
    "ack-before-commit": Bug(
        {
            "server/ledger/writer.py": [
                ("        try:\n            receipts = await self._write([w.", EARLY + WRITE),
                (
                    "            return receipts, save(",
                    TOO_SOON + "            return receipts, save(",
                ),
            ]
        },
        "test_writer.py::test_nobody_is_told_stored_before_it_is_on_disk",
    ),
    # Two workers that do not take turns, and take their numbers from the clock.
    "late-position": Bug(
        {
            "server/ledger/connections.py": [
                ('            sync.execute(TAKE_TURNS, {"lock": LOCK})\n', "")
            ],
            "server/ledger/writer.py": [("max(questions.head(store))", BY_THE_CLOCK)],
        },
        "test_writer.py::test_two_workers_give_positions_in_the_order_of_commits",
    ),
    "cursor-before-rows": Bug(
        {
            "server/ledger/reading.py": [
                ("return (until if whole else done), room", "return until, room")
            ]
        },
        "test_writer.py::test_a_page_never_passes_what_it_did_not_give",
    ),
    "opened-unnoted": Bug(
        {"server/ledger/looking.py": [(OPEN_NOTED, "")]},
        "test_oversight.py::test_opening_is_noted",
    ),
    "shown-though-not-noted": Bug(
        {"server/oversight/access_log.py": [(NOT_WRITTEN, "            return")]},
        "test_oversight.py::test_what_cannot_be_noted_is_not_shown",
    ),
    "every-district-opened": Bug(
        {"sync/catalogue.py": [('("SUP", "O", DISTRICT),', '("SUP", "O", ALL),')]},
        "test_reading_rights.py::test_what_each_role_reads",
    ),
}


@pytest.mark.needs_postgresql
@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_found(name: str, tmp_path: Path) -> None:
    bug = BUGS[name]
    for folder in ("sync", "server", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, swaps in bug.swaps.items():
        source = (tmp_path / file).read_text()
        for old, new in swaps:
            assert source.count(old) == 1, f"the place for {name} has moved"
            source = source.replace(old, new)
        (tmp_path / file).write_text(source)

    command = [sys.executable, "-m", "pytest", "-q", "-x", f"tests/server/{bug.test}"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    run = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )

    assert run.returncode == 1, run.stdout
    assert f"FAILED tests/server/{bug.test}" in run.stdout
