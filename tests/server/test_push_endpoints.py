"""An endpoint is a stranger's wish: of fifty evil ones none is called, and none is looked up."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence

import pytest

from server.push.endpoints import Allowed, EndpointRefused, check, is_open
from server.push.post import Post, Unreachable
from tests.world.push_service import Answer, PushService

NOBODY = Allowed("")
GOOD = "https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB"
HOST = "updates.push.services.mozilla.com"

KNOWN = [
    GOOD,
    "https://fcm.googleapis.com/fcm/send/abc:APA91b",
    "https://jmt17.google.com/fcm/send/abc",
    "https://web.push.apple.com/QGuQyavXutnMH",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB",
    "https://fcm.googleapis.com:443/fcm/send/abc",
]

EVIL = [
    # This machine and its neighbours, in every spelling that some parser takes.
    "https://127.0.0.1/x", "https://127.1/x", "https://2130706433/x", "https://0x7f000001/x",
    "https://0177.0.0.1/x", "https://0x7f.0.0.1/x", "https://127.0.0.1.:443/x",
    "https://[::1]/x", "https://[::ffff:127.0.0.1]/x", "https://[::ffff:7f00:1]/x",
    "https://[0:0:0:0:0:0:0:1]/x", "https://[fe80::1%25lo]/x", "https://[fc00::1]/x",
    "https://0/x", "https://0.0.0.0/x", "https://[::]/x", "https://localhost/x",
    "https://localhost.localdomain/x", "https://kezek.localhost/x", "https://ip6-localhost/x",
    "https://169.254.169.254/latest/meta-data/", "https://[fd00:ec2::254]/x",
    "https://metadata.google.internal/computeMetadata/v1/", "https://10.0.0.1/x",
    "https://192.168.1.1/x", "https://172.16.0.1/x", "https://100.64.0.1/x",
    "https://8.8.8.8/x", "https://[2606:4700::1111]/x",
    "https://①②⑦.0.0.1/x", "https://127。0。0。1/x",
    # Another scheme, another port.
    f"http://{HOST}/x", f"HTTPS://{HOST}/x", f"ftp://{HOST}/x", "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL", f"//{HOST}/x", "javascript:alert(1)", "",
    f"https://{HOST}:22/x", f"https://{HOST}:80/x", f"https://{HOST}:8443/x",
    f"https://{HOST}:0/x", f"https://{HOST}:/x", f"https://{HOST}:99999/x",
    # Somebody else's host that looks like a known one.
    "https://evil.example/x", f"https://{HOST}.evil.example/x", f"https://evil{HOST}/x",
    "https://push.apple.com.evil.example/x", "https://evilpush.apple.com/x",
    "https://push.apple.com/x", "https://notify.windows.com/x", f"https://{HOST}./x",
    f"https://127.0.0.1#@{HOST}/x", f"https://{HOST}#@127.0.0.1/x",
    f"https://{HOST}@127.0.0.1/x", f"https://evil@{HOST}/x", f"https://a:b@{HOST}/x",
    f"https://@{HOST}/x", f"https://127.0.0.1\\@{HOST}/x", f"https://{HOST}\\.evil.example/x",
    f"https://evil.example?{HOST}/x", f"https://{HOST}%2eevil.example/x",
    # What breaks out of a line, and what is no address of one subscription.
    f"https://{HOST}/x\r\nX-Evil: 1", f"https://{HOST}/x y", f"https://{HOST}\t/x",
    f"https://{HOST}/\x00", f" {GOOD}", f"{GOOD} ", f"https://{HOST}", f"https://{HOST}/",
    "https:///x", "https://", f"https:/{HOST}/x", f"https:{HOST}/x", "https://[/x",
]  # fmt: skip


class Names:
    """A resolver that counts, and answers what the test says."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@pytest.fixture
async def trap() -> AsyncIterator[tuple[int, list[str]]]:
    """A socket on this machine's loopback that notes whoever comes."""
    came: list[str] = []

    async def note(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append("somebody")
        writer.close()

    server = await asyncio.start_server(note, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], came


@pytest.fixture
async def went(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that anything tries to connect to; nothing gets there."""
    found: list[str] = []

    async def connect(_loop: object, _socket: socket.socket, address: tuple[str, int]) -> None:
        found.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(type(asyncio.get_running_loop()), "sock_connect", connect)
    return found


async def post(endpoint: str, allowed: Allowed, names: Names | None = None) -> int:
    async with Post(allowed, names) as wire:
        reply = await wire.post(endpoint, data=b"x", headers={"TTL": "1"}, timeout=2)
        return reply.status


@pytest.mark.parametrize("endpoint", KNOWN)
def test_what_browsers_use_is_called(endpoint: str) -> None:
    check(endpoint, NOBODY)


@pytest.mark.parametrize("endpoint", EVIL)
async def test_what_is_evil_is_neither_called_nor_looked_up(endpoint: str, went: list[str]) -> None:
    names = Names(["8.8.8.8"])
    with pytest.raises(EndpointRefused) as refused:
        await post(endpoint, NOBODY, names)
    assert (names.asked, went) == ([], [])
    assert endpoint == "" or endpoint not in str(refused.value)


def test_there_were_enough_of_them() -> None:
    assert len(set(EVIL)) == len(EVIL) >= 70


INSIDE = [
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.31.0.1", "192.168.0.10", "169.254.169.254",
    "100.64.0.1", "100.127.255.254", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1",
    "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1",
    "2001:0:7f00:1::", "2001:db8::1", "not an address",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
async def test_a_known_name_with_an_address_inside_is_not_called(
    address: str, went: list[str]
) -> None:
    """Also where only one of several addresses is inside."""
    assert not is_open(address)
    for addresses in ([address], ["8.8.8.8", address]):
        names = Names(addresses)
        with pytest.raises(EndpointRefused):
            await post(GOOD, NOBODY, names)
        assert names.asked == [HOST]
    assert went == []


@pytest.mark.parametrize("address", ["8.8.8.8", "142.250.1.1", "2a00:1450:4001::200a"])
def test_an_address_of_the_open_internet_is_one(address: str) -> None:
    assert is_open(address)


async def test_a_name_that_answers_otherwise_the_next_time_gains_nothing(
    went: list[str],
) -> None:
    """DNS rebinding: what was vetted is what is connected to, and a name is asked once a POST."""
    names = Names(["8.8.8.8"], ["127.0.0.1"])
    with pytest.raises(Unreachable):
        await post(GOOD, NOBODY, names)
    assert (went, names.asked) == (["8.8.8.8"], [HOST])
    with pytest.raises(EndpointRefused):
        await post(GOOD, NOBODY, names)
    assert went == ["8.8.8.8"]


async def test_only_the_allowed_origin_is_trusted_unseen() -> None:
    async with PushService().up() as service:
        allowed = Allowed(f"{service.origin} https://push.police.example")
        assert await post(service.endpoint("a"), allowed) == 201
        for other in (
            f"http://127.0.0.1:{service.port}/wpush/a",
            f"http://localhost:{service.port + 1}/wpush/a",
            f"https://localhost:{service.port}/wpush/a",
            f"http://x@localhost:{service.port}/wpush/a",
        ):
            with pytest.raises(EndpointRefused):
                await post(other, allowed)
        assert len(service.posted) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirection_is_not_followed(status: int, trap: tuple[int, list[str]]) -> None:
    async with PushService().up() as service:
        to = {"Location": f"http://127.0.0.1:{trap[0]}/"}
        service.answers.append(Answer(status=status, headers=to))
        assert await post(service.endpoint("a"), Allowed(service.origin)) == status
    assert trap[1] == []


async def test_an_answer_that_is_slow_or_long_holds_nobody_up() -> None:
    async with PushService().up() as service:
        allowed = Allowed(service.origin)
        service.answers.append(Answer(body=b"x" * 50_000_000))
        assert await post(service.endpoint("a"), allowed) == 201
        service.answers.append(Answer(after=5))
        with pytest.raises(Unreachable) as error:
            await post(service.endpoint("secret"), allowed)
        assert "secret" not in str(error.value)


async def test_a_cookie_is_not_taken_and_not_sent_on() -> None:
    async with PushService().up() as service:
        allowed = Allowed(service.origin)
        service.answers.append(Answer(headers={"Set-Cookie": "a=b"}))
        async with Post(allowed) as wire:
            for _ in range(2):
                await wire.post(service.endpoint("a"), data=b"x", headers={}, timeout=2)
        assert len(service.posted) == 2
        assert all("cookie" not in posted.headers for posted in service.posted)
