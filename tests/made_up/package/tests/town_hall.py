"""The server of the made-up network: keeps notices, knows a repeated key, refuses what is too long."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from amplify.testing.doors import HOST, listening
from amplify.testing.wall import WallEntity, WallPost

LONGEST = 280


class TownHall:
    """`url` is where it listens."""

    def __init__(self, token: str) -> None:
        self.url = ""
        self._token = token
        self._notices: dict[str, dict[str, Any]] = {}

    def wall(self) -> Sequence[WallPost]:
        return [
            WallPost(
                network="square",
                account="campaign",
                channels=("here",),
                remote_id=notice["id"],
                url=notice["url"],
                text=notice["text"],
                entities=tuple(WallEntity(kind=k, start=s, end=e, value=v) for k, s, e, v in notice["marks"]),
                language=notice["lang"],
                at=notice["at"],
                reply_to=notice.get("below", ""),
            )
            for notice in self._notices.values()
        ]

    async def me(self, request: web.Request) -> web.Response:
        self._known(request)
        url = f"{self.url}/campaign"
        return web.json_response({"id": "1", "name": "Campaign", "url": url, "automated": True, "longest": LONGEST})

    async def put_up(self, request: web.Request) -> web.Response:
        self._known(request)
        said = await request.json()
        if len(said["text"]) > LONGEST:
            return web.json_response({"error": "too long"}, status=422)
        if said["key"] not in self._notices:
            number = str(len(self._notices) + 1)
            about = {"id": number, "url": f"{self.url}/notices/{number}", "at": datetime.now(UTC).isoformat()}
            self._notices[said["key"]] = {**said, **about}
        return web.json_response(self._notices[said["key"]])

    async def look(self, request: web.Request) -> web.Response:
        self._known(request)
        key = request.query["key"]
        return web.json_response([self._notices[key]] if key in self._notices else [])

    def _known(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self._token}":
            raise web.HTTPUnauthorized(text='{"error": "no such token"}', content_type="application/json")


@asynccontextmanager
async def town_hall(token: str) -> AsyncIterator[TownHall]:
    """It listens while inside."""
    hall, app = TownHall(token), web.Application()
    app.add_routes([web.get("/me", hall.me), web.post("/notices", hall.put_up), web.get("/notices", hall.look)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    door = listening(0)
    hall.url = f"http://{HOST}:{door.getsockname()[1]}"
    await web.SockSite(runner, door).start()
    try:
        yield hall
    finally:
        await runner.cleanup()
