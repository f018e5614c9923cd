"""The tables of web push; migration 0005 makes them."""

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, Table, Text, UniqueConstraint

from server.database import metadata

subscriptions: Final = Table(
    "push_subscription",
    metadata,
    Column("device", Text, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    # A secret: whoever has it can make the person's device wake up.
    Column("endpoint", Text, nullable=False, unique=True),
    Column("p256dh", Text, nullable=False),
    Column("auth", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    # The status with which a push service refused us for good; 0 while it takes notices.
    Column("refused", Integer, nullable=False),
)

notices: Final = Table(
    "push_notice",
    metadata,
    Column("id", Text, primary_key=True),  # random: whoever names it has received it
    Column("fact", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("lease", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("sent", BigInteger, nullable=False),
    Column("shown", BigInteger, nullable=False),
    Column("opened", BigInteger, nullable=False),
    UniqueConstraint("fact", "device"),
)

cursor: Final = Table(
    "push_cursor",
    metadata,
    Column("name", Text, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
)
