"""From what coordinators write to what followers see."""

from collections.abc import Callable
from datetime import date

import pytest

from amplify.domain.post import Kind
from amplify.ports.author import Typeset, UnusableText

Set = Callable[..., Typeset]
NARROW = "\u202f"


def spans(made: Typeset) -> list[tuple[str, str, str]]:
    return [(span.kind.value, made.body.text[span.start : span.end], span.value) for span in made.body.spans]


def refused(typeset: Set, text: str, **how: object) -> UnusableText:
    with pytest.raises(UnusableText) as told:
        typeset(text, **how)
    return told.value


@pytest.mark.parametrize(
    ("written", "shown", "marked"),
    [
        ("**Come** tonight", "Come tonight", [("bold", "Come", "")]),
        ("_Come_ tonight", "Come tonight", [("italic", "Come", "")]),
        ("**Come _all_**", "Come all", [("bold", "Come all", ""), ("italic", "all", "")]),
        ("*Come* and 2 * 3", "*Come* and 2 * 3", []),
        ("snake_case_word and __init__", "snake_case_word and __init__", []),
        (r"\*\*Come\*\* and C:\lamp", r"**Come** and C:\lamp", []),
        ("Tom & Jerry <b> &amp;", "Tom & Jerry <b> &amp;", []),
        ("[Sign](petition)", "Sign", [("link", "Sign", "https://lantern.example/petition_2027")]),
        ("[map](https://m.example/_a_?b=1&c=2)", "map", [("link", "map", "https://m.example/_a_?b=1&c=2")]),
        (
            "See https://m.example/_a_.",
            "See https://m.example/_a_.",
            [("link", "https://m.example/_a_", "https://m.example/_a_")],
        ),
        (
            "(https://m.example/a_(b))",
            "(https://m.example/a_(b))",
            [("link", "https://m.example/a_(b)", "https://m.example/a_(b)")],
        ),
        ("Come #LanternNight!", "Come #LanternNight!", [("tag", "#LanternNight", "LanternNight")]),
        ("№1 is #1", "№1 is #1", []),
        (
            "Dear @Mayor@town.example.",
            "Dear @Mayor@town.example.",
            [("mention", "@Mayor@town.example", "@mayor@town.example")],
        ),
        ("Write to lamp@town.example", "Write to lamp@town.example", []),
        ("One  \n\n\n\nTwo\n\n", "One\n\nTwo", []),
        ("Cafe\u0301", "Café", []),
    ],
)
def test_the_smallest_markup(typeset: Set, written: str, shown: str, marked: list[tuple[str, str, str]]):
    made = typeset(written)
    assert made.body.text == shown
    assert spans(made) == marked


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("Come #LanternNigth", "unknown-tag", "did you mean `LanternNight`?"),
        ("Come #lanternnight", "unknown-tag", "did you mean `LanternNight`?"),
        ("Dear @someone", "unknown-mention", "known here: @mayor@town.example"),
        ("Dear @some.one.example", "unknown-mention", "did you mean `@mayor@town.example`?"),
        ("@mayor@town.example " * 3, "too-many-mentions", "write the name without `@`"),
        ("[Sign](petitoin)", "unknown-link", "did you mean `petition`?"),
        ("[map](http://m.example)", "link-not-https", "write https:// instead of http://"),
        ("https://m.example/?a=1&fbclid=2", "tracking-link", "remove `fbclid=…`"),
        ("https://tinyurl.com/x", "short-link", "open it and write the address that it leads to"),
        ("[https://m.example](https://n.example)", "misleading-link", "write words as its label, or the same address"),
        ("Come \u202etonight", "bidi-control", "type the words around it anew, without pasting"),
        ("{{ figure.lamp }}", "unknown-figure", "did you mean `lamps`?"),
        ("{{ figure.lamps.lines }}", "unknown-name", "did you mean `line`?"),
        ("{{ figure.lamps.part.rad }}", "unknown-part", "did you mean `red`?"),
        ("{{ excerpt.E9 }}", "unknown-excerpt", "known here: E1, E2, E3, E4"),
        ("{{ link.petitoin }}", "unknown-link", "did you mean `petition`?"),
        ("{{ days_let }}", "unknown-name", "did you mean `days_left`?"),
        ("{{ figure.lamps", "template-error", ""),
        ("{{ figure }}", "template-error", "name one thing, such as `figure.political_prisoners.line`"),
        ("{{ figure.guests.note }}", "missing-language", "write it; there is no fallback"),
        ("{{ channel.name | uper }}", "template-error", "did you mean `upper`?"),
    ],
)
def test_what_must_not_be_published_is_refused_with_a_hint(typeset: Set, text: str, code: str, hint: str):
    told = refused(typeset, f"First line.\n{text}")
    assert told.code == code
    assert told.hint == hint or not hint
    assert told.line == 2


def test_on_this_machine_links_need_no_encryption(typeset: Set):
    assert spans(typeset("[here](http://127.0.0.1:8080/x)")) == [("link", "here", "http://127.0.0.1:8080/x")]


def test_channels_that_name_sources_only_show_labels_and_no_links(typeset: Set):
    made = typeset("[Падпісаць](petition), {{ link.petition }}", channel="mastodon-be")
    assert (made.body.text, made.body.spans) == ("Падпісаць, Падпісаць", ())
    for text in ("https://lantern.example", "www.lantern.example", "[https://lantern.example/petition_2027](petition)"):
        assert refused(typeset, text, channel="mastodon-be").code == "link-on-name-only"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Крыніца: lantern.example.", "lantern.example"),
        ("(spring96.org)", "spring96.org"),
        ("SPRING96.ORG/en/news, 5", "SPRING96.ORG/en/news"),
        ("на sub.lantern-night.co.uk?x=1!", "sub.lantern-night.co.uk?x=1"),
        ("[lantern.example](petition)", "lantern.example"),
        ("1.kg", "1.kg"),
        ("прыклад.бел і ўсё", "прыклад.бел"),
        ("пример.рф", "пример.рф"),
    ],
)
def test_names_that_networks_turn_into_links_are_refused_where_sources_are_named(typeset: Set, text: str, link: str):
    told = refused(typeset, text, channel="mastodon-be")
    assert told.code == "link-on-name-only"
    assert f"“{link}”" in str(told)
    assert told.hint.startswith("name the source in words")
    assert typeset(text).body.text


@pytest.mark.parametrize(
    "text",
    [
        "Канец.Пачатак", "The end.Then", "21.05.2027", "1.496", "9.30", "і г.д.", "г. Мінск", "U.S.A.", "v1.5", "т.зв.",
        "Паважаны @mayor@town.example.", "так...але", "a.b", "3,5 млн.руб",
    ],
)  # fmt: skip
def test_what_no_network_links_may_stand_where_sources_are_named(typeset: Set, text: str):
    assert typeset(text, channel="mastodon-be").body.text == text


def test_a_figure_is_printed_with_its_qualifier_in_the_language_of_the_channel(typeset: Set):
    assert typeset("{{ figure.lamps }}").body.text == "more than 1,496"
    assert typeset("{{ figure.lamps }}", channel="mastodon-be").body.text == "больш за 1496"
    assert typeset("{{ figure.lamps.value }}, {{ figure.lamps.part.red }}").body.text == "1,496, 965"
    assert typeset("{{ figure.guests.number }}").body.text == "about 143,600–171,900"


def test_a_line_carries_date_and_source(typeset: Set):
    line = "{{ figure.lamps.line }}"
    assert typeset(line).body.text == "Lamps lit: more than 1,496 (as of 1 May 2027; Lamp & Wick)"
    shown = typeset(line, channel="mastodon-be").body.text
    assert shown == f"Запалена лямпаў: больш за 1496 (на 1 мая 2027{NARROW}г.; Lamp & Wick)"


def test_what_is_printed_is_listed_with_its_age_limit(typeset: Set):
    made = typeset("{{ figure.lamps.as_of }}: {{ figure.guests.line }}, {{ figure.lamps.part.red }}")
    versions = {used.id: used.version for used in made.figures}
    assert [(used.id, used.as_of, used.source, used.max_age_days, used.value) for used in made.figures] == [
        ("guests", date(2023, 5, 15), "Gate", 1095, "143600-171900"),
        ("lamps", date(2027, 5, 1), "Lamp & Wick", 45, "1496"),
    ]
    assert versions["lamps"].startswith("lamps:2027-05-01:")
    assert typeset("{{ figure.lamps.label }}").figures == ()


def test_a_label_that_is_not_written_in_a_language_is_not_borrowed_from_another(typeset: Set):
    told = refused(typeset, "{{ figure.guests.line }}", channel="mastodon-be")
    assert str(told) == "figure guests has no `label` in `be`"


def test_an_excerpt_prints_its_corrected_words(typeset: Set):
    made = typeset("“{{ excerpt.E1 }}” / {{ excerpt.E1.verbatim }}")
    assert made.body.text == "“Light is a right!” / Light is a rihgt!"
    assert not made.day_bound


def test_an_excerpt_prints_its_translation_in_other_languages(typeset: Set):
    made = typeset("«{{ excerpt.E1 }}» / {{ excerpt.E1.original }} / {{ excerpt.E1.verbatim }}", channel="mastodon-be")
    assert made.body.text == "«Святло — гэта права!» / Light is a right! / Light is a rihgt!"


def test_an_excerpt_without_translation_is_not_printed_in_its_own_language_instead(typeset: Set):
    told = refused(typeset, "{{ excerpt.E2 }}", channel="mastodon-be")
    assert (told.code, str(told)) == ("missing-language", "excerpt E2 has no translation into `be`")
    assert "`translations: {be: …}`" in told.hint
    assert typeset("{{ excerpt.E2.original }}", channel="mastodon-be").body.text == "Today we light lamps."


def test_a_translation_is_true_on_the_same_day_only(typeset: Set):
    assert refused(typeset, "{{ excerpt.E2 }}", channel="mastodon-be", days_left=1).code == "wrong-day"


def test_what_must_not_be_quoted_says_what_to_write_instead(typeset: Set):
    for text in ("{{ excerpt.E4 }}", "{{ excerpt.E4.verbatim }}"):
        told = refused(typeset, text)
        assert (told.code, str(told)) == ("not-quotable", "excerpt E4 is not to be quoted")
        assert told.hint == "write `{{ figure.lamps.line }}`, which knows its day"


def test_a_variable_may_say_which_figure_is_meant(typeset: Set):
    assert typeset("{{ figure[which].value }}", which="lamps").body.text == "1,496"
    assert refused(typeset, "{{ figure[which].value }}", which="lamp_s").code == "unknown-figure"
    assert refused(typeset, "{{ figure[whihc].value }}", which="lamps").hint == "did you mean `which`?"


def test_an_excerpt_that_is_true_on_one_day_is_refused_on_others(typeset: Set):
    assert typeset("{{ excerpt.E2 }}", days_left=0).day_bound
    told = refused(typeset, "{{ excerpt.E2 }}", days_left=2)
    assert (told.code, str(told)) == ("wrong-day", "excerpt E2 is true on 21 May only, and this goes out on 19 May")


def test_dangerous_words_are_kept_from_channels_that_protect_their_readers(typeset: Set):
    assert typeset("{{ excerpt.E3 }}").body.text == "Dangerous words."
    assert refused(typeset, "{{ excerpt.E3 }}", channel="mastodon-be").code == "risky-excerpt"


def test_days_left_hold_on_one_day_only(typeset: Set):
    made = typeset("{{ days_left }} days", days_left=7)
    assert (made.body.text, made.day_bound) == ("7 days", True)
    assert not typeset("Come", days_left=7).day_bound
    assert typeset("Come", kind=Kind.COUNTDOWN).day_bound


def test_a_template_is_taken_in_the_language_of_the_channel(typeset: Set):
    templates = {"count.be.j2": "Дзён: {{ days_left }}", "count.j2": "Days: {{ days_left }}"}
    assert typeset(template="count", templates=templates, days_left=3).body.text == "Days: 3"
    assert typeset(template="count", templates=templates, channel="mastodon-be", days_left=3).body.text == "Дзён: 3"
    told = refused(typeset, "", template="count", templates={"count.be.j2": "Дзён"})
    assert (told.code, str(told)) == ("missing-text", "p has no text in `en`")


def test_templates_include_and_import_one_another(typeset: Set):
    templates = {"credit.j2": "From {{ campaign }}", "bold.j2": "{% macro bold(word) %}**{{ word }}**{% endmacro %}"}
    text = "{% from 'bold.j2' import bold %}{{ bold(group) }}. {% include 'credit.j2' %}"
    made = typeset(text, templates=templates, group="Bakers")
    assert made.body.text == "Bakers. From Lantern Night"
    assert spans(made) == [("bold", "Bakers", "")]


def test_templates_choose_by_channel_and_post(typeset: Set):
    text = "{% if channel.network == 'mastodon' %}{{ post.kind }}{% endif %} {{ campaign.day }}, {{ channel.language }}"
    assert typeset(text).body.text == "statement 21 May 2027, en"
