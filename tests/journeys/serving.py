"""The real server in a process of its own, over a model city that is filled once."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.borrowed import free_port

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "tulip-steppe-river-41"
PATIENCE_S = 60


def fill(folder: Path) -> None:
    """The model city, by the command that an operator would use."""
    subprocess.run(
        [sys.executable, "-m", "server", "fill"],
        cwd=ROOT,
        env=environment(folder),
        check=True,
        capture_output=True,
        timeout=120,
    )


def environment(folder: Path) -> dict[str, str]:
    ours = {"KEZEK_DATA": str(folder), "KEZEK_DEMO_PASSWORD": PASSWORD}
    return {**{k: v for k, v in os.environ.items() if not k.startswith("KEZEK_")}, **ours}


class Server:
    """Started, killed without warning, started again: at one address, over one store."""

    def __init__(self, city: Path, folder: Path, **settings: str) -> None:
        """`settings` are variables without their KEZEK_."""
        shutil.copytree(city, folder)
        self._more = {f"KEZEK_{name.upper()}": value for name, value in settings.items()}
        self.folder = folder
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "server", "serve", "--port", str(self.port)]
        log = (self.folder / "server.log").open("ab")
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(self.folder) | self._more,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.folder / "server.log").read_text()[-2_000:])

    def kill(self) -> None:
        """As when the power fails: the server and its worker, at once."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def revisions(self, kind: str, person: str) -> list[tuple[str, int]]:
        """The records of a kind that a person's devices made: id and number of revisions."""
        with sqlite3.connect(self.folder / "kezek.db") as store:
            return store.execute(
                """SELECT hex(v.record), COUNT(*) FROM revision v
                JOIN record r ON r.id = v.record JOIN ledger_device d ON d.number = v.device
                JOIN person_device p ON p.device = d.device
                JOIN person_account a ON a.person = p.person
                WHERE r.kind = ? AND a.login = ? GROUP BY v.record""",
                (kind, person),
            ).fetchall()
