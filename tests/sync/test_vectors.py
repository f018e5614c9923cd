"""The cases in tests/vectors are what Python says; the phone's port answers to the same files."""

import pytest

from tests.vectors.make import FILES, HERE, text_of


@pytest.mark.parametrize("name", FILES)
def test_the_cases_are_what_python_says(name: str) -> None:
    kept = (HERE / f"{name}.json").read_text(encoding="utf-8")
    assert kept == text_of(name), "run `python -m tests.vectors.make`"


def test_no_file_of_cases_is_forgotten() -> None:
    assert sorted(FILES) == sorted(path.stem for path in HERE.glob("*.json"))
