"""Fetch what the project stands on: `setup.py run` to run it, `setup.py dev` to work on it.

Only the standard library, because nothing else is there yet. A step whose inputs have not changed
since it last succeeded is passed over, so asking again costs nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
LOCKS = ROOT / ".lock"
CLIENT = ROOT / "client"
BROWSERS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "firefox-esr": ("firefox-esr", "firefox"),
}
OLDEST_NODE = 20


def main(wish: str) -> None:
    if sys.version_info < (3, 11):
        sys.exit("Kezek needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ...")
    os.chdir(ROOT)
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    venv()
    python_packages(wish)
    node()
    client_packages()
    if wish == "dev":
        browsers()


def venv() -> None:
    if not PYTHON.exists():
        say("making .venv")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def python_packages(wish: str) -> None:
    lock, project = LOCKS / f"{wish}.txt", ROOT / "pyproject.toml"
    # What is fetched for development is enough for running.
    if any(is_done(f"python-{w}", LOCKS / f"{w}.txt", project) for w in {wish, "dev"}):
        return
    say(f"installing the Python packages of .lock/{lock.name}")
    install("--require-hashes", "-r", str(lock))
    install("--no-deps", "--config-settings", "editable_mode=compat", "-e", ".")
    done(f"python-{wish}", lock, project)


def install(*what: str) -> None:
    """By uv where it is at hand (it is quicker), else, or if that fails, by pip."""
    uv = shutil.which("uv")
    if uv:
        quick = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), *what]
        # Like pip, it shall trust whom this machine trusts (under its older name, and the newer).
        trust = {"UV_NATIVE_TLS": "1", "UV_SYSTEM_CERTS": "1"}
        if subprocess.run(quick, check=False, env={**trust, **os.environ}).returncode == 0:
            return
    if not (BIN / "pip").exists():
        subprocess.run([str(PYTHON), "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", *what], check=True)


def node() -> None:
    if node_is_good():
        return
    say(f"no Node {OLDEST_NODE} or newer with npm on the PATH: taking the one packed as a wheel")
    install("--require-hashes", "-r", str(LOCKS / "node.txt"))
    if not node_is_good():
        sys.exit(f"Kezek's client needs Node {OLDEST_NODE} or newer to be built; none was found.")


def node_is_good() -> bool:
    path, npm = shutil.which("node"), shutil.which("npm")
    if not path or not npm:
        return False
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    return version is not None and int(version[1]) >= OLDEST_NODE


def client_packages() -> None:
    lock = CLIENT / "package-lock.json"
    if (ROOT / "tests/node_modules/.bin/vite").exists() and is_done("client", lock):
        return
    say("installing the client's packages")
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=CLIENT, check=True)
    # The client's tests stand beside the other tests, and have to find the same packages.
    beside = ROOT / "tests/node_modules"
    beside.unlink(missing_ok=True)
    beside.symlink_to("../client/node_modules")
    done("client", lock)


def browsers() -> None:
    """The browsers of the journeys: what is missing is asked for, and said if it stays away."""
    missing = [package for package, names in BROWSERS.items() if not any(map(shutil.which, names))]
    if not missing:
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0 and os.environ.get("KEZEK_INSTALL_BROWSER") != "0":
        say(f"installing {' and '.join(missing)} for the journeys")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install_them = [apt, "install", "-y", "-qq", "--no-install-recommends", *missing]
        for command in ([apt, "update", "-qq"], install_them):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    for package in missing:
        if not any(map(shutil.which, BROWSERS[package])):
            say(
                f"THERE IS NO {package.upper()}: its journeys will not be run "
                f"(install the package `{package}`)"
            )


def stamp(name: str) -> Path:
    return VENV / f".kezek-{name}"


def is_done(name: str, *inputs: Path) -> bool:
    return stamp(name).exists() and stamp(name).read_text() == fingerprint(*inputs)


def done(name: str, *inputs: Path) -> None:
    stamp(name).write_text(fingerprint(*inputs))


def fingerprint(*inputs: Path) -> str:
    # A virtual environment does not survive being moved, so the place is part of the print.
    read = [str(ROOT).encode(), *(path.read_bytes() for path in inputs)]
    return hashlib.sha256(b"\0".join(read)).hexdigest()


def say(sentence: str) -> None:
    print(f"kezek: {sentence}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "dev")
