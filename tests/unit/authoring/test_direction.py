"""A name in Hebrew or Arabic letters does not turn around what stands behind it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amplify.authoring.typesetting.direction import FIRST, LAST, as_written, set_apart
from amplify.domain.richtext import RichText, SpanKind, marked, plain
from amplify.publishers.bluesky import BLUESKY
from amplify.publishers.mastodon import MASTODON
from amplify.publishers.telegram import TELEGRAM

SHALOM, SALAM = "שלום עליכם", "سلام"


def apart(name):
    return f"{FIRST}{name}{LAST}"


def shown(text, language="en"):
    return set_apart(plain(text), language).text


def test_a_name_is_shut_off_from_the_number_behind_it():
    assert shown(f"Signed by {SHALOM}, 21 people.") == f"Signed by {apart(SHALOM)}, 21 people."
    assert shown(f"({SALAM}) and {SHALOM}") == f"({apart(SALAM)}) and {apart(SHALOM)}"


def test_each_of_two_names_is_shut_off_from_the_other():
    assert shown(f"{SHALOM}, {SALAM}: 2") == f"{apart(SHALOM)}, {apart(SALAM)}: 2"


@pytest.mark.parametrize("language", ["he", "ar", "fa", "heb", "ar-EG"])
def test_a_text_that_is_itself_written_from_right_to_left_stays_as_it_is(language):
    assert shown(f"{SHALOM} 21 Belarus", language) == f"{SHALOM} 21 Belarus"


def test_a_hashtag_and_an_address_stay_whole():
    tag = marked(f"#{SALAM}", SpanKind.TAG, SALAM)
    url = marked(f"https://example.org/{SALAM}", SpanKind.LINK, f"https://example.org/{SALAM}")
    assert (
        set_apart(plain("Look: ") + tag + plain(" ") + url, "en").text == f"Look: #{SALAM} https://example.org/{SALAM}"
    )


def test_the_signs_belong_to_the_words_of_a_link_and_never_to_its_address():
    link = marked(SHALOM, SpanKind.LINK, "https://example.org/a")
    body = set_apart(plain("See ") + link + plain(" today"), "en")
    assert MASTODON.lay_out(body, {}, MASTODON.defaults).text == f"See {apart(SHALOM)} (https://example.org/a) today"
    (facet,) = BLUESKY.lay_out(body, {}, BLUESKY.defaults).entities
    assert body.text.encode()[facet.start : facet.end].decode() == apart(SHALOM)


def test_the_signs_count_in_every_network_as_its_server_counts_them():
    assert [n.lay_out(plain(apart("א")), {}, n.defaults).length for n in (MASTODON, BLUESKY, TELEGRAM)] == [3, 3, 3]


PIECES = st.sampled_from(["Belarus", SHALOM, SALAM, " ", ", ", "21", "(", ")", "\n", "שלום", "ט", ". ", "🙂"])
BODIES = st.lists(
    st.one_of(
        PIECES.map(plain),
        PIECES.filter(str.strip).map(lambda words: marked(words, SpanKind.BOLD, "")),
        PIECES.filter(str.strip).map(lambda words: marked(words, SpanKind.LINK, "https://example.org/a")),
    ),
    max_size=8,
).map(lambda pieces: sum(pieces, RichText()))


@given(BODIES)
def test_no_word_and_no_mark_is_lost(body):
    made = set_apart(body, "en")
    assert as_written(made.text) == body.text
    assert [as_written(made.text[s.start : s.end]).strip(FIRST + LAST) for s in made.spans] == [
        body.text[s.start : s.end] for s in body.spans
    ]


@given(BODIES)
def test_every_letter_that_runs_to_the_left_is_inside_and_the_signs_are_paired(body):
    depth = 0
    for sign in set_apart(body, "en").text:
        depth += (sign == FIRST) - (sign == LAST)
        assert depth in (0, 1)
        assert depth == 1 or unicodedata.bidirectional(sign) not in ("R", "AL")
    assert depth == 0
