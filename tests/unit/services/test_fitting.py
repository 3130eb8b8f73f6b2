"""Hashtags are fitted last, into what room the words leave; the words are never cut."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amplify.ports.author import UnusableText
from amplify.services.compose import compose

TAGS = ("Belarus", "FreeThemAll", "TimeToAct", "Лампа")
CAMPAIGN = """\
name: A test campaign
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en]
hashtags: {core: [Belarus, FreeThemAll], more: [TimeToAct, Лампа]}
coordinators: {one: {}, two: {}}
rules: {tags: {mastodon: 4, bluesky: 3, telegram: 3}}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://mastodon.example", token: "${T_M}"}
bluesky-en: {network: bluesky, language: en, server: "https://bsky.example", handle: a.example, password: "${T_B}"}
telegram-en: {network: telegram, language: en, chat: "@test_en", token: "${T_T}"}
"""
POST = """\
- id: lamp
  kind: statement
  at: D 09:00
  channels: all
  tags: [core, more]
  text: {en: words}
"""
WORDS = st.lists(
    st.sampled_from(
        ["lamp", "Würde", "Дзень", "👩‍👩‍👧", "שלום", "连帯", "https://example.org/light", "21", "— and", "🙂."]
    ),
    min_size=1,
    max_size=14,
).map(" ".join)


@pytest.fixture
def opened(written):
    return written(POST, config__campaign=CAMPAIGN, config__channels=CHANNELS)


def put(app, words):
    """The campaign with these words in its post."""
    (post,) = app.written.posts
    part = replace(post.parts[0], text={"en": words})
    return replace(app.written, posts=(replace(post, parts=(part,)),))


def made(app, said, wanted, room):
    limits = replace(app.workshop.networks[wanted.channel.network].defaults, text=room)
    return compose(wanted, said, app.workshop, limits)


@pytest.mark.parametrize("network", ["mastodon", "bluesky", "telegram"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(words=WORDS, room=st.integers(10, 120))
def test_the_words_are_whole_and_no_hashtag_is_left_out_that_fits(opened, network, words, room):
    said = put(opened, words)
    (wanted,) = (one for one in opened.workshop.wanted(said) if one.channel.network == network)
    alone = replace(wanted, post=replace(wanted.post, tags=()))
    with_room = made(opened, said, alone, 5000)
    if with_room.layout.length > room:
        with pytest.raises(UnusableText, match=f"{with_room.layout.length - room} characters? too long") as told:
            made(opened, said, wanted, room)
        assert f"{with_room.layout.length} of {room}" in str(told.value)
        return
    shown = made(opened, said, wanted, room)
    body, _, line = shown.text.partition("\n\n")
    placed = line.split()
    assert body == with_room.text
    assert shown.layout.length <= room
    assert [tag for tag in TAGS if f"#{tag}" in placed] == [tag.removeprefix("#") for tag in placed]
    cap = said.campaign.rules.tag_cap(network)
    assert len(placed) <= cap
    left = room - shown.layout.length
    needed = len(" #" if placed else "\n\n#")
    assert len(placed) == cap or all(len(tag) + needed > left for tag in TAGS if f"#{tag}" not in placed)
