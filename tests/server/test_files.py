"""A key is never half, and never made twice."""

from pathlib import Path

import pytest

from server.files import made_once, put_down
from server.ledger.marks import Marks


def test_the_first_maker_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    assert made_once(path, b"first") == b"first"
    assert made_once(path, b"second") == b"first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["a.key"]


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "epoch"
    put_down(path, b"one")
    put_down(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["epoch"]


def test_a_damaged_key_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "mark.key").touch()
    with pytest.raises(ValueError, match="damaged"):
        Marks.kept(tmp_path)
