"""The tables of accounts, devices and sessions; migration 0001 makes them."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Text

from server.database import metadata

accounts: Final = Table(
    "person_account",
    metadata,
    Column("person", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("password", Text, nullable=False),  # its Argon2id hash
    Column("role", Text, nullable=False),
    Column("district", Text, nullable=False),
    Column("formation", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("closed", BigInteger, nullable=False),  # when; 0 while the account is open
)

devices: Final = Table(
    "person_device",
    metadata,
    Column("device", Text, primary_key=True),
    Column("person", Text, ForeignKey("person_account.person"), nullable=False),
    Column("first_seen", BigInteger, nullable=False),
    Column("revoked", BigInteger, nullable=False),  # when; 0 while it may be used
)

sessions: Final = Table(
    "person_session",
    metadata,
    Column("token", Text, primary_key=True),  # SHA-256 of it: the table opens no door
    Column("person", Text, ForeignKey("person_account.person"), nullable=False),
    Column("device", Text, ForeignKey("person_device.device"), nullable=False, index=True),
    Column("created", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False, index=True),
)
