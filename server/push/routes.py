"""The door of web push: subscribe, ask, and say what was shown."""

from typing import Annotated, Any, Final

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from msgspec import Meta, Struct

from server.push.push import Mine, Push
from server.push.subscriptions import Said
from sync.faults import Fault
from sync.roles import Actor

LARGEST: Final = 4_096


class Of(Struct, frozen=True, forbid_unknown_fields=True):
    """A notice by its id, which nobody can guess: whoever has it has decrypted the notice."""

    notice: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{24}$")]


@get("/push/key")
async def key(push: NamedDependency[Push]) -> dict[str, str]:
    """The public key that a browser subscribes with."""
    return {"key": push.keys.public}


@post("/push/subscription", status_code=204, request_max_body_size=LARGEST)
async def subscribe(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor | None],
    push: NamedDependency[Push],
) -> None:
    """Keep the subscription of the session's device, in place of the one before."""
    await push.subscribe(_known(actor), _read(await request.body(), Said))


@post("/push/unsubscribe", status_code=204)
async def unsubscribe(actor: NamedDependency[Actor | None], push: NamedDependency[Push]) -> None:
    await push.forget(_known(actor).device)


@get("/push/mine")
async def mine(actor: NamedDependency[Actor | None], push: NamedDependency[Push]) -> Mine:
    """What this device was told lately, and how far that came."""
    return await push.mine(_known(actor).device)


@post("/push/test", status_code=200)
async def test(actor: NamedDependency[Actor | None], push: NamedDependency[Push]) -> Of:
    """Send a notice to the device that asks."""
    return Of(await push.test(_known(actor)))


@post("/push/shown", status_code=204, request_max_body_size=LARGEST)
async def shown(request: Request[Any, Any, Any], push: NamedDependency[Push]) -> None:
    """The worker's word. No session is asked for: a notice often outlives it."""
    await push.shown(_read(await request.body(), Of).notice)


@post("/push/opened", status_code=204, request_max_body_size=LARGEST)
async def opened(request: Request[Any, Any, Any], push: NamedDependency[Push]) -> None:
    await push.opened(_read(await request.body(), Of).notice)


def _known(actor: Actor | None) -> Actor:
    if actor is None:
        raise Fault("not_signed_in")
    return actor


def _read(body: bytes, type_: Any) -> Any:
    try:
        return msgspec.json.decode(body, type=type_)
    except UnicodeDecodeError as error:
        raise Fault("not_json", "not UTF-8") from error


routes: Final = [key, subscribe, unsubscribe, mine, test, shown, opened]
