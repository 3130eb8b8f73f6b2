"""A text that is filled in without the engine comes to the same words, or the same message, as with it."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amplify.ports.author import Typeset, UnusableText

Set = Callable[..., Typeset]
#: Says nothing, and only the engine can read it.
ENGINE = "{# #}"
GAPS = [
    "figure.lamps", "figure.lamps.line", "figure.lamps.number", "figure.lamps.part.red", "figure.guests.value", "figure.nobody",
    "figure.lamps.nothing", "figure.lamps.counted", "figure", "figure.lamps.part", "link.petition", "link.nobody", "campaign",
    "campaign.day", "campaign._campaign", "channel.language", "post", "post.kind", "days_left", "days_left.real", "nobody",
    "nobody.there", "group", "group.upper", "range", "self", "true", "None", "loop", "events", "event",
]  # fmt: skip
PIECE = st.one_of(
    st.sampled_from(
        ["Come", "\n", "\n\n", " ", "{", "}", "}}", "**", "_", "%}", "é", "{{", "{{ 1 }}", "{{ group | upper }}"]
    ),
    st.builds("{{{{{0}{1}{0}}}}}".format, st.sampled_from(["", " ", "  ", "\n", "-"]), st.sampled_from(GAPS)),
)


def said(typeset: Set, text: str) -> object:
    try:
        made = typeset(text, group="_Lamps_ & {{ wicks }}")
    except UnusableText as bad:
        return str(bad), bad.code, bad.hint, bad.line
    return made.body, made.figures, made.day_bound, made.risky, made.links, made.excerpts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECE, min_size=1, max_size=5))
def test_both_ways_come_to_the_same(typeset: Set, pieces: list[str]) -> None:
    text = f"Come {''.join(pieces)} now"
    assert said(typeset, text) == said(typeset, text + ENGINE)


@pytest.mark.parametrize("gap", GAPS)
def test_one_gap_at_a_time(typeset: Set, gap: str) -> None:
    text = f"Come to {{{{ {gap} }}}}, all of you"
    assert said(typeset, text) == said(typeset, text + ENGINE)
