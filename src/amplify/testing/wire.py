"""The way of a request through a look-alike: noted, struck by faults, handled.

Telegram's bots carry their token in the path: it is masked in everything that is noted or matched.
"""

import asyncio
import re
import socket
import struct
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate

from aiohttp import web
from aiohttp.typedefs import Handler

from amplify.testing.faults import Faults, Rule
from amplify.testing.premises import LookAlike, Refused

_TOKEN = re.compile(r"^/bot[^/]*")
_RESET_AT_ONCE = struct.pack("ii", 1, 0)
_KEPT = 2000
#: More than any network takes, so that each can say so itself.
_LARGEST = 64_000_000
_PAGE = "<!doctype html><html><head><title>Please wait</title></head><body><h1>One moment, please</h1></body></html>"


@dataclass(slots=True, kw_only=True)
class Request:
    """A request that arrived `at` a wall time in seconds.

    `status` is what handling it gave, whether or not that answer left; None: unhandled.
    """

    network: str
    method: str
    path: str
    status: int | None = None
    faults: list[str] = field(default_factory=list)
    at: float = field(default_factory=time.time)


class Wire:
    """Listens for all networks, with one switch of faults and one log of requests."""

    def __init__(
        self, faults: Faults, forget: Callable[[], None] = lambda: None, machine: Callable[[], float] = time.time
    ) -> None:
        """`forget` is what a server does with uploads that nobody has used; `machine` is the time that it tells."""
        self._faults = faults
        self._forget = forget
        self._machine = machine
        self.log: deque[Request] = deque(maxlen=_KEPT)

    def application(self, network: str, look_alike: LookAlike) -> web.Application:
        @web.middleware
        async def pass_on(request: web.Request, handler: Handler) -> web.StreamResponse:
            answer = await self._pass(network, look_alike, request, handler)
            answer.headers.setdefault("Date", formatdate(self._machine(), usegmt=True))
            return answer

        app = web.Application(middlewares=[pass_on], client_max_size=_LARGEST)
        app.add_routes(look_alike.routes())
        return app

    async def _pass(
        self, network: str, look_alike: LookAlike, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        masked = _TOKEN.sub("/bot***", request.path_qs)
        noted = Request(network=network, method=request.method, path=masked.partition("?")[0])
        self.log.append(noted)

        def strike(phase: str) -> Rule | None:
            rule = self._faults.take(lambda r: r.strikes == phase and r.fits(network, request.method, masked))
            if rule is not None:
                noted.faults.append(rule.what)
            return rule

        before = strike("before")
        if before and before.what == "forget":
            self._forget()
        elif before and (instead := await _struck_before(before, request, look_alike)):
            return instead
        try:
            answer = await handler(request)
        except Refused as refused:
            answer = refused.answer
        except web.HTTPException as unknown:
            noted.status = unknown.status
            raise
        noted.status = answer.status
        if after := strike("after"):
            return await _struck_after(after, request, look_alike, answer)
        return answer


async def _struck_before(rule: Rule, request: web.Request, look_alike: LookAlike) -> web.Response | None:
    """The answer that takes the place of handling the request, if any does."""
    match rule.what:
        case "drop_before":
            return _hang_up(request, reset=True)
        case "delay":
            await request.read()
            await asyncio.sleep(rule.arg)
            return None
        case "hold":
            await request.read()
            await asyncio.sleep(rule.arg)
            return web.Response() if _gone(request) else None
        case _:
            return _instead(rule, look_alike)


async def _struck_after(
    rule: Rule, request: web.Request, look_alike: LookAlike, answer: web.StreamResponse
) -> web.StreamResponse:
    match rule.what:
        case "drop_after" | "close_after":
            return _hang_up(request, reset=rule.what == "drop_after")
        case "hold":
            await asyncio.sleep(rule.arg)
            return answer
        case "truncate":
            whole = answer.body if isinstance(answer, web.Response) else b""
            half = whole[: len(whole) // 2] if isinstance(whole, bytes) else b""
            return web.Response(body=half, status=answer.status, content_type=answer.content_type)
        case _:
            return _instead(rule, look_alike)


def _instead(rule: Rule, look_alike: LookAlike) -> web.Response:
    if rule.what == "html":
        return web.Response(text=_PAGE, content_type="text/html", status=int(rule.arg) or 200, headers=rule.headers)
    status = int(rule.arg) or 500
    if rule.body is None:
        answer = look_alike.refusal(status)
        answer.headers.update(rule.headers)
        return answer
    if isinstance(rule.body, str):
        return web.Response(text=rule.body, status=status, headers=rule.headers)
    return web.json_response(rule.body, status=status, headers=rule.headers)


def _gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _hang_up(request: web.Request, *, reset: bool) -> web.Response:
    """End the connection; the response returned meets a closed door."""
    if (transport := request.transport) is not None:
        if reset:
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
            transport.abort()
        else:
            transport.close()
    return web.Response()
