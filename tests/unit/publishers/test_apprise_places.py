"""The allow-list: which addresses are one room that many read, and which are refused, with the reason."""

import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest

from amplify.ports.errors import Unauthorized
from amplify.ports.publisher import Access
from amplify.publishers.apprise import APPRISE
from amplify.publishers.apprise_refused import REFUSED, why_not
from amplify.publishers.apprise_services import SERVICES, place_of

LONG, KEY = "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyzABCDEF"
#: An address of each service, as Apprise writes it or as the service gives it out, and what the room is to be called.
ROOMS = {
    f"discord://123456/{LONG}": "a Discord channel",
    f"https://discord.com/api/webhooks/123456/{LONG}": "a Discord channel",
    "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ": "a Slack channel",
    "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ": "a Slack channel",
    f"mmosts://Campaign@chat.example/{LONG}": "a Mattermost channel",
    f"https://chat.example:8443/mattermost/hooks/{LONG}": "a Mattermost channel",
    f"mmost://127.0.0.1:8065/{LONG}": "a Mattermost channel",
    f"rockets://{LONG}/{LONG}@chat.example": "a Rocket.Chat channel",
    f"https://chat.example/hooks/{LONG}/{LONG}": "a Rocket.Chat channel",
    f"zulip://campaign@chat/{KEY}/news": "a Zulip channel",
    "gchat://space/key/token": "a Google Chat space",
    "https://chat.googleapis.com/v1/spaces/space/messages?key=key&token=token": "a Google Chat space",
    f"wxteams://{LONG * 4}": "a Webex space",
    f"https://webexapis.com/v1/webhooks/incoming/{LONG * 4}": "a Webex space",
    "matrixs://token-of-a-bot@matrix.example/!room:matrix.example": "a Matrix room",
}
#: What Apprise would take, and amplify does not.
REFUSALS = {
    f"mmost://rooms.example/{LONG}": "encrypted",
    f"mmosts://rooms.example/{LONG}?to=one,two": "no second room",
    f"rockets://{LONG}/{LONG}@chat.example/@somebody": "no person",
    "rockets://user:password@chat.example/#room": "no options",
    f"zulip://campaign@chat/{KEY}/somebody@mail.example": "no person",
    f"zulip://campaign@chat/{KEY}/one/two": "no second room",
    f"slack://T1JJ3T3L2/A1BRTD4JD/{LONG}/@somebody": "no person",
    f"discord://123456/{LONG}?ping=@everyone": "no options",
    f"mmosts://rooms.example/{LONG}?verify=no": "no options",
    "matrixs://user:password@matrix.example/#room": "no options",
    "matrixs://token-of-a-bot@matrix.example/@somebody": "no person",
    "mastodons://token@mastodon.example": "write `network: mastodon`",
    "bluesky://handle@password": "write `network: bluesky`",
    "tgram://token/chat": "write `network: telegram`",
    "mailtos://user:password@mail.example": "AMPLIFY_NOTICES",
    "signals://signal.example/+430000000/+430000001": "AMPLIFY_NOTICES",
    "ntfys://topic": "AMPLIFY_NOTICES",
    "json://127.0.0.1": "nobody can say who reads it",
    "nostr://nsec": "posts by itself",
    "workflows://host/id/signature": "does not prove",
    "newer://than/this": "never been tried",
    "https://chat.example/somewhere": "no address of a room",
    "a room": "no address of a room",
}


def access(address: str, **more: str) -> Access:
    second = timedelta(seconds=1)
    settings = {"address": address, **more}
    return Access(channel="here", language="en", settings=settings, timeout=second, connect_timeout=second)


@pytest.fixture(scope="module")
def as_apprise_sees_it() -> dict[str, Any]:
    """All words that the installed Apprise knows, and what it makes of our addresses."""
    program = """
import json, sys
import apprise
from apprise.manager_plugins import NotificationManager
def seen(address):
    made = apprise.Apprise.instantiate(address)
    return made and [len(made), made.body_maxlen, made.verify_certificate, list(made.request_timeout)]
addresses = json.load(sys.stdin)
json.dump({"words": sorted(NotificationManager().schemas()), "seen": [seen(one) for one in addresses]}, sys.stdout)
"""
    given = [place_of(address).address(cto="1.5", rto="2.5") for address in ROOMS]
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        input=json.dumps(given),
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return json.loads(said)


def test_everything_that_apprise_knows_is_allowed_or_refused(as_apprise_sees_it: dict[str, Any]) -> None:
    allowed = {word for service in SERVICES for word in (*service.schemas, service.clear) if word}
    assert not allowed & set(REFUSED)
    assert set(as_apprise_sees_it["words"]) == allowed | set(REFUSED)


def test_apprise_takes_each_address_for_one_room_that_takes_as_long_a_text(as_apprise_sees_it: dict[str, Any]) -> None:
    for address, made in zip(ROOMS, as_apprise_sees_it["seen"], strict=True):
        service = place_of(address).service
        assert made is not None, address
        number, longest, verifies, waits = made
        assert (number, longest, verifies, waits) == (1, service.text, True, [1.5, 2.5]), address


@pytest.mark.parametrize(("address", "name"), ROOMS.items())
async def test_a_room_is_known_by_its_address_without_telling_it(address: str, name: str) -> None:
    room = await APPRISE.connect(access(address))
    assert room.identity.name == name
    assert room.identity.automated
    assert room.identity.url.startswith("https://" if "127" not in address else "http://")
    told = repr(room) + str(room.identity)
    assert not [secret for secret in room.secrets if len(secret) > 5 and secret in told]
    assert all(secret in address for secret in room.secrets)


@pytest.mark.parametrize(("address", "why"), REFUSALS.items())
async def test_what_is_no_room_is_refused_with_the_reason_and_without_the_address(address: str, why: str) -> None:
    with pytest.raises(Unauthorized, match=why) as refused:
        await APPRISE.connect(access(address))
    assert not [part for part in address.split("/")[2:] if len(part) > 5 and part in str(refused.value)]


async def test_a_new_webhook_of_the_same_discord_channel_is_the_same_room() -> None:
    first, second = [await APPRISE.connect(access(f"discord://123456/{token}")) for token in (LONG, LONG[::-1])]
    other = await APPRISE.connect(access(f"discord://654321/{LONG}"))
    assert first.identity == second.identity
    assert first.identity.id != other.identity.id


async def test_a_room_that_says_where_it_is_read_is_told_so() -> None:
    room = await APPRISE.connect(access(f"discord://123456/{LONG}", url="https://discord.gg/campaign"))
    assert room.identity.url == "https://discord.gg/campaign"


async def test_a_page_that_no_browser_should_open_is_refused() -> None:
    with pytest.raises(Unauthorized, match="begins with https://"):
        await APPRISE.connect(access(f"discord://123456/{LONG}", url="javascript:alert(1)"))


@pytest.mark.parametrize("word", sorted(REFUSED))
def test_every_reason_is_a_sentence_without_gaps(word: str) -> None:
    assert "{" not in why_not(word)
    assert not why_not(word).endswith(" ")
