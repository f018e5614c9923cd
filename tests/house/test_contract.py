"""What is said twice is said alike: the contract in two languages, the faults in code and docs."""

import re
from collections.abc import Iterable

from sync import faults, typescript
from tests.house.tree import ROOT

CONTRACT = ROOT / "client/src/sync/contract.gen.ts"
PAGE = ROOT / "docs/faults.md"


def unexplained(codes: Iterable[str], page: str) -> list[str]:
    """The empty code is the one of plain success, and needs no explaining."""
    told = set(re.findall(r"`([a-z_]+)`", page))
    return sorted(code for code in codes if code and code not in told)


def untrue(codes: Iterable[str], page: str) -> list[str]:
    """Rows of the page's tables whose code is none of ours."""
    rows = re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)
    return sorted(set(rows) - set(codes))


def test_the_contract_in_typescript_is_fresh() -> None:
    assert CONTRACT.read_text(encoding="utf-8") == typescript.typescript(), "run `make contract`"


def test_every_fault_is_explained() -> None:
    assert faults.CODES
    assert unexplained(faults.CODES, PAGE.read_text(encoding="utf-8")) == []


def test_no_fault_is_explained_that_is_gone() -> None:
    assert untrue(faults.CODES, PAGE.read_text(encoding="utf-8")) == []


def test_a_planted_fault_is_found() -> None:
    assert unexplained(["", "cut", "fork"], "| `cut` | lines were lost |") == ["fork"]
    assert untrue(["cut"], "| `cut` | x |\n| `gone` | y |") == ["gone"]
