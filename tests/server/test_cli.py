"""What an operator may count on from `kezek`, in processes of its own."""

import os
import shutil
import signal
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from server.cli import parser
from tests.borrowed import free_port
from tests.server.door import settings_in

ROOT = Path(__file__).resolve().parents[2]
VERBS = ("run", "serve", "migrate", "fill", "restored", "verify", "person", "contract")
PATIENCE_S = 60
BEGIN = "-----BEGIN CERTIFICATE-----"


def environment(folder: Path) -> dict[str, str]:
    client = settings_in(folder.parent).client
    ours = {"KEZEK_DATA": str(folder), "KEZEK_CLIENT": str(client)}
    return {**{k: v for k, v in os.environ.items() if not k.startswith("KEZEK_")}, **ours}


def kezek(folder: Path, *said: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "server", *said],
        cwd=ROOT,
        env=environment(folder),
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


def done(folder: Path, *said: str, typed: str = "") -> str:
    """What it answered, having succeeded."""
    answer = kezek(folder, *said, typed=typed)
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout


def refused(folder: Path, *said: str, typed: str = "") -> str:
    """The one sentence with which it gave up."""
    answer = kezek(folder, *said, typed=typed)
    assert answer.returncode == 1
    assert answer.stderr.startswith("kezek: ")
    assert answer.stderr.count("\n") == 1
    return answer.stderr


@contextmanager
def started(folder: Path, *said: str) -> Iterator[Path]:
    """A process that serves, and the file of what it says."""
    log = folder.parent / "served.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "server", *said],
            cwd=ROOT,
            env=environment(folder),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield log
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def health(connection: HTTPConnection) -> tuple[int, bytes]:
    """The answer of /health, as soon as there is one."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            connection.request("GET", "/health")
            answer = connection.getresponse()
            return answer.status, answer.read()
        except ConnectionError:
            assert time.monotonic() < deadline, "nothing answers"
            time.sleep(0.1)
        finally:
            connection.close()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the model city in it, filled once."""
    folder = tmp_path_factory.mktemp("city") / "data"
    assert "city: " in done(folder, "fill", "--small")
    return folder


@pytest.fixture
def folder(city: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(city, tmp_path / "data"))


def test_the_command_says_what_it_can_do(tmp_path: Path) -> None:
    told = done(tmp_path / "data", "--help")
    for verb in VERBS:
        assert f"\n    {verb} " in told


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_its_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([verb, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: kezek {verb} ")


def test_migrate_takes_its_steps_once(tmp_path: Path) -> None:
    assert "migration: m0001_people\n" in done(tmp_path / "data", "migrate")
    assert done(tmp_path / "data", "migrate") == "the store is up to date\n"


def test_filling_again_adds_nothing_twice(folder: Path) -> None:
    again = done(folder, "fill")
    assert "city: " not in again
    assert "accounts: " not in again


def test_an_account_is_opened_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    asel = ["person", "asel", "officer", "--name", "Ойдан Шығарылған", "--person"]
    one, two = (f"019a0000-0000-7000-8000-0000000000b{n}" for n in (1, 2))
    password = "a-long-enough-invention\n"

    assert "15 characters" in refused(folder, *asel, one, typed="short\n")
    assert "account asel is open\n" in done(folder, *asel, one, typed=password)
    assert "the login asel is taken" in refused(folder, *asel, two, typed=password)


def test_the_contract_is_fresh(tmp_path: Path) -> None:
    assert done(tmp_path / "data", "contract", "--check") == ""


def test_a_store_of_another_epoch_is_not_served_before_somebody_says_restored(
    folder: Path,
) -> None:
    (folder / "epoch").write_text('{"epoch":"another","floor":0}')
    port = free_port()
    assert "`kezek restored`" in refused(folder, "serve", "--port", str(port))

    assert done(folder, "restored").startswith("new epoch ")
    with started(folder, "serve", "--port", str(port)):
        assert health(HTTPConnection("127.0.0.1", port)) == (200, b'{"ok":true}')


def test_run_says_last_where_to_sign_in_and_answers_there(folder: Path) -> None:
    port = free_port()
    deadline = time.monotonic() + PATIENCE_S
    with started(folder, "run", "--port", str(port)) as log:
        while "Sign in at " not in log.read_text():
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/health")
        assert connection.getresponse().status == 200
        connection.close()
        assert log.read_text().splitlines()[-1].startswith(f"Sign in at http://localhost:{port}/ ")


def test_tls_is_served_with_a_certificate_that_a_phone_can_check(tmp_path: Path) -> None:
    folder, port = tmp_path / "data", free_port()
    with started(folder, "serve", "--tls", "--host", "127.0.0.1", "--port", str(port)):
        deadline = time.monotonic() + PATIENCE_S
        while not (folder / "secrets/tls.crt").exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        chain = (folder / "secrets/tls.crt").read_text().split(BEGIN)[1:]
        assert len(chain) == 2
        authority = tmp_path / "ca.crt"
        authority.write_text(BEGIN + chain[1])
        trusting = ssl.create_default_context(cafile=str(authority))
        trusting.verify_flags |= ssl.VERIFY_X509_STRICT  # as later Pythons do by themselves

        checked = HTTPSConnection("127.0.0.1", port, context=trusting)
        assert health(checked) == (200, b'{"ok":true}')

        stranger = HTTPSConnection("127.0.0.1", port, context=ssl.create_default_context())
        with pytest.raises(ssl.SSLCertVerificationError):
            stranger.request("GET", "/health")
        stranger.close()
    assert stat.S_IMODE((folder / "secrets/tls.key").stat().st_mode) == 0o600
