"""Whatever a figure, an excerpt or a variable says, it is shown as it is; so is a text without markup."""

import re
import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, composite

from amplify.authoring.typesetting.engine import compile_template
from amplify.authoring.typesetting.markup import read_markup
from amplify.authoring.typesetting.neat import neat
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.rendering import render
from amplify.authoring.typesetting.verbatim import shield
from amplify.domain.richtext import SpanKind

#: Letters that markup is made of come up far more often than they would by chance.
SIGNS = st.sampled_from(
    [*list("**__[]()\\&<>{}%#!`~ \n\"'.:/"), "](", "**", "https://x.example/_a_", "&amp;", "{{ x }}"]
)
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"])


@composite
def values(draw: DrawFn) -> str:
    return "".join(draw(st.lists(SIGNS | LETTERS, max_size=30)))


def shown(template: str, **given_: str) -> str:
    shielded = {name: shield(value) for name, value in given_.items()}
    return read_markup(neat(render("<text>", template, shielded, {}, compile_template, Notes(), "en"))).text


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@given(values())
@example("**x** _y_ [z](petition) & <b> &amp; \\* \\")
def test_a_value_is_shown_letter_by_letter(value: str):
    rich = read_markup(neat(f"«{shield(value)}»"))
    assert rich.text == neat(f"«{value}»")
    assert rich.spans == ()


@given(values())
def test_no_way_through_a_template_turns_a_value_into_markup(value: str):
    assume(value.strip())
    template = (
        "{% macro say(word) %}«{{ word }}»{% endmacro %}{% set kept = '«' ~ x ~ '»' %}"
        "{{ say(x) }}{{ kept }}«{{ [x, '']|join }}»{% set block %}«{{ x }}»{% endset %}{{ block }}{{ '«' + x + '»' }}"
    )
    assert shown(template, x=value) == neat(f"«{value}»" * 5)


@given(values(), values())
def test_markup_around_a_value_ends_where_the_template_says(before: str, value: str):
    assume(value.strip() == value and value)
    rich = read_markup(neat(f"«{shield(before)}» **a{shield(value)}z** b"))
    [span] = [span for span in rich.spans if span.kind is SpanKind.BOLD]
    assert rich.text[span.start : span.end] == neat(f"a{value}z")


@given(st.text(LETTERS | st.sampled_from("\n *")).map(lambda text: re.sub(r"[\\_\[\]{}#]|\*\*+", "", text)))
def test_a_text_without_markup_survives_unchanged(text: str):
    assume("**" not in text and "{" not in text)
    assert shown(text) == neat(text)


@given(values())
def test_what_is_shown_is_composed_and_has_no_blanks_at_the_ends_of_lines(value: str):
    text = read_markup(neat(shield(value))).text
    assert text == composed(text)
    assert not re.search(r"[^\S\n]\n|\n\n\n|\s\Z|\A\s", text)
