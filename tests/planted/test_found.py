"""The checker is checked: each bug planted in sync, the ledger or the phone is found."""

import pytest

from tests.planted.bugs import BUGS, IN_VECTORS, IN_WORLD, ROOT, caught


@pytest.mark.parametrize("name", BUGS)
def test_the_place_for_a_bug_is_there(name: str) -> None:
    source = (ROOT / BUGS[name].file).read_text(encoding="utf-8")
    assert [source.count(old) for old, _ in BUGS[name].swaps] == [1] * len(BUGS[name].swaps)


def test_there_are_enough_of_them() -> None:
    assert len(BUGS) >= 20
    assert len(IN_WORLD) >= 15
    assert len(IN_VECTORS) >= 5


@pytest.mark.parametrize("name", ["a number is given twice", "the phone: a group is parted"])
def test_a_planted_bug_is_found(name: str) -> None:
    """Two of them at each run; `PLANTED=1 make simulate` and `make proof` try all."""
    assert caught(name)
