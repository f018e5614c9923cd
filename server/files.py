"""Files that are never half: written aside, on disk, and only then called by their name."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def put_down(path: Path, content: bytes) -> None:
    """Write a file that is on disk and whole when this returns, or as it was."""
    aside = _aside(path, content)
    aside.replace(path)
    settle(path.parent)


def made_once(path: Path, content: bytes) -> bytes:
    """What the file says; if there is none it says this from now on. Of two makers one is first.

    For its owner's eyes only (mkstemp: 0600).
    """
    if not path.exists():
        aside = _aside(path, content)
        with suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
        settle(path.parent)
    return path.read_bytes()


def settle(folder: Path) -> None:
    """The names in a folder are on disk when this returns."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _aside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
