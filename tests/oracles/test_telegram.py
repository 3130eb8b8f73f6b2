"""What leaves for Telegram, judged by TDLib: what our publisher seals is what followers see, and is as long as we say."""

from urllib.parse import urlsplit

from amplify.publishers.measure import utf16
from oracles.conftest import words_of
from oracles.printing import printed

#: Texts in which TDLib marks or keeps something else than we lay out, and why.
LOCAL = "https://localhost/"
COMMAND = "Telegram makes a command of it, which nobody answers in a channel; it cannot be told not to"
MAIL = (
    "Telegram makes an address of mail, or of a server, of it; we mark none, and channels that name sources refuse it"
)
NAME = "Telegram makes an address of what nobody meant for one; we mark names that stand by themselves"
KNOWN_DIFFERENCES = {
    "https://localhost/x": "Telegram refuses the address of one's own machine, where nobody's campaign leads",
    "a\u0333b\u033f": "Telegram takes lines above and below letters away",
    **dict.fromkeys(("/start", "/start@user_name", "https:/start", "/spring96.org"), COMMAND),
    **dict.fromkeys(("D'Artagnan@a.org", "mailto:a@b.org", "a@b.org", "A.B+c@d-e.example.com", "ä@b.org"), MAIL),
    **dict.fromkeys(("a@пример.рф", "a@b.org/x"), MAIL),
    **dict.fromkeys(
        ("🙂spring96.org", "word\u0300.org", "क्षि.भारत", "$spring96.org", "-a.org", "1.2.3.4", "x.ton"), NAME
    ),
    **dict.fromkeys(("l’amour.fr", "rock'n'roll.com", "it's.me"), NAME),
}


def laid_out(post):
    return sorted(_as_sent(e, post.layout.text) for e in post.layout.entities)


def _as_sent(entity, text):
    where = {"offset": entity.start, "length": entity.end - entity.start}
    words = words_of(where, text)
    if entity.kind == "link":
        return entity.start, "text_link", words, _whole(entity.value)
    return entity.start, {"tag": "hashtag"}.get(entity.kind, entity.kind), words, ""


def _whole(url):
    """As Telegram writes an address: with a path."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()


def seen(tdlib, post):
    if LOCAL in post.written:
        return "", []
    text, entities = tdlib.kept(post.request["text"], post.request["entities"])
    marks = []
    for one in entities:
        words = words_of(one, text)
        kind, url = one["type"], one.get("url", "")
        if kind == "url":
            kind, url = "text_link", words if "://" in words else f"https://{words}"
        marks.append((one["offset"], kind, words, _whole(url) if url else ""))
    return text, sorted(marks)


def test_more_than_five_hundred_texts_are_judged():
    assert len(printed("telegram")) > 500


def test_the_text_is_kept_and_is_as_long_as_we_say(tdlib):
    for post in printed("telegram"):
        text, _ = seen(tdlib, post)
        same = text == post.layout.text and utf16(text) == post.layout.length
        assert same or post.written in KNOWN_DIFFERENCES, post.written


def test_what_we_lay_out_is_what_followers_see(tdlib):
    shown = {post.written: (post.layout.text, laid_out(post)) for post in printed("telegram")}
    differing = {post.written for post in printed("telegram") if seen(tdlib, post) != shown[post.written]}
    assert differing == KNOWN_DIFFERENCES.keys()
    assert len(KNOWN_DIFFERENCES) <= 0.02 * len(printed("telegram"))


def test_every_hashtag_that_we_lay_out_becomes_one_and_no_other_does(tdlib):
    for post in printed("telegram"):
        found = [(one[0], one[2]) for one in seen(tdlib, post)[1] if one[1] == "hashtag"]
        assert found == [(one[0], one[2]) for one in laid_out(post) if one[1] == "hashtag"], post.written
