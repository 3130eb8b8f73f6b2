"""A source is asked through the proxy, which alone asks for its name; with the proxy down, nobody is."""

import asyncio
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from amplify.domain.recipe import Recipe, Unusable
from amplify.figure_sources.fetching import HttpFetcher
from amplify.ports.way import Way, spelled
from amplify.testing.socks import socks
from servers.another_door import tls_door
from servers.certificate import self_signed
from servers.tunnel import tunnel

NAME = "figures.invalid"
AT = datetime(2027, 5, 1, tzinfo=UTC)
CSV = frozenset({"text/csv"})
PAGE = b"id,status\n1,active\n"


@asynccontextmanager
async def source(pem):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    yield server.sockets[0].getsockname()[1]
    server.close()


def recipe(url, host=NAME):
    return Recipe(name="list", figure="held", kind="csv", url=url, hosts=frozenset({host}))


async def nobody(host, port):
    raise AssertionError(f"{host}:{port} was asked for here")


async def test_a_source_is_asked_through_the_proxy_alone(tmp_path):
    pem = self_signed(tmp_path, NAME)
    async with source(pem) as port, socks({NAME: port}) as proxy:
        fetcher = HttpFetcher(now=lambda: AT, resolve=nobody, way=Way(proxy=spelled(proxy.url), ca=str(pem)))
        page = await fetcher.fetch(recipe(f"https://{NAME}/list"), CSV)
        assert page.text == PAGE.decode()
        assert proxy.asked == [NAME]
        proxy.answer = 5
        with pytest.raises(Unusable, match="through the proxy socks5h"):
            await fetcher.fetch(recipe(f"https://{NAME}/list"), CSV)
    with pytest.raises(Unusable, match="through the proxy socks5h"):
        await fetcher.fetch(recipe(f"https://{NAME}/list"), CSV)


async def test_a_proxy_may_itself_be_reached_over_tls(tmp_path):
    pem = self_signed(tmp_path, NAME)
    async with source(pem) as port, tunnel({NAME: port}) as (proxy, asked), tls_door(urlsplit(proxy).port, pem) as door:
        way = Way(proxy=f"https://127.0.0.1:{door}", ca=str(pem))
        page = await HttpFetcher(now=lambda: AT, resolve=nobody, way=way).fetch(recipe(f"https://{NAME}/list"), CSV)
        assert (page.text, asked) == (PAGE.decode(), [NAME])


async def test_an_address_inside_somebodys_network_is_not_asked_for_through_a_proxy_either():
    async with socks({}) as proxy:
        fetcher = HttpFetcher(now=lambda: AT, resolve=nobody, way=Way(proxy=spelled(proxy.url)))
        with pytest.raises(Unusable, match="inside somebody's own network"):
            await fetcher.fetch(recipe("https://10.0.0.7/list", "10.0.0.7"), CSV)
        assert proxy.asked == []
