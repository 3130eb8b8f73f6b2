"""What Telegram takes only apart is refused in words before anything is asked; the rest is sealed as it will be sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amplify.domain.envelope import Parents, Receipt
from amplify.domain.key import Key
from amplify.domain.picture import Shown, Sort
from amplify.domain.poll import Poll
from amplify.domain.rendition import Button, Onto, Rendition
from amplify.domain.richtext import RichText, SpanKind, marked, paragraphs, plain
from amplify.publishers.telegram import TELEGRAM
from amplify.publishers.telegram_post import looks_like, request_of

DAY = timedelta(days=1)
SIGN = Button(label="Sign", url="https://petition.example/")
LINK = marked("https://petition.example/", SpanKind.LINK, "https://petition.example/")
POLL = Poll(options=("At nine", "At noon"), lasts=DAY)
PUBLIC = Receipt(remote_id="7", url="https://t.me/campaign/7", at=datetime(2027, 5, 20, tzinfo=UTC))


def shown(number: int, sort: Sort = Sort.PICTURE) -> Shown:
    return Shown(path=f"posts/media/{number}.png", digest=f"sha256:{number}", alt="A round lamp, hung high", sort=sort)


def rendition(body: RichText, settings: dict[str, str] | None = None, **wishes: Any) -> Rendition:
    said = settings or {}
    return Rendition(
        key=Key(edition="2027", post="call", channel="here"),
        network="telegram",
        channel="here",
        language="en",
        due=datetime(2027, 5, 21, 7, tzinfo=UTC),
        layout=TELEGRAM.lay_out(body, said, TELEGRAM.defaults),
        settings=said,
        **wishes,
    )


def refused(body: RichText, settings: dict[str, str] | None = None, **wishes: Any) -> list[str]:
    return list(TELEGRAM.refusals(rendition(body, settings, **wishes), TELEGRAM.defaults))


@pytest.mark.parametrize(
    ("body", "settings", "wishes", "told"),
    [
        (plain("Hi"), {}, {"pictures": (shown(1), shown(2)), "buttons": (SIGN,)}, "no buttons below an album"),
        (plain("Hi"), {}, {"buttons": (SIGN,) * 5}, "has 4 buttons at most here, and this one has 5"),
        (plain("Hi"), {}, {"pictures": (shown(1), shown(2, Sort.ANIMATION))}, "2.png moves without a sound"),
        (plain("Hi"), {"preview": "small"}, {}, "no link whose `preview`"),
        (LINK, {"preview": "large"}, {"pictures": (shown(1),)}, "beside a picture or a poll"),
        (plain("Hi"), {"topic": "actions"}, {}, "`topic` is the number"),
        (plain("x" * 301), {}, {"poll": POLL}, "too long for it: 301 of 300"),
        (paragraphs(plain("When?"), plain("x" * 1025)), {}, {"poll": POLL}, "below the poll's question is too long"),
        (marked("When?", SpanKind.BOLD, ""), {}, {"poll": POLL}, "shows it plainly"),
        (plain("When?"), {}, {"poll": POLL, "pictures": (shown(1),)}, "no picture beside it"),
        (plain("Again"), {}, {"onto": Onto.BOOST}, "no words, pictures, buttons or poll of its own"),
    ],
)
def test_what_is_taken_only_apart_is_refused_in_a_sentence(
    body: RichText, settings: dict[str, str], wishes: dict[str, Any], told: str
) -> None:
    (problem,) = refused(body, settings, **wishes)
    assert told in problem


def test_an_album_a_poll_with_words_below_it_and_a_previewed_link_are_taken() -> None:
    assert refused(plain("Hi"), pictures=tuple(map(shown, range(10)))) == []
    assert refused(plain("Hi"), pictures=(shown(1), shown(2, Sort.VIDEO))) == []
    assert refused(paragraphs(plain("When?"), marked("#Belarus", SpanKind.TAG, "Belarus")), poll=POLL) == []
    assert refused(LINK, {"preview": "above"}, buttons=(SIGN,)) == []


def test_a_poll_asks_its_first_paragraph_and_marks_count_from_where_the_rest_begins() -> None:
    below = plain("Come ") + marked("all", SpanKind.BOLD, "")
    request = request_of(rendition(paragraphs(plain("🙂 When?"), below), poll=POLL), "-1001", None)
    assert request["poll"] == {
        "question": "🙂 When?",
        "description": "Come all",
        "description_entities": [{"type": "bold", "offset": 5, "length": 3}],
        "options": ["At nine", "At noon"],
        "allows_multiple_answers": False,
        "hide_results_until_closes": False,
        "open_period": 86_400,
    }


@pytest.mark.parametrize(
    ("wish", "options"),
    [
        ("none", {"is_disabled": True}),
        ("small", {"prefer_small_media": True, "url": "https://petition.example/"}),
        ("large", {"prefer_large_media": True, "url": "https://petition.example/"}),
        ("above", {"show_above_text": True, "url": "https://petition.example/"}),
    ],
)
def test_the_last_link_is_previewed_where_a_post_says_so(wish: str, options: dict[str, Any]) -> None:
    other = marked("read", SpanKind.LINK, "https://read.example/")
    request = request_of(rendition(paragraphs(other, LINK), {"preview": wish}), "-1001", None)
    assert request["preview"] == options


def test_no_link_is_previewed_unless_a_post_says_so() -> None:
    assert request_of(rendition(LINK), "-1001", None)["preview"] == {"is_disabled": True}


def test_buttons_keep_their_order_and_a_button_is_told_by_its_own_words() -> None:
    more = Button(label="Read", url="https://read.example/")
    request = request_of(rendition(plain("Hi"), buttons=(SIGN, more)), "-1001", None)
    assert request["buttons"] == [{"text": "Sign", "url": SIGN.url}, {"text": "Read", "url": more.url}]


def test_a_person_is_told_what_to_look_for() -> None:
    album = request_of(rendition(plain("Hi\nyou"), pictures=(shown(1), shown(2), shown(3))), "-1001", None)
    assert looks_like(album) == "the album of 3 that begins “Hi”"
    assert looks_like(request_of(rendition(plain("When?"), poll=POLL), "-1001", None)) == "the poll that asks “When?”"
    boost = rendition(plain(""), onto=Onto.BOOST)
    forward = request_of(boost, "-1001", Parents(root=PUBLIC, parent=PUBLIC))
    assert looks_like(forward) == "a message that is forwarded from the number 7 of the same chat"
