"""The whole server behind a client that speaks HTTP to it, with two people who may sign in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from httpx import Response
from litestar.testing import AsyncTestClient
from litestar.types import ControllerRouterHandler

from server.app import App, build_app
from server.clock import FixedClock
from server.database import open_engine, writing
from server.migrations import migrate
from server.people import Account, Accounts, Passwords
from server.settings import Settings
from sync.roles import Role
from tests.world.phone import NOON

PASSWORD: Final = "a-long-enough-invention"
COOKIE: Final = "__Host-kezek"
OWN: Final = {"X-Kezek": "1"}
KEPT: Final = asyncio.run(Passwords().hash(PASSWORD))  # slow by design, so once for all tests
PHONE, TABLET = (f"019a0000-0000-7000-8000-00000000000{n}" for n in (1, 2))
OFFICER: Final = Account(
    person="019a0000-0000-7000-8000-0000000000a1",
    login="officer",
    role=Role.OFFICER,
    name="Ойдан Шығарылған",
    district="ALM",
)
SUPERVISOR: Final = Account(
    person="019a0000-0000-7000-8000-0000000000a2",
    login="supervisor",
    role=Role.SUPERVISOR,
    name="Вымышленный Начальник",
    district="ALM",
)


class Door:
    """What somebody at the door can say. Each `Door` is a browser of its own."""

    def __init__(self, client: AsyncTestClient[App], clock: FixedClock) -> None:
        self.client = client
        self.clock = clock

    async def sign_in(
        self, login: str = "officer", password: str = PASSWORD, device: str = PHONE
    ) -> Response:
        said = {"login": login, "password": password, "device": device}
        return await self.post("/sign-in", json=said)

    async def post(self, path: str, **more: Any) -> Response:
        return await self.client.post(path, **{"headers": OWN, **more})

    async def me(self) -> Response:
        return await self.client.get("/me")


@asynccontextmanager
async def a_door(settings: Settings, *routes: ControllerRouterHandler) -> AsyncIterator[Door]:
    """The server of these settings, running; `routes` are more of them, for the test's sake."""
    clock = FixedClock(NOON)
    await _open_accounts(settings)
    app = build_app(settings, clock)
    for route in routes:
        app.register(route)
    async with AsyncTestClient(app, base_url="https://kezek.test") as client:
        yield Door(client, clock)


def settings_in(folder: Path, database: str = "") -> Settings:
    """A store in that folder, and a client that has been built, as small as can be."""
    client = folder / "client"
    for name, text in CLIENT.items():
        path = client / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shell = client / "shell"
    if not shell.exists():
        shell.symlink_to(Settings().client / "shell")
    return Settings(data=folder / "data", database=database, client=client)


CLIENT: Final = {
    "public/icons/kezek.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "dist/sw.js": "self.addEventListener('install', () => {});",
    "dist/assets/main-AbCd_123.js": "export {};\n" * 200,
    "dist/assets/main-AbCd-456.css": "body { color: navy }",
    "dist/assets/lit-Ab12Cd34.js": "export {};",
    "dist/.vite/manifest.json": """{
        "_lit.js": {"file": "assets/lit-Ab12Cd34.js", "name": "lit"},
        "src/main.ts": {
            "file": "assets/main-AbCd_123.js", "isEntry": true, "src": "src/main.ts",
            "imports": ["_lit.js"], "css": ["assets/main-AbCd-456.css"]
        }
    }""",
}


async def _open_accounts(settings: Settings) -> None:
    settings.prepare()
    engine = open_engine(settings.database_url)
    await migrate(engine)
    async with writing(engine) as connection:
        for account in (OFFICER, SUPERVISOR):
            await Accounts(connection).add(account, KEPT)
    await engine.dispose()
