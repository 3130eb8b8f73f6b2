"""A signed-in line to an account's own server, through the atproto SDK.

Sign-ins are rationed, so a session is kept between runs and shared by the account's processes. Its refresh
token changes with every use, so only one of them renews it at a time, and the SDK, which would do so unasked
and alone, is kept from it. That a session is over is always said before anything is stored.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Any, TypeVar

from amplify.domain.budget import Use
from amplify.domain.envelope import Json
from amplify.domain.loopback import on_this_machine
from amplify.ports.errors import PublishError, Unauthorized, Unavailable
from amplify.ports.publisher import Access
from amplify.publishers.answers import Ear
from amplify.publishers.bluesky_kept import Kept, end_of
from amplify.publishers.bluesky_requests import heard
from amplify.publishers.failures import Border, Row
from amplify.publishers.metering import metered
from amplify.publishers.refusals import SIGN_IN

T = TypeVar("T")

PUT = "com.atproto.repo.putRecord"
_EXPIRED = ("ExpiredToken", "InvalidToken")
#: A session is renewed this long before it ends, as the SDK would.
_EARLY = timedelta(minutes=15)
#: A film takes longer on its way than words: a slow line carries so many bytes in a second.
_BYTES_A_SECOND = 500_000


@dataclass(slots=True, kw_only=True)
class Session:
    """`did` is who we are for good; the handle may change; `endpoint` is where the account says that it lives.

    `tokens` are secrets.
    """

    access: Access = field(repr=False)
    kept: Kept = field(repr=False)
    ear: Ear = field(default_factory=Ear, repr=False)
    client: Any = field(default=None, repr=False)
    did: str = ""
    handle: str = ""
    endpoint: str = ""
    tokens: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    async def opened(cls, access: Access) -> "Session":
        """Go on with the session that is kept if the server still knows it, else sign in. Raises PublishError."""
        await asyncio.to_thread(import_module, "atproto")  # takes seconds: nobody else shall wait for it
        session = cls(access=access, kept=await asyncio.to_thread(Kept.by, access))
        try:
            async with session._alone():
                resumed = await session._took_up_kept()
                if not resumed:
                    await session._sign_in()
            if resumed:
                await session._introduced()
        except BaseException:
            await session.close()
            raise
        return session

    @property
    def home(self) -> str:
        """The server that has the account: ours, or, where ours is only a door to it, the one that it names.

        Tokens go there: not in the clear, and not to this machine because another one says so.
        """
        elsewhere = self.endpoint.startswith("https://") and not on_this_machine(self.endpoint)
        return self.endpoint if elsewhere else self.access.settings["server"]

    async def procedure(
        self,
        name: str,
        body: Mapping[str, Json],
        read: Callable[[Any], T],
        table: tuple[Row, ...],
        otherwise: type[PublishError],
        use: Use = Use.EDIT,
    ) -> T:
        """Call a method that changes something; `read` makes sense of the answer. Raises PublishError."""
        content = json.dumps(body, ensure_ascii=False).encode()

        async def call() -> T:
            answer = await self.client.invoke_procedure(
                name, content=content, input_encoding="application/json", ignore_session_check=True
            )
            return read(answer.content)

        return await self._asked(call, table, otherwise, use=use)

    async def upload(self, data: bytes, mime: str, table: tuple[Row, ...]) -> dict[str, Json]:
        """What the server calls these bytes from now on; the same for the same bytes. Raises PublishError."""

        async def call() -> dict[str, Json]:
            answer = await self.client.invoke_procedure(
                "com.atproto.repo.uploadBlob", content=data, input_encoding=mime, ignore_session_check=True
            )
            return dict(answer.content["blob"])

        return await self._asked(call, table, Unavailable, longer=len(data) / _BYTES_A_SECOND, use=Use.UPLOAD)

    async def did_of(self, handle: str, table: tuple[Row, ...]) -> str:
        """The id of another account, which its handle may leave. Raises PublishError."""

        def which(models: Any) -> Any:
            return models.ComAtprotoIdentityResolveHandle.Params(handle=handle)

        return await self._query("com.atproto.identity.resolveHandle", which, lambda it: str(dict(it)["did"]), table)

    async def record(self, repo: str, collection: str, rkey: str, table: tuple[Row, ...]) -> dict[str, Any]:
        """A record as it is stored, with its `uri` and `cid`. Raises PublishError."""

        def which(models: Any) -> Any:
            return models.ComAtprotoRepoGetRecord.Params(repo=repo, collection=collection, rkey=rkey)

        return await self._query("com.atproto.repo.getRecord", which, dict, table)

    async def described(self, table: tuple[Row, ...]) -> dict[str, Any]:
        """What the server says of itself. Raises PublishError."""
        return await self._query("com.atproto.server.describeServer", lambda _: None, dict, table)

    async def posts(
        self,
        uris: Sequence[str],
        read: Callable[[Any], T],
        table: tuple[Row, ...],
        otherwise: type[PublishError],
    ) -> T:
        """What `read` makes of posts as the network's view of them shows them. Raises PublishError."""

        def which(models: Any) -> Any:
            return models.AppBskyFeedGetPosts.Params(uris=list(uris))

        return await self._query("app.bsky.feed.getPosts", which, read, table, otherwise)

    def was_told(self, *codes: str) -> bool:
        """Whether the last answer was a refusal with one of these codes."""
        return self.ear.said.startswith(codes)

    async def close(self) -> None:
        if self.client is not None:
            await self.client.request.close()

    async def _introduced(self) -> None:
        """Ask who we are; a kept session that is refused, or has become somebody else's, never counts against us."""

        async def call() -> tuple[str, str]:
            told = await self.client.com.atproto.server.get_session(ignore_session_check=True)
            return str(told.did), str(told.handle)

        if await self._asked(call, SIGN_IN, Unavailable, over=("",)) == (self.did, self.handle):
            return
        async with self._alone():
            await self._sign_in()

    async def _query(
        self,
        name: str,
        which: Callable[[Any], Any],
        read: Callable[[Any], T],
        table: tuple[Row, ...],
        otherwise: type[PublishError] = Unavailable,
    ) -> T:
        async def call() -> T:
            from atproto import models

            answer = await self.client.invoke_query(name, params=which(models), ignore_session_check=True)
            return read(answer.content)

        return await self._asked(call, table, otherwise)

    async def _asked(
        self,
        call: Callable[[], Awaitable[T]],
        table: tuple[Row, ...],
        otherwise: type[PublishError],
        over: tuple[str, ...] = _EXPIRED,
        longer: float = 0,
        use: Use = Use.REQUEST,
    ) -> T:
        """`over` are the refusals that say that the session is: with another one the same is asked again.

        `longer` are the seconds that it may take beyond the usual.
        """
        fresh = await self._renewed() if self._ends_soon() else False
        while True:
            try:
                return await self._once(call, table, otherwise, longer, use)
            except Unauthorized:
                if fresh or not self.was_told(*over):
                    raise
            fresh = await self._renewed()

    async def _once(
        self,
        call: Callable[[], Awaitable[T]],
        table: tuple[Row, ...],
        otherwise: type[PublishError],
        longer: float = 0,
        use: Use = Use.REQUEST,
    ) -> T:
        secrets = (self.access.settings["password"], *self.tokens)
        self.ear.forget()
        ear, way, at = self.ear, self.access.way, self.home
        border = Border(
            network="Bluesky", table=table, ear=ear, otherwise=otherwise, use=use, secrets=secrets, way=way, server=at
        )
        async with metered(self.access.meter, self.ear, use):
            with border.crossed():
                async with asyncio.timeout(self._patience + longer):
                    return await call()

    @property
    def _patience(self) -> float:
        return (self.access.connect_timeout + self.access.timeout).total_seconds()

    def _ends_soon(self) -> bool:
        end = end_of(self.tokens[0])
        return end is not None and bool(self.client.get_current_time() + _EARLY > end)

    async def _renewed(self) -> bool:
        """Get another session than ours, which is over; False where it is one that another process had kept.

        Raises PublishError.
        """
        async with self._alone():
            if await self._took_up_kept(but=self.client.export_session_string()):
                return False
            try:
                # what the SDK would do unasked; it has no other name for it
                await self._once(self.client._refresh_and_set_session, SIGN_IN, Unavailable)  # noqa: SLF001
                self.client.update_base_url(self.home)
            except Unauthorized:
                self.kept.forget()
                await self._sign_in()
        return True

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Shut out whoever else would change this account's session. Raises Unavailable where that takes too long."""
        async with AsyncExitStack() as inside:
            try:
                async with asyncio.timeout(2 * self._patience):  # the other one may have to ask twice
                    await inside.enter_async_context(self.access.keep.locked())
            except TimeoutError:
                raise Unavailable(
                    "Bluesky: another process is signing this account in. It goes again in a while"
                ) from None
            yield

    async def _took_up_kept(self, but: str = "") -> bool:
        """Go on with the session that is kept, if there is one other than `but`. Nothing is asked."""
        kept = self.kept.load()
        if kept in ("", but):
            return False
        async with self._anew() as client:
            await client.login(session_string=kept, fetch_bsky_profile=False)
        return True

    async def _sign_in(self) -> None:
        handle, password = self.access.settings["handle"], self.access.settings["password"]
        async with self._anew() as client:
            await self._once(
                lambda: client.login(handle, password, fetch_bsky_profile=False), SIGN_IN, Unavailable, use=Use.SIGN_IN
            )

    @asynccontextmanager
    async def _anew(self) -> AsyncIterator[Any]:
        """A new client, which takes the place of ours once it has a session: ours cannot sign in after a revocation."""
        from atproto import AsyncClient

        client = AsyncClient(self.access.settings["server"].rstrip("/"), request=heard(self.access, self.ear))
        client.on_session_change(self._changed)
        try:
            yield client
            client.update_base_url(self.home)
        except BaseException:
            await client.request.close()
            raise
        await self.close()
        self.client = client

    def _changed(self, event: Any, session: Any) -> None:
        from atproto import SessionEvent

        self.did, self.handle, self.endpoint = session.did, session.handle, session.pds_endpoint or ""
        self.tokens = (session.access_jwt, session.refresh_jwt)
        if event is not SessionEvent.IMPORT:
            self.kept.save(session.export())
