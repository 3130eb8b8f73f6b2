"""Numbers with separators are refused, and both of their readings shown."""

import pytest

from amplify.domain.counting import NotACount, whole_number


@pytest.mark.parametrize(("typed", "number"), [("1496", 1496), (" 7 ", 7), ("0", 0), ("39978", 39978)])
def test_digits_are_a_number(typed: str, number: int):
    assert whole_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("4.649*", ("4649", "4.649 (a fraction)", "`*` leads to a footnote")),
        ("39.978*", ("39978", "39.978 (a fraction)", "`*` leads to a footnote")),
        ("4,649", ("4649", "4.649 (a fraction)")),
        ("39 978", ("39978", "several numbers (39 and 978)")),
        ("39\u00a0978", ("39978", "several numbers (39 and 978)")),
        ("1.234.567", ("1234567",)),
        ("1500*", ("write the digits only, `1500`", "footnote")),
        ("22¹", ("22", "footnote")),
        ("143.600–171.900", ("two numbers", "143.600", "171.900", "range:")),
        ("143.6", ("not a whole number", "counted whole")),
        ("more than 1500", ("not a number",)),
        ("", ("not a number",)),
        ("-5", ("not a number",)),
        ("9" * 16, ("not a whole number",)),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(typed: str, readings: tuple[str, ...]):
    with pytest.raises(NotACount) as refused:
        whole_number(typed)
    told = f"{refused.value}; {refused.value.hint}"
    assert [words for words in readings if words not in told] == []
