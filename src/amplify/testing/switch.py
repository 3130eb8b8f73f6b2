"""The switch over HTTP: which faults are ordered, and which requests have arrived."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from aiohttp import web

from amplify.testing.faults import Faults, rule_from
from amplify.testing.wire import Wire


class Switch:
    def __init__(self, *, faults: Faults, wire: Wire) -> None:
        self._faults = faults
        self._wire = wire

    def routes(self) -> Iterable[web.RouteDef]:
        return (
            web.get("/requests", self._requests),
            web.get("/faults", self._tell),
            web.post("/faults", self._add),
            web.delete("/faults", self._clear),
        )

    async def _requests(self, _: web.Request) -> web.Response:
        return web.json_response([asdict(request) for request in self._wire.log])

    async def _tell(self, _: web.Request) -> web.Response:
        return web.json_response([{**asdict(rule), "count": left} for rule, left in self._faults.left])

    async def _add(self, request: web.Request) -> web.Response:
        """One rule or a list of them; all are taken or none."""
        try:
            said = await request.json()
            rules = [rule_from(rule) for rule in (said if isinstance(said, list) else [said])]
        except json.JSONDecodeError:
            return web.json_response({"error": "the body is no JSON"}, status=400)
        except ValueError as wrong:
            return web.json_response({"error": str(wrong)}, status=400)
        self._faults.add(*rules)
        return await self._tell(request)

    async def _clear(self, request: web.Request) -> web.Response:
        self._faults.clear()
        return await self._tell(request)
