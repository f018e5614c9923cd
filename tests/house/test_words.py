"""Names and words that do not belong here, in any file of any language."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, TEXT, files, read

TOP = {
    "pyproject.toml", "server", "client", "sync", "tests", "Makefile", "README.md", "LICENSE",
    "docs", "build", "var", "kezek.egg-info",
}  # fmt: skip
NOT_NAMES = {"util", "utils", "helper", "helpers", "manager", "service", "services", "common"}

# The patterns are put together from pieces: this file obeys the rules too.
FORBIDDEN = {
    "reads the workplace's shelf": re.compile(r"(\.\./|/)" + "shared" + r"(/|\b)"),
    "a path of one machine": re.compile("/(" + "work" + "/main|" + "root" + "/|home" + r"/[a-z])"),
    "a registry's host": re.compile(
        r"\b(registry\.|)(" + "pypi" + r"\.org|npm" + r"js\.(org|com)|python" + r"hosted\.org)"
        "|" + "registry" + r"\.[a-z]+\.[a-z]+"
    ),
    "work put off": re.compile(r"\b(" + "TO" + "DO|FIX" + r"ME|XX" + r"X)\b"),
    "a check silenced without a reason": re.compile(
        r"type: " + r"ignore(?!\[[\w, -]+\]  ?#)|@ts-" + r"(ignore|nocheck)"
    ),
    "a test skipped without a reason": re.compile(
        r"pytest\.mark\.skip(?!\w|\(.*reason=)|pytest\." + r"skip\(\)|\b(it|test|describe)\."
        r"(skip|only|todo)\b"
    ),
}
SOURCES = [path for path in files() if path.suffix in TEXT and path.name != "package-lock.json"]


def faults(source: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(source)]


def is_badly_named(path: Path) -> bool:
    return any(part.split(".")[0].lower() in NOT_NAMES for part in path.parts)


def test_there_was_something_to_look_at() -> None:
    assert len(SOURCES) > 20


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_forbidden_word(path: Path) -> None:
    assert faults(read(path)) == []


def test_a_file_is_named_for_what_it_is() -> None:
    assert [path for path in files() if is_badly_named(path)] == []


def test_the_top_level_is_as_agreed() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert names - TOP == set()


def test_the_locks_name_no_place() -> None:
    locks = [*files(".txt", under=".lock"), Path("client/package-lock.json")]
    assert len(locks) >= 3
    assert [p for p in locks if re.search(r'"resolved"|--(extra-)?index|--find', read(p))] == []


@pytest.mark.parametrize(
    "planted",
    [
        "open('../" + "shared/data/places.csv')",
        "/" + "shared/design",
        "cd /" + "work/main",
        "index = https://" + "pypi" + ".org/simple",
        "https://registry." + "npm" + "js.org/",
        "# TO" + "DO later",
        "x = y  # type: " + "ignore",
        "x = y  # type: " + "ignore[attr-defined]",
        "// @ts-" + "ignore",
        "@pytest.mark." + "skip\ndef test_x(): ...",
        "it." + "skip('x', f)",
    ],
)
def test_a_planted_word_is_found(planted: str) -> None:
    assert len(faults(planted)) == 1


@pytest.mark.parametrize(
    "proper",
    [
        "x = y  # type: " + "ignore[attr-defined]  # the library has no types for it",
        "@pytest.mark." + "skipif(sys.platform == 'x', reason='y')",
        "it is shared/ by all",
    ],
)
def test_a_proper_word_is_let_pass(proper: str) -> None:
    assert faults(proper) == []


def test_a_planted_name_is_found() -> None:
    assert is_badly_named(Path("server/ledger/utils.py"))
    assert is_badly_named(Path("client/src/service/x.ts"))
    assert not is_badly_named(Path("client/src/worker/worker.ts"))
