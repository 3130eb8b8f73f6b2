"""The Bluesky look-alike, driven by the atproto SDK as the publisher drives it."""

import json
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession
from atproto import AsyncClient, models
from atproto_client.exceptions import (
    BadRequestError,
    RateLimitExceededError,
    RequestException,
    UnauthorizedError,
)

from amplify.testing.bluesky.identifiers import cid_of, is_tid, tid
from amplify.testing.manners import Manners
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

POST = "app.bsky.feed.post"
RKEY = "3lq2abcdefg2k"
TWO_HOURS = 2 * 3600


class Site:
    """A sandbox with two Bluesky accounts, and the SDK signed in to the first."""

    def __init__(self) -> None:
        self.campaign = datetime(2027, 5, 21, 7, 0, tzinfo=UTC)
        self.ahead = 0.0
        self.clients: list[AsyncClient] = []

    def machine(self) -> float:
        return datetime.now(UTC).timestamp() + self.ahead

    async def open(self, manners):
        residents = [
            Resident(
                network="bluesky",
                channels=("bluesky-en",),
                name="campaign.example",
                secret="good",
                title="The campaign",
            ),
            Resident(network="bluesky", channels=("bluesky-de",), name="kampagne.example", secret="gut"),
        ]
        self.sandbox = await Sandbox.open(residents, now=lambda: self.campaign, machine=self.machine, manners=manners)

    async def sign_in(self, handle="campaign.example", proof="good"):
        client = AsyncClient(base_url=self.sandbox.urls["bluesky"])
        self.clients.append(client)
        await client.login(handle, proof)
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
        await client.request.close()
    await site.sandbox.close()


@pytest.fixture
async def me(site):
    return await site.sign_in()


def record(text="Hello", **more):
    return {"$type": POST, "text": text, "createdAt": "2027-05-21T07:00:00.000Z", "langs": ["en"], **more}


async def put(client, value, rkey=RKEY, collection=POST, **more):
    """As the publisher does it: the SDK would drop the null of swapRecord."""
    said = {"repo": client.me.did, "collection": collection, "rkey": rkey, "record": value, "swapRecord": None, **more}
    answer = await client.invoke_procedure(
        "com.atproto.repo.putRecord", content=json.dumps(said).encode(), input_encoding="application/json"
    )
    return answer.content


def error(refused):
    return refused.value.response.content.error


async def test_signing_in_says_who_we_are(me):
    assert me.me.handle == "campaign.example"
    assert me.me.did.startswith("did:plc:")
    assert me.me.display_name == "The campaign"
    assert [label.val for label in me.me.labels] == ["bot"]
    session = await me.com.atproto.server.get_session()
    assert (session.did, session.active) == (me.me.did, True)
    assert (await me.com.atproto.identity.resolve_handle({"handle": "campaign.example"})).did == me.me.did
    assert (await me.com.atproto.server.describe_server()).did == "did:web:look-alike.invalid"
    with pytest.raises(BadRequestError):
        await me.com.atproto.identity.resolve_handle({"handle": "stranger.example"})


async def test_a_wrong_password_is_refused(site):
    with pytest.raises(UnauthorizedError) as refused:
        await site.sign_in(proof="bad")
    assert error(refused) == "AuthenticationRequired"


async def test_a_put_is_public_and_replaying_it_changes_nothing(site, me):
    first = await put(me, record())
    assert first["uri"] == f"at://{me.me.did}/{POST}/{RKEY}"
    assert first["cid"] == cid_of(record())
    assert "commit" in first
    again = await put(me, record())
    assert (again["uri"], again["cid"]) == (first["uri"], first["cid"])
    assert "commit" not in again
    assert site.texts == ["Hello"]


async def test_other_words_under_a_taken_key_are_refused(site, me):
    first = await put(me, record())
    with pytest.raises(BadRequestError) as refused:
        await put(me, record("Other words"))
    assert error(refused) == "InvalidSwap"
    assert site.texts == ["Hello"]
    await put(me, record("Other words"), swapRecord=first["cid"])
    assert site.texts == ["Other words"]


async def test_creating_under_a_taken_key_is_an_error_of_the_server(site, me):
    await put(me, record())
    with pytest.raises(RequestException) as refused:
        await me.app.bsky.feed.post.create(me.me.did, models.AppBskyFeedPost.Record(**_snake(record())), rkey=RKEY)
    assert refused.value.response.status_code == 500
    made = await me.app.bsky.feed.post.create(me.me.did, models.AppBskyFeedPost.Record(**_snake(record("New"))))
    assert is_tid(made.uri.rpartition("/")[2])
    assert site.texts == ["Hello", "New"]


def _snake(value):
    return {"text": value["text"], "created_at": value["createdAt"], "langs": value["langs"]}


async def test_a_record_can_be_read_by_anybody_and_deleted_by_its_owner(site, me):
    made = await put(me, record())
    stranger = AsyncClient(base_url=site.sandbox.urls["bluesky"])
    site.clients.append(stranger)
    where = {"repo": "campaign.example", "collection": POST, "rkey": RKEY}
    read = await stranger.com.atproto.repo.get_record(where)
    assert (read.cid, read.value.text) == (made["cid"], "Hello")
    await me.com.atproto.repo.delete_record({**where, "repo": me.me.did})
    await me.com.atproto.repo.delete_record({**where, "repo": me.me.did})
    with pytest.raises(BadRequestError) as refused:
        await stranger.com.atproto.repo.get_record(where)
    assert error(refused) == "RecordNotFound"
    assert site.texts == []


async def test_records_are_listed_the_newest_first(me):
    keys = ["3lq2abcdefg2k", "3lq2abcdefg3k", "3lq2abcdefg4k"]
    for number, rkey in enumerate(keys):
        await put(me, record(str(number)), rkey)
    where = {"repo": me.me.did, "collection": POST, "limit": 2}
    page = await me.com.atproto.repo.list_records(where)
    assert [r.value.text for r in page.records] == ["2", "1"]
    rest = await me.com.atproto.repo.list_records({**where, "cursor": page.cursor})
    assert ([r.value.text for r in rest.records], rest.cursor) == (["0"], None)
    upwards = await me.com.atproto.repo.list_records({**where, "reverse": True})
    assert [r.value.text for r in upwards.records] == ["0", "1"]
    repo = await me.com.atproto.repo.describe_repo({"repo": "campaign.example"})
    assert (repo.did, repo.collections) == (me.me.did, ["app.bsky.actor.profile", POST])


async def test_nobody_writes_to_another_account(site, me):
    other = await site.sign_in("kampagne.example", "gut")
    with pytest.raises(UnauthorizedError):
        await put(other, record(), repo=me.me.did)
    assert site.texts == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (record("x" * 301), "300 graphemes"),
        (record("👩‍👩‍👧‍👧" * 121), "3000"),
        ({"$type": POST, "text": "x"}, 'must have the property "createdAt"'),
        (record(createdAt="yesterday"), "createdAt"),
        (record() | {"$type": "app.bsky.feed.like"}, "Invalid $type"),
        (record(langs=["en", "de", "be", "ru"]), "langs"),
        (record(langs=["english (en)"]), "langs/0"),
        (record(tags=["x"] * 9), "tags"),
        (record(reply={"root": {"uri": "at://a/b/c"}}), "reply/root"),
        (record(embed={"$type": "app.bsky.embed.external", "external": {"uri": "x"}}), "embed"),
        (record(number=1.5), "fraction"),
        (record("é", facets=[{"index": {"byteStart": 0, "byteEnd": 3}, "features": []}]), "within the text"),
        (record("é", facets=[{"index": {"byteStart": 0, "byteEnd": 1}, "features": []}]), "cut a character"),
        (
            record("é", facets=[{"index": {"byteStart": 0, "byteEnd": 2}, "features": [{"$type": "x", "tag": "a"}]}]),
            "no tag, link or mention",
        ),
    ],
)
async def test_a_post_that_its_lexicon_forbids_is_refused(site, me, value, words):
    with pytest.raises(BadRequestError) as refused:
        await put(me, value)
    assert error(refused) == "InvalidRequest"
    assert words in refused.value.response.content.message
    assert site.texts == []


async def test_three_hundred_graphemes_are_just_right(site, me):
    await put(me, record("é" * 300))
    assert site.texts == ["é" * 300]


@pytest.mark.parametrize("rkey", ["not-a-tid", "zzzzzzzzzzzzz", "3lq2abcdefg2"])
async def test_the_key_of_a_post_must_be_a_tid(me, rkey):
    with pytest.raises(BadRequestError) as refused:
        await put(me, record(), rkey)
    assert "TID" in refused.value.response.content.message


async def test_facets_card_reply_and_gate_are_on_the_wall(site, me):
    first = await put(me, record("Першы"))
    reference = {"uri": first["uri"], "cid": first["cid"]}
    text = "Тэг #Беларусь link"
    start = len("Тэг ".encode())
    end = start + len("#Беларусь".encode())
    facets = [
        {
            "index": {"byteStart": start, "byteEnd": end},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Беларусь"}],
        },
        {
            "index": {"byteStart": end + 1, "byteEnd": end + 5},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/"}],
        },
    ]
    card = {"uri": "https://example.org/", "title": "Sign", "description": "It helps"}
    embed = {"$type": "app.bsky.embed.external", "external": card}
    reply = {"root": reference, "parent": reference}
    await put(me, record(text, facets=facets, embed=embed, reply=reply), "3lq2abcdefg3k")
    post = f"at://{me.me.did}/{POST}/3lq2abcdefg3k"
    gate = {"$type": "app.bsky.feed.threadgate", "post": post, "createdAt": "2027-05-21T07:00:00Z"}
    gate["allow"] = [{"$type": "app.bsky.feed.threadgate#followerRule"}]
    await put(me, gate, "3lq2abcdefg3k", "app.bsky.feed.threadgate")
    post = site.sandbox.walls()[1]
    assert [(e.kind, e.start, e.end, e.value) for e in post.entities] == [
        ("tag", start, end, "Беларусь"),
        ("link", end + 1, end + 5, "https://example.org/"),
    ]
    assert post.reply_to == first["uri"]
    assert post.extra == {"card": card, "replies": ["followerRule"]}


async def test_an_expired_access_token_is_told_as_a_bad_request(site, me):
    site.ahead = TWO_HOURS + 1
    with pytest.raises(BadRequestError) as refused:
        await put(me, record())
    assert error(refused) == "ExpiredToken"


async def test_refreshing_gives_new_tokens_and_the_old_one_leads_to_the_same_successor(site, me):
    url = f"{site.sandbox.urls['bluesky']}/xrpc/com.atproto.server.refreshSession"
    old = me.export_session_string().split(":::")[3]

    async def refresh(http, token):
        async with http.post(url, headers={"Authorization": f"Bearer {token}"}) as answer:
            return answer.status, await answer.json()

    def jti(token):
        from atproto_server.auth.jwt import get_jwt_payload

        return get_jwt_payload(token).jti

    async with ClientSession() as http:
        status, first = await refresh(http, old)
        _, second = await refresh(http, old)
        assert (status, jti(first["refreshJwt"])) == (200, jti(second["refreshJwt"]))
        assert jti(first["refreshJwt"]) != jti(old)
        site.ahead = TWO_HOURS + 1
        assert (await refresh(http, old))[1]["error"] == "ExpiredToken"
        assert (await refresh(http, first["refreshJwt"]))[0] == 200
        assert (await refresh(http, first["accessJwt"]))[1]["error"] == "InvalidToken"
        assert (await refresh(http, first["refreshJwt"] + "x"))[1]["error"] == "InvalidToken"


async def test_the_thirty_first_login_in_five_minutes_is_too_many(site):
    async with ClientSession() as http:
        url = f"{site.sandbox.urls['bluesky']}/xrpc/com.atproto.server.createSession"
        for _ in range(30):
            async with http.post(url, json={"identifier": "campaign.example", "password": "good"}) as answer:
                assert answer.status == 200
    with pytest.raises(RateLimitExceededError) as refused:
        await site.sign_in()
    headers = refused.value.response.headers
    assert "ratelimit-reset" in headers
    assert "retry-after" not in headers
    assert 0 < int(headers["ratelimit-reset"]) - site.machine() <= 301
    site.ahead = 301
    await site.sign_in()


@pytest.mark.parametrize("site", [Manners(limits_logins=False)], indirect=True)
async def test_a_server_of_ones_own_may_not_count_logins(site):
    async with ClientSession() as http:
        url = f"{site.sandbox.urls['bluesky']}/xrpc/com.atproto.server.createSession"
        for _ in range(35):
            async with http.post(url, json={"identifier": "campaign.example", "password": "good"}) as answer:
                assert answer.status == 200


async def test_a_method_that_is_not_there_says_so(me):
    with pytest.raises(RequestException) as refused:
        await me.app.bsky.feed.get_timeline()
    assert (refused.value.response.status_code, error(refused)) == (501, "MethodNotImplemented")


def test_record_keys_rise_with_time_and_never_repeat():
    at = datetime(2027, 5, 21, tzinfo=UTC)
    first = tid(at, "")
    second = tid(at, first)
    assert is_tid(first)
    assert is_tid(second)
    assert first < second
