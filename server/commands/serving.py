"""Verbs that serve: run (for whoever is new) and serve (for an operator)."""

import asyncio
import multiprocessing
import os
import socket
import sys
import time
from argparse import Namespace
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from typing import Any

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

from server.commands.certificate import addresses, certificate
from server.commands.store import checked, filled, say
from server.settings import Settings

TRIES = 100
PAUSE_S = 0.1


def run_run(settings: Settings, said: Namespace) -> None:
    """Fill the model city if the store is empty, serve it, say where to sign in and as whom."""
    port = free_port(settings.host, said.port or settings.port)
    who = asyncio.run(filled(settings))
    lines = [f"Kezek is being served at http://localhost:{port}/ (Ctrl+C ends it)"]
    if who is not None:
        lines.append(f"Other roles, under the same password: {', '.join(who.logins.values())}")
        lines.append(
            f"Sign in at http://localhost:{port}/ as {who.officer} (officer) or "
            f"{who.volunteer} (volunteer), password {who.password}"
        )
    server = made(settings, settings.host, port, 1, None)

    @server.on_startup
    def tell() -> None:
        # The hook is called before there is a worker: somebody has to wait for its first answer.
        Thread(target=say_once_up, args=(settings.host, port, lines), daemon=True).start()

    server.serve()


def run_serve(settings: Settings, said: Namespace) -> None:
    """Serve this store; with --tls to phones on the same network."""
    host = said.host or ("0.0.0.0" if said.tls else settings.host)  # noqa: S104 - asked for
    port = said.port or settings.port
    files = None
    asyncio.run(checked(settings))
    if said.tls:
        files = certificate(settings.secrets)
        for address in addresses():
            show(f"https://{address}:{port}/")
    made(settings, host, port, said.workers, files).serve()


def say_once_up(host: str, port: int, lines: list[str]) -> None:
    """Say these lines as soon as the server answers."""
    while not answers(host, port):
        time.sleep(PAUSE_S)
    for line in lines:
        say(line)


def answers(host: str, port: int) -> bool:
    """Whether the server at this address says that it is well."""
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def show(address: str) -> None:
    """The address, and its QR for a phone's camera."""
    import segno

    say(address)
    segno.make(address).terminal(compact=True)


def made(
    settings: Settings, host: str, port: int, workers: int, files: tuple[Path, Path] | None
) -> AbstractServer[Any]:
    """The web server, not yet started. Several workers need PostgreSQL and Redis."""
    if workers > 1 and not settings.redis:
        sys.exit("kezek: several workers tell each other by Redis: set KEZEK_REDIS")
    os.environ["KEZEK_DATA"] = str(settings.data)
    # A forked worker inherits the locks that other threads of ours hold at that moment, for ever.
    multiprocessing.set_start_method("spawn", force=True)
    return Server(
        "server.app:app_from_environment",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=workers,
        websockets=False,
        log_access=False,
        respawn_failed_workers=True,  # one that was killed must not take the others with it
        log_level=LogLevels.warning,
        ssl_cert=files[0] if files else None,
        ssl_key=files[1] if files else None,
    )


def free_port(host: str, first: int) -> int:
    """The first port from here on that nobody listens at."""
    for port in range(first, first + TRIES):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    sys.exit(f"kezek: no free port between {first} and {first + TRIES - 1}")
