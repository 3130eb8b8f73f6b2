"""A signed-in line to an account's own server, through the atproto SDK.

The SDK renews a session that runs out, but not one that the server has revoked: that is answered with a
plain refusal, after which we sign in once more. Both are certain to come before anything is stored.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, TypeVar

from amplify.domain.envelope import Json
from amplify.ports.errors import PublishError, Unauthorized, Unavailable
from amplify.ports.publisher import Access
from amplify.publishers.answers import Ear
from amplify.publishers.failures import Border, Row
from amplify.publishers.refusals import SIGN_IN

T = TypeVar("T")

_EXPIRED = ("ExpiredToken", "InvalidToken")


@dataclass(slots=True, kw_only=True)
class Session:
    """`did` is who we are for good; the handle may change."""

    access: Access = field(repr=False)
    ear: Ear = field(default_factory=Ear)
    client: Any = None
    did: str = ""
    handle: str = ""

    @classmethod
    async def opened(cls, access: Access) -> "Session":
        """Sign in. Raises PublishError."""
        await asyncio.to_thread(import_module, "atproto")  # takes seconds: nobody else shall wait for it
        session = cls(access=access)
        await session._sign_in()
        return session

    async def procedure(
        self,
        name: str,
        body: Mapping[str, Json],
        read: Callable[[Any], T],
        table: tuple[Row, ...],
        otherwise: type[PublishError],
    ) -> T:
        """Call a method that changes something; `read` makes sense of the answer. Raises PublishError."""
        content = json.dumps(body, ensure_ascii=False).encode()

        async def call() -> T:
            answer = await self.client.invoke_procedure(name, content=content, input_encoding="application/json")
            return read(answer.content)

        return await self._asked(call, table, otherwise)

    async def record(self, repo: str, collection: str, rkey: str, table: tuple[Row, ...]) -> dict[str, Any]:
        """A record as it is stored, with its `uri` and `cid`. Raises PublishError."""

        async def call() -> dict[str, Any]:
            from atproto import models

            which = models.ComAtprotoRepoGetRecord.Params(repo=repo, collection=collection, rkey=rkey)
            answer = await self.client.invoke_query("com.atproto.repo.getRecord", params=which)
            return dict(answer.content)

        return await self._asked(call, table, Unavailable)

    def was_told(self, *codes: str) -> bool:
        """Whether the last answer was a refusal with one of these codes."""
        return self.ear.said.startswith(codes)

    async def close(self) -> None:
        if self.client is not None:
            await self.client.request.close()

    async def _asked(
        self, call: Callable[[], Awaitable[T]], table: tuple[Row, ...], otherwise: type[PublishError]
    ) -> T:
        try:
            return await self._once(call, table, otherwise)
        except Unauthorized:
            if not self.was_told(*_EXPIRED):
                raise
        await self._sign_in()
        return await self._once(call, table, otherwise)

    async def _once(self, call: Callable[[], Awaitable[T]], table: tuple[Row, ...], otherwise: type[PublishError]) -> T:
        secrets = (self.access.settings["password"],)
        self.ear.forget()
        border = Border(network="Bluesky", table=table, ear=self.ear, otherwise=otherwise, secrets=secrets)
        within = self.access.connect_timeout + self.access.timeout
        with border.crossed():
            async with asyncio.timeout(within.total_seconds()):
                return await call()

    async def _sign_in(self) -> None:
        """With a client of its own: one whose session was revoked cannot sign in again."""
        from atproto import AsyncClient

        await self.close()
        self.client = AsyncClient(self.access.settings["server"].rstrip("/"), request=self._request())
        sessions: list[Any] = []
        self.client.on_session_change(lambda _, session: sessions.append(session))
        await self._once(
            lambda: self.client.login(
                self.access.settings["handle"], self.access.settings["password"], fetch_bsky_profile=False
            ),
            SIGN_IN,
            Unavailable,
        )
        self.did, self.handle = sessions[-1].did, sessions[-1].handle

    def _request(self) -> Any:
        """Requests that are heard, never redirected, and never sent over a connection that may be dead."""
        import httpx
        from atproto_client.request import AsyncRequest

        async def forget(_: httpx.Request) -> None:
            self.ear.forget()

        async def listen(response: httpx.Response) -> None:
            self.ear.hear(response.status_code, response.headers)
            self.ear.body = await response.aread()

        seconds = self.access.timeout.total_seconds()
        return AsyncRequest(
            timeout=httpx.Timeout(seconds, connect=self.access.connect_timeout.total_seconds()),
            limits=httpx.Limits(max_keepalive_connections=0),
            max_redirects=0,
            event_hooks={"request": [forget], "response": [listen]},
        )
