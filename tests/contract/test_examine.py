"""What an account may do, asked of look-alikes; and the label, switched on as a person would see it afterwards."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from amplify.ports.errors import PublishError, Unauthorized
from amplify.ports.examining import Examined, Examines, Labels, Standing
from amplify.ports.publisher import Publisher
from amplify.publishers import installed
from amplify.testing.faults import Rule
from amplify.testing.manners import Manners
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from contract.conftest import NAMES, SECRET, access, now
from servers.asking import submit

USUAL = Manners()
NETWORKS = ("mastodon", "bluesky", "telegram")
RULES = ("Be kind.", "Say that you are automated.")
LEAST = ("profile", "read:statuses", "write:statuses", "write:media")


@asynccontextmanager
async def house(network: str, *, manners: Manners = USUAL, **more: object) -> AsyncIterator[tuple[Publisher, Sandbox]]:
    resident = Resident(network=network, channels=("here",), name=NAMES[network], secret=SECRET, **more)
    sandbox = await Sandbox.open([resident], now=now, manners=manners)
    publisher = await installed()[network].connect(access(sandbox.settings("here")))
    try:
        yield publisher, sandbox
    finally:
        await publisher.close()
        await sandbox.close()


async def seen(network: str, *, manners: Manners = USUAL, **more: object) -> Examined:
    async with house(network, manners=manners, **more) as (publisher, _):
        assert isinstance(publisher, Examines)
        return await publisher.examine()


def told(examined: Examined, topic: str) -> list[tuple[str, str]]:
    return [(one.standing.value, one.told) for one in examined.observations if one.topic == topic]


@pytest.mark.parametrize("network", NETWORKS)
async def test_an_account_with_the_least_rights_is_in_order(network: str) -> None:
    examined = await seen(network)
    assert all(one.standing is not Standing.WRONG for one in examined.observations)
    assert [standing for standing, _ in told(examined, "rights")] == ["good"]
    assert examined.clock is not None
    assert SECRET not in repr(examined)


@pytest.mark.parametrize("network", NETWORKS)
async def test_looking_changes_nothing_and_asks_about_nobody_else(network: str) -> None:
    async with house(network) as (publisher, sandbox):
        assert isinstance(publisher, Examines)
        before = len(sandbox.requests())
        await publisher.examine()
        asked = sandbox.requests()[before:]
    assert sandbox.walls() == []
    if network != "telegram":  # whose every request is a POST
        assert {request.method for request in asked} == {"GET"}
    assert not any(word in request.path.lower() for request in asked for word in ("follow", "administrators", "notif"))


@pytest.mark.parametrize(
    ("rights", "standing", "words"),
    [
        (("profile", "read:statuses", "write:media"), "wrong", "may not post"),
        (("profile", "write:statuses", "write:media"), "wrong", "look whether a post is public"),
        ((*LEAST, "write:follows"), "wrong", "follow people"),
        ((*LEAST, "admin:read:accounts"), "wrong", "moderate the server"),
        (("read", "write", "follow"), "wrong", "direct messages"),
        ((*LEAST, "push"), "note", "push"),
        ((*LEAST, "write:accounts"), "good", "change the profile"),
    ],
)
async def test_mastodon_rights_that_are_missing_or_too_many(rights: tuple[str, ...], standing: str, words: str) -> None:
    ((found, said),) = told(await seen("mastodon", rights=rights), "rights")
    assert (found, words in said) == (standing, True), said


async def test_mastodon_a_server_that_tells_no_rights_is_tried_without_posting() -> None:
    silent = Manners(tells_rights=False)
    assert told(await seen("mastodon", manners=silent, rights=LEAST), "rights")[0][0] == "note"
    ((standing, said),) = told(await seen("mastodon", manners=silent, rights=("read", "write")), "rights")
    assert (standing, "may read more than it needs" in said) == ("note", True)
    async with house("mastodon", manners=silent) as (publisher, sandbox):
        assert isinstance(publisher, Examines)
        await asyncio.to_thread(submit, f"{sandbox.urls['mastodon']}/api/v1/statuses", SECRET, status="Hello.")
        outside = {"error": "This action is outside the authorized scopes"}
        sandbox.faults.add(Rule(what="status", arg=403, path="/source", body=outside))
        ((standing, said),) = told(await publisher.examine(), "rights")
    assert (standing, "may not look whether a post is public" in said) == ("wrong", True)


async def test_mastodon_the_rules_are_shown_as_they_are() -> None:
    rules = (await seen("mastodon", manners=Manners(rules=RULES))).rules
    assert rules is not None
    assert rules.lines == RULES
    assert rules.url.endswith("/about")


async def test_mastodon_what_moderators_have_done_is_told() -> None:
    async with house("mastodon") as (publisher, sandbox):
        assert isinstance(publisher, Examines)
        me = {"id": "1", "acct": "campaign", "url": "https://x.example/@campaign", "bot": True, "limited": True}
        sandbox.faults.add(Rule(what="status", arg=200, path="accounts/verify_credentials", body=me))
        examined = await publisher.examine()
    assert told(examined, "account") == [("wrong", "The server has limited the account: few people see its posts")]


async def test_mastodon_the_label_needs_a_right_and_without_it_people_are_told_where_to_click() -> None:
    async with house("mastodon", automated=False, rights=LEAST) as (publisher, _):
        assert isinstance(publisher, Labels)
        with pytest.raises(Unauthorized, match="Preferences → Public profile"):
            await publisher.set_label()


@pytest.mark.parametrize("network", ["mastodon", "bluesky"])
async def test_the_label_shows_once_it_is_switched_on(network: str) -> None:
    async with house(network, automated=False) as (publisher, sandbox):
        assert not publisher.identity.automated
        assert isinstance(publisher, Labels)
        await publisher.set_label()
        again = await installed()[network].connect(access(sandbox.settings("here")))
        await again.close()
    assert again.identity.automated


async def test_bluesky_a_profile_that_changes_meanwhile_is_not_written_over() -> None:
    async with house("bluesky", automated=False) as (publisher, sandbox):
        assert isinstance(publisher, Labels)
        stale = {"error": "InvalidSwap", "message": "Record was at another cid"}
        sandbox.faults.add(Rule(what="status", arg=400, path="putRecord", body=stale))
        with pytest.raises(PublishError, match="somebody has changed"):
            await publisher.set_label()


@pytest.mark.parametrize(
    ("scope", "words"), [("com.atproto.access", "own password"), ("com.atproto.appPassPrivileged", "direct messages")]
)
async def test_bluesky_a_password_that_may_do_more_than_post_is_wrong(scope: str, words: str) -> None:
    ((standing, said),) = told(await seen("bluesky", rights=(scope,)), "rights")
    assert (standing, words in said) == ("wrong", True)


async def test_bluesky_servers_name_their_terms() -> None:
    rules = (await seen("bluesky")).rules
    assert rules is not None
    assert [line.partition(":")[0] for line in rules.lines] == ["Terms of service", "Privacy policy"]


async def test_telegram_a_bot_that_may_not_post_and_one_that_may_too_much() -> None:
    unable = told(await seen("telegram", rights=("can_edit_messages", "can_delete_messages")), "rights")
    assert unable == [("wrong", "The bot may not post in the channel")]
    able = ("can_post_messages", "can_edit_messages", "can_delete_messages", "can_promote_members", "can_post_stories")
    ((standing, said),) = told(await seen("telegram", rights=able), "rights")
    assert (standing, said) == ("wrong", "The bot may do more than post: make others administrators, post stories")
    few = told(await seen("telegram", rights=("can_post_messages",)), "rights")
    assert [standing for standing, _ in few] == ["note"]


async def test_telegram_a_discussion_group_and_a_group_show_who_is_there() -> None:
    assert told(await seen("telegram", discussed=True), "discussion")[0][0] == "note"
    assert told(await seen("telegram"), "discussion")[0][0] == "good"
    assert "members see one another" in told(await seen("telegram", has_topics=True), "discussion")[0][1]
