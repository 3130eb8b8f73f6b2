"""The page's own addresses: the walls, the switch of faults, the log of requests."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from aiohttp import web

from amplify.testing.faults import Faults, rule_from
from amplify.testing.page.walls import page, policy
from amplify.testing.resident import Resident
from amplify.testing.wall import WallPost
from amplify.testing.wire import Wire


class Page:
    def __init__(
        self,
        *,
        residents: Sequence[Resident],
        walls: Callable[[], list[WallPost]],
        now: Callable[[], datetime],
        title: str,
        faults: Faults,
        wire: Wire,
    ) -> None:
        self._residents = residents
        self._walls = walls
        self._now = now
        self._title = title
        self._faults = faults
        self._wire = wire

    def routes(self) -> Iterable[web.RouteDef]:
        return (
            web.get("/", self._show),
            web.get("/walls.json", self._show_json),
            web.get("/requests", self._requests),
            web.get("/faults", self._tell_faults),
            web.post("/faults", self._add_faults),
            web.delete("/faults", self._clear_faults),
        )

    async def _show(self, _: web.Request) -> web.Response:
        drawn = page(self._residents, self._walls(), self._now(), self._title)
        headers = {"Content-Security-Policy": policy(), "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        return web.Response(text=drawn, content_type="text/html", headers=headers)

    async def _show_json(self, _: web.Request) -> web.Response:
        return web.json_response([asdict(post) for post in self._walls()])

    async def _requests(self, _: web.Request) -> web.Response:
        return web.json_response([asdict(request) for request in self._wire.log])

    async def _tell_faults(self, _: web.Request) -> web.Response:
        return web.json_response([{**asdict(rule), "count": left} for rule, left in self._faults.left])

    async def _add_faults(self, request: web.Request) -> web.Response:
        """One rule or a list of them; all are taken or none."""
        try:
            said = await request.json()
            rules = [rule_from(rule) for rule in (said if isinstance(said, list) else [said])]
        except json.JSONDecodeError:
            return web.json_response({"error": "the body is no JSON"}, status=400)
        except ValueError as wrong:
            return web.json_response({"error": str(wrong)}, status=400)
        self._faults.add(*rules)
        return await self._tell_faults(request)

    async def _clear_faults(self, request: web.Request) -> web.Response:
        self._faults.clear()
        return await self._tell_faults(request)
