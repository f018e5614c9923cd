"""The addresses of the pages."""

from typing import Any, Final

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.pages.assets import Assets
from server.pages.policy import of_page
from server.pages.shell import Shell

SCREENS: Final = ["/", "/shift", "/log", "/tasks", "/more", "/desk", "/sign-in"]


@get(SCREENS)
async def shell(shell: NamedDependency[Shell]) -> Response[str]:
    page, nonce = shell.say()
    # Not kept by the browser, for the nonce; the service worker keeps a copy of its own.
    # By X-Kezek-Shell it knows our page from that of a captive portal.
    headers = {
        "Content-Security-Policy": of_page(nonce),
        "Cache-Control": "no-cache",
        "X-Kezek-Shell": "1",
    }
    return Response(page, media_type="text/html", headers=headers)


@get("/manifest.webmanifest")
async def manifest(
    request: Request[Any, Any, Any], shell_files: NamedDependency[Assets]
) -> Response[bytes]:
    return await _answer(request, shell_files, "manifest.webmanifest")


@get("/sw.js")
async def worker(
    request: Request[Any, Any, Any], client_files: NamedDependency[Assets]
) -> Response[bytes]:
    answer = await _answer(request, client_files, "sw.js")
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@get("/static/{name:path}")
async def static(
    request: Request[Any, Any, Any], name: FromPath[str], client_files: NamedDependency[Assets]
) -> Response[bytes]:
    return await _answer(request, client_files, name.removeprefix("/"))


@get("/health")
async def health() -> dict[str, bool]:
    return {"ok": True}


async def _answer(request: Request[Any, Any, Any], files: Assets, name: str) -> Response[bytes]:
    headers = request.headers
    return await files.answer(
        name, headers.get("if-none-match", ""), headers.get("accept-encoding", "")
    )


routes: Final = [shell, manifest, worker, static, health]
