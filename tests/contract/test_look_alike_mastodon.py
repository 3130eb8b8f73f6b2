"""The Mastodon look-alike, driven by Mastodon.py as the publisher drives it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from mastodon import Mastodon
from mastodon.errors import (
    MastodonAPIError,
    MastodonInternalServerError,
    MastodonNotFoundError,
    MastodonRatelimitError,
    MastodonUnauthorizedError,
)

from amplify.testing.manners import Manners
from amplify.testing.mastodon.text import entities, length
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

HOUR = 3600


class Site:
    """A sandbox with two Mastodon accounts, and Mastodon.py signed in to them."""

    def __init__(self) -> None:
        self.campaign = datetime(2027, 5, 21, 7, 0, tzinfo=UTC)
        self.machine = 1_800_000_000.0
        self.clients: list[Mastodon] = []

    async def open(self, manners):
        residents = [
            Resident(
                network="mastodon", channels=("mastodon-en",), name="campaign", secret="good", title="The campaign"
            ),
            Resident(network="mastodon", channels=("mastodon-de",), name="kampagne", secret="gut"),
        ]
        self.sandbox = await Sandbox.open(
            residents, now=lambda: self.campaign, machine=lambda: self.machine, manners=manners
        )

    def sign_in(self, proof="good"):
        client = Mastodon(
            access_token=proof,
            api_base_url=self.sandbox.urls["mastodon"],
            ratelimit_method="throw",
            version_check_mode="created",
            mastodon_version="4.6.0",
            request_timeout=5,
        )
        self.clients.append(client)
        return client

    @property
    def texts(self):
        return [post.text for post in self.sandbox.walls()]


@pytest.fixture
async def site(request):
    site = Site()
    await site.open(getattr(request, "param", Manners()))
    yield site
    for client in site.clients:
        client.session.close()
    await site.sandbox.close()


def calls(function, *args, **named):
    return asyncio.to_thread(function, *args, **named)


async def test_the_server_says_who_we_are_and_what_it_allows(site):
    me = site.sign_in()
    account = await calls(me.account_verify_credentials)
    assert (account.username, account.display_name, account.bot) == ("campaign", "The campaign", True)
    instance = await calls(me.instance_v2)
    assert instance.configuration.statuses.max_characters == 500
    assert instance.configuration.statuses.characters_reserved_per_url == 23
    assert (instance.version, instance.api_versions.mastodon) == ("4.6.0", 10)
    assert (await calls(me.instance_v1)).version == "4.6.0"


async def test_a_post_is_public_with_its_tags_links_and_language(site):
    me = site.sign_in()
    status = await calls(me.status_post, "Read <this>: https://example.org/a #FreeThemAll (#no)", language="de")
    assert [tag.name for tag in status.tags] == ["freethemall"]
    assert "&lt;this&gt;" in status.content
    assert status.created_at == site.campaign
    post = site.sandbox.walls()[0]
    assert (post.language, post.extra) == ("de", {"visibility": "public", "warning": ""})
    assert [(e.kind, post.text[e.start : e.end], e.value) for e in post.entities] == [
        ("link", "https://example.org/a", "https://example.org/a"),
        ("tag", "#FreeThemAll", "FreeThemAll"),
    ]
    assert (await calls(me.status_source, status.id)).text == post.text


async def test_a_warning_a_visibility_and_a_reply_are_kept(site):
    me = site.sign_in()
    first = await calls(me.status_post, "One", visibility="unlisted", spoiler_text="deaths in custody")
    second = await calls(me.status_post, "Two", in_reply_to_id=first.id)
    assert (first.visibility, first.spoiler_text, first.sensitive) == ("unlisted", "deaths in custody", True)
    assert second.in_reply_to_account_id == first.account.id
    assert (await calls(me.status, first.id)).replies_count == 1
    assert site.sandbox.walls()[1].reply_to == str(first.id)


@pytest.mark.parametrize(
    ("text", "named", "code", "words"),
    [
        ("", {}, 422, "Text can't be blank"),
        (" \n ", {}, 422, "Text can't be blank"),
        ("x" * 501, {}, 422, "Text character limit of 500 exceeded"),
        ("x" * 490, {"spoiler_text": "y" * 11}, 422, "limit of 500 exceeded"),
        ("x", {"in_reply_to_id": 123}, 404, "does not appear to exist"),
        ("x", {"media_ids": [7]}, 422, "Media 7 not found or already attached to another post"),
    ],
)
async def test_what_mastodon_refuses_is_refused_in_its_words(site, text, named, code, words):
    with pytest.raises(MastodonAPIError) as refused:
        await calls(site.sign_in().status_post, text, **named)
    assert refused.value.args[1] == code
    assert words in refused.value.args[3]
    assert site.texts == []


async def test_an_unknown_language_falls_back_as_mastodon_does(site):
    me = site.sign_in()
    assert (await calls(me.status_post, "a", language="be-tarask")).language == "be"
    assert (await calls(me.status_post, "b", language="xx")).language == "en"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("https://example.org/" + "a" * 100, 23),
        ("http://a.org", 23),
        ("example.org/path", 16),
        ("http://127.0.0.1:8080/x", 23),
        ("http://localhost:80/x", 21),
        ("@someone@server.example", 8),
        ("👩‍👩‍👧‍👧🏳️‍🌈é", 3),
        ("#Беларусь", 9),
    ],
)
def test_length_counts_what_a_reader_would(text, counted):
    assert length(text, "", urls_in_full=False) == counted
    assert length(text, "four", urls_in_full=False) == counted + 4


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#One #Two", ["One", "Two"]),
        ("(#no) a#no /#no", []),
        ("a\n#Свабода!", ["Свабода"]),
        ("#2023 #x2023 #_a_", ["x2023", "_a_"]),
        ("#ціша́ #a·b", ["ціша́", "a·b"]),
        ("https://example.org/#frag #yes", ["yes"]),
    ],
)
def test_a_tag_needs_white_space_before_it_and_a_letter_in_it(text, tags):
    assert [entity.value for entity in entities(text) if entity.kind == "tag"] == tags


@pytest.mark.parametrize(
    "url", ["https://example.org/a_(b)", "https://example.org/a?b=c&d=%20", "https://пример.бел/я"]
)
def test_a_link_ends_where_the_sentence_goes_on(url):
    for text in (f"See ({url}).", f"“{url}”, he said", f"{url}…", f"{url}"):
        assert [entity.value for entity in entities(text) if entity.kind == "link"] == [url]


async def test_a_wrong_token_is_refused(site):
    with pytest.raises(MastodonUnauthorizedError) as refused:
        await calls(site.sign_in("bad").account_verify_credentials)
    assert refused.value.args[3] == "The access token is invalid"
    with pytest.raises(MastodonUnauthorizedError):
        await calls(site.sign_in("bad").status_post, "x")


async def test_the_same_key_gives_the_same_post_for_an_hour_and_account(site):
    me, other = site.sign_in(), site.sign_in("gut")
    first = await calls(me.status_post, "Once", idempotency_key="key")
    assert (await calls(me.status_post, "Once", idempotency_key="key")).id == first.id
    assert (await calls(me.status_post, "Other words", idempotency_key="key")).content == first.content
    await calls(other.status_post, "Mine", idempotency_key="key")
    assert site.texts == ["Once", "Mine"]
    site.machine += HOUR + 1
    await calls(me.status_post, "Later", idempotency_key="key")
    assert site.texts == ["Once", "Mine", "Later"]


async def test_a_refusal_leaves_the_key_free(site):
    me = site.sign_in()
    with pytest.raises(MastodonAPIError):
        await calls(me.status_post, "x" * 501, idempotency_key="key")
    await calls(me.status_post, "x" * 500, idempotency_key="key")
    assert site.texts == ["x" * 500]


@pytest.mark.parametrize("site", [Manners(honours_idempotency=False)], indirect=True)
async def test_a_look_alike_may_ignore_the_key(site):
    me = site.sign_in()
    for _ in range(2):
        await calls(me.status_post, "Twice", idempotency_key="key")
    assert site.texts == ["Twice", "Twice"]


@pytest.mark.parametrize("site", [Manners(replay_answers_500=True)], indirect=True)
async def test_a_look_alike_may_answer_a_replay_with_500_as_mastodon_4_6_does(site):
    me = site.sign_in()
    await calls(me.status_post, "Once", idempotency_key="key")
    with pytest.raises(MastodonInternalServerError):
        await calls(me.status_post, "Once", idempotency_key="key")
    assert site.texts == ["Once"]


@pytest.mark.parametrize("site", [Manners(counts_urls_in_full=True, over_limit_status=400)], indirect=True)
async def test_a_look_alike_may_count_urls_in_full_and_refuse_with_400(site):
    with pytest.raises(MastodonAPIError) as refused:
        await calls(site.sign_in().status_post, "x" * 470 + " https://example.org/longer-than-23-signs")
    assert refused.value.args[1] == 400


@pytest.mark.parametrize("site", [Manners(ulid_ids=True)], indirect=True)
async def test_a_look_alike_may_number_its_posts_with_ulids(site):
    me = site.sign_in()
    ids = [str((await calls(me.status_post, f"{n}")).id) for n in range(3)]
    assert all(len(id) == 26 for id in ids)
    assert ids == sorted(ids)
    owner = (await calls(me.account_verify_credentials)).id
    assert [s.id for s in await calls(me.account_statuses, owner, min_id=ids[0])] == ids[:0:-1]


async def test_posts_are_found_again_by_the_time_they_were_made(site):
    me = site.sign_in()
    owner = (await calls(me.account_verify_credentials)).id
    await calls(me.status_post, "Before")
    site.campaign += timedelta(hours=1)
    wanted = [await calls(me.status_post, f"After {n}", visibility="private") for n in range(3)]
    since = site.campaign - timedelta(minutes=5)
    found = await calls(me.account_statuses, owner, min_id=since, exclude_reblogs=True, limit=40)
    assert [s.id for s in found] == [s.id for s in reversed(wanted)]
    oldest = await calls(me.account_statuses, owner, min_id=since, limit=1)
    assert [s.id for s in oldest] == [wanted[0].id]
    older = await calls(me.account_statuses, owner, max_id=wanted[0].id)
    assert [s.content for s in older] == ["<p>Before</p>"]
    assert [s.content for s in await calls(site.sign_in("gut").account_statuses, owner)] == ["<p>Before</p>"]


async def test_only_the_author_deletes_and_reads_the_source(site):
    me, other = site.sign_in(), site.sign_in("gut")
    status = await calls(me.status_post, "Mine")
    for refused in (other.status_delete, other.status_source):
        with pytest.raises(MastodonNotFoundError):
            await calls(refused, status.id)
    assert (await calls(me.status_delete, status.id)).text == "Mine"
    assert site.texts == []
    with pytest.raises(MastodonNotFoundError):
        await calls(me.status, status.id)


async def test_300_posts_in_three_hours_are_enough(site):
    me = site.sign_in()
    site.machine = 3 * HOUR * 100_000 + 10.0
    await calls(me.status_post, "first")
    assert (me.ratelimit_limit, me.ratelimit_remaining) == (300, 299)

    def post_the_rest():
        for number in range(299):
            me.status_post(f"post {number}")

    await calls(post_the_rest)
    with pytest.raises(MastodonRatelimitError, match="Hit rate limit"):
        await calls(me.status_post, "one too many")
    assert len(site.texts) == 300
    site.machine += 3 * HOUR
    await calls(me.status_post, "in the next window")
