"""Hashtags and mentions are those of config/campaign.yaml, wherever they stand and however they are written."""

from collections.abc import Callable

import pytest

from amplify.domain.rendition import Entity
from limits.town import FILES, Said, Stranger, laid_out, post

Shown = Callable[..., Said]
Refused = Callable[..., dict[str, str]]

TAGS = {
    "plain": "#Evil",
    "in full width": "＃Evil",
    "behind a sign": "/#Evil",
    "behind an ampersand": "&#Evil",
    "behind a low line": "_#Evil",
    "behind a footnote": "²#Evil",
    "an emoji before it": "🔥#Evil",
    "as HTML writes it": "&#x45;vil",
    "for those who follow shares": "$EVIL",
    "grown by a joiner": "#Belarus\u200cEvil",
    "grown by a dot": "#Belarus·Evil",
    "grown by a stroke": "#Belarus\u0336",
    "grown by a line below": "#Belarus‿Evil",
    "in another channel": "#Belarus@evil_channel",
    "with a space of no width": "#Bela\u200brus",
    "with a soft hyphen": "#Belarus\u00adEvil",
    "look-alike letters": "#Веlarus",
    "behind an address": "https://lantern.example,#Evil",
    "behind a half address": "www.#Evil",
}
MENTIONS = {
    "plain": "@stranger@hill.example",
    "without its server": "@stranger",
    "behind a dot": ".@stranger@hill.example",
    "behind a slash": "/@stranger",
    "behind a hyphen": "-@stranger",
    "behind a low line": "_@stranger",
    "in full width": "＠stranger",
    "in brackets": "(@stranger)",
    "no width before it": "a\u200b@stranger",
    "of the other network": "@mayor_of_town",
    "nearly ours": "@mayor@town.example.evil.example",
    "behind an address": "https://lantern.example:@stranger",
}
#: How templates and markup could make one.
WAYS = (
    "{{ '%s' }}",
    "{{ '%s'[:1] ~ '%s'[1:] }}",
    "{% set x = '%s' %}{{ x }}",
    "{{ ['%s'] | join }}",
    "{{ word }}",
    "{{ '' ~ word }}",
    "**%s**",
    "_%s_",
    "\\%s",
    "[%s](petition)",
    "[see %s](petition)",
    "[see %s](https://lantern.example)",
)


def code(said: Said, channel: str = "mastodon-en") -> str:
    """What stands in the way; nothing else may have happened."""
    made, held = said
    assert channel not in made
    return held[channel]


def test_no_spelling_makes_a_hashtag_that_the_campaign_has_not(refused: Refused) -> None:
    told = refused({how: post(f"Come {tag} now") for how, tag in TAGS.items()})
    assert set(told.values()) <= {"unknown-tag", "invisible-character"}, told


def test_no_spelling_mentions_anybody_but_the_addressees(refused: Refused) -> None:
    told = refused({how: post(f"Come {mention} now") for how, mention in MENTIONS.items()})
    assert set(told.values()) == {"unknown-mention", "invisible-character"}, told


@pytest.mark.parametrize("bad", ["#Evil", "@stranger@hill.example"])
def test_no_template_variable_or_markup_brings_one_in(refused: Refused, bad: str) -> None:
    told = refused({way: post(way.replace("%s", bad), f'with: {{word: "{bad}"}}') for way in WAYS})
    assert set(told.values()) <= {"unknown-tag", "unknown-mention"}, told


@pytest.mark.parametrize("bad", ["#Evil", "@stranger@hill.example"])
def test_no_template_file_include_or_macro_brings_one_in(shown: Shown, bad: str) -> None:
    head, tail = bad[0], bad[1:]
    files = {
        "posts/templates/t.j2": "{% include 'a.j2' %}" + tail,
        "posts/templates/a.j2": head,
        "posts/day.yaml": "- {id: p, kind: statement, at: D 09:00, channels: [mastodon-en], template: t}\n",
    }
    assert code(shown("", files)).startswith("unknown-")


@pytest.mark.parametrize("bad", ["#Evil", "@stranger@hill.example", "https://bit.ly/x", "bit.ly/x"])
@pytest.mark.parametrize(
    ("more", "campaign"),
    [
        ("on: {mastodon: {warning: {en: %s}}}", ""),
        ("poll: {options: {en: [No, %s]}, lasts: 3d}", ""),
        ("link: evil", 'evil: {url: "https://lantern.example", label: {en: "%s"}}'),
        ("on: {telegram: {button: evil}}", 'evil: {url: "https://lantern.example", label: {en: "%s"}}'),
    ],
)
def test_nothing_beside_the_text_brings_one_in(shown: Shown, more: str, campaign: str, bad: str) -> None:
    where = "telegram-en" if "telegram" in more else "mastodon-en"
    entry = campaign.replace("%s", bad)
    links = FILES["config/campaign.yaml"].replace("links: {", f"links: {{{entry}, " if entry else "links: {")
    said = shown(post("Come", more.replace("%s", f'"{bad}"'), channels=f"[{where}]"), {"config/campaign.yaml": links})
    assert code(said, where) in {"unknown-tag", "unknown-mention", "short-link"}


@pytest.mark.parametrize("bad", ["#Evil", "@stranger@hill.example", "https://bit.ly/x"])
def test_no_alt_text_brings_one_in(shown: Shown, bad: str, tmp_path) -> None:
    from PIL import Image

    (tmp_path / "posts" / "media").mkdir(parents=True)
    Image.new("RGB", (9, 9)).save(tmp_path / "posts" / "media" / "a.png")
    media = f'media: [{{file: a.png, alt: {{en: "A lamp on a table, and beside it {bad}"}}}}]'
    assert code(shown(post("Come", media))) in {"unknown-tag", "unknown-mention", "short-link"}


@pytest.mark.parametrize("field", ["label", "coverage_note", "source"])
def test_no_figure_brings_one_in(shown: Shown, field: str) -> None:
    names = {"label": "#Evil", "coverage_note": "x", "source": "x"} | {field: "#Evil"}
    figures = f"""\
f:
  label: {{en: "{names["label"]}"}}
  coverage_note: {{en: "{names["coverage_note"]}"}}
  value: 7
  as_of: 2027-05-01
  source: {{name: "{names["source"]}"}}
"""
    assert (
        code(shown(post("{{ figure.f.line }} {{ figure.f.note }}"), {"config/figures.yaml": figures})) == "unknown-tag"
    )


def test_no_event_brings_one_in(shown: Shown) -> None:
    events = 'e: {city: {en: "#Evil"}, at: D 18:00, zone: Europe/Vienna, source: {name: x}}\n'
    assert code(shown(post("{{ event.e }}"), {"config/events.yaml": events})) == "unknown-tag"


def test_a_post_mentions_two_at_most_and_what_stands_beside_it_counts(shown: Shown) -> None:
    two = "Dear @mayor@town.example and @abbot@hill.example"
    made, held = shown(post(two))
    assert "mastodon-en" in made
    assert not held
    assert code(shown(post(f"{two}, and @mayor@town.example"))) == "too-many-mentions"
    warned = post(two, 'on: {mastodon: {warning: {en: "to @mayor@town.example"}}}')
    assert code(shown(warned)) == "too-many-mentions"
    labelled = post("Dear @mayor@town.example [and @abbot@hill.example](petition), and [@mayor@town.example](petition)")
    assert code(shown(labelled)) == "too-many-mentions"


@pytest.mark.parametrize("tags", ["[Evil]", '["#Evil"]', "[core, Evil]", '["Belarus Evil"]'])
def test_the_list_of_tags_takes_no_others(shown: Shown, tags: str) -> None:
    assert set(shown(post("Come", f"tags: {tags}"))[1].values()) == {"unknown-tag"}


@pytest.mark.parametrize(
    "layout",
    [
        laid_out("Come #Evil"),
        laid_out("Come @stranger"),
        laid_out("Come to https://bit.ly/x"),
        laid_out("Come", Entity(kind="tag", start=0, end=4, value="Evil")),
        laid_out("Come", Entity(kind="mention", start=0, end=4, value="@stranger")),
        laid_out("Come", Entity(kind="link", start=0, end=4, value="https://bit.ly/x")),
        laid_out("Come", Entity(kind="link", start=0, end=4, value="https://lantern.example/?utm_source=x")),
        laid_out("Co\u200bme"),
    ],
)
def test_no_plug_in_brings_one_in_by_the_way_it_shows_a_text(shown: Shown, layout) -> None:
    network = Stranger(show=lambda *_: layout)
    channels = 'strange: {network: stranger, language: en, token: "${T}"}\n'
    made, held = shown(post("Come", channels="[strange]"), {"config/channels.yaml": channels}, network=network)
    assert not made
    assert held["strange"] in {"unknown-tag", "unknown-mention", "short-link", "tracking-link", "invisible-character"}


def test_no_plug_in_brings_one_in_by_a_key_of_its_own(shown: Shown) -> None:
    channels = 'strange: {network: stranger, language: en, token: "${T}"}\n'
    said = shown(
        post("Come", 'on: {stranger: {title: "See #Evil"}}', channels="[strange]"),
        {"config/channels.yaml": channels},
        network=Stranger(),
    )
    assert code(said, "strange") == "unknown-tag"
