"""What the operator may decide, read from the environment once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from msgspec import Struct

PROJECT = Path(__file__).resolve().parent.parent


class Settings(Struct, frozen=True, kw_only=True):
    """Everything that differs from one installation to the next."""

    data: Path = Path("var")
    """The folder of the store, its secrets and its epoch."""
    database: str = ""
    """A URL of SQLAlchemy; empty means SQLite in `data`."""
    redis: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    client: Path = PROJECT / "client"
    push_subject: str = "mailto:operator@kezek.example"
    """Where push services may write to the operator; one of them refuses what is no address."""
    push_allow: str = ""
    """Origins of push services that are trusted unseen, such as one inside the own network."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Settings from variables named KEZEK_*; an empty one counts as not given."""
        given = {
            name: environment.get(f"KEZEK_{name.upper()}", "") for name in cls.__struct_fields__
        }
        default = cls()
        return cls(
            data=Path(given["data"] or default.data).absolute(),
            database=given["database"],
            redis=given["redis"],
            host=given["host"] or default.host,
            port=int(given["port"] or default.port),
            client=Path(given["client"] or default.client).absolute(),
            push_subject=given["push_subject"] or default.push_subject,
            push_allow=given["push_allow"],
        )

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite+aiosqlite:///{self.data.absolute() / 'kezek.db'}"

    @property
    def secrets(self) -> Path:
        return self.data / "secrets"

    def prepare(self) -> None:
        """Make the folders, which are for this user's eyes only."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.secrets.mkdir(mode=0o700, exist_ok=True)
