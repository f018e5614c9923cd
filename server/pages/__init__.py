"""The pages: the shell, the manifest, the service worker, files, and whether all is well."""

from pathlib import Path
from typing import Any

from server.pages.assets import Assets
from server.pages.routes import routes
from server.pages.shell import Shell

__all__ = ["provided", "routes"]


def provided(client: Path) -> dict[str, Any]:
    """What the routes ask for, by name."""
    return {
        "shell": Shell(client),
        "shell_files": Assets(client / "shell"),
        "client_files": Assets(client / "public", client / "dist"),
    }
