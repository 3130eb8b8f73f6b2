"""Every service of the allow-list, as Apprise speaks to it: one post is one request, under the service's own name.

Their hosts are made up: a proxy leads the names to this machine, where a certificate of our own is believed.
"""

import ssl
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from aiohttp import web

from amplify.domain.envelope import Ticket
from amplify.domain.key import Key
from amplify.domain.rendition import Rendition
from amplify.domain.richtext import plain
from amplify.ports.errors import OutcomeUnknown, PublishError, Rejected, Throttled, Unauthorized, Unavailable
from amplify.ports.publisher import Access
from amplify.ports.way import Way, spelled
from amplify.publishers.apprise import APPRISE
from amplify.testing.doors import listening
from amplify.testing.socks import socks
from contract.conftest import access, now
from contract.warm_couriers import by_warm_courier
from servers.certificate import self_signed

LONG, KEY = "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyzABCDEF"
TEXT = "Light for everyone: https://petition.example/sign_it?a=1&b=2"
MATRIX = "matrixs://token-of-a-bot@matrix.example/!room:matrix.example"
#: Of each service an address, the host that is asked, and the answer to a post.
SERVICES = {
    "Discord": (f"https://discord.com/api/webhooks/123456/{LONG}", "discord.com", (204, "")),
    "Slack": (f"https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/{LONG[:24]}", "hooks.slack.com", (200, "ok")),
    "Mattermost": (f"https://chat.example/hooks/{LONG}", "chat.example", (200, "ok")),
    "Rocket.Chat": (f"https://chat.example/hooks/{LONG}/{LONG}", "chat.example", (200, '{"success":true}')),
    "Zulip": (
        f"zulip://campaign@chat/{KEY}/news",
        "chat.zulipchat.com",
        (200, '{"result":"success","msg":"","id":42}'),
    ),
    "Google Chat": (
        "https://chat.googleapis.com/v1/spaces/space/messages?key=key&token=token",
        "chat.googleapis.com",
        (200, '{"name": "spaces/space/messages/1"}'),
    ),
    "Webex": (f"https://webexapis.com/v1/webhooks/incoming/{LONG * 4}", "api.ciscospark.com", (204, "")),
    "Matrix": (MATRIX, "matrix.example", (200, '{"event_id": "$1"}')),
}
HOSTS = sorted({host for _, host, _ in SERVICES.values()})
STEPS = {
    "/_matrix/client/v3/account/whoami": '{"user_id": "@bot:matrix.example"}',
    "/_matrix/client/v3/join/!room:matrix.example": '{"room_id": "!room:matrix.example"}',
}


@dataclass(slots=True)
class City:
    """Where all the made-up hosts are. `answers` are by the end of a path; `asked` is what has arrived."""

    way: Way = field(default_factory=Way)
    usual: tuple[int, str] = (200, "")
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        self.asked.append((request.host, request.path, await request.text()))
        if request.path in STEPS and request.path not in self.answers:
            return web.Response(text=STEPS[request.path], content_type="application/json")
        status, text = self.answers.get(request.path, self.usual)
        return web.Response(status=status, text=text, headers={"Retry-After": "3"} if status == 429 else {})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("certificate"), *HOSTS)


@pytest.fixture
async def city(certificate: Path) -> AsyncIterator[City]:
    city, app = City(), web.Application()
    app.router.add_route("*", "/{path:.*}", city.hear)
    secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secure.load_cert_chain(certificate)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    door = listening(0)
    port = door.getsockname()[1]
    await web.SockSite(runner, door, ssl_context=secure).start()
    async with socks(dict.fromkeys(HOSTS, port)) as proxy:
        city.way = Way(proxy=spelled(proxy.url), ca=str(certificate))
        yield city
    await runner.cleanup()


async def publish(city: City, address: str) -> None:
    here: Access = replace(access({"address": address}), way=city.way)
    room = await replace(APPRISE, carry=by_warm_courier).connect(here)
    key = Key(edition="2027", post="call", channel="here")
    layout = APPRISE.lay_out(plain(TEXT), {}, room.limits)
    rendition = Rendition(key=key, network="apprise", channel="here", language="en", due=now(), layout=layout)
    await room.publish(room.prepare(rendition, Ticket(key=key, nonce="nonce", made_at=now()), now(), None))


def posts(city: City) -> Sequence[str]:
    """What has arrived with the words of the post."""
    return [said for _, _, said in city.asked if "Light" in said]


@pytest.mark.parametrize("name", SERVICES)
async def test_a_post_is_one_request_to_the_services_own_host(city: City, name: str) -> None:
    address, host, city.usual = SERVICES[name]
    await publish(city, address)
    assert [asked for asked, _, _ in city.asked] == [host] * len(city.asked)
    assert len(posts(city)) == 1
    assert "petition.example" in posts(city)[0]
    assert name != "Matrix" or '"msgtype": "m.notice"' in posts(city)[0], "the mark of what a program says"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Discord", (200, "<html>Please sign in</html>")),
        ("Slack", (200, "")),
        ("Rocket.Chat", (200, '{"success": false}')),
        ("Zulip", (503, "")),
        ("Google Chat", (200, '{"error": "later"}')),
    ],
)
async def test_an_answer_that_is_no_thanks_leaves_the_question_open(
    city: City, name: str, answer: tuple[int, str]
) -> None:
    city.usual = answer
    with pytest.raises(OutcomeUnknown):
        await publish(city, SERVICES[name][0])
    assert len(posts(city)) == 1


@pytest.mark.parametrize(
    ("name", "status", "means"),
    [
        ("Discord", 429, Throttled),
        ("Matrix", 429, Throttled),
        ("Discord", 301, Unauthorized),
        ("Discord", 302, OutcomeUnknown),
        ("Discord", 303, OutcomeUnknown),
        ("Discord", 404, Unauthorized),
        ("Slack", 413, Rejected),
    ],
)
async def test_what_apprise_would_try_again_or_follow_is_asked_once(
    city: City, name: str, status: int, means: type[PublishError]
) -> None:
    city.usual = (status, '{"retry_after": 0.1, "retry_after_ms": 100, "error": "no"}')
    with pytest.raises(means):
        await publish(city, SERVICES[name][0])
    assert len(posts(city)) == 1


@pytest.mark.parametrize(
    ("step", "status", "means"),
    [
        ("account/whoami", 401, Unauthorized),
        ("account/whoami", 429, Throttled),
        ("join/!room:matrix.example", 502, Unavailable),
    ],
)
async def test_before_a_matrix_message_leaves_every_failure_is_known_to_be_none(
    city: City, step: str, status: int, means: type[PublishError]
) -> None:
    city.answers[f"/_matrix/client/v3/{step}"] = (status, '{"errcode": "M_X", "error": "no"}')
    with pytest.raises(means):
        await publish(city, MATRIX)
    assert not posts(city)


async def test_a_certificate_that_nobody_trusts_ends_it_before_anything_is_said(city: City) -> None:
    city.way = replace(city.way, ca="")
    with pytest.raises(Unavailable, match="certificate"):
        await publish(city, SERVICES["Discord"][0])
    assert not city.asked
