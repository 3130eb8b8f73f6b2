"""What only Bluesky has: keys of our own, records that are never overwritten, gates, sessions that end."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from amplify.domain.richtext import plain
from amplify.ports.errors import CannotTell, OutcomeUnknown, PublishError, Rejected, Unauthorized, Unavailable, Unstaged
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, send

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
PUT = r"repo\.putRecord$"
EXPIRED = {"error": "ExpiredToken", "message": "Token has been revoked"}


@pytest.fixture
async def site(open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site("bluesky") as site:
        yield site


async def test_a_receipt_leads_to_the_post_and_proves_it_to_replies(site: Site) -> None:
    publisher = await site.connect()
    sealed = site.sealed(publisher, plain("Hallo"))
    receipt = await send(publisher, sealed)
    assert receipt.url.endswith(f"/profile/campaign.example/post/{sealed.request['rkey']}")
    assert receipt.proof["cid"]
    assert receipt.at == sealed.sealed_at


@pytest.mark.parametrize("replies", ["nobody", "followers", "following", "mentioned"])
async def test_who_may_reply_is_settled_before_the_post_is_public(site: Site, replies: str) -> None:
    publisher = await site.connect()
    sealed = site.sealed(publisher, plain("Hallo"), settings={"replies": replies})
    staged = await publisher.stage(await publisher.stage(sealed))
    assert not site.wall()
    await publisher.publish(staged)
    rule = {"nobody": "nobody", "followers": "followerRule", "following": "followingRule", "mentioned": "mentionRule"}
    assert [post.extra["replies"] for post in site.wall()] == [[rule[replies]]]


async def test_where_the_gate_cannot_be_set_nothing_becomes_public(site: Site) -> None:
    publisher = await site.connect()
    site.strike("status", 500)
    with pytest.raises(Unavailable):
        await send(publisher, site.sealed(publisher, plain("Hallo"), settings={"replies": "nobody"}))
    assert not site.wall()


async def test_another_text_under_the_same_key_never_overwrites(site: Site) -> None:
    publisher = await site.connect()
    await send(publisher, site.sealed(publisher, plain("Das eine")))
    other = site.sealed(publisher, plain("Das andere"))
    with pytest.raises(OutcomeUnknown, match="another text"):
        await send(publisher, other)
    with pytest.raises(CannotTell, match="another text"):
        await publisher.find(other, ())
    assert [post.text for post in site.wall()] == ["Das eine"]


async def test_a_swap_that_is_refused_although_the_record_is_ours_is_a_success(site: Site) -> None:
    publisher = await site.connect()
    sealed = site.sealed(publisher, plain("Hallo"))
    first = await send(publisher, sealed)
    site.faults.add(Rule(what="status", arg=400, path=PUT, body={"error": "InvalidSwap", "message": "Record was at …"}))
    assert await send(publisher, sealed) == first


async def test_a_session_that_was_ended_is_opened_once_more(site: Site) -> None:
    publisher = await site.connect()
    site.faults.add(Rule(what="status", arg=400, path=PUT, body=EXPIRED))
    await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert len(site.wall()) == 1


async def test_a_session_that_ends_again_at_once_is_unauthorized(site: Site) -> None:
    publisher = await site.connect()
    site.faults.add(Rule(what="status", arg=400, path=PUT, body=EXPIRED, count=2))
    with pytest.raises(Unauthorized, match="app password"):
        await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert not site.wall()


async def test_a_server_that_cannot_open_the_session_again_has_published_nothing(site: Site) -> None:
    publisher = await site.connect()
    site.faults.add(Rule(what="status", arg=400, path=PUT, body=EXPIRED))
    site.faults.add(Rule(what="status", arg=500, path="refreshSession"))
    with pytest.raises(Unavailable):
        await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert not site.wall()


@pytest.mark.parametrize(
    ("status", "code", "means"),
    [
        (400, "InvalidRequest", Rejected),
        (400, "AccountTakedown", Unauthorized),
        (400, "BlobNotFound", Unstaged),
        (403, "Forbidden", Unauthorized),
        (413, "PayloadTooLarge", Rejected),
        (409, "Conflict", OutcomeUnknown),
        (404, "XRPCNotSupported", Rejected),
    ],
)
async def test_an_answer_means_what_it_says(site: Site, status: int, code: str, means: type[PublishError]) -> None:
    publisher = await site.connect()
    site.faults.add(Rule(what="status", arg=status, path=PUT, body={"error": code, "message": "said"}))
    with pytest.raises(means, match=f"{code}: said"):
        await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert not site.wall()


async def test_a_lookup_that_fails_is_no_proof_of_absence(site: Site) -> None:
    publisher = await site.connect()
    site.faults.add(Rule(what="status", arg=400, path="getRecord", body={"error": "InvalidRequest", "message": "no"}))
    with pytest.raises(CannotTell):
        await publisher.find(site.sealed(publisher, plain("Hallo")), ())
