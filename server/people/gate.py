"""The gate: signs people in and out, and says who somebody with a cookie is."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, Final

from litestar import Request
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import SECOND, Clock
from server.database import reading, writing
from server.people.accounts import Account, Accounts, as_login
from server.people.cookie import token_in
from server.people.pace import Pace
from server.people.passwords import Passwords
from server.people.sessions import Session, Sessions
from sync.faults import Fault
from sync.roles import Actor

FRESH: Final = 30 * SECOND  # how long a worker may go without asking the store again
MOST_REMEMBERED: Final = 20_000


Left = Callable[[str], Awaitable[None]]
Closed = Callable[[set[str]], Awaitable[None]]


class Remembered(Struct):
    """A session in this worker's memory; `seen` runs ahead of the store by `FRESH` at most."""

    session: Session
    read: int
    seen: int


class Gate:
    """Who is asking. Memory only saves questions; the store decides."""

    def __init__(self, engine: AsyncEngine, clock: Clock, passwords: Passwords) -> None:
        self._engine = engine
        self._clock = clock
        self._passwords = passwords
        self._pace = Pace(clock)
        self._remembered: dict[str, Remembered] = {}
        self._left: list[Left] = []
        self._closed: list[Closed] = []

    def on_leave(self, left: Left) -> None:
        """Tell somebody of each device that its person has left."""
        self._left.append(left)

    def on_close(self, closed: Closed) -> None:
        """Tell somebody of sessions (hashes of tokens) that are over, before anybody is told."""
        self._closed.append(closed)

    def forget_all(self) -> None:
        """From now on the store is asked again whose each session is."""
        self._remembered.clear()

    async def sign_in(
        self, login: str, password: str, device: str, *, address: str, cookie: str
    ) -> tuple[str, Session]:
        """A new token and whose it is; the tokens of this device before it stop to count."""
        account = await self._prove(as_login(login), password, address)
        token, now = secrets.token_urlsafe(32), self._clock.now()
        async with writing(self._engine) as connection:
            sessions = Sessions(connection)
            await sessions.bind(device, account.person, now)
            before = await sessions.of(_hashed(token_in(cookie)))
            former = {*await sessions.on(device)}
            if before is not None:
                former.add(_hashed(token_in(cookie)))
            await self._close(sessions, former)
            await sessions.sweep(now)
            await sessions.open(_hashed(token), account.person, device, now)
            session = await sessions.of(_hashed(token))
        assert session is not None
        self._forget(former)
        await self._leave(before, device)
        return token, session

    async def sign_out(self, cookie: str) -> None:
        former = _hashed(token_in(cookie))
        async with writing(self._engine) as connection:
            sessions = Sessions(connection)
            before = await sessions.of(former)
            await self._close(sessions, {former} if before is not None else set())
        self._forget({former})
        await self._leave(before)

    async def session(self, cookie: str, *, active: bool = True) -> Session | None:
        """The open session of a Cookie header. A look that is nobody's doing is not `active`."""
        if not (token := token_in(cookie)):
            return None
        key, now = _hashed(token), self._clock.now()
        remembered = self._remembered.get(key)
        if remembered is None or now - remembered.read >= FRESH:
            remembered = await self._read(key, now, remembered.seen if remembered else 0, active)
        if remembered is None or not remembered.session.open_at(now, remembered.seen):
            self._forget({key})
            return None
        if active:
            remembered.seen = now
        return remembered.session

    async def actor(self, cookie: str, *, active: bool = True) -> Actor | None:
        """Who is asking, for a route without a framework."""
        session = await self.session(cookie, active=active)
        return session.actor if session else None

    async def actor_of(self, request: Request[Any, Any, Any]) -> Actor | None:
        """Who is asking, as a dependency of Litestar."""
        return await self.actor(request.headers.get("cookie", ""))

    async def _close(self, sessions: Sessions, over: set[str]) -> None:
        for closed in self._closed:
            await closed(over)
        await sessions.close(over)

    async def _leave(self, session: Session | None, stays: str = "") -> None:
        """Its device is left, unless it is the one on which its person stays."""
        if session is not None and session.actor.device != stays:
            for left in self._left:
                await left(session.actor.device)

    async def _prove(self, login: str, password: str, address: str) -> Account:
        self._pace.enter(login, address)
        async with reading(self._engine) as connection:
            kept = await Accounts(connection).open_under(login)
        # The same work for a login that is not there, so that the time tells nothing.
        if not await self._passwords.verify(kept.password if kept else None, password):
            raise Fault("sign_in_refused")
        assert kept is not None
        self._pace.succeeded(login, address)
        return kept.account

    async def _read(self, key: str, now: int, seen: int, active: bool) -> Remembered | None:
        async with reading(self._engine) as connection:
            session = await Sessions(connection).of(key)
        if session is None or not session.open_at(now, seen):
            return None
        if active and now - session.seen >= FRESH:
            async with writing(self._engine) as connection:
                await Sessions(connection).touch(key, now)
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        remembered = Remembered(session, now, max(seen, session.seen))
        self._remembered[key] = remembered
        return remembered

    def _forget(self, keys: set[str]) -> None:
        for key in keys:
            self._remembered.pop(key, None)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
