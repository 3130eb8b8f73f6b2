"""A line to the Bot API, through python-telegram-bot, that never tells the bot's token.

The token is part of every address, so the libraries' own reports are kept down, and error texts are cleaned.
"""

import asyncio
import json
import logging
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Any, TypeVar

from amplify.domain.budget import Use
from amplify.ports.errors import PublishError
from amplify.ports.meter import Deaf, Meter
from amplify.ports.publisher import Access
from amplify.ports.way import STRAIGHT, Way
from amplify.publishers.answers import Ear
from amplify.publishers.failures import Border, Row
from amplify.publishers.lines import leading
from amplify.publishers.metering import metered

T = TypeVar("T")

_TALKATIVE = ("httpx", "httpcore", "telegram")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    bot: Any = field(repr=False)
    ear: Ear
    token: str = field(repr=False)
    within: timedelta
    server: str
    meter: Meter = field(default_factory=Deaf, repr=False)
    way: Way = STRAIGHT

    @classmethod
    async def opened(cls, access: Access, server: str) -> "Line":
        """Make the line; nothing is asked yet."""
        os.environ.setdefault("PTB_TIMEDELTA", "1")  # else being throttled warns, and a warning may be an error
        telegram = await asyncio.to_thread(import_module, "telegram")
        _hush()
        ear, token = Ear(), access.settings["token"]
        request = _request(access, ear)
        bot = telegram.Bot(token, base_url=f"{server.rstrip('/')}/bot", request=request, get_updates_request=request)
        within = access.connect_timeout + access.timeout
        return cls(bot=bot, ear=ear, token=token, within=within, server=server, meter=access.meter, way=access.way)

    async def ask(
        self,
        call: Callable[[], Awaitable[T]],
        table: tuple[Row, ...],
        otherwise: type[PublishError],
        use: Use = Use.REQUEST,
        number: int = 1,
    ) -> T:
        """What one request to the bot's server returns. Raises PublishError: by `table`, else `otherwise`.

        `number` is how many messages it makes.
        """
        self.ear.forget()
        secrets, ear, way = (self.token,), self.ear, self.way
        border = Border(
            network="Telegram",
            table=table,
            ear=ear,
            otherwise=otherwise,
            use=use,
            secrets=secrets,
            way=way,
            server=self.server,
        )
        async with metered(self.meter, ear, use, number):
            with border.crossed():
                async with asyncio.timeout(self.within.total_seconds()):
                    return await call()

    async def close(self) -> None:
        await self.bot.request.shutdown()


def _hush() -> None:
    """Also those of the loggers that somebody has asked for more: they would tell every address."""
    named = [name for name in list(logging.root.manager.loggerDict) if name.partition(".")[0] in _TALKATIVE]
    for name in (*_TALKATIVE, *named):
        logging.getLogger(name).setLevel(logging.WARNING)


def _request(access: Access, ear: Ear) -> Any:
    """Requests that are heard, wait long enough, and never use a connection that may be dead."""
    import httpx
    from telegram.error import TelegramError
    from telegram.request import HTTPXRequest

    async def listen(response: httpx.Response) -> None:
        ear.hear(response.status_code, response.headers)
        ear.body = await response.aread()

    class Heard(HTTPXRequest):
        @staticmethod
        def parse_json_payload(payload: bytes) -> dict[str, Any]:
            """As the library does, without its report of a whole traceback where that fails."""
            try:
                return dict(json.loads(payload))
            except ValueError as error:
                raise TelegramError("Invalid server response") from error

    seconds, connect = access.timeout.total_seconds(), access.connect_timeout.total_seconds()
    return Heard(
        read_timeout=seconds,
        write_timeout=seconds,
        media_write_timeout=seconds,
        connect_timeout=connect,
        pool_timeout=connect,
        httpx_kwargs={
            "limits": httpx.Limits(max_keepalive_connections=0),
            "event_hooks": {"response": [listen]},
            **leading(access.way),
        },
    )
