"""What a browser gets: a page that runs nothing but ours, files kept well, and safe headers."""

import gzip
import json
import re
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import pytest

from server.pages.routes import SCREENS
from server.settings import Settings
from tests.server.door import OWN, PASSWORD, PHONE, Door, a_door, settings_in

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"
FILE = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "frame-ancestors 'none'"
)
PAGE = (
    "default-src 'none'; script-src 'nonce-N' 'strict-dynamic' 'wasm-unsafe-eval'; "
    "style-src 'self' 'nonce-N'; img-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self' blob:; manifest-src 'self'; font-src 'self'; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SCRIPT = "/static/assets/main-AbCd_123.js"
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with a_door(settings_in(tmp_path)) as door:
        yield door


SNAPSHOT = {
    "/": (200, PAGE, "no-cache"),
    "/sw.js": (200, FILE, "no-cache"),
    "/manifest.webmanifest": (200, FILE, "no-cache"),
    SCRIPT: (200, FILE, FOREVER),
    "/static/icons/kezek.svg": (200, FILE, "no-cache"),
    "/health": (200, NOTHING, "no-store"),
    "/me": (401, NOTHING, "no-store"),
    "/sync": (405, NOTHING, "no-store"),
    "/nowhere": (404, NOTHING, "no-store"),
    "/static/nothing.js": (404, NOTHING, "no-store"),
    "/static/../shell/shell.html": (404, NOTHING, "no-store"),
    "/static/%2e%2e/shell/shell.html": (404, NOTHING, "no-store"),
    "/static/.vite/manifest.json": (404, NOTHING, "no-store"),
}


async def test_every_answer_is_guarded(door: Door) -> None:
    found = {}
    for path in SNAPSHOT:
        answer = await door.client.get(path)
        headers = answer.headers
        assert {name: headers.get(name) for name in ALWAYS} == ALWAYS, path
        said = re.sub(r"nonce-[\w-]{22}'", "nonce-N'", headers["content-security-policy"])
        found[path] = (answer.status_code, said, headers["cache-control"])
    assert found == SNAPSHOT


async def test_plain_http_promises_no_tls(door: Door) -> None:
    answer = await door.client.get("http://kezek.test/health")
    assert "strict-transport-security" not in answer.headers


async def test_every_screen_is_the_one_page(door: Door) -> None:
    answers = [await door.client.get(path) for path in SCREENS]
    nonces = r"(?<=nonce[=-]).?[\w-]{22}"
    assert len({re.sub(nonces, "", answer.text) for answer in answers}) == 1

    answer = answers[0]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<kezek-app>" in answer.text
    nonce = re.search(r"'nonce-([\w-]+)'", answer.headers["content-security-policy"])
    assert nonce
    loaded = re.findall(r'<(?:script|link rel="(?:stylesheet|modulepreload)")[^>]*>', answer.text)
    assert len(loaded) == 3
    assert all(f'nonce="{nonce[1]}"' in tag for tag in loaded)
    assert SCRIPT in answer.text


async def test_no_two_pages_share_a_nonce(door: Door) -> None:
    pages = [await door.client.get("/") for _ in range(5)]
    assert len({page.headers["content-security-policy"] for page in pages}) == 5


async def test_the_page_speaks_without_javascript_in_three_languages(door: Door) -> None:
    page = (await door.client.get("/")).text
    silent = page[page.index("<noscript>") : page.index("</noscript>")]
    assert re.findall(r'lang="(\w\w)"', silent) == ["kk", "ru", "en"]
    assert "style=" not in page


async def test_a_file_is_packed_once_and_kept(door: Door) -> None:
    plain = await door.client.get(SCRIPT, headers={"Accept-Encoding": "identity"})
    async with door.client.stream("GET", SCRIPT, headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join([part async for part in packed.aiter_raw()])

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-type"] == "text/javascript; charset=utf-8"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 4
    assert plain.headers["vary"] == "Accept-Encoding"


async def test_a_file_that_has_not_changed_is_not_sent_again(door: Door) -> None:
    for path in ("/sw.js", SCRIPT, "/manifest.webmanifest"):
        etag = (await door.client.get(path)).headers["etag"]
        again = await door.client.get(path, headers={"If-None-Match": f'"other", {etag}'})
        other = await door.client.get(path, headers={"If-None-Match": '"other"'})
        assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


async def test_the_worker_may_look_after_the_whole_site(door: Door) -> None:
    answer = await door.client.get("/sw.js")
    assert answer.headers["service-worker-allowed"] == "/"
    assert answer.headers["content-type"].startswith("text/javascript")


async def test_the_app_can_be_installed(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    async with a_door(settings) as door:
        answer = await door.client.get("/manifest.webmanifest")
        manifest = json.loads(answer.text)
        icons = {icon["src"]: await door.client.get(icon["src"]) for icon in manifest["icons"]}

    assert answer.headers["content-type"] == "application/manifest+json; charset=utf-8"
    assert (manifest["id"], manifest["display"], manifest["lang"]) == ("/", "standalone", "kk")
    assert {"any", "maskable"} == {icon["purpose"] for icon in manifest["icons"]}
    assert {answer.status_code for answer in icons.values()} == {200}
    for icon in manifest["icons"]:
        if icon["type"] == "image/png":
            content = icons[icon["src"]].content
            width = int.from_bytes(content[16:20], "big")
            assert icon["sizes"] == f"{width}x{width}"


async def test_a_client_not_built_says_so(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    (settings.client / "dist/.vite/manifest.json").unlink()
    async with a_door(settings) as door:
        page = (await door.client.get("/")).text
    assert "make build" in page
    assert "<script" not in page


FOREIGN = [
    {},
    {"X-Kezek": "0"},
    {**OWN, "Sec-Fetch-Site": "cross-site"},
    {**OWN, "Sec-Fetch-Site": "same-site"},
    {**OWN, "Origin": "https://elsewhere.test"},
    {**OWN, "Origin": "https://kezek.test.elsewhere.test"},
    {**OWN, "Origin": "null"},
]


async def test_another_site_can_do_nothing(door: Door) -> None:
    said = {"login": "officer", "password": PASSWORD, "device": PHONE}
    for path, headers in product(("/sign-in", "/sign-out", "/sync"), FOREIGN):
        answer = await door.client.post(path, headers=headers, json=said)
        assert (answer.status_code, answer.json()["code"]) == (403, "origin_foreign"), headers
        assert "set-cookie" not in answer.headers


async def test_our_own_page_can(door: Door) -> None:
    headers = {**OWN, "Sec-Fetch-Site": "same-origin", "Origin": "https://kezek.test"}
    said = {"login": "officer", "password": PASSWORD, "device": PHONE}
    assert (await door.client.post("/sign-in", headers=headers, json=said)).status_code == 200
