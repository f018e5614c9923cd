"""The one page of the client, the same for everybody: it holds nothing of anybody."""

import secrets
from pathlib import Path
from typing import Any, Final

import jinja2
import msgspec
from msgspec import Struct

ENTRY: Final = "src/main.ts"


class Chunk(Struct, frozen=True):
    """A line of Vite's manifest, as far as the page needs it."""

    file: str
    css: list[str] = []
    imports: list[str] = []


class Shell:
    """The page, ready to be said with a fresh nonce."""

    def __init__(self, client: Path) -> None:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(client / "shell"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._template = environment.get_template("shell.html")
        self._names = names_of(client / "dist" / ".vite" / "manifest.json")

    def say(self) -> tuple[str, str]:
        """The page, and the nonce in it."""
        nonce = secrets.token_urlsafe(16)
        return self._template.render(nonce=nonce, **self._names), nonce


def names_of(manifest: Path) -> dict[str, Any]:
    """The files that the entry starts from; none while the client has not been built."""
    if not manifest.is_file():
        return {"script": "", "styles": [], "preloads": []}
    chunks = msgspec.json.decode(manifest.read_bytes(), type=dict[str, Chunk])
    entry = chunks[ENTRY]
    needed = [chunks[name] for name in entry.imports]
    return {
        "script": entry.file,
        "styles": [*entry.css, *(style for chunk in needed for style in chunk.css)],
        "preloads": [chunk.file for chunk in needed],
    }
