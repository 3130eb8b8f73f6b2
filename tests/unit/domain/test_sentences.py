"""Where a text may be cut: at ends that every reader would see, and never where one is in doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amplify.domain.sentences import cuts


def pieces(text: str, language: str = "en") -> list[str]:
    start, found = 0, []
    for cut in cuts(text, language):
        if cut.sure:
            found.append(text[start : cut.end])
            start = cut.next
    return [*found, text[start:]]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ["Nobody is forgotten.", "Write to them!", "Will you?", "Yes…", "“They wait.”", "We wait (too).", "Do."],
        ),
        ("de", ["Niemand ist vergessen.", "Schreibt ihnen!", "„Sie warten.“", "Am 21. Mai ist es so weit.", "Kommt."]),
        (
            "de",
            [
                "Er ist seit 2021 in Haft.",
                "Das sind z. B. die Rechte nach Art. 21 bzw. 22 GG.",
                "Mehr dazu bei Dr. Muster.",
            ],
        ),
        (
            "ru",
            [
                "Никто не забыт.",
                "Их судили в 2021 г. в Минске.",
                "«Пишите им».",
                "И т. д.  и т. п., как всегда!",
                "Да.",
            ],
        ),
        ("be", ["Ніхто не забыты.", "Пра гэта гаварыў праф. Янка.", "Іх больш за 1 тыс. чалавек…", "Пішыце!"]),
        (
            "en",
            ["On 21 May we meet.", "In 2021.", "The U.S. office, Mr. Example and J. Doe agree.", "See No. 5 of it."],
        ),
        ("en", ["At 9 p.m. We did not.", "5 people came.", "#Belarus is a tag.", "🕊 Peace."]),
    ],
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(language, said):
    assert pieces(" ".join(said), language) == said


@pytest.mark.parametrize(
    "text",
    [
        "“Where is he?” Maria asked.",
        "— Стой! — сказал он.",
        "He said: We wait.",
        "See https://example.org/a.Page?b=1 Now",
        "All of **this. Is bold.** here",
        "A [label. With an end](petition) here",
        "Half {{ figure.a.line }} of it",
        "1. Write to them",
    ],
)
def test_in_doubt_there_is_no_end(text):
    assert pieces(text) == [text]


def test_what_is_filled_in_may_be_an_end():
    (cut,) = cuts("“{{ excerpt.E09 }}” Sign it", "en")
    assert not cut.sure


def test_paragraphs_and_entries_of_lists_are_ends():
    text = "Three things\n\n- to write\n- to ask\n2. to sign\nand to wait"
    assert pieces(text) == ["Three things", "- to write", "- to ask", "2. to sign\nand to wait"]
    assert [cut.paragraph for cut in cuts(text, "en")] == [True, False, False]


@given(st.text(alphabet='aB .!?…\n"”(1{}*_', max_size=60), st.sampled_from(["en", "de", "be", "ru", "pl"]))
def test_cutting_loses_nothing_but_gaps(text, language):
    start = 0
    for cut in cuts(text, language):
        assert start < cut.end < cut.next
        assert text[cut.end : cut.next].isspace()
        start = cut.next
    assert start <= len(text)
