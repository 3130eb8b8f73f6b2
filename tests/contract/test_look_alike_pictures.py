"""Pictures on the look-alikes: judged as the networks judge them, remembered, and shown on the page with their words."""

import json
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from aiohttp import ClientSession, FormData

from amplify.testing.bluesky.identifiers import blob_cid
from amplify.testing.pictures import sample
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

PEOPLE = (
    Resident(network="mastodon", channels=("mastodon-en",), name="campaign", secret="m"),
    Resident(network="bluesky", channels=("bluesky-en",), name="campaign.example", secret="b"),
    Resident(network="telegram", channels=("telegram-en",), name="@campaign", secret="1:t"),
)
ALT = 'A lamp, "round" & <bright>'
LAMP = sample(notes=False)


class Images(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.found.append(dict(attrs))


class Street:
    """A sandbox, and plain requests to it."""

    def __init__(self, sandbox, http):
        self.sandbox, self.http = sandbox, http

    async def upload(self, data=LAMP, alt=ALT):
        form = FormData()
        form.add_field("file", data, filename="x", content_type="image/jpeg")
        form.add_field("description", alt)
        return await self.ask("POST", "mastodon", "/api/v2/media", data=form)

    async def photo(self, data=LAMP, caption="words"):
        form = FormData({"chat_id": "@campaign", "caption": caption})
        form.add_field("photo", data, filename="x", content_type="image/jpeg")
        return await self.ask("POST", "telegram", "/bot1:t/sendPhoto", data=form)

    async def toot(self, *ids):
        return await self.ask("POST", "mastodon", "/api/v1/statuses", json={"status": "x", "media_ids": list(ids)})

    async def ask(self, method, network, path, **more):
        headers = {"Authorization": "Bearer m"} if network == "mastodon" else {}
        async with self.http.request(method, self.sandbox.urls[network] + path, headers=headers, **more) as answer:
            return answer.status, json.loads(await answer.text())


@pytest.fixture
async def street(tmp_path):
    now = datetime(2027, 5, 21, 7, 5, tzinfo=UTC)
    sandbox = await Sandbox.open(PEOPLE, now=lambda: now, state=tmp_path / "walls.json")
    async with ClientSession() as http:
        yield Street(sandbox, http)
    await sandbox.close()


async def test_the_page_shows_pictures_with_their_words_and_loads_them_from_itself(street):
    _, given = await street.upload()
    await street.toot(given["id"])
    await street.photo()
    async with street.http.get(street.sandbox.urls["page"]) as answer:
        policy, page = answer.headers["Content-Security-Policy"], await answer.text()
    images = Images(page).found
    assert [image["alt"] for image in images] == [ALT, "Photo"]
    assert "img-src 'self'" in policy
    for image in images:
        async with street.http.get(street.sandbox.urls["page"] + image["src"]) as answer:
            assert (answer.content_type, await answer.read()) == ("image/jpeg", LAMP)


async def test_a_picture_is_attached_once_and_described_within_limits(street):
    status, given = await street.upload()
    assert (status, given["description"]) == (200, ALT)
    assert (await street.toot(given["id"]))[0] == 200
    missing = f"Media {given['id']} not found or already attached to another post"
    assert await street.toot(given["id"]) == (422, {"error": missing})
    assert (await street.upload(alt="a" * 10_001))[0] == 422
    assert (await street.upload(data=b"no picture"))[0] == 422


async def test_telegram_refuses_captions_and_shapes_that_it_does_not_take(street):
    assert (await street.photo(caption="a" * 1024))[0] == 200
    status, told = await street.photo(caption="a" * 1025)
    assert (status, told["description"]) == (400, "Bad Request: message caption is too long")
    assert (await street.photo(sample(2100, 100)))[1]["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert (await street.photo(b"no picture"))[1]["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_pictures_are_there_when_the_sandbox_starts_again(street, tmp_path):
    _, given = await street.upload()
    await street.toot(given["id"])
    again = await Sandbox.open(PEOPLE, now=lambda: datetime.now(UTC), state=tmp_path / "walls.json")
    (post,) = again.walls()
    assert again.picture(post.extra["media"][0]["url"]) == LAMP
    with pytest.raises(KeyError):
        again.picture("http://127.0.0.1/pictures/..")
    await again.close()


def test_a_blob_is_named_by_its_bytes():
    assert blob_cid(b"hello world") == "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"
