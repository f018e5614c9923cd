"""The files of the project, as the rules of the house look at them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {
    "node_modules", "dist", "__pycache__", "build", "var", ".venv", ".git",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "kezek.egg-info",
}  # fmt: skip
TEXT = {
    ".py", ".ts", ".js", ".css", ".html", ".json", ".toml", ".txt", ".md", ".sql", ".csv", ".svg",
    ".cfg", ".sh", ".webmanifest", "",
}  # fmt: skip


def files(*suffixes: str, under: str = ".") -> list[Path]:
    """Paths from the root, of the files that the project itself wrote."""
    return sorted(
        path.relative_to(ROOT)
        for path in walk(ROOT / under)
        if not suffixes or path.suffix in suffixes
    )


def walk(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name in NOT_OURS:
            continue
        if path.is_dir():
            yield from walk(path)
        else:
            yield path


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
