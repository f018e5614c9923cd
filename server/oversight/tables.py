"""The table of the access log; migration 0004 makes it."""

from typing import Final

from sqlalchemy import BigInteger, Column, Table, Text

from server.database import metadata

accesses: Final = Table(
    "access_log",
    metadata,
    Column("position", BigInteger, primary_key=True),  # from 1, without holes
    Column("at", BigInteger, nullable=False),
    Column("person", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("words_hash", Text, nullable=False),  # of salt and words; empty where there are none
    Column("hash", Text, nullable=False),  # of the row before and of all that stands above
    Column("words", Text),  # may name a person, so it stands beside the chain and can be erased
    Column("salt", Text),
)
