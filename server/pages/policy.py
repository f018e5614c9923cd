"""What a page and a worker of ours may load: nothing that is not ours."""

from typing import Final

OWN: Final = (
    "style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; connect-src 'self';"
    " worker-src 'self' blob:; manifest-src 'self'; font-src 'self'; media-src 'self' blob:;"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PAGE: Final = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; " + OWN
)


def of_page(nonce: str) -> str:
    return PAGE.format(nonce=nonce)


def of_file() -> str:
    """For a file that may run as a worker, whose policy is its own answer's."""
    worker = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    return f"{worker}; frame-ancestors 'none'"
