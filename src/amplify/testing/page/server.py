"""The page's own addresses: the walls, for people and as JSON, and the switch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from aiohttp import web

from amplify.testing.page.walls import page, policy
from amplify.testing.resident import Resident
from amplify.testing.switch import Switch
from amplify.testing.wall import WallPost


class Page:
    def __init__(
        self,
        *,
        residents: Sequence[Resident],
        walls: Callable[[], list[WallPost]],
        now: Callable[[], datetime],
        title: str,
        switch: Switch,
    ) -> None:
        self._residents = residents
        self._walls = walls
        self._now = now
        self._title = title
        self._switch = switch

    def routes(self) -> Iterable[web.RouteDef]:
        return (
            web.get("/", self._show),
            web.get("/walls.json", self._show_json),
            *self._switch.routes(),
        )

    async def _show(self, _: web.Request) -> web.Response:
        drawn = page(self._residents, self._walls(), self._now(), self._title)
        headers = {"Content-Security-Policy": policy(), "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        return web.Response(text=drawn, content_type="text/html", headers=headers)

    async def _show_json(self, _: web.Request) -> web.Response:
        return web.json_response([asdict(post) for post in self._walls()])
