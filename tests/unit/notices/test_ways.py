"""A sign of life and a notice take the way that they are told, and no other; the proxy alone asks for the name."""

import asyncio

import pytest

from amplify.notices.by_courier import AppriseNotifier, UrlHeartbeat
from amplify.ports.notifier import NotTold
from amplify.ports.way import STRAIGHT, Way, spelled
from amplify.testing.socks import socks
from worker.switchboard import switchboard

NAME = "told.invalid"
ACCOUNT = ("somebody", "canary-19ab")


@pytest.fixture
async def listener():
    """A service that takes everything; its port, and the first lines that came."""
    came = []

    async def answer(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        came.append(head.split(b"\r\n")[0].decode())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1], came
    server.close()


def both(way):
    return UrlHeartbeat(address=f"http://{NAME}/beat", way=way).beat(), AppriseNotifier(
        address=f"json://{NAME}/notice", way=way
    ).notify("a title", "a text", urgent=False)


async def test_both_go_through_the_proxy_and_past_it_when_it_is_down_go_neither(listener):
    port, came = listener
    async with socks({NAME: port}, ACCOUNT) as proxy:
        way = Way(proxy=spelled(proxy.url))
        await asyncio.gather(*both(way))
        assert proxy.asked == [NAME, NAME]
        assert sorted(came) == ["GET /beat HTTP/1.1", "POST /notice HTTP/1.1"]
    for untold in await asyncio.gather(*both(way), return_exceptions=True):
        assert isinstance(untold, NotTold)
        assert f"the proxy socks5h://127.0.0.1:{proxy.port}, and nothing goes past it" in str(untold)
        assert ACCOUNT[1] not in str(untold)
    assert len(came) == 2


async def test_a_proxy_of_the_environment_asks_for_the_name_too(listener, monkeypatch):
    port, came = listener
    async with socks({NAME: port}) as proxy:
        monkeypatch.setenv("ALL_PROXY", proxy.url)  # socks5://, with which other programs ask for names themselves
        await UrlHeartbeat(address=f"http://{NAME}/beat", way=STRAIGHT).beat()
        assert (proxy.asked, len(came)) == ([NAME], 1)


async def test_a_heartbeat_that_is_sent_on_elsewhere_has_not_arrived():
    with switchboard() as board:
        board.mood = "302"
        with pytest.raises(NotTold, match="answered 302 and points elsewhere"):
            await UrlHeartbeat(address=f"http://127.0.0.1:{board.port}/beat").beat()
        assert board.beats == 0
