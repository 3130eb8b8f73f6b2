"""The sandbox: look-alikes of the three networks, and of rooms, and a page of their walls, on this machine only.

One process, five listeners on 127.0.0.1. With a state file, a sandbox that starts again goes on as if
nothing had happened. Its machine time is the real clock unless a test brings its own.
"""

import socket
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Self

from aiohttp import web

from amplify.testing.bluesky.server import BlueskyLookAlike
from amplify.testing.doors import HOST, listening
from amplify.testing.faults import Faults
from amplify.testing.manners import Manners
from amplify.testing.mastodon.server import MastodonLookAlike
from amplify.testing.memory import Memory
from amplify.testing.page.seen import anchor
from amplify.testing.page.server import Page
from amplify.testing.pictures import measured
from amplify.testing.premises import PICTURES, LookAlike, Premises
from amplify.testing.resident import Resident, check_residents, settings_for
from amplify.testing.room import RoomLookAlike
from amplify.testing.switch import Switch
from amplify.testing.telegram.server import TelegramLookAlike
from amplify.testing.wall import WallPost, in_order
from amplify.testing.wire import Request, Wire

LOOK_ALIKES: Mapping[str, Callable[[Premises], LookAlike]] = {
    "mastodon": MastodonLookAlike,
    "bluesky": BlueskyLookAlike,
    "telegram": TelegramLookAlike,
    "apprise": RoomLookAlike,
}
#: Everything that listens, by the names in `ports`.
DOORS = (*LOOK_ALIKES, "page")
_LAST_WORDS = 0.2


class Sandbox:
    """Open it with `open`. `urls` and `ports` are by network, and of the "page"."""

    def __init__(
        self,
        residents: tuple[Resident, ...],
        ports: Mapping[str, int],
        memory: Memory,
        machine: Callable[[], float],
    ) -> None:
        self.ports = ports
        self.urls: Mapping[str, str] = {name: f"http://{HOST}:{port}" for name, port in ports.items()}
        self.faults = Faults()
        self._residents = residents
        self._memory = memory
        self._wire = Wire(self.faults, memory.forget_uploads, machine)
        self._look_alikes: list[LookAlike] = []
        self._runners: list[web.AppRunner] = []

    @classmethod
    async def open(
        cls,
        residents: Sequence[Resident],
        *,
        now: Callable[[], datetime],
        state: Path | None = None,
        ports: Mapping[str, int] | None = None,
        manners: Manners = Manners(),  # noqa: B008 -- frozen
        machine: Callable[[], float] = time.time,
        title: str = "",
    ) -> Self:
        """Listen. `now` is campaign time, `machine` the real time in seconds; `title` heads the page.

        Raises ValueError where residents cannot be told apart, the state file is damaged or a port is taken.
        """
        everybody = tuple(residents)
        check_residents(everybody)
        memory = Memory(state)
        with ExitStack() as until_served:
            sockets = {name: until_served.enter_context(listening((ports or {}).get(name, 0))) for name in DOORS}
            sandbox = cls(everybody, {name: bound.getsockname()[1] for name, bound in sockets.items()}, memory, machine)
            for name, build in LOOK_ALIKES.items():
                premises = Premises(
                    url=sandbox.urls[name],
                    residents=tuple(r for r in everybody if r.network == name),
                    memory=memory,
                    now=now,
                    machine=machine,
                    manners=manners,
                )
                look_alike = build(premises)
                sandbox._look_alikes.append(look_alike)
                app = sandbox._wire.application(name, look_alike)
                app.router.add_get(PICTURES + "{name}", sandbox._show_picture)
                app.router.add_get("/{post:.*}", sandbox._visit)
                await sandbox._serve(app, sockets[name])
            page = Page(
                residents=everybody,
                walls=sandbox.walls,
                now=now,
                title=title,
                switch=Switch(faults=sandbox.faults, wire=sandbox._wire),
            )
            app = web.Application()
            app.add_routes(page.routes())
            app.router.add_get(PICTURES + "{name}", sandbox._show_picture)
            await sandbox._serve(app, sockets["page"])
            until_served.pop_all()
        return sandbox

    def settings(self, channel: str) -> dict[str, str]:
        """What the entry of `channel` must say to lead here. Raises KeyError for a channel nobody has."""
        for resident in self._residents:
            if channel in resident.channels:
                return settings_for(resident, self.urls)
        raise KeyError(channel)

    def walls(self) -> list[WallPost]:
        """Everything that is public now, in the order in which it became so."""
        return in_order(look_alike.wall() for look_alike in self._look_alikes)

    def picture(self, url: str) -> bytes:
        """The very bytes that a network was given, by the address on its wall. Raises KeyError."""
        data = self._memory.picture(url.rpartition("/")[2])
        if data is None:
            raise KeyError(url)
        return data

    def requests(self) -> list[Request]:
        """The last requests to the networks, the oldest first."""
        return list(self._wire.log)

    async def close(self) -> None:
        """Stop listening; answers that are held are let go of. Closing twice is harmless."""
        while self._runners:
            await self._runners.pop().cleanup()

    async def _serve(self, app: web.Application, bound: socket.socket) -> None:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_WORDS)
        await runner.setup()
        self._runners.append(runner)
        await web.SockSite(runner, bound).start()

    async def _show_picture(self, request: web.Request) -> web.Response:
        data = self._memory.picture(request.match_info["name"])
        seen = measured(data) if data is not None else None
        if data is None or seen is None:
            raise web.HTTPNotFound
        return web.Response(body=data, content_type=seen.mime, headers={"X-Content-Type-Options": "nosniff"})

    async def _visit(self, request: web.Request) -> web.Response:
        """The address of a post leads to its place on the page."""
        for post in self.walls():
            if post.url == str(request.url):
                raise web.HTTPFound(f"{self.urls['page']}/#{anchor(post)}")
        raise web.HTTPNotFound
