"""The sandbox as a whole: where it leads, what followers see of all networks, and that it survives a restart."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession

from amplify.testing.doors import kept
from amplify.testing.resident import Resident
from amplify.testing.sandbox import DOORS, Sandbox

MASTODON = Resident(network="mastodon", channels=("mastodon-en",), name="campaign", secret="m", title="The campaign")
BLUESKY = Resident(network="bluesky", channels=("bluesky-en", "bluesky-de"), name="campaign.example", secret="b")
TELEGRAM = Resident(network="telegram", channels=("telegram-be",), name="@campaign_be", secret="1:t", language="be")
EVERYBODY = (MASTODON, BLUESKY, TELEGRAM)
START = datetime(2027, 5, 21, 7, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.campaign = START
        self.machine = 1_800_000_000.0

    def now(self) -> datetime:
        return self.campaign

    def seconds(self) -> float:
        return self.machine


@pytest.fixture
def ports():
    with kept(DOORS) as doors:
        yield doors


@pytest.fixture
async def http():
    async with ClientSession() as session:
        yield session


async def toot(http, sandbox, text, key=""):
    headers = {"Authorization": "Bearer m"} | ({"Idempotency-Key": key} if key else {})
    async with http.post(
        f"{sandbox.urls['mastodon']}/api/v1/statuses", headers=headers, data={"status": text, "language": "en"}
    ) as answer:
        return await answer.json()


async def message(http, sandbox, text):
    url = f"{sandbox.urls['telegram']}/bot1:t/sendMessage"
    async with http.post(url, data={"chat_id": "@campaign_be", "text": text}) as answer:
        return (await answer.json())["result"]


async def sign_in(http, sandbox):
    said = {"identifier": "campaign.example", "password": "b"}
    async with http.post(f"{sandbox.urls['bluesky']}/xrpc/com.atproto.server.createSession", json=said) as answer:
        return await answer.json()


async def skeet(http, sandbox, session, text, rkey):
    said = {
        "repo": session["did"],
        "collection": "app.bsky.feed.post",
        "rkey": rkey,
        "swapRecord": None,
        "record": {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2027-05-21T07:00:00Z", "langs": ["de"]},
    }
    async with http.post(
        f"{sandbox.urls['bluesky']}/xrpc/com.atproto.repo.putRecord",
        json=said,
        headers={"Authorization": f"Bearer {session['accessJwt']}"},
    ) as answer:
        return answer.status, await answer.json()


async def test_each_channel_is_told_how_to_reach_its_account():
    sandbox = await Sandbox.open(EVERYBODY, now=Clock().now)
    try:
        assert sandbox.settings("mastodon-en") == {"server": sandbox.urls["mastodon"], "token": "m"}
        assert sandbox.settings("bluesky-de") == {
            "server": sandbox.urls["bluesky"],
            "handle": "campaign.example",
            "password": "b",
        }
        assert sandbox.settings("telegram-be")["chat"] == "@campaign_be"
        with pytest.raises(KeyError):
            sandbox.settings("mastodon-fr")
    finally:
        await sandbox.close()


@pytest.mark.parametrize(
    ("residents", "words"),
    [
        ((MASTODON, Resident(network="mastodon", channels=("x",), name="Campaign", secret="y")), "two residents"),
        ((MASTODON, Resident(network="mastodon", channels=("x",), name="other", secret="m")), "token of another"),
        ((Resident(network="matrix", channels=("x",), name="x", secret="y"),), "no look-alike"),
    ],
)
async def test_residents_that_cannot_be_told_apart_are_refused(residents, words):
    with pytest.raises(ValueError, match=words):
        await Sandbox.open(residents, now=Clock().now)


async def test_a_port_in_use_is_refused_in_plain_words():
    sandbox = await Sandbox.open(EVERYBODY, now=Clock().now)
    try:
        with pytest.raises(ValueError, match="is a sandbox running already"):
            await Sandbox.open(EVERYBODY, now=Clock().now, ports=sandbox.ports)
    finally:
        await sandbox.close()


async def test_the_walls_show_all_networks_in_the_order_of_publication(http):
    clock = Clock()
    sandbox = await Sandbox.open(EVERYBODY, now=clock.now)
    try:
        await message(http, sandbox, "Першы #Беларусь")
        clock.campaign += timedelta(minutes=5)
        status = await toot(http, sandbox, "Second")
        await skeet(http, sandbox, await sign_in(http, sandbox), "Third", "3lq2abcdefg2k")
        walls = sandbox.walls()
        assert [post.text for post in walls] == ["Першы #Беларусь", "Second", "Third"]
        assert [post.network for post in walls] == ["telegram", "mastodon", "bluesky"]
        assert [post.language for post in walls] == ["be", "en", "de"]
        assert [post.account for post in walls] == ["@campaign_be", "campaign", "campaign.example"]
        assert walls[1].remote_id == status["id"]
        assert walls[2].channels == ("bluesky-en", "bluesky-de")
        assert [datetime.fromisoformat(post.at) for post in walls] == [START, clock.campaign, clock.campaign]
        assert [(e.kind, e.start, e.end, e.value) for e in walls[0].entities] == [("tag", 6, 15, "Беларусь")]
        async with http.get(f"{sandbox.urls['page']}/walls.json") as answer:
            told = await answer.json()
        assert [post["text"] for post in told] == [post.text for post in walls]
        for post in walls:
            async with http.get(post.url, allow_redirects=False) as answer:
                assert answer.headers["Location"].startswith(f"{sandbox.urls['page']}/#{post.network}-")
    finally:
        await sandbox.close()


async def test_a_sandbox_that_starts_again_goes_on_as_if_nothing_had_happened(http, tmp_path, ports):
    clock, state = Clock(), tmp_path / "sandbox" / "walls.json"
    sandbox = await Sandbox.open(EVERYBODY, now=clock.now, machine=clock.seconds, state=state, ports=ports)
    first = await toot(http, sandbox, "First", key="one")
    sent = await message(http, sandbox, "Second")
    session = await sign_in(http, sandbox)
    _, put = await skeet(http, sandbox, session, "Third", "3lq2abcdefg2k")
    before = sandbox.walls()
    await sandbox.close()
    await http.close()

    async with ClientSession() as later:
        again = await Sandbox.open(EVERYBODY, now=clock.now, machine=clock.seconds, state=state, ports=ports)
        try:
            assert again.urls == sandbox.urls
            assert again.walls() == before
            assert (await toot(later, again, "First", key="one"))["id"] == first["id"]
            status, replayed = await skeet(later, again, session, "Third", "3lq2abcdefg2k")
            assert (status, replayed["cid"], "commit" in replayed) == (200, put["cid"], False)
            status, refused = await skeet(later, again, session, "Another", "3lq2abcdefg2k")
            assert (status, refused["error"]) == (400, "InvalidSwap")
            assert (await message(later, again, "Fourth"))["message_id"] == sent["message_id"] + 1
            assert int((await toot(later, again, "Fifth"))["id"]) > int(first["id"])
            assert [post.text for post in again.walls()] == ["First", "Second", "Third", "Fourth", "Fifth"]
        finally:
            await again.close()


async def test_everything_is_on_disk_before_the_answer_leaves(http, tmp_path):
    state = tmp_path / "walls.json"
    sandbox = await Sandbox.open(EVERYBODY, now=Clock().now, state=state)
    try:
        status = await toot(http, sandbox, "Kept")
        assert status["id"] in json.loads(state.read_text())["mastodon"]["statuses"]
    finally:
        await sandbox.close()


async def test_posts_of_an_account_that_has_moved_out_stay_on_the_walls(http, tmp_path):
    state = tmp_path / "walls.json"
    sandbox = await Sandbox.open(EVERYBODY, now=Clock().now, state=state)
    await toot(http, sandbox, "Still here")
    await message(http, sandbox, "And here")
    await skeet(http, sandbox, await sign_in(http, sandbox), "And there", "3lq2abcdefg2k")
    await sandbox.close()
    later = await Sandbox.open((), now=Clock().now, state=state)
    try:
        assert [(p.text, p.account, p.channels) for p in later.walls()] == [
            ("Still here", "campaign", ()),
            ("And here", "@campaign_be", ()),
            ("And there", "campaign.example", ()),
        ]
    finally:
        await later.close()


async def test_a_damaged_state_file_says_what_to_do(tmp_path):
    state = tmp_path / "walls.json"
    state.write_text("{half")
    with pytest.raises(ValueError, match="is damaged; delete it"):
        await Sandbox.open(EVERYBODY, now=Clock().now, state=state)
