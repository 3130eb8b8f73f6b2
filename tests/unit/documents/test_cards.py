"""How a post is drawn, before a browser sees it. The walls and the preview have tests of their own."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from amplify.documents.posts.cards import card
from amplify.documents.posts.offsets import in_characters
from amplify.documents.posts.seen import Face, LinkCard, Quoted, SeenPicture, SeenPoll, SeenPost
from amplify.documents.preview.as_seen import as_seen, traits
from amplify.documents.preview.months import days, months
from amplify.documents.preview.values import Drawn
from amplify.domain.key import Key
from amplify.domain.rendition import Entity, Layout, Onto, Rendition

ROOT = Path(__file__).parents[3]


def post(network="mastodon", **more):
    face = Face(name="Lantern Night", handle="@lantern")
    return SeenPost(anchor="a", network=network, face=face, at=datetime(2027, 5, 21, tzinfo=UTC), text="Come!", **more)


def delivery(on):
    key = Key(edition="2027", post="evening", channel="mastodon-en")
    due = datetime(on.year, on.month, on.day, 19, tzinfo=UTC)
    return Drawn(key=key, network="mastodon", language="en", due=due, anchor="a")


def test_a_network_that_nobody_knows_is_drawn_plainly():
    drawn = card(post("pigeons", warning="feathers"))
    assert "Lantern Night" in drawn
    assert "Come!" in drawn
    assert "feathers" in drawn


def test_a_quotation_of_what_is_gone_leads_nowhere():
    drawn = card(post("telegram", quoted=Quoted(name="Lantern Night", text="a message that is gone")))
    assert "a message that is gone" in drawn
    assert 'class="quoted" href' not in drawn


def test_a_card_for_a_link_has_its_picture_and_says_where_it_leads():
    link = LinkCard.to("https://lantern.example/light", "A <light>", "", SeenPicture(address="/pictures/1", alt=""))
    drawn = card(post("bluesky", link_card=link))
    assert 'href="https://lantern.example/light"' in drawn
    assert '<img src="/pictures/1" alt="">' in drawn
    assert "<b>A &lt;light&gt;</b>" in drawn
    assert "lantern.example</span>" in drawn


@pytest.mark.parametrize("network", ["mastodon", "bluesky"])
def test_a_post_that_embeds_an_own_one_leads_there(network):
    drawn = card(post(network, quotes=Quoted(name="Lantern Night", text="Before", target="b")))
    assert 'class="quotes" href="#b"' in drawn
    assert "Before" in drawn


@pytest.mark.parametrize("network", ["mastodon", "telegram"])
def test_a_poll_shows_what_can_be_chosen(network):
    drawn = card(post(network, poll=SeenPoll(options=("Yes", "<No>"), several=True)))
    assert [option in drawn for option in ('<li dir="auto">Yes</li>', '<li dir="auto">&lt;No&gt;</li>')] == [True] * 2


@pytest.mark.parametrize("network", ["mastodon", "bluesky", "telegram"])
def test_what_is_pinned_is_marked(network):
    assert "pinned" in card(post(network, pinned=True))
    assert "pinned" not in card(post(network))


def test_pictures_that_are_hidden_at_first_lie_behind_a_word():
    pictures = (SeenPicture(address="/pictures/1", alt="A lamp"),)
    assert "<details" in card(post("mastodon", sensitive=True, pictures=pictures)).partition("/pictures/1")[0]
    assert "<details" not in card(post("mastodon", pictures=pictures))


def test_a_post_that_is_shown_again_says_who_does_so():
    assert "Lantern Night reposted" in card(post("bluesky", again=True))
    assert "Lantern Night boosted" in card(post("mastodon", again=True))


def in_preview(network, onto, earlier=None, **settings):
    key = Key(edition="2027", post="later", channel=f"{network}-en")
    due = datetime(2027, 5, 21, 19, tzinfo=UTC)
    layout = Layout(text="" if onto is Onto.BOOST else "Look!", length=0, limit=300, unit="graphemes")
    rendition = Rendition(
        key=key,
        network=network,
        channel=key.channel,
        language="en",
        due=due,
        layout=layout,
        onto=onto,
        settings=settings,
    )
    face = Face(name="Lantern Night", handle="@lantern")
    return as_seen(rendition, face=face, at=due, anchor="b", pictures=(), before=None, earlier=earlier)


def test_a_preview_shows_an_earlier_post_again_as_it_was():
    again = in_preview("bluesky", Onto.BOOST, post("bluesky", pinned=True))
    assert (again.text, again.anchor, again.again, again.pinned) == ("Come!", "b", True, False)
    assert in_preview("telegram", Onto.BOOST, post("telegram")).forwarded_from == "Lantern Night"
    assert in_preview("bluesky", Onto.BOOST, boosts="evening").text == "the post evening"


def test_a_preview_shows_what_is_quoted_or_at_least_its_name():
    quoting = in_preview("bluesky", Onto.QUOTE, post("bluesky"))
    assert quoting.quotes == Quoted(name="Lantern Night", text="Come!", target="a")
    assert in_preview("bluesky", Onto.QUOTE, quotes="evening").quotes.text == "the post evening"


def test_a_stretch_that_cuts_a_character_covers_all_of_it():
    cut = Entity(kind="bold", start=1, end=3)
    assert [(start, end) for start, end, _ in in_characters("telegram", "💡💡!", [cut])] == [(0, 2)]
    assert [(start, end) for start, end, _ in in_characters("bluesky", "💡!", [cut])] == [(0, 1)]


def test_a_month_knows_its_length_and_where_its_first_day_stands():
    leaves = months(days([delivery(on) for on in (date(2027, 2, 28), date(2027, 12, 1), date(2027, 12, 1))]))
    assert [(leaf.first.month, leaf.length, leaf.blank, list(leaf.days)) for leaf in leaves] == [
        (2, 28, 0, [28]),
        (12, 31, 2, [1]),
    ]
    assert len(leaves[1].days[1].deliveries) == 2


def test_settings_are_told_in_words_and_never_twice():
    said = traits(
        {"silent": "true", "protect": "false", "visibility": "unlisted", "button": "x", "replies": "followers"}
    )
    assert said == ("sent without a sound", "quiet public: not in timelines", "replies: followers")


def test_templates_and_style_sheets_travel_with_the_package(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as packed:
        held = set(packed.namelist())
    documents = ROOT / "src/amplify/documents"
    beside = {path for path in documents.rglob("*") if path.suffix in (".j2", ".css", ".svg")}
    assert beside
    assert {path.relative_to(ROOT / "src").as_posix() for path in beside} <= held
