"""A file can be read in one sitting, a function at one glance."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import files, read

FILE, TEST_FILE, FUNCTION = 300, 400, 60
SOURCES = [
    path
    for path in files(".py", ".ts", ".css", ".html")
    if not path.name.endswith((".gen.ts", ".d.ts"))
]
PYTHON = [path for path in SOURCES if path.suffix == ".py"]


def too_long(path: Path, source: str) -> bool:
    limit = TEST_FILE if path.parts[0] == "tests" else FILE
    return len(source.splitlines()) > limit


def long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION:
                yield f"{node.name}: {lines} lines"


def test_there_was_something_to_look_at() -> None:
    assert PYTHON
    assert len(SOURCES) > len(PYTHON)


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert not too_long(path, read(path))


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_a_function_can_be_read_at_a_glance(path: Path) -> None:
    assert list(long_functions(read(path))) == []


def test_a_planted_length_is_found() -> None:
    assert too_long(Path("server/app.py"), "x\n" * 301)
    assert too_long(Path("tests/sync/test_x.py"), "x\n" * 401)
    assert not too_long(Path("tests/sync/test_x.py"), "x\n" * 400)
    body = "    x = 1\n" * 60
    assert list(long_functions(f"class A:\n  def f(self):\n{body}")) == ["f: 61 lines"]
    assert list(long_functions("async def f():\n" + "    x = 1\n" * 59)) == []
