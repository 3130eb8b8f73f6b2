"""Whatever Telegram would make a link of by itself, we have seen: judged by the library that Telegram runs on."""

import random

from amplify.authoring.typesetting.finding import find_mentions, find_tags
from amplify.authoring.urls import find_names, find_others, find_urls
from oracles.signs import HAND_PICKED

PIECES = (
    *"#@＃$ab1_./-:?=&()[]'’\"“ \n+~*^|;<>%é¸ўЮª²٣,!", "Belarus", "\u200b", "\u200c", "\u200d", "\u00b7", "\u0301", ".org", ".com", ".рф",
    "https://", "tg://", "www.", "spring96", "user_name", "USD", "🙂", "\u00a0", "/x", "?q=1", "#c", "ftp://", "xn--p1ai",
    "@server.example", "\u2060", "\u00ad", "１",
)  # fmt: skip
MIXED = 12_000


def seen(text, kind):
    match kind:
        case "hashtag" | "cashtag":
            return list(find_tags(text))
        case "mention":
            return list(find_mentions(text))
        case _:
            return [*find_urls(text), *find_names(text), *find_others(text)]


def slipped(tdlib, text):
    """What Telegram finds in a text and we do not."""
    units = text.encode("utf-16-le")
    for one in tdlib.found_in(text):
        start, end = (len(units[: 2 * at].decode("utf-16-le")) for at in (one["offset"], one["offset"] + one["length"]))
        if one["type"] != "bot_command" and not any(a < end and start < b for a, b in seen(text, one["type"])):
            yield one["type"], text[start:end]


def test_every_sign_and_address_that_telegram_finds_is_found(tdlib):
    by_chance = random.Random(21_05)
    mixed = ("".join(by_chance.choices(PIECES, k=by_chance.randint(1, 9))) for _ in range(MIXED))
    assert {text: found for text in (*HAND_PICKED, *mixed) if (found := list(slipped(tdlib, text)))} == {}


def test_no_more_of_a_hashtag_is_linked_than_was_judged(tdlib):
    for text in ("#Belarus\u200cEvil", "#Belarus·Evil", "#Belarus@evil_channel", "#Belarus_Evil"):
        (found,) = tdlib.found_in(text)
        ((start, end),) = find_tags(text)
        assert (start, end) == (0, found["offset"] + found["length"])
