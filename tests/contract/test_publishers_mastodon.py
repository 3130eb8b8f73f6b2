"""What only Mastodon has, and how servers that speak its API differ."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from amplify.domain.richtext import plain
from amplify.ports.errors import (
    CannotTell,
    OutcomeUnknown,
    PublishError,
    Rejected,
    Throttled,
    Unauthorized,
    Unavailable,
)
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, send

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
INSTANCE = "/api/v[12]/instance"
POST = "/api/v1/statuses$"


@pytest.fixture
async def site(open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site("mastodon") as site:
        yield site


def rule(status: int, path: str, body: object = None, count: int = 1, **headers: str) -> Rule:
    return Rule(what="status", arg=status, path=path, body=body, count=count, headers=headers)


# limits


@pytest.mark.parametrize(
    "told",
    [
        {
            "version": "4.6.1",
            "configuration": {"statuses": {"max_characters": 4242, "characters_reserved_per_url": 25}},
        },
        {"version": "0.17.3+git-1a2b3c", "configuration": {"statuses": {"max_characters": 4242}}},
        {"version": "2.7.2 (compatible; Pleroma 2.9)", "max_toot_chars": 4242, "configuration": None},
        {"version": "not a number", "max_toot_chars": 4242},
    ],
)
async def test_limits_are_the_servers_own_whatever_it_calls_itself(site: Site, told: dict[str, object]) -> None:
    site.faults.add(rule(200, INSTANCE, told))
    publisher = await site.connect()
    assert publisher.limits.text == 4242
    assert publisher.limits.read_at is not None
    await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert [post.text for post in site.wall()] == ["Hallo"]


async def test_a_server_without_the_newer_document_is_asked_for_the_older(site: Site) -> None:
    site.faults.add(
        rule(404, "/api/v2/instance"), rule(200, "/api/v1/instance", {"version": "3.5.0", "max_toot_chars": 777})
    )
    assert (await site.connect()).limits.text == 777


async def test_a_server_that_is_no_mastodon_is_told_from_one_that_is_ill(site: Site) -> None:
    site.faults.add(rule(404, INSTANCE, count=2))
    with pytest.raises(Unauthorized, match="address"):
        await site.connect()


async def test_a_server_that_sends_us_elsewhere_is_not_followed(site: Site) -> None:
    site.faults.add(rule(301, INSTANCE, "moved", Location="https://elsewhere.invalid/"))
    with pytest.raises(Unauthorized, match="address"):
        await site.connect()


async def test_a_page_for_browsers_at_sign_in_is_a_server_that_is_not_ready(site: Site) -> None:
    site.faults.add(Rule(what="html", path=INSTANCE))
    with pytest.raises(Unavailable):
        await site.connect()


async def test_an_account_is_known_by_the_domain_that_its_server_calls_its_own(site: Site) -> None:
    identity = (await site.connect()).identity
    assert identity.name == "@campaign@mastodon.example"
    assert identity.id.endswith("@mastodon.example")


# what followers see


async def test_visibility_warning_and_language_arrive(site: Site) -> None:
    publisher = await site.connect()
    settings = {"visibility": "unlisted", "warning": "Todesfälle"}
    sealed = site.sealed(publisher, plain("Hallo"), settings=settings)
    await send(publisher, sealed)
    (post,) = site.wall()
    assert post.extra == settings
    assert post.language == "be"


async def test_a_long_address_counts_as_twenty_three(site: Site) -> None:
    publisher = await site.connect()
    text = "a" * 476 + " https://example.org/" + "x" * 300
    await send(publisher, site.sealed(publisher, plain(text)))
    assert [post.text for post in site.wall()] == [text]


@pytest.mark.parametrize("status", [400, 422])
async def test_a_server_that_counts_otherwise_refuses_in_its_own_words(open_site: OpenSite, status: int) -> None:
    async with open_site("mastodon", counts_urls_in_full=True, over_limit_status=status) as site:
        publisher = await site.connect()
        with pytest.raises(Rejected, match="character limit of 500 exceeded"):
            await send(publisher, site.sealed(publisher, plain("https://example.org/" + "x" * 500)))
        assert not site.wall()


# answers


@pytest.mark.parametrize(
    ("status", "said", "means"),
    [
        (403, "This action is not allowed", Rejected),
        (403, "Your login is currently disabled", Unauthorized),
        (404, "The post you are trying to reply to does not appear to exist.", Rejected),
        (422, "Validation failed: Duplicate record", OutcomeUnknown),
        (422, "Cannot attach files that have not finished processing", Unavailable),
        (409, "Conflict", OutcomeUnknown),
        (418, "", OutcomeUnknown),
    ],
)
async def test_an_answer_means_what_it_says(site: Site, status: int, said: str, means: type[PublishError]) -> None:
    publisher = await site.connect()
    site.faults.add(rule(status, POST, {"error": said}))
    with pytest.raises(means) as failed:
        await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert said in str(failed.value)


async def test_a_success_with_a_broken_rate_limit_is_not_taken_for_being_throttled(site: Site) -> None:
    publisher = await site.connect()
    site.faults.add(rule(200, POST, {"id": "1"}, **{"X-RateLimit-Reset": "soon"}))
    with pytest.raises(OutcomeUnknown):
        await send(publisher, site.sealed(publisher, plain("Hallo")))


@pytest.mark.parametrize("headers", [{"Retry-After": "30"}, {"X-RateLimit-Reset": "soon"}, {}])
async def test_throttling_without_a_usable_time_is_at_most_a_minute(site: Site, headers: dict[str, str]) -> None:
    publisher = await site.connect()
    site.faults.add(rule(429, POST, {"error": "Too many requests"}, **headers))
    with pytest.raises(Throttled):
        await send(publisher, site.sealed(publisher, plain("Hallo")))


async def test_a_replay_that_mastodon_46_answers_with_an_error_is_unknown_and_found(open_site: OpenSite) -> None:
    async with open_site("mastodon", replay_answers_500=True) as site:
        publisher = await site.connect()
        sealed = site.sealed(publisher, plain("Hallo"))
        first = await send(publisher, sealed)
        with pytest.raises(OutcomeUnknown):
            await send(publisher, sealed)
        assert await publisher.find(sealed, ()) == first
        assert len(site.wall()) == 1


# looking it up


async def test_the_same_words_from_long_before_leave_the_question_to_a_person(site: Site) -> None:
    publisher = await site.connect()
    sealed = site.sealed(publisher, plain("Hallo"))
    await send(publisher, sealed)
    later = replace(sealed, sealed_at=sealed.sealed_at.replace(day=28))
    with pytest.raises(CannotTell, match="from before this post: http"):
        await publisher.find(later, ())


async def test_a_post_is_found_by_words_and_parents_among_others(site: Site) -> None:
    publisher = await site.connect()
    sealed = site.sealed(publisher, plain("Hallo"))
    ours = await send(publisher, sealed)
    for number in range(45):
        await send(publisher, site.sealed(publisher, plain(f"Nummer {number}"), f"post-{number}"))
    assert await publisher.find(sealed, ()) == ours


async def test_an_account_that_posts_too_much_to_look_through_leaves_the_question_open(site: Site) -> None:
    publisher = await site.connect()
    for number in range(80):
        await send(publisher, site.sealed(publisher, plain(f"Nummer {number}"), f"post-{number}"))
    with pytest.raises(CannotTell, match="more than 80 times"):
        await publisher.find(site.sealed(publisher, plain("Hallo")), ())
