"""What a post's card is made of, what it counts for, and what `check` says of one that cannot be drawn."""

from dataclasses import replace

import pytest

from amplify.domain.card import CardKind
from amplify.domain.delivery import State
from amplify.domain.key import Key
from amplify.domain.picture import digest_of
from amplify.domain.protected import PROTECTED
from amplify.services.apply import apply
from amplify.services.approve import approve, waiting
from amplify.services.check import check
from amplify.services.survey import survey
from protecting import environ, protect

CAMPAIGN = """\
name: Lantern Night
title: {en: Lantern Night, be: Ноч ліхтароў}
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be]
coordinators: {one: {}, two: {}}
rules: {approval: {people: 1, figures: FIGURES}}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://mastodon.example", token: "${T_MASTODON}"}
mastodon-be: {network: mastodon, language: be, server: "https://sviatlo.example", token: "${T_BE}"}
"""
EXCERPTS = """\
L1:
  verbatim: A lamp in the window is a letter that everybody sees.
  corrected: A lamp in the window is a letter that everybody sees.
  translations: {be: "Ліхтар у акне — гэта ліст, які бачаць усе."}
L2: {verbatim: Light is not a crime., corrected: Light is not a crime., translations: {be: Святло не злачынства.}}
L3: {verbatim: Tonight we light them., corrected: Tonight we light them., valid_on: "05-21", translations: {be: Сёння.}}
L4: {verbatim: Burn the dark house., corrected: Burn the dark house., risk: high, translations: {be: Паліце цемру разам.}}
L9: {verbatim: via Lamp Office, corrected: via Lamp Office, credit: true, translations: {be: "Крыніца: Lamp Office"}}
"""
FIGURE = """\
lamps:
  label: {en: Lamps lit, be: Запалена ліхтароў}
  value: VALUE
  qualifier: more_than
  as_of: DAY
  limits: {max_drop_pct: 50, max_rise_pct: 50}
  source: {name: Lamp Office}
"""
EVENTS = """\
pier:
  city: {en: Vienna, be: Вена}
  what: {en: Evening of letters, be: Вечар лістоў}
  place: {en: Old pier, be: Стары прычал}
  at: D 18:00
  zone: Europe/Kyiv
  source: {name: Lamp Office}
"""
POST = """\
- id: lamp
  kind: statement
  at: D-1 12:00
  channels: all
  card: CARD
  text:
    en: |
      EN
    be: |
      BE
"""


@pytest.fixture
def campaign(written):
    def write(
        card,
        en="Come and see.",
        be="Прыходзьце.",
        figures="exact",
        value=1500,
        day="2027-05-14",
        events=EVENTS,
        **others,
    ):
        posts = POST.replace("CARD", card).replace("EN", en).replace("BE", be)
        return written(
            others.pop("posts", posts),
            config__campaign=CAMPAIGN.replace("FIGURES", figures),
            config__channels=CHANNELS,
            config__excerpts=EXCERPTS,
            config__figures=FIGURE.replace("VALUE", str(value)).replace("DAY", day),
            config__events=events,
            **others,
        )

    return write


def renditions(app):
    surveyed = survey(app.written, app.workshop, {})
    assert [one.intent.problem for one in surveyed if one.intent.problem] == []
    return {one.intent.wanted.channel.language: one.intent.rendition for one in surveyed}


def errors(app):
    return [problem for problem in check(app.written, app.workshop, None, {}) if problem.is_error]


def test_a_quote_is_drawn_with_its_credit_in_each_language_and_said_in_words(campaign):
    made = renditions(campaign("quote", "“{{ excerpt.L1 }}”", "«{{ excerpt.L1 }}»"))
    shown = {language: one.pictures[0] for language, one in made.items()}
    assert shown["en"].alt == "Lantern Night. “A lamp in the window is a letter that everybody sees.” via Lamp Office."
    assert shown["be"].alt == "Ноч ліхтароў. «Ліхтар у акне — гэта ліст, які бачаць усе.» Крыніца: Lamp Office."
    assert {one.path for one in shown.values()} == {"card:quote"}
    assert shown["en"].digest != shown["be"].digest
    assert made["en"].excerpts == {"L1", "L9"}


def test_a_figure_comes_with_its_qualifier_day_and_source_and_counts_as_printed(campaign):
    made = renditions(campaign("{figure: lamps}"))
    assert made["en"].pictures[0].alt == (
        "Lantern Night. Lamps lit: more than 1,500. As of 14 May 2027. Source: Lamp Office."
    )
    assert made["be"].pictures[0].card.main == "1500"
    assert [used.id for used in made["be"].figures] == ["lamps"]


def test_a_stale_figure_holds_a_post_that_has_it_on_the_card_only(campaign):
    (said, _) = survey((app := campaign("{figure: lamps}", day="2027-01-02")).written, app.workshop, {})
    assert "figure lamps is of 2027-01-02: 138 days old, 45 allowed" in said.intent.concerns


def test_a_countdown_counts_from_the_slot_and_holds_on_its_day_only(campaign):
    made = renditions(campaign("countdown"))
    assert [one.pictures[0].alt for one in made.values()] == [
        "Lantern Night. 1 day until 21 May 2027.",
        "Ноч ліхтароў. 1 дзень да 21 мая 2027\u202fг.",
    ]
    assert all(one.day_bound for one in made.values())
    posts = POST.replace("CARD", "countdown").replace("EN", "So.").replace("BE", "Так.").replace("D-1", "D")
    assert {problem.code for problem in errors(campaign("countdown", posts=posts))} == {"card-countdown"}


def test_an_event_says_its_time_by_the_clocks_of_its_own_city(campaign):
    made = renditions(campaign("event", "{{ event.pier.city }}", "{{ event.pier.city }}"))
    assert made["en"].pictures[0].alt == (
        "Lantern Night. Evening of letters. Old pier, Vienna. 21 May 2027, 18:00 local time. Announced by: Lamp Office."
    )


@pytest.mark.parametrize(
    ("card", "en", "told", "hint"),
    [
        ("quote", "“{{ excerpt.L1 }}” “{{ excerpt.L2 }}”", "the text has 2 excerpts, and the card shows one",
         "say which: `card: {quote: L1}` or `card: {quote: L2}`"),
        ("figure", "So.", "the text has no figure that the card could show",
         "say which: `card: {figure: …}`, with a name of config/figures.yaml"),
        ("{quote: L7}", "So.", "there is no excerpt `L7`", "known here: L1, L2"),
        ("{quote: L3}", "So.", "excerpt L3 is true on 21 May only, and this goes out on 20 May", "move the post"),
        ("{quote: L4}", "So.", "excerpt L4 is dangerous for readers of mastodon-be", "leave it out in this language"),
        ("{event: pear}", "So.", "there is no event `pear`", "did you mean `pier`?"),
    ],
)  # fmt: skip
def test_a_card_that_cannot_be_says_at_its_line_what_to_write(campaign, card, en, told, hint):
    found = errors(campaign(card, en, en))
    assert found
    assert all((one.place.line, one.place.file) == (5, "posts/day.yaml") for one in found)
    assert any(told in one.message and hint in one.hint for one in found), found


@pytest.mark.parametrize(
    ("card", "code"),
    [("quotes", "not-a-card"), ("{quote: L1, figure: lamps}", "not-a-card"), ("{countdown: D}", "not-a-card"),
     ("countdown\n  media: [{file: lamp.png, alt: {en: A lamp in a dark room.}}]", "contradiction"),
     ("countdown\n  split: true", "contradiction")],
)  # fmt: skip
def test_a_card_as_nobody_can_mean_it_is_an_error_where_it_is_written(campaign, card, code):
    assert code in {problem.code for problem in errors(campaign(card))}


def test_words_that_no_card_has_room_for_are_an_error_of_check(campaign):
    long_words = "A lamp in the window is a letter that everybody sees. " * 20
    excerpts = f"{EXCERPTS}L8: {{verbatim: '{long_words}', corrected: '{long_words}', translations: {{be: Так.}}}}\n"
    app = campaign("{quote: L8}")
    (app.root / "config" / "excerpts.yaml").write_text(excerpts)
    (found,) = [one for one in errors(replace(app)) if one.code == "card-too-long"]
    assert found.channel == "mastodon-en"
    assert "letters too long" in found.message
    assert found.place.line == 5


def test_who_is_not_to_be_named_is_not_named_on_a_card(campaign, tmp_path):
    protect(tmp_path, ["Lantern Keeper"])
    events = EVENTS.replace("Old pier", "At Lantern Keeper's house")
    found = errors(campaign("{event: pier}", events=events, environ=environ(tmp_path)))
    assert [(one.code, "Keeper" in one.message) for one in found] == [(PROTECTED, False)]


def test_the_picture_that_is_sent_is_drawn_again_and_is_the_one_that_was_approved(campaign):
    app = campaign("{figure: lamps}")
    rendition = renditions(app)["en"]
    (shown,) = rendition.pictures
    limits = app.workshop.networks["mastodon"].defaults.pictures
    again = campaign("{figure: lamps}")
    made = again.workshop.pictures.developed(rendition.prints(), limits)[shown.mark]
    assert (made.width, made.height, made.mime) == (1600, 900, "image/png")
    assert made == app.workshop.pictures.developed(rendition.prints(), limits)[shown.mark]
    assert shown.digest == digest_of(app.workshop.pictures.cards.draw(shown.card))
    assert shown.card.kind is CardKind.FIGURE


def test_a_card_is_drawn_once_for_all_its_channels(campaign):
    app = campaign("countdown")
    drawn = []
    cards = app.workshop.pictures.cards

    class Counting:
        def draw(self, card):
            drawn.append(card)
            return cards.draw(card)

    app.workshop.pictures.cards = Counting()
    renditions(app)
    renditions(app)
    assert len(drawn) == len({card.language for card in drawn}) == 2


KEY = Key.parse("2027/lamp@mastodon-en")


def test_a_number_on_a_card_moves_within_its_yes_and_no_further(campaign):
    def taken(**figure):
        app = campaign("{figure: lamps}", figures="{within: 2%, max_age: 7d}", **figure)
        apply(app.folder.files(), app.workshop, app.ledger, by="one")
        return app, app.ledger.delivery(KEY)

    app, _ = taken(value=1500)
    approve(waiting("lamp", app.written, app.ledger), app.written, app.workshop, app.ledger, by="two", via="cli")
    app, row = taken(value=1510, day="2027-05-15")
    assert row.state is State.APPROVED
    assert "1,510" in renditions(app)["en"].pictures[0].alt
    assert taken(value=1600, day="2027-05-16")[1].state is State.PLANNED


def test_a_number_on_a_card_that_moves_takes_its_exact_yes_along(campaign):
    app = campaign("{figure: lamps}")
    before = renditions(app)["en"].digest
    assert renditions(campaign("{figure: lamps}", value=1501))["en"].digest != before
