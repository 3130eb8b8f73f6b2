"""How long a text is to each network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amplify.publishers.measure import as_mastodon, graphemes, too_long, utf8, utf16

ASCII = st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,.!?#\n0123456789")


@given(ASCII)
def test_plain_english_is_as_long_as_it_looks_in_every_unit(text: str) -> None:
    assert graphemes(text) == utf16(text) == utf8(text) == as_mastodon(text, 23) == len(text)


@given(st.text())
def test_the_units_only_ever_grow_from_what_a_reader_counts_to_bytes(text: str) -> None:
    assert graphemes(text) <= len(text) <= utf16(text) <= utf8(text)


@pytest.mark.parametrize(
    ("text", "counted"),
    [("👨‍👩‍👧", 1), ("🇧🇾🇦🇹", 2), ("й", 1), ("e\u0301", 1), ("Жыве!", 5), ("👍🏽👍", 2)],
)
def test_a_reader_counts_families_flags_and_accents_as_one(text: str, counted: int) -> None:
    assert graphemes(text) == counted


def test_an_emoji_is_two_units_for_telegram_and_four_bytes_for_bluesky() -> None:
    assert (utf16("🙂"), utf8("🙂")) == (2, 4)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("https://example.org/" + "a" * 200, 23),
        ("http://a.by", 23),
        ("example.org/news", 16),
        ("See https://example.org/news.", 28),
        ("(https://example.org/a_(b))", 25),
        ("https://пример.испытание/путь", 23),
        ("https://example.org https://example.com", 47),
        ("https://localhost/x", 19),
        ("https://example.org?q=1 and", 27),
        ("https://example.org:8080/#top", 23),
        ("x@https://example.org", 21),
    ],
)
def test_mastodon_counts_each_url_with_a_scheme_as_twenty_three(text: str, counted: int) -> None:
    assert as_mastodon(text, 23) == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("@institution@server.example", 12),
        ("@institution", 12),
        ("thanks, @a_b@server.example!", 13),
        ("write to desk@server.example", 28),
        ("@a@server.example @b@server.example", 5),
    ],
)
def test_mastodon_leaves_the_server_out_of_a_mention(text: str, counted: int) -> None:
    assert as_mastodon(text, 23) == counted


def test_what_is_too_long_is_said_in_words() -> None:
    assert too_long("Bluesky", 312, 300) == "12 characters too long for Bluesky: 312 of 300"
    assert too_long("Bluesky", 3001, 3000, "byte") == "1 byte too long for Bluesky: 3001 of 3000"
    assert too_long("Bluesky", 300, 300) == ""
