"""Services that tests borrow: each is started for one run, on a free port, and ended with it."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def firefox_path() -> str | None:
    return next((path for name in ("firefox-esr", "firefox") if (path := shutil.which(name))), None)


def redis_path() -> str | None:
    return shutil.which("redis-server")


def postgresql_folder() -> Path | None:
    """Debian keeps these programs off the PATH, one folder a version; the newest is taken."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=version_of)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def version_of(initdb: Path) -> float:
    return float(initdb.parent.parent.name)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis that keeps nothing."""
    program = redis_path()
    assert program
    port = free_port()
    settings = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with (
        tempfile.TemporaryDirectory() as folder,
        ended([program, *settings, "--dir", folder], None),
    ):
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address (without a database's name) of a PostgreSQL that trusts loopback."""
    programs = postgresql_folder()
    assert programs
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        # PostgreSQL refuses to be root, and its own user has to get in.
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            shutil.chown(folder, user, user)
        data = f"{folder}/data"
        initdb = [programs / "initdb", "-D", data, "-U", "kezek", "-A", "trust", "-E", "UTF8"]
        run_as(user, [*map(str, initdb), "--locale=C", "--no-sync"])
        settings = ["-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder, "-F"]
        with ended([str(programs / "postgres"), *settings], user):
            wait_for(port)
            yield f"postgresql+asyncpg://kezek@127.0.0.1:{port}"


def run_as(user: str | None, command: list[str]) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, user=user, group=user)
    assert done.returncode == 0, done.stderr


@contextmanager
def ended(command: list[str], user: str | None) -> Iterator[None]:
    """The process runs for as long as the block does."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd="/", stdout=quiet, stderr=quiet, user=user, group=user)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(port: int, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")
