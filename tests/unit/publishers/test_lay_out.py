"""How each network shows the same text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amplify.domain.rendition import Entity, Layout
from amplify.domain.richtext import RichText, SpanKind, marked, paragraphs, plain
from amplify.ports.publisher import Network
from amplify.publishers.bluesky import BLUESKY
from amplify.publishers.mastodon import MASTODON
from amplify.publishers.telegram import TELEGRAM

NETWORKS = (MASTODON, BLUESKY, TELEGRAM)
PETITION = "https://petition.example/sign"


def shown(network: Network, body: RichText, **settings: str) -> Layout:
    return network.lay_out(body, settings, network.defaults)


def stretch(network: Network, layout: Layout, entity: Entity) -> str:
    """What an entity covers, cut out in the network's own unit."""
    match network.name:
        case "bluesky":
            return layout.text.encode()[entity.start : entity.end].decode()
        case "telegram":
            return layout.text.encode("utf-16-le")[entity.start * 2 : entity.end * 2].decode("utf-16-le")
        case _:
            return layout.text[entity.start : entity.end]


def covered(network: Network, layout: Layout) -> list[tuple[str, str, str]]:
    return [(e.kind, stretch(network, layout, e), e.value) for e in layout.entities]


def link(label: str, url: str = PETITION) -> RichText:
    return marked(label, SpanKind.LINK, url)


def bold(text: str) -> RichText:
    return marked(text, SpanKind.BOLD, "")


# a labelled link


def test_on_mastodon_a_link_at_the_end_of_its_line_stands_behind_a_colon() -> None:
    layout = shown(MASTODON, link("Sign the petition") + plain("\nThank you") + plain("\n\n") + link("More"))
    assert layout.text == f"Sign the petition: {PETITION}\nThank you\n\nMore: {PETITION}"
    assert covered(MASTODON, layout) == [("link", PETITION, PETITION)] * 2


def test_on_mastodon_a_link_within_a_line_stands_in_brackets() -> None:
    layout = shown(MASTODON, plain("Please ") + link("sign") + plain(" today."))
    assert layout.text == f"Please sign ({PETITION}) today."
    assert covered(MASTODON, layout) == [("link", PETITION, PETITION)]


def test_on_mastodon_a_label_that_ends_in_punctuation_gets_no_colon() -> None:
    assert shown(MASTODON, link("Signed yet?")).text == f"Signed yet? {PETITION}"


def test_on_bluesky_a_label_carries_its_link() -> None:
    layout = shown(BLUESKY, plain("Калі ласка ") + link("падпішыце") + plain("!"))
    assert layout.text == "Калі ласка падпішыце!"
    assert covered(BLUESKY, layout) == [("link", "падпішыце", PETITION)]


def test_on_telegram_a_label_carries_its_link() -> None:
    layout = shown(TELEGRAM, plain("🙂 ") + link("падпішыце"))
    assert covered(TELEGRAM, layout) == [("link", "падпішыце", PETITION)]


# a bare one


@pytest.mark.parametrize("network", [MASTODON, TELEGRAM], ids=lambda n: n.name)
def test_a_bare_url_stays_as_it_is(network: Network) -> None:
    layout = shown(network, plain("See ") + link(PETITION) + plain("."))
    assert layout.text == f"See {PETITION}."
    assert covered(network, layout) == [("link", PETITION, PETITION)]


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("https://example.org/", "example.org"),
        ("https://example.org", "example.org"),
        ("https://example.org/short?x=1", "example.org/short?x=1"),
        ("https://example.org/en/news/111863-long", "example.org/en/news/1118..."),
        ("https://www.example.org/a#b", "www.example.org/a#b"),
    ],
)
def test_on_bluesky_a_bare_url_is_shortened_and_its_link_is_whole(url: str, seen: str) -> None:
    layout = shown(BLUESKY, plain("Гл. ") + link(url, url) + plain(" і ") + marked("#Belarus", SpanKind.TAG, "Belarus"))
    assert layout.text == f"Гл. {seen} і #Belarus"
    assert covered(BLUESKY, layout) == [("link", seen, url), ("tag", "#Belarus", "Belarus")]


def test_on_mastodon_the_name_of_a_server_is_words_and_one_with_www_becomes_an_address() -> None:
    body = (
        link("example.org", "https://example.org") + plain(" or ") + link("www.example.org", "https://www.example.org")
    )
    layout = shown(MASTODON, body)
    assert layout.text == "example.org or https://www.example.org"
    assert covered(MASTODON, layout) == [("link", "https://www.example.org", "https://www.example.org")]


@pytest.mark.parametrize("network", [BLUESKY, TELEGRAM], ids=lambda n: n.name)
def test_elsewhere_it_is_linked_as_it_stands(network: Network) -> None:
    layout = shown(network, plain("See ") + link("example.org", "https://example.org"))
    assert layout.text == "See example.org"
    assert covered(network, layout) == [("link", "example.org", "https://example.org")]


# other marks


def test_only_telegram_shows_bold_and_italic() -> None:
    body = plain("This is ") + bold("strong") + plain(" and ") + marked("stressed", SpanKind.ITALIC, "")
    assert covered(TELEGRAM, shown(TELEGRAM, body)) == [("bold", "strong", ""), ("italic", "stressed", "")]
    for network in (MASTODON, BLUESKY):
        assert shown(network, body).text == "This is strong and stressed"
        assert shown(network, body).entities == ()


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: n.name)
def test_tags_are_entities_everywhere(network: Network) -> None:
    layout = shown(network, paragraphs(plain("Дзень"), marked("#Belarus", SpanKind.TAG, "Belarus")))
    assert covered(network, layout) == [("tag", "#Belarus", "Belarus")]


def test_a_link_inside_bold_text_keeps_both_marks_apart() -> None:
    body = RichText(
        text="Please sign now", spans=(*bold("Please sign now").spans, *(plain("Please ") + link("sign")).spans)
    )
    assert covered(TELEGRAM, shown(TELEGRAM, body)) == [("bold", "Please sign now", ""), ("link", "sign", PETITION)]
    assert shown(MASTODON, body).text == f"Please sign ({PETITION}) now"


# how long


def test_on_mastodon_the_warning_counts_too() -> None:
    assert shown(MASTODON, plain("five!"), warning="deaths").length == 11


def test_on_mastodon_a_server_that_allows_more_is_believed() -> None:
    body = plain("a" * 600)
    assert shown(MASTODON, body).too_long == "100 characters too long for Mastodon: 600 of 500"
    assert MASTODON.lay_out(body, {}, replace(MASTODON.defaults, text=5000)).too_long == ""


def test_on_bluesky_both_characters_and_bytes_are_limited() -> None:
    assert shown(BLUESKY, plain("a" * 312)).too_long == "12 characters too long for Bluesky: 312 of 300"
    family = "👨‍👩‍👧‍👦"
    crowded = shown(BLUESKY, plain(family * 150))
    assert crowded.length == 150
    assert crowded.too_long == "750 bytes too long for Bluesky: 3750 of 3000"


def test_on_telegram_an_emoji_counts_as_two() -> None:
    assert shown(TELEGRAM, plain("🙂" * 2048)).too_long == ""
    assert shown(TELEGRAM, plain("🙂" * 2049)).too_long == "2 characters too long for Telegram: 4098 of 4096"


# whatever is written

WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
URLS = st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{0,24}", fullmatch=True)
PIECES = st.one_of(
    WORDS.map(plain),
    WORDS.map(bold),
    st.builds(link, WORDS, URLS),
    URLS.map(lambda url: link(url, url)),
    st.from_regex(r"[A-Za-z]{1,9}", fullmatch=True).map(lambda tag: marked(f"#{tag}", SpanKind.TAG, tag)),
)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: n.name)
@given(pieces=st.lists(PIECES, max_size=6))
def test_every_entity_cuts_out_the_words_that_it_means(network: Network, pieces: list[RichText]) -> None:
    body = RichText()
    for piece in pieces:
        body = body + piece
    layout = shown(network, body)
    for kind, text, value in covered(network, layout):
        match kind, network.name:
            case "tag", _:
                assert text == f"#{value}"
            case "link", "mastodon":
                assert text == value
            case "link", "bluesky":
                assert value.removeprefix("https://").startswith(text.removesuffix("...")) or any(
                    text == body.text[s.start : s.end] for s in body.spans if s.value == value
                )
            case _:
                assert any(text == body.text[s.start : s.end] for s in body.spans if s.kind == kind)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: n.name)
@given(pieces=st.lists(PIECES, max_size=6), room=st.integers(1, 60))
def test_what_is_too_long_says_by_how_much_in_the_networks_own_unit(
    network: Network, pieces: list[RichText], room: int
) -> None:
    body = sum(pieces, RichText())
    limits = replace(network.defaults, text=room)
    layout = network.lay_out(body, {}, limits)
    over = layout.length - room
    assert (layout.limit, layout.unit) == (room, network.defaults.unit)
    assert bool(layout.too_long) == (over > 0)
    if over > 0:
        assert layout.too_long.startswith(f"{over} character{'' if over == 1 else 's'} too long for ")
        assert layout.too_long.endswith(f": {layout.length} of {room}")
