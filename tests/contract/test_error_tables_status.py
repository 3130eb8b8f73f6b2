"""The table of HTTP answers: what each means for the post, in the words in which the network gives it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amplify.ports.errors import (
    OutcomeUnknown,
    PublishError,
    Rejected,
    Throttled,
    Unauthorized,
    Unavailable,
    Unstaged,
)
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, body, send

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
PAGE = "<!doctype html><html><head><title>502 Bad Gateway</title></head><body>canary-of-a-page</body></html>"
HTML = {"Content-Type": "text/html"}
RESET = datetime(2027, 5, 21, 8, 5, tzinfo=UTC)
MAY_BE_PUBLIC = "The post may be public: nothing goes again before that is known"
CHANGE = "Change the post"
AGAIN = "goes again"


@dataclass(frozen=True)
class Case:
    """An answer, what it means, and what the message must tell a coordinator to do."""

    status: int
    body: Any
    means: type[PublishError]
    advice: str
    headers: dict[str, str] = field(default_factory=dict)
    until: datetime | timedelta | None = None

    def __str__(self) -> str:
        words = self.body if isinstance(self.body, str) else " ".join(str(v) for v in self.body.values())
        return f"{self.status} {words[:40]} {' '.join(self.headers)}".strip()


def masto(status: int, error: str, means: type[PublishError], advice: str, **how: Any) -> Case:
    return Case(status, {"error": error}, means, advice, **how)


def bsky(status: int, error: str, means: type[PublishError], advice: str, message: str = "…", **how: Any) -> Case:
    return Case(status, {"error": error, "message": message}, means, advice, **how)


def tg(status: int, said: str, means: type[PublishError], advice: str, **parameters: int) -> Case:
    told = {"ok": False, "error_code": status, "description": said}
    return Case(status, told | ({"parameters": parameters} if parameters else {}), means, advice)


def ill(status: int, answer: Any, **how: Any) -> Case:
    """The server, or something on the way to it, fell over: before or after it stored the post, nobody knows."""
    return Case(status, answer, OutcomeUnknown, MAY_BE_PUBLIC, **how)


BY_OTHERS = [ill(status, PAGE, headers=HTML) for status in (500, 502, 503, 504, 520, 522, 524, 530)]
#: A server that throttles and a cache whose server has gone answer alike, so the promise not to post twice decides.
BY_OTHERS += [ill(503, PAGE, headers={**HTML, "Retry-After": "30"}), ill(408, PAGE, headers=HTML), ill(418, "short")]

MASTODON = [
    masto(400, "Bad request", Rejected, CHANGE),
    masto(400, "Validation failed: Text character limit of 500 exceeded", Rejected, "make the text shorter for it"),
    masto(400, "Bad Request: the token is not valid", Unauthorized, "Make a new access token"),
    masto(400, "Media 7 not found or already attached to another post", Unstaged, "given the picture anew"),
    masto(400, "Bad Request: language be is not known", Rejected, "speak another one there"),
    masto(401, "The access token is invalid", Unauthorized, "Make a new access token"),
    masto(401, "The access token was revoked", Unauthorized, "Make a new access token"),
    masto(403, "This action is outside the authorized scopes", Unauthorized, "Make a new access token"),
    masto(403, "Your login is currently disabled", Unauthorized, "Sign in with a browser"),
    masto(403, "Your login is missing a confirmed e-mail address", Unauthorized, "Sign in with a browser"),
    masto(403, "Your login is currently pending approval", Unauthorized, "Sign in with a browser"),
    masto(403, "This action is not allowed", Rejected, CHANGE),
    Case(403, PAGE, Unauthorized, "Sign in with a browser", headers=HTML),
    masto(404, "Record not found", Rejected, "The post that this one answers or changes is gone"),
    masto(409, "Conflict", OutcomeUnknown, MAY_BE_PUBLIC),
    Case(413, PAGE, Rejected, CHANGE, headers=HTML),
    masto(422, "Validation failed: Text can't be blank", Rejected, CHANGE),
    masto(422, "Validation failed: Text character limit of 500 exceeded", Rejected, "make the text shorter for it"),
    masto(422, "Cannot attach files that have not finished processing. Try again in a moment!", Unavailable, AGAIN),
    masto(422, "Media not ready", Unavailable, AGAIN),
    masto(422, "Media 12 not found or already attached to another post", Unstaged, "picture anew"),
    masto(422, "Validation failed: Duplicate record", OutcomeUnknown, "see what is public"),
    masto(429, "Too many requests", Throttled, AGAIN, headers={"X-RateLimit-Reset": RESET.isoformat()}, until=RESET),
    masto(429, "Throttled", Throttled, AGAIN, headers={"X-RateLimit-Reset": "soon"}, until=timedelta(minutes=1)),
    masto(429, "Throttled", Throttled, AGAIN, headers={"Retry-After": "30"}, until=timedelta(seconds=31)),
    Case(429, PAGE, Throttled, AGAIN, headers=HTML, until=timedelta(minutes=1)),
    ill(500, {"error": "This method is temporarily unavailable"}),
    ill(503, {"error": "There was a temporary problem serving your request, please try again"}),
    ill(503, {"error": "Remote data could not be fetched"}),
]
EPOCH = {"RateLimit-Reset": str(int(RESET.timestamp())), "RateLimit-Limit": "5000", "RateLimit-Remaining": "0"}
BLUESKY = [
    bsky(400, "InvalidRequest", Rejected, CHANGE, 'Input/record must have the property "text"'),
    bsky(400, "InvalidMimeType", Rejected, CHANGE),
    bsky(400, "InvalidSize", Rejected, CHANGE),
    bsky(400, "BlobNotFound", Unstaged, "picture anew"),
    bsky(400, "AccountTakedown", Unauthorized, "closed or paused"),
    bsky(400, "AccountDeactivated", Unauthorized, "closed or paused"),
    bsky(401, "AuthenticationRequired", Unauthorized, "Make a new app password", "Invalid identifier or password"),
    bsky(401, "AccountTakedown", Unauthorized, "closed or paused", "Account has been taken down"),
    bsky(401, "AccountDeactivated", Unauthorized, "closed or paused"),
    bsky(401, "BadJwt", Unauthorized, "Make a new app password"),
    bsky(403, "Forbidden", Unauthorized, "Make a new app password"),
    Case(403, PAGE, Unauthorized, "Make a new app password", headers=HTML),
    bsky(404, "XRPCNotSupported", Rejected, "Is `server` the address"),
    Case(404, PAGE, Rejected, "Is `server` the address", headers=HTML),
    bsky(409, "Conflict", OutcomeUnknown, MAY_BE_PUBLIC),
    bsky(413, "PayloadTooLarge", Rejected, CHANGE),
    Case(413, PAGE, Rejected, CHANGE, headers=HTML),
    bsky(429, "RateLimitExceeded", Throttled, AGAIN, headers=EPOCH, until=RESET),
    bsky(429, "RateLimitExceeded", Throttled, AGAIN, headers={"Retry-After": "7"}, until=timedelta(seconds=8)),
    Case(429, PAGE, Throttled, AGAIN, headers=HTML, until=timedelta(minutes=1)),
    ill(500, {"error": "InternalServerError", "message": "Internal Server Error"}),
    ill(501, {"error": "MethodNotImplemented", "message": "Method Not Implemented"}),
    ill(502, {"error": "UpstreamFailure", "message": "Upstream Failure"}),
    ill(503, {"error": "NotEnoughResources", "message": "Not Enough Resources"}),
    ill(504, {"error": "UpstreamTimeout", "message": "Upstream Timeout"}),
]
RIGHTS = "Make the bot an administrator"
TOKEN = "Ask @BotFather"
TELEGRAM = [
    tg(400, "Bad Request: message is too long", Rejected, CHANGE),
    tg(400, "Bad Request: message text is empty", Rejected, CHANGE),
    tg(400, "Bad Request: message to be replied not found", Rejected, CHANGE),
    tg(400, "Bad Request: can't parse entities: unsupported start tag", Rejected, CHANGE),
    tg(400, "Bad Request: BUTTON_URL_INVALID", Rejected, CHANGE),
    tg(400, "Bad Request: chat not found", Unauthorized, RIGHTS),
    tg(400, "Bad Request: not enough rights to send text messages to the chat", Unauthorized, RIGHTS),
    tg(400, "Bad Request: need administrator rights in the channel chat", Unauthorized, RIGHTS),
    tg(400, "Bad Request: CHAT_WRITE_FORBIDDEN", Unauthorized, RIGHTS),
    tg(400, "Bad Request: CHAT_ADMIN_REQUIRED", Unauthorized, RIGHTS),
    tg(400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", Unauthorized, RIGHTS),
    tg(400, "Bad Request: CHANNEL_PRIVATE", Unauthorized, RIGHTS),
    tg(400, "Bad Request: have no rights to send a message", Unauthorized, RIGHTS),
    tg(400, "Bad Request: have no write access to the chat", Unauthorized, RIGHTS),
    tg(400, "Bad Request: user was kicked from the chat", Unauthorized, RIGHTS),
    tg(400, "Bad Request: group chat was upgraded to a supergroup chat", Unauthorized, "new id", migrate_to_chat_id=-1001),
    tg(400, "Bad Request: failed to get HTTP URL content", Unavailable, AGAIN),
    tg(400, "Bad Request: wrong file identifier/HTTP URL specified", Unavailable, AGAIN),
    tg(401, "Unauthorized", Unauthorized, TOKEN),
    tg(403, "Forbidden: bot is not a member of the channel chat", Unauthorized, RIGHTS),
    tg(403, "Forbidden: bot was kicked from the channel chat", Unauthorized, RIGHTS),
    tg(409, "Conflict: terminated by other getUpdates request", OutcomeUnknown, MAY_BE_PUBLIC),
    tg(413, "Request Entity Too Large", Rejected, CHANGE),
    Case(413, PAGE, Rejected, CHANGE, headers=HTML),
    Case(
        429,
        {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 7}},
        Throttled,
        AGAIN,
        until=timedelta(seconds=8),
    ),
    Case(429, "Too many requests", Throttled, AGAIN, until=timedelta(minutes=1)),
    Case(429, PAGE, Throttled, AGAIN, headers=HTML, until=timedelta(minutes=1)),
    tg(500, "Internal Server Error: restart", OutcomeUnknown, MAY_BE_PUBLIC),
    tg(500, "Internal Server Error: sent message was immediately deleted and can't be returned", OutcomeUnknown, MAY_BE_PUBLIC),
    tg(502, "Bad Gateway", OutcomeUnknown, MAY_BE_PUBLIC),
]  # fmt: skip
TABLE = [
    pytest.param(network, case, id=f"{network} {case}")
    for network, cases in (("mastodon", MASTODON), ("bluesky", BLUESKY), ("telegram", TELEGRAM))
    for case in (*cases, *BY_OTHERS)
]


def says(told: PublishError, advice: str) -> None:
    message = str(told)
    assert advice in message
    assert "canary" not in message
    assert "<" not in message


@pytest.mark.parametrize(("network", "case"), TABLE)
async def test_an_answer_means_what_the_table_says(open_site: OpenSite, network: str, case: Case):
    async with open_site(network) as site:
        publisher = await site.connect()
        site.faults.add(
            Rule(
                what="status",
                arg=case.status,
                path=site.sends,
                method="POST",
                body=case.body,
                headers=case.headers,
            )
        )
        with pytest.raises(case.means) as told:
            await send(publisher, site.sealed(publisher, body()))
        assert type(told.value) is case.means
        says(told.value, case.advice)
        assert site.sent() == 1
        assert not site.wall()
        if isinstance(told.value, Throttled):
            _comes_back(datetime.now(UTC) + told.value.wait(datetime.now(UTC)), case.until)


def _comes_back(at: datetime, wanted: datetime | timedelta | None) -> None:
    if isinstance(wanted, timedelta):
        wanted = datetime.now(UTC) + wanted
    assert wanted is not None
    assert abs(at - wanted) < timedelta(seconds=3)


# what needs more than one answer


@pytest.mark.parametrize("code", ["ExpiredToken", "InvalidToken"])
async def test_a_session_that_is_over_is_opened_once_more_and_no_more(open_site: OpenSite, code: str):
    async with open_site("bluesky") as site:
        publisher = await site.connect()
        over = {"error": code, "message": "Token has expired"}
        site.faults.add(Rule(what="status", arg=400, path=site.sends, body=over))
        await send(publisher, site.sealed(publisher, body()))
        assert len(site.wall()) == 1
        site.faults.add(Rule(what="status", arg=400, path=site.sends, body=over, count=9))
        with pytest.raises(Unauthorized) as told:
            await send(publisher, site.sealed(publisher, body(), "second"))
        says(told.value, "Make a new app password")
        assert len(site.wall()) == 1


async def test_a_swap_that_is_refused_with_nothing_there_stays_unknown(open_site: OpenSite):
    async with open_site("bluesky") as site:
        publisher = await site.connect()
        swap = {"error": "InvalidSwap", "message": "Record was at bafy"}
        site.faults.add(Rule(what="status", arg=400, path=site.sends, body=swap))
        with pytest.raises(OutcomeUnknown):
            await send(publisher, site.sealed(publisher, body()))
        assert not site.wall()


async def test_a_404_is_the_tokens_fault_only_if_telegram_says_so_again(open_site: OpenSite):
    async with open_site("telegram") as site:
        publisher = await site.connect()
        site.strike("status", 404)
        with pytest.raises(Unavailable, match="something on the way refused"):
            await send(publisher, site.sealed(publisher, body()))
        site.faults.add(Rule(what="status", arg=404, count=2))
        with pytest.raises(Unauthorized) as told:
            await send(publisher, site.sealed(publisher, body()))
        says(told.value, "Is the server's address right?")


@pytest.mark.parametrize("network", ["mastodon", "bluesky", "telegram"])
@pytest.mark.parametrize(
    ("status", "means"),
    [
        (400, Unauthorized), (401, Unauthorized), (403, Unauthorized), (404, Unauthorized), (405, Unauthorized),
        (410, Unauthorized), (301, Unauthorized), (308, Unauthorized), (429, Throttled), (418, Unavailable),
        (500, Unavailable), (502, Unavailable), (503, Unavailable), (520, Unavailable),
    ],
)  # fmt: skip
async def test_at_sign_in_nothing_can_have_become_public(
    open_site: OpenSite, network: str, status: int, means: type[PublishError]
):
    async with open_site(network) as site:
        headers = HTML | ({"Location": "https://elsewhere.invalid/"} if status // 100 == 3 else {})
        site.faults.add(
            Rule(
                what="status",
                arg=status,
                headers={} if status == 429 else headers,
                count=9,
                body=None if status == 429 else PAGE,
            )
        )
        with pytest.raises(means) as told:
            await site.connect()
        assert type(told.value) is means
        advice = {Unauthorized: ("Check the account", "address", "access token"), Throttled: (AGAIN,)}
        assert any(word in str(told.value) for word in advice.get(means, (AGAIN,)))
        assert "canary" not in str(told.value)
