"""The real server as a group of processes: started, killed without warning, started again."""

import http.client
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from tests.borrowed import free_port

ROOT: Final = Path(__file__).resolve().parents[2]
READY_S: Final = 30.0
PAUSE_S: Final = 0.02


class Place(Struct, frozen=True):
    """Where a server keeps its things, and how many workers it has."""

    folder: Path
    workers: int = 1
    database: str = ""
    redis: str = ""

    def environment(self) -> dict[str, str]:
        ours = {
            "KEZEK_DATA": str(self.folder),
            "KEZEK_DATABASE": self.database,
            "KEZEK_REDIS": self.redis,
        }
        return {**{k: v for k, v in os.environ.items() if not k.startswith("KEZEK_")}, **ours}

    def kezek(self, *said: str) -> "subprocess.CompletedProcess[str]":
        """The operator's command."""
        return subprocess.run(
            [sys.executable, "-m", "server", *said],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
        )

    def done(self, *said: str) -> str:
        """What the command answered, having succeeded."""
        answer = self.kezek(*said)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout


class Server:
    """`kezek serve` in a session of its own, so that one signal reaches it and its workers."""

    def __init__(self, place: Place, *, file_bytes_max: int = 0) -> None:
        self.place = place
        self.port = free_port()
        self._file_bytes_max = file_bytes_max
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.place.folder.parent / f"{self.place.folder.name}.log"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def begin(self) -> None:
        """Start it, and do not wait."""
        self.place.folder.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "server", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--workers", str(self.place.workers)],
                cwd=ROOT,
                env=self.place.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if self._file_bytes_max:
            self.limit(self._file_bytes_max)

    def limit(self, file_bytes_max: int) -> None:
        """No file of these processes grows beyond this; -1 lifts it (the hard limit stays)."""
        for pid in self.family():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (file_bytes_max, -1))

    def family(self) -> list[int]:
        """Its process and those of its session."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    said = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(said[3]) == self.pid and said[0] != "Z":
                    found.append(int(entry.name))
        return sorted(found)

    def start(self) -> None:
        self.begin()
        self.wait()

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + READY_S
        while time.monotonic() < until and self.lives():
            if self.answers():
                return
            time.sleep(PAUSE_S)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-3_000:]}")

    def lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """As when the machine's power fails: the server and all its workers, at once."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        while self.family():  # a worker may outlive its parent by a moment
            time.sleep(PAUSE_S)
        self._process = None

    def end(self) -> None:
        """As an operator ends it."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        self.kill()
