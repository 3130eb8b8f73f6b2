"""One post under the addresses that people copy."""

import pytest

from amplify.domain.whereabouts import same_post

TOOT = "https://mastodon.example/@campaign/113345678901234567"
SKEET = "https://bsky.app/profile/campaign.example/post/3kfywe6qgn32t"
POST = "https://t.me/campaign_be/1234"


@pytest.mark.parametrize(
    ("copied", "known"),
    [
        (f"{TOOT}?utm_source=x#top", TOOT),
        ("mastodon.example/@campaign/113345678901234567/", TOOT),
        ("https://mastodon.example/users/campaign/statuses/113345678901234567", TOOT),
        ("https://mastodon.example/web/@Campaign/113345678901234567", TOOT),
        ("https://mastodon.example/deck/@campaign/113345678901234567", TOOT),
        ("https://bsky.app/profile/did:plc:abc/post/3kfywe6qgn32t", SKEET),
        ("at://did:plc:abc/app.bsky.feed.post/3kfywe6qgn32t", SKEET),
        ("https://other-view.example/profile/campaign.example/post/3kfywe6qgn32t", SKEET),
        ("https://t.me/s/campaign_be/1234", POST),
        ("<https://telegram.me/Campaign_BE/1234?single>", POST),
        ("tg://resolve?domain=campaign_be&post=1234", POST),
    ],
)
def test_all_of_them_lead_to_it(copied, known):
    assert same_post(copied, known)


@pytest.mark.parametrize(
    ("other", "known"),
    [
        ("https://mastodon.example/@campaign/113345678901234568", TOOT),
        ("https://other.example/@campaign/113345678901234567", TOOT),
        ("https://mastodon.example/@sister/113345678901234567", TOOT),
        ("https://bsky.app/profile/campaign.example/post/3kfywe6qgn32u", SKEET),
        ("https://t.me/campaign_ru/1234", POST),
        ("https://t.me/campaign_be/12", POST),
        ("hello", POST),
        ("", POST),
        ("https://[", POST),
    ],
)
def test_others_do_not(other, known):
    assert not same_post(other, known)
