"""A door before a look-alike that garbles what it answers: bytes, values and headers, in ways that a proxy or a bug would.

What it never does is lie well: a well-formed answer that says something else cannot be told from the truth by anybody.
"""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import ClientError, ClientSession, web

_HOST = "127.0.0.1"
#: What belongs to one connection, and not to the message.
_OURS = {"connection", "content-encoding", "content-length", "transfer-encoding", "date"}
#: What slips into the place of a value.
_INSTEAD: tuple[object, ...] = (None, True, False, -1, 0.5, "", [], {}, [[]], {"a": {"b": None}}, 10**400)
_HEADERS: tuple[tuple[str, str], ...] = (
    ("Retry-After", "99999999999999999999"),
    ("Retry-After", "-7"),
    ("Retry-After", "\xb2"),
    ("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"),
    ("X-RateLimit-Reset", "0001-01-01T00:00:00Z"),
    ("X-RateLimit-Reset", "99999999999999999999"),
    ("X-RateLimit-Reset", "soon"),
    ("X-RateLimit-Remaining", "many"),
    ("RateLimit-Reset", "\xbd"),
    ("RateLimit-Remaining", "1.5"),
    ("Date", "yesterday"),
    ("Date", "Sun, 06 Nov 9999 08:49:37 GMT"),
    ("Content-Type", "text/html; charset=nonsense"),
    ("Content-Type", "application/json; charset=utf-16"),
    ("Content-Type", ""),
    ("Content-Encoding", "gzip"),
    ("Location", "http://nowhere.invalid/"),
    ("Link", "<nonsense"),
)


@dataclass(slots=True)
class Accident:
    """What happens to the next answer to a path; `told` is what it was."""

    path: str
    number: int
    told: str = ""


@dataclass(slots=True)
class Garbler:
    """Open it with `open`; what comes to `url` is answered by `server`. `waiting` is the accident that is ordered."""

    server: str
    url: str = ""
    waiting: Accident | None = None
    happened: list[str] = field(default_factory=list)
    _runner: web.AppRunner | None = None
    _session: ClientSession | None = None

    @classmethod
    async def open(cls, server: str) -> Self:
        door = cls(server)
        app = web.Application(client_max_size=64_000_000)
        app.router.add_route("*", "/{path:.*}", door._pass_on)
        door._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await door._runner.setup()
        site = web.TCPSite(door._runner, _HOST, 0)
        await site.start()
        door.url = f"http://{_HOST}:{door._runner.addresses[0][1]}"
        door._session = ClientSession(auto_decompress=True)
        return door

    async def close(self) -> None:
        if self._session is not None and self._runner is not None:
            await self._session.close()
            await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        if self._session is None:
            raise web.HTTPBadGateway
        sent = {name: value for name, value in request.headers.items() if name.lower() not in {*_OURS, "host"}}
        try:
            async with self._session.request(
                request.method, self.server + request.raw_path, data=await request.read() or None, headers=sent
            ) as answer:
                body = (await answer.read()).replace(self.server.encode(), self.url.encode())
                kept = {name: value for name, value in answer.headers.items() if name.lower() not in _OURS}
        except ClientError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        accident = self.waiting
        if accident is None or not re.search(accident.path, request.path):
            return web.Response(body=body, status=answer.status, headers=kept)
        self.waiting = None
        chance = random.Random(accident.number)  # noqa: S311  accidents need not be secret
        body, headers, accident.told = garbled(body, chance)
        kept = {name: value for name, value in kept.items() if name.lower() not in {each.lower() for each in headers}}
        return web.Response(body=body, status=answer.status, headers={**kept, **headers})


def garbled(body: bytes, chance: random.Random) -> tuple[bytes, dict[str, str], str]:
    """The body, headers to add, and in words what was done."""
    how = chance.choice(_WAYS)
    if how is None:
        name, value = chance.choice(_HEADERS)
        return body, {name: value}, f"{name}: {value}"
    after, told = how(body, chance)
    return after, {}, told


def _value(body: bytes, chance: random.Random) -> tuple[bytes, str]:
    """Some value is of another kind."""
    try:
        said = json.loads(body)
    except ValueError:
        return _cut(body, chance)
    places = list(_places(said, ()))
    if not places:
        return _cut(body, chance)
    path = chance.choice(places)
    put = chance.choice(_INSTEAD)
    holder = said
    for step in path[:-1]:
        holder = holder[step]
    if chance.random() < 1 / 4 and isinstance(holder, dict):
        del holder[path[-1]]
        return json.dumps(said).encode(), f"{path} is gone"
    holder[path[-1]] = put
    return json.dumps(said).encode(), f"{path} is {str(put)[:20]!r}"


def _whole(_: bytes, chance: random.Random) -> tuple[bytes, str]:
    put = chance.choice(
        (
            b"",
            b"null",
            b"true",
            b"{}",
            b'""',
            b"0",
            b'{"ok": false}',
            b'{"ok": true}',
            b'{"error": {"a": 1}}',
            b"\xff\xfe\x00",
        )
    )
    return put, f"all of it is {put!r}"


def _cut(body: bytes, chance: random.Random) -> tuple[bytes, str]:
    at = chance.randrange(len(body) + 1)
    return body[:at], f"cut at {at}"


def _broken(body: bytes, chance: random.Random) -> tuple[bytes, str]:
    """A byte that belongs to the grammar is another, so that no JSON is left."""
    places = [at for at, byte in enumerate(body) if byte in b'{}[]:,"']
    if not places:
        return _cut(body, chance)
    at = chance.choice(places)
    return body[:at] + bytes([chance.randrange(128, 256)]) + body[at + 1 :], f"byte {at} is another"


def _page(_: bytes, __: random.Random) -> tuple[bytes, str]:
    return b"<!doctype html><title>One moment</title>", "a page for browsers"


def _deep(_: bytes, __: random.Random) -> tuple[bytes, str]:
    return b"[" * 50_000 + b"]" * 50_000, "very deep"


_Way = Callable[[bytes, random.Random], tuple[bytes, str]]
_WAYS: tuple[_Way | None, ...] = (
    _value,
    _value,
    _value,
    _value,
    _value,
    _whole,
    _cut,
    _broken,
    _page,
    _deep,
    None,
    None,
)


def _places(said: Any, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    steps = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    return [place for step, inner in steps for place in [(*path, step), *_places(inner, (*path, step))]]
