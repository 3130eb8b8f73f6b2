"""The sandbox's walls in a real browser: everybody can use them, and they keep themselves up to date."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]

NOW = datetime(2027, 5, 21, 7, 5, tzinfo=UTC).astimezone(ZoneInfo("Europe/Vienna"))
EVERYBODY = (
    Resident(network="mastodon", channels=("mastodon-en",), name="lantern", secret="m", title="Lantern Night"),
    Resident(network="bluesky", channels=("bluesky-en",), name="lantern.example", secret="b", title="Lantern Night"),
    Resident(network="telegram", channels=("telegram-be",), name="@lantern_be", secret="1:t", language="be"),
)


class Town:
    """Says things on the three networks of a sandbox."""

    def __init__(self, sandbox, http):
        self.url = sandbox.urls["page"]
        self._urls, self._http = sandbox.urls, http

    async def say(self, network, path, token="", **words):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self._http.post(f"{self._urls[network]}{path}", json=words, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def toot(self, status, **more):
        return (await self.say("mastodon", "/api/v1/statuses", "m", status=status, language="en", **more))["id"]

    async def edit(self, id, status):
        url = f"{self._urls['mastodon']}/api/v1/statuses/{id}"
        async with self._http.put(url, json={"status": status}, headers={"Authorization": "Bearer m"}) as answer:
            assert answer.status == 200, await answer.text()

    async def message(self, text, **more):
        return await self.say("telegram", "/bot1:t/sendMessage", chat_id="@lantern_be", text=text, **more)

    async def post(self, text, facet):
        who = {"identifier": "lantern.example", "password": "b"}
        session = await self.say("bluesky", "/xrpc/com.atproto.server.createSession", **who)
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2027-05-21T07:05:00.000Z", "facets": facet}
        where = {"repo": session["did"], "collection": "app.bsky.feed.post", "record": record}
        await self.say("bluesky", "/xrpc/com.atproto.repo.createRecord", session["accessJwt"], **where)


@pytest_asyncio.fixture(loop_scope="session")
async def town():
    sandbox = await Sandbox.open(EVERYBODY, now=lambda: NOW, title="Lantern Night")
    async with ClientSession() as http:
        made = Town(sandbox, http)
        first = await made.toot("Bring a lamp https://lantern.example/come #LanternNight", visibility="unlisted")
        await made.toot("And a friend.", in_reply_to_id=first, spoiler_text="bright light")
        link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://lantern.example/come"}
        await made.post("Come along", [{"index": {"byteStart": 0, "byteEnd": 4}, "features": [link]}])
        button = {"inline_keyboard": [[{"text": "Ісці", "url": "https://lantern.example/come"}]]}
        asked = (await made.message("Прынясі ліхтар"))["result"]["message_id"]
        more = {"disable_notification": True, "reply_parameters": {"message_id": asked}, "reply_markup": button}
        await made.message("І сябра", **more)
        await made.edit(first, "Bring a lamp and a coat https://lantern.example/come #LanternNight")
        yield made
    await sandbox.close()


async def test_everybody_can_use_it(town, opened, faults_of):
    async with opened(town.url, size=(360, 800)) as (page, _):
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            assert await faults_of(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_a_new_post_appears_by_itself_and_nothing_else_is_loaded(town, opened):
    async with opened(town.url) as (page, asked):
        await town.toot("Just now")
        await page.get_by_text("Just now").wait_for(timeout=8000)
    assert {url.rstrip("/") for url in asked} == {town.url.rstrip("/")}
