"""Subscriptions, one a device, as seen inside one transaction."""

import base64
import binascii
from collections.abc import Collection, Sequence
from typing import Annotated, Any, Final, Literal

from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Meta, Struct
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.push.tables import subscriptions
from sync.roles import Actor

LONGEST: Final = 1_000  # characters of an endpoint; the longest seen in the wild has about 500
POINT: Final = 65  # bytes of an uncompressed point of P-256 (RFC 8291, 3.1)
SECRET: Final = 16  # bytes of the authentication secret (RFC 8291, 3.2)


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """A subscription as a browser tells it; a language of '' leaves the one known."""

    endpoint: Annotated[str, Meta(min_length=1, max_length=LONGEST)]
    p256dh: Annotated[str, Meta(max_length=100)]
    auth: Annotated[str, Meta(max_length=50)]
    language: Literal["kk", "ru", "en", ""] = ""

    def __post_init__(self) -> None:
        point = _decoded(self.p256dh)
        if len(point) != POINT or len(_decoded(self.auth)) != SECRET:
            raise ValueError("the keys are not those of a subscription")
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


class Subscriptions:
    """The subscriptions held."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, actor: Actor, said: Said, now: int) -> None:
        """Put the device's subscription down in place of the one it had.

        A browser has one endpoint whoever signs in: the latest to bring it has it.
        """
        before = await self.of(actor.device)
        await self._connection.execute(
            delete(subscriptions).where(
                (subscriptions.c.device == actor.device)
                | (subscriptions.c.endpoint == said.endpoint)
            )
        )
        await self._connection.execute(
            insert(subscriptions).values(
                device=actor.device,
                person=actor.person,
                endpoint=said.endpoint,
                p256dh=said.p256dh,
                auth=said.auth,
                language=said.language or (before.language if before else "kk"),
                created=now,
                refused=0,
            )
        )

    async def of(self, device: str) -> Any | None:
        query = select(subscriptions).where(subscriptions.c.device == device)
        return (await self._connection.execute(query)).one_or_none()

    async def on(self, devices: Collection[str]) -> dict[str, Any]:
        """The subscriptions of these devices."""
        query = select(subscriptions).where(subscriptions.c.device.in_(list(devices)))
        return {row.device: row for row in await self._connection.execute(query)}

    async def devices_of(self, people: Collection[str]) -> Sequence[tuple[str, str]]:
        """Person and device of every subscription of these people that takes notices."""
        query = select(subscriptions.c.person, subscriptions.c.device).where(
            subscriptions.c.person.in_(list(people)), subscriptions.c.refused == 0
        )
        return [(row.person, row.device) for row in await self._connection.execute(query)]

    async def people(self) -> dict[str, set[str]]:
        """Everybody with a subscription that takes notices, with his devices."""
        query = select(subscriptions.c.person, subscriptions.c.device).where(
            subscriptions.c.refused == 0
        )
        found: dict[str, set[str]] = {}
        for row in await self._connection.execute(query):
            found.setdefault(row.person, set()).add(row.device)
        return found

    async def drop(self, device: str) -> None:
        """The device is told nothing any more."""
        await self._connection.execute(
            delete(subscriptions).where(subscriptions.c.device == device)
        )

    async def drop_gone(self, device: str, endpoint: str) -> bool:
        """Drop what a push service says is gone, unless the device has brought another since."""
        done = await self._connection.execute(
            delete(subscriptions).where(
                subscriptions.c.device == device, subscriptions.c.endpoint == endpoint
            )
        )
        return done.rowcount > 0

    async def refuse(self, device: str, endpoint: str, status: int) -> None:
        """Let it rest until the device comes with one that is taken."""
        await self._connection.execute(
            update(subscriptions)
            .where(subscriptions.c.device == device, subscriptions.c.endpoint == endpoint)
            .values(refused=status)
        )


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64url") from error
