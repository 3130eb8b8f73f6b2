"""A proxy in front of a real server, where the faults that a look-alike has built in can be ordered as well.

Both stand on the same wire: the same rules, the same log, the same switch over HTTP (at `switch`). A status
that a rule asks for is told in the network's own words. It waits a minute for the server and no longer.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from io import BytesIO
from typing import Self

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web

from amplify.testing.doors import HOST, kept, listening
from amplify.testing.faults import Faults
from amplify.testing.manners import Manners
from amplify.testing.memory import Memory
from amplify.testing.premises import LookAlike, Premises, Refused
from amplify.testing.sandbox import LOOK_ALIKES
from amplify.testing.switch import Switch
from amplify.testing.wall import Hung
from amplify.testing.wire import Request, Wire

_A_MINUTE = ClientTimeout(total=60)
_LAST_WORDS = 0.2
#: What belongs to one of the two connections and not to the message; and what is unpacked on the way.
_NOT_PASSED_ON = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


class Proxy:
    """Open it with `open`. What comes to `url` is passed on to the server."""

    def __init__(self, server: str, network: str) -> None:
        self.faults = Faults()
        self._until_closed = ExitStack()
        self._port = self._until_closed.enter_context(kept(["door"]))["door"]
        self.url = f"http://{HOST}:{self._port}"
        self.switch = ""
        self._network = network
        self._wire = Wire(self.faults)
        self._beyond = _Beyond(server, _words(network, server))
        self._door: web.AppRunner | None = None
        self._runners: list[web.AppRunner] = []

    @classmethod
    async def open(cls, server: str, network: str) -> Self:
        """Listen on free ports of this machine, in front of `server`, which speaks as that network does."""
        proxy = cls(server.rstrip("/"), network)
        switch = web.Application()
        switch.add_routes(Switch(faults=proxy.faults, wire=proxy._wire).routes())
        await proxy.reopen()
        runner, proxy.switch = await _serving(switch, 0)
        proxy._runners.append(runner)
        return proxy

    async def shut(self) -> None:
        """Refuse connections; whoever is inside is thrown out. Rules and log stay."""
        if self._door is not None:
            await self._door.cleanup()
            self._door = None

    async def reopen(self) -> None:
        """Listen again, at the address that is known. Opening twice is harmless."""
        if self._door is None:
            self._door, _ = await _serving(self._wire.application(self._network, self._beyond), self._port)

    def requests(self) -> list[Request]:
        """The last requests that arrived, the oldest first."""
        return list(self._wire.log)

    async def close(self) -> None:
        """Stop listening; the server behind stays. Closing twice is harmless."""
        await self.shut()
        while self._runners:
            await self._runners.pop().cleanup()
        await self._beyond.close()
        self._until_closed.close()


class _Beyond:
    """The server behind the proxy, in the place of a look-alike."""

    def __init__(self, server: str, words: LookAlike) -> None:
        self._server = server
        self._words = words
        self._session: ClientSession | None = None

    def routes(self) -> Iterable[web.RouteDef]:
        return (web.route("*", "/{path:.*}", self._pass_on),)

    def wall(self) -> Iterator[Hung]:
        """What is public there is for the server to say."""
        return iter(())

    def refusal(self, status: int) -> web.Response:
        return self._words.refusal(status)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _at_home(self, answer: bytes, host: str) -> bytes:
        """Where a Bluesky server says that an account lives with it, clients would go past the proxy from then on."""
        there = rb'("serviceEndpoint":\s*")' + re.escape(self._server.encode()) + rb'/?"'
        return re.sub(there, rb"\g<1>http://" + host.encode() + b'"', answer)

    async def _pass_on(self, request: web.Request) -> web.Response:
        """The server's answer, whole. Raises Refused where it gives none."""
        if self._session is None:
            # a connection for each request: one that has been idle may be dead, and cookies are the client's business
            connector = TCPConnector(limit=0, force_close=True)
            self._session = ClientSession(connector=connector, cookie_jar=DummyCookieJar(), timeout=_A_MINUTE)
        body = await request.read()
        try:
            async with self._session.request(
                request.method,
                self._server + request.raw_path,
                data=BytesIO(body) if body else None,
                headers=_passed_on(request.headers.items()),
                allow_redirects=False,
                skip_auto_headers=("User-Agent", "Content-Type", "Accept"),
            ) as answer:
                whole = self._at_home(await answer.read(), request.host)
                return web.Response(body=whole, status=answer.status, headers=_passed_on(answer.headers.items()))
        except (ClientError, TimeoutError) as failed:
            raise Refused(self.refusal(502)) from failed


async def _serving(app: web.Application, port: int) -> tuple[web.AppRunner, str]:
    """What listens, and its address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_WORDS)
    await runner.setup()
    door = listening(port)
    await web.SockSite(runner, door).start()
    return runner, f"http://{HOST}:{door.getsockname()[1]}"


def _passed_on(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _NOT_PASSED_ON]


class _Stranger:
    """A network that has no look-alike: its refusals are plain."""

    def routes(self) -> Iterable[web.RouteDef]:
        return ()

    def wall(self) -> Iterator[Hung]:
        return iter(())

    def refusal(self, status: int) -> web.Response:
        return web.json_response({"error": f"refused with {status}"}, status=status)


def _words(network: str, server: str) -> LookAlike:
    """A look-alike where nobody lives: it is asked only for the words of a refusal."""
    if network not in LOOK_ALIKES:
        return _Stranger()
    premises = Premises(
        url=server,
        residents=(),
        memory=Memory(None),
        now=lambda: datetime.now(UTC),
        machine=lambda: datetime.now(UTC).timestamp(),
        manners=Manners(),
    )
    return LOOK_ALIKES[network](premises)
