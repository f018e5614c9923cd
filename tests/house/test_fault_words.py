"""Every fault has words: the list, its page and the three languages say the same codes."""

import re
from collections.abc import Iterable

import pytest

from sync import faults
from tests.house.tree import ROOT

WORDS = ROOT / "client/src/words/faults"
PAGE = ROOT / "docs/faults.md"
OWN = {"offline"}
"""The phone's own word for no answer at all."""
SAFE = {
    "kk": re.compile("аман|сақтаулы|жоғалған жоқ"),
    "ru": re.compile("цел|сохран|не потеряно"),
    "en": re.compile("safe|kept|[Nn]othing is lost|intact"),
}
LATIN = re.compile(r"[A-Za-z]")
QUOTED = r"\s*'((?:[^'\\]|\\.)*)'"


def early(language: str, source: str) -> dict[str, str]:
    """The sentences that are there from the start: all languages of a code stand together."""
    blocks = re.findall(r"^  (\w+): \{(.*?)^  \},", source, re.MULTILINE | re.DOTALL)
    found = {code: re.search(rf"\b{language}:{QUOTED}", block) for code, block in blocks}
    return {code: sentence[1] for code, sentence in found.items() if sentence}


def later(source: str) -> dict[str, str]:
    return dict(re.findall(rf"^  (\w+):{QUOTED}", source, re.MULTILINE))


def sentences(language: str) -> dict[str, str]:
    first = early(language, (WORDS / "codes.ts").read_text(encoding="utf-8"))
    rest = later((WORDS / f"{language}.ts").read_text(encoding="utf-8"))
    assert not first.keys() & rest.keys()
    return first | rest


def tables(page: str) -> list[dict[str, str]]:
    """The page's tables, in order: code to what it means."""
    parts = page.split("\n## ")[1:]
    return [
        dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]*?) \|", part, re.MULTILINE)) for part in parts
    ]


def unfinished(language: str, said: dict[str, str]) -> list[str]:
    """Sentences that do not say that nothing was lost, say nothing more, or are said twice."""
    found = [code for code, sentence in said.items() if not SAFE[language].search(sentence)]
    found += [code for code, text in said.items() if len(re.split(r"[.;:] ", text)) < 2]
    return found + twice(said.values())


def twice(said: Iterable[str]) -> list[str]:
    listed = list(said)
    return sorted({sentence for sentence in listed if listed.count(sentence) > 1})


@pytest.mark.parametrize("language", SAFE)
def test_each_code_has_a_sentence_of_its_own_and_no_other_has(language: str) -> None:
    assert sentences(language).keys() == (faults.CODES.keys() - {""}) | OWN


def test_the_page_has_the_same_codes_in_the_same_words() -> None:
    requests, outcomes = tables(PAGE.read_text(encoding="utf-8"))
    assert requests == faults.REQUEST
    assert outcomes == {code: why for code, why in faults.OUTCOME.items() if code}


@pytest.mark.parametrize("language", SAFE)
def test_each_says_what_is_safe_and_what_to_do(language: str) -> None:
    assert unfinished(language, sentences(language)) == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_letter_only_looks_like_one_of_the_language(language: str) -> None:
    said = [text.replace("Kezek", "") for text in sentences(language).values()]
    assert [text for text in said if LATIN.search(text)] == []


def test_a_planted_fault_is_found() -> None:
    good = {"cut": "Cut off. Nothing is lost: it goes again.", "void": "Void. The others are safe."}
    assert unfinished("en", good) == []
    assert unfinished("en", {"cut": "It is safe"}) == ["cut"]
    assert unfinished("en", {"cut": "It was cut off. Try again."}) == ["cut"]
    assert unfinished("en", dict.fromkeys(["a", "b"], good["cut"])) == [good["cut"]]
    assert tables("# F\n## A\n| `x` | y |\n## B\n| `z` | w | v |\n") == [{"x": "y"}, {"z": "w"}]
    assert later("  a: 'x',\n  b:\n    'it\\'s',\n") == {"a": "x", "b": "it\\'s"}
    assert early("kk", "  a: {\n    ru: 'x',\n    kk: 'y',\n  },\n") == {"a": "y"}
