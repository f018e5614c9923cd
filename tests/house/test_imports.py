"""Who may know whom: an import that reaches up, across or outside is a fault of the house."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

from tests.house.tree import files, read

# Time and chance are arguments of the contract, and it has no hands.
NOT_IN_SYNC = {"time", "random", "uuid", "os", "socket", "asyncio", "pathlib", "secrets", "io"}
CLOSED_TO_KINDS = {"change.py", "reconcile.py", "feeds.py", "replica.py"}
# What lies at the server's top and knows no slice, so that every slice may know it.
COMMON_GROUND = {"database", "faults", "files", "settings", "clock", "guard", "headers"}
# These plug the slices together.
PLUGGERS = {"app.py", "cli.py", "demo.py", "__main__.py", "commands"}

POWERS = {
    "IndexedDB": (re.compile(r"\bindexedDB\b|\bIDB[A-Z]\w+"), ("store/",)),
    "fetch": (
        re.compile(r"(?<![\w.])(?:(?:window|self|globalThis)\.)?fetch\("),
        ("net/", "worker/"),
    ),
    "EventSource": (re.compile(r"\bnew (EventSource|WebSocket|XMLHttpRequest)\b"), ("net/",)),
    "WebCrypto": (re.compile(r"\bcrypto\.subtle\b"), ("store/vault.ts",)),
}
TS_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")
TS_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def python_faults(path: PurePath, source: str) -> list[str]:
    """What the file imports, and must not."""
    judge = {"sync": sync_may_not, "server": server_may_not}[path.parts[0]]
    return [name for name in imports(source) if judge(path, name.split("."))]


def sync_may_not(path: PurePath, name: list[str]) -> bool:
    top = name[0]
    if top == "sync":
        opens_bodies = name[1:2] in (["kinds"], ["catalogue"])
        return path.name in CLOSED_TO_KINDS and len(path.parts) == 2 and opens_bodies
    if top == "msgspec":
        return False
    return top in NOT_IN_SYNC or top not in sys.stdlib_module_names


def server_may_not(path: PurePath, name: list[str]) -> bool:
    if name[0] in {"tests", "client"}:
        return True
    if name[0] != "server" or path.parts[1] in PLUGGERS:
        return False
    own = path.parts[1] if len(path.parts) > 2 else path.stem
    known = name[1] if len(name) > 1 else ""
    return known not in COMMON_GROUND | {own}


def typescript_faults(path: PurePath, source: str) -> list[str]:
    """What the file (below client/src) takes into its hands, and must not."""
    place, code = path.as_posix(), TS_COMMENT.sub("", source)
    found = [
        power
        for power, (pattern, homes) in POWERS.items()
        if pattern.search(code) and not place.startswith(homes)
    ]
    if path.parts[0] in {"parts", "screens"}:
        found += [name for name in TS_IMPORT.findall(code) if re.search(r"(^|/)(store|net)/", name)]
    return found


PYTHON = [*files(".py", under="sync"), *files(".py", under="server")]
SRC = Path("client/src")
TYPESCRIPT = [p for p in files(".ts", under=str(SRC)) if not p.name.endswith(".test.ts")]


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_python_reaches_neither_up_nor_across(path: Path) -> None:
    assert python_faults(path, read(path)) == []


@pytest.mark.parametrize("path", TYPESCRIPT, ids=str)
def test_typescript_has_only_the_powers_of_its_place(path: Path) -> None:
    assert typescript_faults(path.relative_to(SRC), read(path)) == []


def test_there_was_something_to_look_at() -> None:
    assert PYTHON
    assert TYPESCRIPT


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("sync/letter.py", "import time"),
        ("sync/letter.py", "from random import choice"),
        ("sync/letter.py", "import litestar"),
        ("sync/letter.py", "from server import database"),
        ("sync/letter.py", "def f():\n    import os.path"),
        ("sync/reconcile.py", "from sync.kinds.shift import Shift"),
        ("sync/replica.py", "from sync import catalogue"),
        ("server/ledger/store.py", "from server.people import accounts"),
        ("server/ledger/store.py", "import server.people"),
        ("server/ledger/store.py", "from server import people"),
        ("server/ledger/store.py", "from server.app import build_app"),
        ("server/database.py", "from server.ledger import store"),
        ("server/app.py", "import tests.world"),
    ],
)
def test_a_planted_import_is_found(path: str, source: str) -> None:
    assert len(python_faults(PurePath(path), source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("sync/letter.py", "import hashlib\nimport msgspec\nfrom sync.record import Record"),
        ("sync/catalogue.py", "from sync.kinds import shift"),
        ("server/ledger/store.py", "from server.ledger import feed\nfrom server import database"),
        ("server/app.py", "from server.ledger import routes\nfrom server.people import routes"),
    ],
)
def test_a_proper_import_is_let_pass(path: str, source: str) -> None:
    assert python_faults(PurePath(path), source) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("screens/log.ts", "const open = indexedDB.open('kezek')"),
        ("parts/row.ts", "await fetch('/me')"),
        ("app.ts", "await window.fetch('/me')"),
        ("store/outbox.ts", "crypto.subtle.digest('SHA-256', bytes)"),
        ("parts/row.ts", 'import { outbox } from "../store/outbox.ts"'),
        ("screens/log.ts", 'const net = await import("../net/server.ts")'),
        ("screens/log.ts", "new EventSource('/live')"),
    ],
)
def test_a_planted_power_is_found(path: str, source: str) -> None:
    assert len(typescript_faults(PurePath(path), source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("store/database.ts", "indexedDB.open('kezek')"),
        ("net/server.ts", "await fetch('/me')"),
        ("worker/worker.ts", "await fetch(event.request)"),
        ("store/vault.ts", "crypto.subtle.digest('SHA-256', bytes)"),
        ("parts/row.ts", "this.prefetch(1) // never fetch( here"),
    ],
)
def test_a_power_at_its_place_is_let_pass(path: str, source: str) -> None:
    assert typescript_faults(PurePath(path), source) == []
