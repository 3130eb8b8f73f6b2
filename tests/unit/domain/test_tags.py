"""Tags are fitted to cap and room; the order stands and the body is never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amplify.domain.tags import expand, fit, line

SETS = {"core": ("FreePoliticalPrisoners", "Belarus"), "release": ("FreeThemAll", "TimeToAct")}
TAGS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), unique=True).map(tuple)


def test_sets_and_tags_become_one_list_each_tag_once() -> None:
    assert expand(("Belarus", "core", "FreeThemAll"), SETS) == ("Belarus", "FreePoliticalPrisoners", "FreeThemAll")


def test_a_tag_that_no_set_has_is_refused() -> None:
    with pytest.raises(ValueError, match="Minsk"):
        expand(("Minsk",), SETS)


@given(TAGS, st.integers(0, 6), st.integers(0, 60))
def test_what_is_placed_fits_the_cap_and_the_room_and_keeps_its_order(
    tags: tuple[str, ...], cap: int, room: int
) -> None:
    placed = fit(tags, cap, lambda chosen: len(line(chosen).text) <= room)
    assert len(placed) <= cap
    assert len(line(placed).text) <= room
    assert [tag for tag in tags if tag in placed] == list(placed)


def test_a_line_of_tags_marks_each_of_them() -> None:
    made = line(("One", "Two"))
    assert made.text == "#One #Two"
    assert [(made.text[s.start : s.end], s.value) for s in made.spans] == [("#One", "One"), ("#Two", "Two")]
