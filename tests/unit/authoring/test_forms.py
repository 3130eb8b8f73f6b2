"""A counted word agrees with its number, or nothing goes out."""

from collections.abc import Callable

import pytest

from amplify.ports.author import Typeset, UnusableText

Set = Callable[..., Typeset]
GAP = "\u00a0"
PRISONERS = 'one="палітвязень", few="палітвязні", many="палітвязняў"'
BEHIND = 'more_than={"one": "палітвязня", "few": "палітвязняў", "many": "палітвязняў"}'


def refused(typeset: Set, text: str, **how: object) -> tuple[str, str]:
    with pytest.raises(UnusableText) as told:
        typeset(text, **how)
    return str(told.value), told.value.hint


@pytest.mark.parametrize(
    ("days", "shown"), [(1, "1 дзень"), (2, "2 дні"), (5, "5 дзён"), (11, "11 дзён"), (21, "21 дзень"), (22, "22 дні")]
)
def test_a_word_agrees_with_its_number(typeset: Set, days: int, shown: str):
    text = '{{ days_left | forms(one="дзень", few="дні", many="дзён") }}'
    assert typeset(text, channel="mastodon-be", days_left=days).body.text == shown.replace(" ", GAP)


def test_every_language_has_its_own_plurals(typeset: Set):
    text = '{{ days_left | forms(one="day", other="days") }}'
    assert typeset(text, days_left=21).body.text == f"21{GAP}days"
    assert typeset(text, days_left=1).body.text == f"1{GAP}day"


def test_a_figure_prints_its_number_with_its_qualifier_before_the_word_and_is_noted(typeset: Set):
    made = typeset('{{ figure.lamps | forms(one="lamp", other="lamps") }}')
    assert made.body.text == f"more than 1,496{GAP}lamps"
    assert [used.id for used in made.figures] == ["lamps"]


def test_a_part_of_a_figure_can_be_counted_too(typeset: Set):
    made = typeset('{{ figure.lamps.part.red | forms(one="red lamp", other="red lamps") }}')
    assert made.body.text == f"965{GAP}red lamps"
    assert [used.id for used in made.figures] == ["lamps"]


def test_a_plural_that_is_missing_is_named_with_a_number_that_needs_it(typeset: Set):
    text = '{{ days_left | forms(one="дзень", many="дзён") }}'
    told, hint = refused(typeset, text, channel="mastodon-be", days_left=5)
    assert told == "`forms` lacks `few`, which `be` needs for 2"
    assert hint.startswith('add `few="…"`, the word as it stands behind 2')


def test_a_plural_that_the_language_does_not_have_is_told(typeset: Set):
    told, hint = refused(typeset, '{{ days_left | forms(one="day", few="days", other="days") }}')
    assert told == "`forms` has `few`, and `en` has no such plural"
    assert hint == "it has one, other"


def test_behind_more_than_another_case_is_asked_for(typeset: Set):
    told, hint = refused(typeset, f"{{{{ figure.lamps | forms({PRISONERS}) }}}}", channel="mastodon-be")
    assert told == "behind `more_than` the counted word stands in another case in `be`, and `forms` does not have it"
    assert hint.startswith('add `more_than={"one": "…", "few": "…", "many": "…"}`')
    made = typeset(f"{{{{ figure.lamps | forms({PRISONERS}, {BEHIND}) }}}}", channel="mastodon-be")
    assert made.body.text == f"больш за 1496{GAP}палітвязняў"


def test_the_other_case_needs_all_plurals_as_well(typeset: Set):
    text = f'{{{{ figure.lamps | forms({PRISONERS}, more_than={{"one": "палітвязня"}}) }}}}'
    told, _ = refused(typeset, text, channel="mastodon-be")
    assert told == "`more_than` of `forms` lacks `few`, which `be` needs for 2"


def test_what_is_no_qualifier_is_told(typeset: Set):
    told, hint = refused(typeset, '{{ figure.lamps | forms(one="lamp", other="lamps", over={"other": "lamps"}) }}')
    assert told == "`over` is no qualifier that changes words"
    assert hint == "write one of at_least, more_than, almost, about, up_to"


def test_a_range_takes_the_plural_of_its_end(typeset: Set):
    made = typeset('{{ figure.guests | forms(one="guest", other="guests") }}')
    assert made.body.text == f"about 143,600–171,900{GAP}guests"


@pytest.mark.parametrize("value", ["figure.lamps.line", "'5'", "channel", "[1]", "true"])
def test_only_what_can_be_counted_is_counted(typeset: Set, value: str):
    told, _ = refused(typeset, f'{{{{ {value} | forms(one="lamp", other="lamps") }}}}')
    assert told == "`|forms` stands behind a figure, a part of one or `days_left`, and nothing else"


def test_forms_without_their_names_are_told(typeset: Set):
    told, hint = refused(typeset, '{{ days_left | forms("дзень", "дні", "дзён") }}', channel="mastodon-be")
    assert told == "each form of `forms` needs its name"
    assert hint == 'in `be` write `forms(one="…", few="…", many="…")`'


def test_a_form_that_names_nothing_is_told(typeset: Set):
    told, _ = refused(typeset, '{{ days_left | forms(one=day, other="days") }}')
    assert told == "nothing is called `day` here"


def test_a_number_written_into_the_template_speaks_the_language_of_each_channel(typeset: Set):
    def said(channel: str, forms: str) -> str:
        return typeset(f"{{{{ 22 | forms({forms}) }}}}", channel=channel).body.text

    assert said("mastodon-en", 'one="lamp", other="lamps"') == f"22{GAP}lamps"
    assert said("mastodon-be", 'one="лямпа", few="лямпы", many="лямпаў"') == f"22{GAP}лямпы"


def test_a_range_is_said_aloud_without_a_dash(typeset: Set):
    assert typeset("{{ figure.guests.spoken }}").body.text == "about 143,600 to 171,900"
    assert typeset("{{ figure.lamps.spoken }}").body.text == "more than 1,496"


def test_date_and_source_can_stand_on_a_line_of_their_own(typeset: Set):
    assert typeset("{{ figure.lamps.credit }}").body.text == "As of 1 May 2027. Source: Lamp & Wick"
    shown = typeset("{{ figure.lamps.credit }}", channel="mastodon-be").body.text
    assert shown == "На 1 мая 2027\u202fг. Крыніца: Lamp & Wick"


def test_a_quotation_stands_between_the_marks_of_its_language(typeset: Set):
    assert typeset("{{ excerpt.E1.quoted }}").body.text == "“Light is a right!”"
    assert typeset("{{ excerpt.E1.quoted }}", channel="mastodon-be").body.text == "«Святло — гэта права!»"
