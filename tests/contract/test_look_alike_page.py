"""The page of the walls, as a reader gets it."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession

from amplify.documents.posts.rich_text import to_html
from amplify.domain.rendition import Entity
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

EVERYBODY = (
    Resident(network="mastodon", channels=("mastodon-en",), name="campaign", secret="m", title="<The> campaign"),
    Resident(network="mastodon", channels=("mastodon-de",), name="kampagne", secret="d"),
    Resident(network="telegram", channels=("telegram-be",), name="@campaign_be", secret="1:t", language="be"),
)
VIENNA = ZoneInfo("Europe/Vienna")


class Reader(HTMLParser):
    """Takes a page apart: what it says, and what it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture
async def sandbox():
    now = datetime(2027, 5, 21, 7, 5, tzinfo=UTC).astimezone(VIENNA)
    sandbox = await Sandbox.open(EVERYBODY, now=lambda: now, title="Day of <Solidarity>")
    yield sandbox
    await sandbox.close()


async def look(sandbox):
    async with ClientSession() as http, http.get(sandbox.urls["page"]) as answer:
        return answer.headers, await answer.text()


async def toot(sandbox, text, **more):
    async with (
        ClientSession() as http,
        http.post(
            f"{sandbox.urls['mastodon']}/api/v1/statuses",
            headers={"Authorization": "Bearer m"},
            json={"status": text, "language": "en", **more},
        ) as answer,
    ):
        return (await answer.json())["id"]


async def message(sandbox, text, **more):
    url = f"{sandbox.urls['telegram']}/bot1:t/sendMessage"
    async with (
        ClientSession() as http,
        http.post(url, json={"chat_id": "@campaign_be", "text": text, **more}) as answer,
    ):
        assert answer.status == 200
        return (await answer.json())["result"]["message_id"]


async def edit(method, url, **words):
    headers = {"Authorization": "Bearer m"}
    async with ClientSession() as http, http.request(method, url, headers=headers, json=words) as answer:
        assert answer.status == 200


async def test_the_page_says_that_it_is_a_rehearsal_and_what_the_campaigns_clock_shows(sandbox):
    await toot(sandbox, "One")
    await toot(sandbox, "Two")
    said = " ".join(Reader((await look(sandbox))[1]).text.split())
    for words in ("nobody follows here", "Day of <Solidarity>", "Friday, 21 May 2027", "09:05", "CEST"):
        assert words in said
    assert re.search(r"2\s*Mastodon", said)
    assert re.search(r"0\s*Telegram", said)
    assert "Bluesky" not in said
    assert said.count("nothing yet") == 2


async def test_every_post_is_there_whole_and_escaped(sandbox):
    hostile = "<script>alert(1)</script> & \"quotes\" 'more' <img src=x onerror=alert(1)>"
    await toot(sandbox, f"{hostile}\n\nSecond paragraph #FreeThemAll", spoiler_text="<b>warning</b>")
    await message(
        sandbox, hostile, reply_markup={"inline_keyboard": [[{"text": "<i>", "url": "https://example.org/?a=1&b"}]]}
    )
    _, page = await look(sandbox)
    reader = Reader(page)
    assert reader.text.count(hostile) == 2
    assert "Second paragraph #FreeThemAll" in reader.text
    assert "<b>warning</b>" in reader.text
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in reader.tags]


async def test_languages_warnings_marks_buttons_and_replies_are_drawn(sandbox):
    first = await toot(sandbox, "First", visibility="unlisted", spoiler_text="deaths in custody")
    await toot(sandbox, "A reply", in_reply_to_id=first)
    asked = await message(sandbox, "Пытанне")
    await message(
        sandbox,
        "Адказ",
        disable_notification=True,
        reply_parameters={"message_id": asked},
        reply_markup={"inline_keyboard": [[{"text": "Sign", "url": "https://example.org/"}]]},
    )
    reader = Reader((await look(sandbox))[1])
    languages = [attrs["lang"] for tag, attrs in reader.tags if tag == "div" and attrs.get("class") == "text"]
    assert sorted(languages) == ["be", "be", "en", "en"]
    assert "details" in [tag for tag, _ in reader.tags]
    labels = [attrs.get("aria-label") for _, attrs in reader.tags]
    assert "quiet public: not in timelines" in labels
    assert "sent without a sound" in labels
    assert [attrs["href"] for tag, attrs in reader.tags if attrs.get("class") == "button"] == ["https://example.org/"]
    ids = {attrs["id"] for tag, attrs in reader.tags if tag == "article"}
    quoted = next(attrs["href"] for _, attrs in reader.tags if attrs.get("class") == "quoted")
    assert quoted.removeprefix("#") in ids
    assert len(ids) == 4


async def test_an_edited_post_shows_its_new_words_and_keeps_what_it_said_in_a_fold(sandbox):
    hostile = "1510 <b>people</b>"
    status, said = await toot(sandbox, hostile), await message(sandbox, hostile)
    await edit("PUT", f"{sandbox.urls['mastodon']}/api/v1/statuses/{status}", status="1496 people")
    there = {"chat_id": "@campaign_be", "message_id": said}
    await edit("POST", f"{sandbox.urls['telegram']}/bot1:t/editMessageText", **there, text="1 496")
    reader = Reader((await look(sandbox))[1])
    assert "1496 people" in reader.text
    assert "1 496" in reader.text
    assert reader.text.count(hostile) == 2
    assert reader.text.count("edited 21 May, 09:05") == 2
    assert [attrs.get("class") for tag, attrs in reader.tags if tag == "details"] == ["earlier", "earlier"]


async def test_the_page_loads_nothing_and_works_without_script(sandbox):
    await toot(sandbox, "A link https://example.org/a")
    headers, page = await look(sandbox)
    reader = Reader(page)
    assert not [attrs for tag, attrs in reader.tags if "src" in attrs or tag == "link"]
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    link = next(attrs for tag, attrs in reader.tags if attrs.get("href") == "https://example.org/a")
    assert "noreferrer" in link["rel"]
    assert ("meta", {"http-equiv": "refresh", "content": "5"}) in reader.tags


def drawn(network, text, *entities):
    marks = (Entity(kind=kind, start=start, end=end, value=value) for kind, start, end, value in entities)
    return to_html(network, text, marks)


def test_stretches_are_found_in_each_networks_own_unit():
    assert drawn("mastodon", "😀é #a", ("tag", 3, 5, "a")) == '😀é <span class="tag">#a</span>'
    assert drawn("bluesky", "😀é #a", ("tag", 7, 9, "a")) == '😀é <span class="tag">#a</span>'
    assert drawn("telegram", "😀é #a", ("tag", 4, 6, "a")) == '😀é <span class="tag">#a</span>'


def test_nested_and_overlapping_stretches_stay_well_formed():
    assert drawn("mastodon", "abcd", ("bold", 0, 3, ""), ("italic", 2, 4, "")) == "<b>ab</b><i><b>c</b></i><i>d</i>"


def test_an_address_that_could_run_something_is_no_link():
    assert "href" not in drawn("bluesky", "click", ("link", 0, 5, "javascript://alert(1)"))
