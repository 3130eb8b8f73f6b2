"""One look at a page, against a real server that does what servers do when they break."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from amplify.domain.recipe import Recipe, Unusable
from amplify.figure_sources.fetching import HttpFetcher

AT = datetime(2027, 4, 1, 6, tzinfo=UTC)
CSV = frozenset({"text/csv"})
HOST = "counts.example"


async def at_home(_host, _port):
    return ["127.0.0.1"]


def list_of(count):
    return "id,status\n" + "".join(f"{n},active\n" for n in range(count))


async def answer(request):
    how = request.match_info["how"]
    if how == "moved":
        raise web.HTTPFound("http://169.254.169.254/latest")
    if how == "packed":
        return web.Response(
            body=gzip.compress(b"0" * 50_000_000), headers={"Content-Encoding": "gzip"}, content_type="text/csv"
        )
    if how == "drip":
        response = web.StreamResponse(headers={"Content-Type": "text/csv"})
        await response.prepare(request)
        for _ in range(100):
            await response.write(b"1,active\n")
            await asyncio.sleep(0.1)
        return response
    answers = {
        "list": ("text/csv", list_of(3).encode()),
        "page": ("text/html", b"<html><title>Please wait</title></html>"),
        "large": ("text/csv", b"1,active\n" * 1_100_000),
        "latin": ("text/csv", "id,status\n1,décédé\n".encode("latin-1")),
        "gone": ("text/csv", b""),
    }
    kind, body = answers[how]
    return web.Response(body=body, content_type=kind, status=410 if how == "gone" else 200)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    app = web.Application()
    app.router.add_get("/{how}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield runner.addresses[0][1]
    await runner.cleanup()


def recipe(url, hosts=frozenset({HOST})):
    return Recipe(name="list", figure="held", kind="csv", url=url, hosts=hosts)


def fetcher(**more):
    return HttpFetcher(now=lambda: AT, **{"resolve": at_home, "at_home": frozenset({HOST}), **more})


async def test_a_page_comes_whole_with_its_digest(port):
    page = await fetcher().fetch(recipe(f"http://{HOST}:{port}/list"), CSV)
    assert page.text == list_of(3)
    assert (page.kind, page.at, len(page.digest)) == ("text/csv", AT, 64)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("page", "the page is text/html, where text/csv was expected"),
        ("moved", "the page has moved (to http://169.254.169.254/latest)"),
        ("packed", "packed (gzip)"),
        ("large", "larger than 8192 kB"),
        ("latin", "is not the utf-8 that it says it is"),
        ("gone", "the server answered 410"),
    ],
)
async def test_what_is_not_the_page_is_told_and_not_read(port, how, told):
    with pytest.raises(Unusable) as refused:
        await fetcher().fetch(recipe(f"http://{HOST}:{port}/{how}"), CSV)
    assert told in str(refused.value)


async def test_a_page_that_drips_is_left_alone(port):
    with pytest.raises(Unusable, match="did not send the whole page within 0 seconds"):
        await fetcher(longest=timedelta(seconds=0.4)).fetch(recipe(f"http://{HOST}:{port}/drip"), CSV)


async def test_a_host_that_is_not_named_is_not_asked(port):
    asked = []

    async def resolve(host, _port):
        asked.append(host)
        return ["127.0.0.1"]

    with pytest.raises(Unusable, match=r"other\.example is not among the `hosts`"):
        await fetcher(resolve=resolve).fetch(recipe(f"http://other.example:{port}/list"), CSV)
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.10", "172.16.5.5", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
        "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1",
    ],
)  # fmt: skip
async def test_a_name_that_leads_inside_is_not_asked_even_over_https(port, address):
    async def inside(_host, _port):
        return ["93.184.216.34", address]

    with pytest.raises(Unusable, match="inside somebody's own network"):
        await fetcher(resolve=inside, at_home=frozenset()).fetch(recipe(f"https://{HOST}:{port}/list"), CSV)


@pytest.mark.parametrize("literal", ["127.0.0.1", "[::1]", "2130706433", "0x7f.1"])
async def test_an_address_in_numbers_leads_inside_no_more_than_a_name(port, literal):
    url = f"https://{literal}:{port}/list"
    bare = literal.strip("[]")
    with pytest.raises(Unusable, match="inside somebody's own network|nobody knows where"):
        await HttpFetcher(now=lambda: AT).fetch(recipe(url, frozenset({bare})), CSV)


async def test_without_tls_only_this_machine_is_asked(port):
    with pytest.raises(Unusable, match="does not begin with https"):
        await fetcher(at_home=frozenset()).fetch(recipe(f"http://{HOST}:{port}/list"), CSV)


async def test_a_server_that_is_not_there_is_told():
    with pytest.raises(Unusable, match=rf"{HOST} could not be asked"):
        await fetcher().fetch(recipe(f"http://{HOST}:1/list"), CSV)
