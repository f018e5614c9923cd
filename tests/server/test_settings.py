"""What the operator decides, and the one clock."""

from pathlib import Path

import pytest

from server.clock import FixedClock, SystemClock, day
from server.settings import Settings


def test_without_a_word_there_is_one_file_in_one_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.read({})
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/var/kezek.db"
    assert (settings.host, settings.port, settings.redis) == ("127.0.0.1", 8000, "")


def test_what_is_given_counts_and_what_is_empty_does_not(tmp_path: Path) -> None:
    settings = Settings.read(
        {"KEZEK_DATA": str(tmp_path), "KEZEK_PORT": "9", "KEZEK_HOST": "", "KEZEK_REDIS": "redis:"}
    )
    assert (settings.data, settings.port) == (tmp_path, 9)
    assert (settings.host, settings.redis) == ("127.0.0.1", "redis:")


def test_no_push_service_is_trusted_unseen_unless_the_operator_says_so() -> None:
    assert Settings.read({}).push_allow == ""
    assert Settings.read({}).push_subject.startswith("mailto:")
    given = {"KEZEK_PUSH_ALLOW": "http://a http://b", "KEZEK_PUSH_SUBJECT": "mailto:a@b.example"}
    settings = Settings.read(given)
    assert (settings.push_allow, settings.push_subject) == (
        "http://a http://b",
        "mailto:a@b.example",
    )


def test_the_store_is_for_one_s_own_eyes(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new")
    settings.prepare()
    settings.prepare()
    folders = (settings.data, settings.secrets)
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def test_a_day_is_the_city_s_own() -> None:
    midnight = 1_795_287_600_000  # 2026-11-22 in Almaty, 19:00 of the day before in UTC
    assert (day(midnight - 1), day(midnight)) == ("2026-11-21", "2026-11-22")


def test_a_fixed_clock_stands_still() -> None:
    clock = FixedClock(5)
    assert (clock.now(), clock.now()) == (5, 5)
    clock.advance(2)
    assert clock.now() == 7
    assert SystemClock().now() > 1_700_000_000_000
