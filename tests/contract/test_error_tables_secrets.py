"""Whatever happens, and however talkative the libraries are told to be: no token is in a log or in a message."""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, suppress
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from amplify.ports.errors import CannotTell, PublishError
from amplify.ports.publisher import Publisher
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, body, send

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


class Everything(logging.Handler):
    """Hears all that any logger says, with its tracebacks and its arguments."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += [self.format(record), repr(record.args), repr(record.__dict__)]


@pytest.fixture
def everything() -> Iterator[Everything]:
    """The root and every library at DEBUG, also those that do not pass on what they say."""
    import atproto  # noqa: F401  or its loggers would not be there yet
    import mastodon  # noqa: F401
    import telegram  # noqa: F401

    hearing = Everything()
    hearing.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    named = [logger for logger in logging.root.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
    before = [(logger, logger.level) for logger in (logging.root, *named)]
    for logger in (logging.root, *named):
        logger.setLevel(logging.DEBUG)
    hears = [logging.root, *(logger for logger in named if not logger.propagate)]
    for logger in hears:
        logger.addHandler(hearing)
    yield hearing
    for logger, level in before:
        logger.setLevel(level)
    for logger in hears:
        logger.removeHandler(hearing)


def secrets_of(site: Site, publisher: Publisher) -> set[str]:
    """What was given, and what the server gave in return; without the number that Telegram's tokens begin with."""
    tokens: tuple[str, ...] = publisher.session.tokens if site.network.name == "bluesky" else ()
    return {site.secret.partition(":")[2], *tokens, *(token.partition(".")[2] for token in tokens)}


@pytest.mark.parametrize("network", ["mastodon", "bluesky", "telegram"])
async def test_no_token_is_ever_told(
    open_site: OpenSite, everything: Everything, capfd: pytest.CaptureFixture[str], network: str
):
    async with open_site(network) as site:
        said: list[str] = []
        publisher = await site.connect(timedelta(seconds=0.5))
        hidden = secrets_of(site, publisher)
        given = [site.secret, *(publisher.session.tokens if network == "bluesky" else ())]
        assert all(len(secret) > 8 for secret in hidden)
        await send(publisher, site.sealed(publisher, body(), "well"))

        async def fails(what: str, arg: float = 0, answer: Any = None, **headers: str) -> None:
            path = site.sends
            site.faults.add(Rule(what=what, arg=arg, path=path, method="POST", body=answer, headers=headers))
            with pytest.raises(PublishError) as failed:
                await send(publisher, site.sealed(publisher, body(), f"{what}-{arg}"))
            said.extend((str(failed.value), repr(failed.value), *traceback.format_exception(failed.value)))

        for fault in ("drop_before", "drop_after", "close_after", "truncate", "html"):
            await fails(fault)
        await fails("hold", 1.5)
        for status in (307, 400, 401, 403, 404, 413, 422, 429, 500, 503):
            echoed = f"{status} for /bot{site.secret}/sendMessage, {quote(site.secret, safe='')}, {given}"
            there = (
                f"https://elsewhere.invalid/bot{site.secret}/"
                if network == "telegram"
                else "https://elsewhere.invalid/"
            )
            await fails("status", status, echoed, Location=there)
            await fails("status", status, {"error": echoed, "message": echoed, "ok": False, "description": echoed})
        with suppress(CannotTell):
            await publisher.find(site.sealed(publisher, body(), "else"), ())
        wrong = {f.name: f"{site.secret}-wrong" for f in site.network.fields if f.secret}
        with pytest.raises(PublishError) as failed:
            await site.connect(settings=wrong)
        said += traceback.format_exception(failed.value)
        await site.leave()
        with pytest.raises(PublishError) as failed:
            await send(publisher, site.sealed(publisher, body(), "gone"))
        said += [*traceback.format_exception(failed.value), repr(publisher), str(site.sealed(publisher, body()))]
        told = "\n".join([*said, *everything.heard, *capfd.readouterr()])
        assert everything.heard, "nothing was heard at all"
        leaks = [line for line in told.splitlines() if any(quote(s, safe="") in line or s in line for s in hidden)]
        assert not leaks
