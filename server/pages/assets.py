"""Files of the client: found once at start, packed once when first asked for."""

import asyncio
import gzip
import hashlib
import re
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from litestar import Response
from msgspec import Struct

from server.pages.policy import of_file
from sync.faults import Fault

FOREVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
# Vite puts a hash of the content into the name: name-8chars.ext
HASHED: Final = re.compile(r"assets/.+-[\w-]{8}\.\w+")
PACKED: Final = re.compile(r"text/.*|application/(javascript|json|manifest\+json|wasm)|image/svg.*")
TYPES: Final = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".pmtiles": "application/octet-stream",
    ".woff2": "font/woff2",
}


class Asset(Struct, frozen=True):
    """One file as it is answered, plain and packed."""

    etag: str
    media_type: str
    plain: bytes
    packed: bytes | None


class Assets:
    """The files under some folders; what is not among them at start is not there."""

    def __init__(self, *folders: Path) -> None:
        self._paths = {
            path.relative_to(folder).as_posix(): path
            for folder in folders
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not _hidden(path.relative_to(folder))
        }
        self._read: dict[str, Asset] = {}

    async def answer(self, name: str, asked: str, accepts: str) -> Response[bytes]:
        """The file, or a word that it is still the same; `asked` is If-None-Match."""
        asset = await self._asset(name)
        headers = {
            "Cache-Control": FOREVER if HASHED.fullmatch(name) else ASK_AGAIN,
            "Content-Security-Policy": of_file(),
            "ETag": asset.etag,
            "Vary": "Accept-Encoding",
        }
        if asset.etag in asked:
            return Response(b"", status_code=304, headers=headers)
        content = asset.plain
        if asset.packed is not None and "gzip" in accepts:
            content = asset.packed
            headers["Content-Encoding"] = "gzip"
        return Response(content, headers=headers, media_type=asset.media_type)

    async def _asset(self, name: str) -> Asset:
        if name not in self._paths:
            raise Fault("not_found")
        if name not in self._read:
            self._read[name] = await asyncio.to_thread(_read, self._paths[name])
        return self._read[name]


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read(path: Path) -> Asset:
    plain = path.read_bytes()
    media_type = TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    packed = None
    if PACKED.match(media_type):
        packed = gzip.compress(plain, compresslevel=9, mtime=0)
        packed = packed if len(packed) < len(plain) else None
    # Weak, because the same name stands for the plain and the packed bytes.
    etag = f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"'
    return Asset(etag, media_type, plain, packed)
