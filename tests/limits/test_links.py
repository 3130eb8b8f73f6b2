"""No tracking, no shorteners; and where sources are named in words, nothing that any network would link."""

from collections.abc import Callable

import pytest

from amplify.domain.rendition import Entity
from limits.town import FILES, Said, Stranger, laid_out, post

Shown = Callable[..., Said]
Refused = Callable[..., dict[str, str]]

TRACKING = [
    "https://lantern.example/?utm_source=x",
    "https://lantern.example/?UTM_Source=x",
    "https://lantern.example/?a=1&amp;utm_source=x",
    "https://lantern.example/?a=1;utm_medium=x",
    "https://lantern.example/?%75tm_source=x",
    "https://lantern.example/#utm_source=x",
    "https://lantern.example/#/page?fbclid=x",
    "https://lantern.example/page;fbclid=x",
    "https://lantern.example/?gclid",
    "https://lantern.example/?mtm_campaign=x",
    "www.lantern.example/?igshid=x",
    "lantern.example/?utm_source=x",
]
SHORT = [
    "https://bit.ly/x",
    "https://BIT.ly/x",
    "https://bit.ly./x",
    "https://www.bit.ly/x",
    "https://news.bit.ly/x",
    "https://ｂｉｔ.ly/x",
    "https://bit%2Ely/x",
    "https://bit。ly/x",
    "https://l.facebook.com/l.php?u=x",
    "bit.ly/x",
    "www.bit.ly/x",
    "t.co",
]
FALSE = [
    "https://user@lantern.example",
    "https://lantern.example@bit.ly/x",
    "http://lantern.example",
    "http://town.example@127.0.0.1/",
    "ftp://lantern.example",
    "tg://resolve?domain=evil",
]
#: What Telegram, Mastodon or Bluesky would make a link of.
LINKED = [
    "https://lantern.example",
    "http://lantern.example",
    "HTTPS://LANTERN.EXAMPLE",
    "www.lantern.example",
    "lantern.example",
    "LANTERN.EXAMPLE",
    "//lantern.example",
    "ftp://lantern.example",
    "tg://resolve?domain=evil",
    "1https://lantern.example",
    "-lantern.example",
    "_lantern.example",
    "(lantern.example)",
    "крыніца:lantern.example",
    "прыклад.бел",
    "ПРЫКЛАД.БЕЛ",
    "літара.com",
    "é.org",
    "xn--e1afmkfd.xn--p1ai",
    "中文.中国",
    "1.2.3.4",
    "editor@lantern.example",
    "lantern.example/старонка",
    "🏮.рф",
]


def held(said: Said, channel: str) -> str:
    made, problems = said
    assert channel not in made
    return problems[channel]


@pytest.mark.parametrize("channel", ["mastodon-en", "telegram-en"])
def test_no_post_carries_an_address_that_tracks_or_hides(refused: Refused, channel: str) -> None:
    ways = ("See %s now", "See [it](%s)", "{{ '%s'[:9] ~ '%s'[9:] }}", "{{ word }}", "[it]({{ word }})")
    told = refused(
        {
            f"{way} {url}": post(way.replace("%s", url), f'with: {{word: "{url}"}}', channels=f"[{channel}]")
            for way in ways
            for url in (*TRACKING, *SHORT, *FALSE)
        }
    )
    bad = {"tracking-link", "short-link", "not-a-url", "link-not-https", "unknown-link"}
    assert {tried: code for tried, code in told.items() if code not in bad} == {}


def test_no_link_of_the_campaign_tracks_or_hides(refused: Refused) -> None:
    urls = [*TRACKING[:10], *SHORT[:9]]
    entries = ", ".join(f'l{n}: {{url: "{url}", label: {{en: x}}}}' for n, url in enumerate(urls))
    campaign = FILES["config/campaign.yaml"].replace("links: {", f"links: {{{entries}, ")
    told = refused(
        {url: post("Come", f"link: l{n}") for n, url in enumerate(urls)}
        | {f"[it] {url}": post(f"[it](l{n})") for n, url in enumerate(urls)},
        {"config/campaign.yaml": campaign},
    )
    assert set(told.values()) == {"unknown-link"}, told


def test_no_source_tracks_or_hides(refused: Refused) -> None:
    urls, made = [*TRACKING[:10], *SHORT[:9]], {}
    figures = (
        '{label: {en: x}, value: 7, as_of: 2027-05-01, source: {name: x, url: "%s"}}',
        '{label: {en: x}, value: 7, as_of: 2027-05-01, source: {name: x, archived_url: "%s"}}',
        '{label: {en: "%s"}, value: 7, as_of: 2027-05-01, source: {name: x}}',
        '{label: {en: x}, value: 7, as_of: 2027-05-01, source: {name: "%s"}}',
    )
    events = (
        '{city: {en: x}, at: D 18:00, zone: Europe/Vienna, source: {name: x, url: "%s"}}',
        '{city: {en: "%s"}, at: D 18:00, zone: Europe/Vienna, source: {name: x}}',
    )
    tried: dict[str, str] = {}
    for kind, entries in (("figure", figures), ("event", events)):
        for entry in entries:
            for url in urls:
                name = f"e{len(tried)}"
                made.setdefault(kind, []).append(f"{name}: {entry.replace('%s', url)}\n")
                shows = f"{{{{ figure.{name}.line }}}}" if kind == "figure" else f"{{{{ event.{name} }}}}"
                tried[f"{entry} {url}"] = post(shows)
    told = refused(tried, {f"config/{kind}s.yaml": "".join(entries) for kind, entries in made.items()})
    bad = {"tracking-link", "short-link", "not-a-url", "unknown-figure", "unknown-event"}
    assert {what: code for what, code in told.items() if code not in bad} == {}


def test_where_sources_are_named_in_words_nothing_is_linked(refused: Refused) -> None:
    ways = ("Глядзі %s зараз", "[%s](petition)", "**%s**", "{{ word }}", "{{ word[:3] ~ word[3:] }}")
    told = refused(
        {
            f"{way} {link}": post(
                way.replace("%s", link), f'with: {{word: "{link}"}}', channels="[mastodon-be]", language="be"
            )
            for way in ways
            for link in LINKED
        }
    )
    bad = {"link-on-name-only", "link-not-https", "misleading-link", "not-a-url"}
    assert {tried: code for tried, code in told.items() if code not in bad} == {}


@pytest.mark.parametrize("part", ["label", "title"])
def test_nor_by_the_words_for_a_link(refused: Refused, part: str) -> None:
    entries = ", ".join(
        f'l{n}: {{url: "https://lantern.example", label: {{ru: "{written if part == "label" else "x"}"}}'
        + (f', title: {{ru: "{written}"}}}}' if part == "title" else "}")
        for n, written in enumerate(LINKED)
    )
    campaign = FILES["config/campaign.yaml"].replace("links: {", f"links: {{{entries}, ")
    posts = {
        written: post("Иди", f"link: l{n}", channels="[telegram-ru]", language="ru") for n, written in enumerate(LINKED)
    }
    told = refused(posts, {"config/campaign.yaml": campaign})
    assert set(told.values()) == {"link-on-name-only"}, told


def test_a_link_leaves_its_words_and_no_address_behind(shown: Shown) -> None:
    words = "[Падпішыце](petition) Вы ў Беларусі? Не падпісвайце і не дзяліцеся."
    made, problems = shown(post(words, "link: petition", channels="[mastodon-be]", language="be"))
    assert not problems
    assert "://" not in made["mastodon-be"].text
    assert not [entity for entity in made["mastodon-be"].layout.entities if entity.kind == "link"]


def test_a_button_is_a_link(shown: Shown) -> None:
    said = shown(post("Иди", "on: {telegram: {button: petition}}", channels="[telegram-ru]", language="ru"))
    assert held(said, "telegram-ru") == "link-on-name-only"


def test_a_content_warning_links_nothing_either(shown: Shown) -> None:
    said = shown(
        post("Х", 'on: {mastodon: {warning: {be: "lantern.example"}}}', channels="[mastodon-be]", language="be")
    )
    assert held(said, "mastodon-be") == "link-on-name-only"


def test_no_plug_in_links_where_sources_are_named_in_words(shown: Shown) -> None:
    marked = laid_out("Come", Entity(kind="link", start=0, end=4, value="https://lantern.example"))
    channels = {"config/channels.yaml": 'strange: {network: stranger, language: be, token: "${T}"}\n'}
    for layout in (marked, laid_out("lantern.example")):
        said = shown(
            post("Х", channels="[strange]", language="be"), channels, network=Stranger(show=lambda *_, it=layout: it)
        )
        assert held(said, "strange") == "link-on-name-only"


@pytest.mark.parametrize("language", ["be", "ru", "be-tarask"])
def test_sources_are_named_in_words_unless_somebody_wrote_otherwise(write, language: str) -> None:
    campaign = (
        FILES["config/campaign.yaml"]
        .replace("[en, be, ru]", f"[en, {language}]")
        .replace(", be: Падпісаць, ru: Подписать", "")
    )
    channels = f'a: {{network: telegram, language: {language}, chat: "@a", token: "${{T}}"}}\n'
    app = write({"config/campaign.yaml": campaign, "config/channels.yaml": channels})
    assert app.written.channels["a"].links == "name_only"
