"""What a push service's answer means for a notice and for its subscription. Pure."""

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from msgspec import Struct

from server.clock import HOUR, MINUTE, SECOND

FIRST_WAIT: Final = 2 * SECOND
LONGEST_WAIT: Final = 10 * MINUTE
LONGEST_ASKED: Final = HOUR
TRIES_MAX: Final = 20

Verdict = Literal["sent", "gone", "refused", "ours", "later"]


class Meaning(Struct, frozen=True):
    """`sent`; `gone`: the subscription is no more; `refused`: it will never take ours;
    `ours`: our fault, this notice cannot be sent; `later`: after `wait` ms."""

    verdict: Verdict
    wait: int = 0
    status: int = 0


def meaning(status: int, retry_after: str, tries: int, now: int) -> Meaning:
    """From a status (0: none came), its Retry-After, and how often it has been tried (from 1)."""
    if 200 <= status < 300:
        return Meaning("sent")
    if status in (404, 410):
        return Meaning("gone")
    if status == 413:
        return Meaning("ours")
    if status in (408, 425, 429) or status == 0 or status >= 500:
        asked = _asked(retry_after, now)
        if tries >= TRIES_MAX:
            return Meaning("ours")
        # Never all at once: a service that comes back is not knocked over again.
        wait = asked + _jitter(FIRST_WAIT) if asked else _jitter(_backed_off(tries))
        return Meaning("later", wait)
    # 400, 401, 403 and whatever else: also a redirect, which no push service makes.
    return Meaning("refused", status=status)


def _backed_off(tries: int) -> int:
    return int(min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tries - 1, 12)))


def _jitter(wait: int) -> int:
    return wait // 2 + random.randrange(wait // 2 + 1)  # noqa: S311 - spread, not a secret


def _asked(retry_after: str, now: int) -> int:
    """Milliseconds from a Retry-After in seconds or as a date (RFC 9110, 10.2.3); 0 if none."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        wait = int(text[:9]) * SECOND
    else:
        try:
            until = parsedate_to_datetime(text)
        except (ValueError, TypeError):
            return 0
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        wait = int((until - datetime.fromtimestamp(now / SECOND, UTC)).total_seconds() * SECOND)
    return max(0, min(wait, LONGEST_ASKED))
