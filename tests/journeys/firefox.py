"""A real Firefox, driven over WebDriver BiDi (W3C): no driver to install, only the browser.

It is started with a profile that outlives it. What the page shows is found as a person finds it,
by role and name, also inside shadow roots.
"""

import asyncio
import base64
import itertools
import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import aiohttp

PATIENCE_S: Final = 60.0
POLL_S: Final = 0.1
LISTENS: Final = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
T = TypeVar("T")

# Nothing of the browser's own goes out or pops up; the rest is the test's to say.
PREFS: Final[Mapping[str, bool | int | str]] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "browser.topsites.contile.enabled": False,
    "captivedetect.canonicalURL": "",
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.serverURL": "",
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


def push_prefs(service: str) -> dict[str, bool | int | str]:
    """So that the browser subscribes at a service of the test's own (`ws://...`)."""
    return {
        "dom.push.serverURL": service,
        "dom.push.connection.enabled": True,
        "dom.push.testing.allowInsecureServerURL": True,
        # Without a desktop there is nobody to draw a notice but the browser itself.
        "alerts.useSystemBackend": False,
    }


class FirefoxError(Exception):
    """The browser answered a command with an error."""


class Firefox:
    """One person's browser. `prefs` are set at each start."""

    def __init__(
        self,
        program: str,
        profile: Path,
        address: str,
        prefs: Mapping[str, bool | int | str] | None = None,
    ) -> None:
        self._program, self._profile, self._address = program, profile, address
        self._prefs = {**PREFS, **(prefs or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: _Wire | None = None
        self._context = ""

    def open(self, path: str = "/", *, width: int = 360, height: int = 800) -> None:
        """Start the browser cold, with one window at that path."""
        self._profile.mkdir(parents=True, exist_ok=True)
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in self._prefs.items()]
        (self._profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        log = self._profile / "browser.log"
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                [
                    self._program,
                    "--headless",
                    "--no-remote",
                    "--remote-debugging-port=0",
                    "--profile",
                    str(self._profile),
                    "about:blank",
                ],
                stdout=out,
                stderr=subprocess.STDOUT,
                env={
                    **os.environ,
                    "MOZ_HEADLESS": "1",
                    "HOME": str(self._profile),
                    "TZ": "Asia/Almaty",
                },
                start_new_session=True,
            )
        self._wire = _Wire(_found(log, LISTENS))
        self.send("session.new", capabilities={})
        tree = self.send("browsingContext.getTree")
        self._context = tree["contexts"][0]["context"]
        viewport = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self._context, viewport=viewport)
        self.goto(path)

    def goto(self, path: str) -> None:
        """Like a typed address; with no network the worker may answer."""
        url = self._address + path
        self.send("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def reload(self) -> None:
        self.send("browsingContext.reload", context=self._context, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page; a promise is waited for. JSON only."""
        wrapped = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        said = self.send(
            "script.evaluate",
            expression=wrapped,
            target={"context": self._context},
            awaitPromise=True,
            userActivation=True,
        )
        if said["type"] != "success":
            raise FirefoxError(said["exceptionDetails"]["text"])
        return json.loads(said["result"]["value"])

    def until(self, expression: str, seconds: float = PATIENCE_S) -> Any:
        """The expression's value as soon as it is true."""
        return _until(lambda: self.evaluate(expression), expression, seconds)

    def permit(self, name: str, state: str = "granted") -> None:
        """The person's answer, given before it is asked for: `granted`, `denied` or `prompt`."""
        descriptor = {"name": name}
        self.send(
            "permissions.setPermission", descriptor=descriptor, state=state, origin=self._address
        )

    def text(self) -> str:
        """All that the page shows."""
        return str(self.evaluate(f"({_SEE})('')"))

    def sees(self, words: str, seconds: float = PATIENCE_S) -> None:
        """Wait until the page shows these words."""
        try:
            _until(lambda: words in self.text(), repr(words), seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; the page shows: {self.text()}") from None

    def click(self, role: str, name: str, seconds: float = PATIENCE_S) -> None:
        """A real click in the middle of what has this role and name."""
        place = json.dumps([role, name])
        x, y = _until(lambda: self.evaluate(f"({_FIND})(...{place})"), f"{role} {name}", seconds)
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        self._perform({"type": "pointer", "id": "mouse", "actions": [move, down, up]})

    def hold(self, role: str, name: str, seconds: float) -> None:
        """A finger that stays for so long on what has this role and name."""
        place = json.dumps([role, name])
        x, y = _until(lambda: self.evaluate(f"({_FIND})(...{place})"), f"{role} {name}", PATIENCE_S)
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        wait = {"type": "pause", "duration": round(seconds * 1000)}
        self._perform({"type": "pointer", "id": "mouse", "actions": [move, down, wait, up]})

    def type(self, text: str) -> None:
        """Keys into whatever has the focus."""
        keys = [{"type": t, "value": c} for c in text for t in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keys", "actions": keys})

    def picture(self, path: Path) -> None:
        """What is seen now, as a PNG."""
        said = self.send("browsingContext.captureScreenshot", context=self._context)
        path.write_bytes(base64.b64decode(said["data"]))

    def send(self, method: str, **params: Any) -> Any:
        """One command of WebDriver BiDi."""
        assert self._wire is not None, "not open"
        return self._wire.ask(method, params)

    def close(self) -> None:
        """End the browser and wait for it; its profile stays."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None
        if self._process is not None:
            _end(self._process, signal.SIGTERM)
            self._process = None

    def kill(self) -> None:
        """As when the battery fails: all of its processes at once."""
        if self._process is not None:
            _end(self._process, signal.SIGKILL)
        self.close()

    def _perform(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self._context, actions=[source])
        self.send("input.releaseActions", context=self._context)


class _Wire:
    """Commands and answers over one WebSocket, in a thread that has a loop."""

    def __init__(self, address: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._run(self._connect(address))

    def ask(self, method: str, params: Mapping[str, Any]) -> Any:
        return self._run(self._ask(method, params))

    def close(self) -> None:
        self._run(self._disconnect())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(2 * PATIENCE_S)

    async def _connect(self, address: str) -> None:
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(f"{address}/session", max_msg_size=0)
        self._listener = asyncio.create_task(self._listen())

    async def _disconnect(self) -> None:
        self._listener.cancel()
        await self._socket.close()
        await self._session.close()

    async def _listen(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            waiting = self._waiting.pop(said.get("id"), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(said)
        for waiting in self._waiting.values():
            waiting.set_exception(FirefoxError("the browser has gone"))

    async def _ask(self, method: str, params: Mapping[str, Any]) -> Any:
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        said = await asyncio.wait_for(self._waiting[number], PATIENCE_S)
        if said["type"] == "error":
            raise FirefoxError(f"{method}: {said['error']}: {said['message']}")
        return said["result"]


def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _found(log: Path, pattern: re.Pattern[str]) -> str:
    def look() -> str:
        match = pattern.search(log.read_text(encoding="utf-8", errors="replace"))
        return match[1] if match else ""

    return _until(look, "the browser's address", PATIENCE_S)


def _until(look: Callable[[], T], what: str, seconds: float) -> T:
    end, last = time.monotonic() + seconds, ""
    while time.monotonic() < end:
        try:
            if found := look():
                return found
        except FirefoxError as error:  # a page that is just being left has no answers
            last = str(error)
        time.sleep(POLL_S)
    raise AssertionError(f"not within {seconds:.0f} s: {what} {last}")


_WALK: Final = """function* walk(root) {
  for (const one of root.querySelectorAll('*')) {
    yield one;
    if (one.shadowRoot) yield* walk(one.shadowRoot);
  }
}"""

# Text as it stands in the tree that is shown, slots and shadow roots included.
_SEE: Final = """(() => {
  const see = (node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1 && node.nodeType !== 11) return '';
    if (['STYLE', 'SCRIPT', 'NOSCRIPT', 'TEMPLATE'].includes(node.nodeName)) return '';
    if (node.nodeType === 1 && !node.checkVisibility()) return '';
    const inside = node.shadowRoot ?? node;
    const nodes = node.nodeName === 'SLOT' && node.assignedNodes().length
      ? node.assignedNodes() : inside.childNodes;
    return Array.from(nodes, see).join(' ');
  };
  return () => see(document.body).replace(/\\s+/g, ' ');
})()"""

_FIND: Final = (
    """(role, name) => {
  """
    + _WALK
    + """
  const ROLES = {BUTTON: 'button', A: 'link', INPUT: 'textbox', TEXTAREA: 'textbox',
    H1: 'heading', H2: 'heading', H3: 'heading', DIALOG: 'dialog'};
  const role_of = (one) => one.getAttribute('role') ?? ROLES[one.nodeName] ?? '';
  const named = (one) => {
    const by = one.getAttribute('aria-labelledby');
    const said = by && by.split(' ').map((id) => one.getRootNode().getElementById(id)?.textContent);
    const label = one.labels?.[0]?.textContent;
    const text = said?.join(' ') || one.getAttribute('aria-label') || label || one.textContent;
    return text.replace(/\\s+/g, ' ').trim();
  };
  const fits = (one) => role_of(one) === role && one.checkVisibility() && named(one).includes(name);
  const above = (one) => one.assignedSlot ?? one.parentNode ?? one.host;
  // A finger meets what lies on top: behind an open dialog there is nothing to tap.
  const is_on_top = (wanted, x, y) => {
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot?.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit)
      hit = hit.shadowRoot.elementFromPoint(x, y);
    for (let one = hit; one; one = above(one)) if (one === wanted) return true;
    return wanted.labels?.[0]?.contains(hit) ?? false;
  };
  for (const one of walk(document)) {
    if (!fits(one) || one.disabled) continue;
    one.scrollIntoView({block: 'center'});
    const {left, top, width, height} = one.getBoundingClientRect();
    const place = [left + width / 2, top + height / 2];
    if (width && height && is_on_top(one, ...place)) return place;
  }
  return null;
}"""
)
