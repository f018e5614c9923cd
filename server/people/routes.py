"""Signing in, signing out, and asking who one is."""

from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from msgspec import Meta, Struct

from server.clock import SECOND
from server.people.cookie import given, taken_back
from server.people.gate import Gate
from server.people.sessions import LIFE, Session
from sync.faults import Fault
from sync.record import Id

LARGEST: Final = 4_096


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody says at the door."""

    login: Annotated[str, Meta(min_length=1, max_length=100)]
    password: Annotated[str, Meta(min_length=1, max_length=500)]
    device: Id


class Me(Struct, frozen=True):
    """Who somebody is here."""

    person: str
    name: str
    role: str
    district: str
    formation: str
    device: str


@post("/sign-in", status_code=200, request_max_body_size=LARGEST)
async def sign_in(request: Request[Any, Any, Any], gate: NamedDependency[Gate]) -> Response[Me]:
    said = read(await request.body())
    token, session = await gate.sign_in(
        said.login,
        said.password,
        said.device,
        address=request.client.host if request.client else "",
        cookie=request.headers.get("cookie", ""),
    )
    return Response(as_me(session), headers={"Set-Cookie": given(token, LIFE // SECOND)})


def read(body: bytes) -> SignIn:
    try:
        return msgspec.json.decode(body, type=SignIn)
    except UnicodeDecodeError as error:  # the decoder's only error that is not its own
        raise Fault("not_json", "not UTF-8") from error


@post("/sign-out", status_code=204)
async def sign_out(request: Request[Any, Any, Any], gate: NamedDependency[Gate]) -> Response[None]:
    await gate.sign_out(request.headers.get("cookie", ""))
    return Response(None, status_code=204, headers={"Set-Cookie": taken_back()})


@get("/me")
async def me(request: Request[Any, Any, Any], gate: NamedDependency[Gate]) -> Me:
    session = await gate.session(request.headers.get("cookie", ""))
    if session is None:
        raise Fault("not_signed_in")
    return as_me(session)


def as_me(session: Session) -> Me:
    actor = session.actor
    return Me(actor.person, session.name, actor.role, actor.district, actor.formation, actor.device)


routes: Final = [sign_in, sign_out, me]
