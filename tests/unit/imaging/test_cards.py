"""Cards: the same words are the same bytes, all of them within bounds, and dark enough to be read."""

import subprocess
import sys
from collections import Counter
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from amplify.domain.card import Card, CardKind
from amplify.imaging.cards.drawing import drawn
from amplify.imaging.cards.press import ResvgCardPress
from amplify.ports.card_press import UnfitCard

HERE = Path(__file__).parent
PRESS = ResvgCardPress()
TITLE = "Tag der Solidarität mit den politischen Gefangenen in Belarus"
CARDS = {
    CardKind.QUOTE: {"main": "«Свеча ў акне — гэта ліст, які бачаць усе»", "foot": "Крыніца: Lamp Office"},
    CardKind.FIGURE: {
        "label": "Lamps in the windows of the old town",
        "before": "more than",
        "main": "1,500",
        "foot": "As of 21 May 2027. Source: Lamp Office",
    },
    CardKind.COUNTDOWN: {"main": "14", "below": "дней до 21 мая 2027 г."},
    CardKind.EVENT: {
        "main": "Briefabend",
        "below": "Alte Mole, Wien\n21. Mai 2027, 18:00 Uhr",
        "foot": "Von: Lamp Office",
    },
}
#: Left of it there is the bar and the margin, in which quotation marks may hang; right of it nothing.
LEFT, RIGHT = 60, 1472
WHITE = 255


def card(kind=CardKind.QUOTE, **words):
    return Card(kind=kind, language="de", title=TITLE, alt="-", **{**CARDS[kind], **words})


def printed(card_):
    return Image.open(BytesIO(PRESS.print(PRESS.draw(card_)))).convert("RGB")


def bands(image):
    """The colours of each stretch of rows that has ink in it, the most frequent first, and the ground."""
    words = image.crop((LEFT, 0, *image.size))
    ground = image.getpixel((image.width - 1, 0))
    rows, run = [], Counter()
    for y in range(words.height):
        colours = Counter({c: n for n, c in words.crop((0, y, words.width, y + 1)).getcolors(4096) if c != ground})
        if colours:
            run += colours
        elif run:
            rows.append(run)
            run = Counter()
    return ground, [run for run in rows if len(run) > 20]  # a rule has few colours, letters have many


def luminance(colour):
    parts = [part / WHITE for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("kind", CardKind)
def test_every_line_stands_out_from_its_ground_as_pixels_show(kind):
    ground, lines = bands(printed(card(kind)))
    assert len(lines) >= 2
    for colours in lines:
        ((most, _),) = colours.most_common(1)
        assert contrast(most, ground) >= 4.5, (most, ground)


def test_the_same_card_is_the_same_picture_whatever_a_machine_has_for_fonts_and_language(tmp_path):
    code = (
        f"import sys, hashlib; sys.path.insert(0, {str(HERE)!r}); from test_cards import *\n"
        "print([hashlib.sha256(PRESS.print(PRESS.draw(card(kind)))).hexdigest() for kind in CardKind])"
    )
    there = {"LANG": "be_BY.UTF-8", "TZ": "Asia/Tbilisi", "HOME": str(tmp_path), "FONTCONFIG_PATH": "nowhere"}
    said = subprocess.run([sys.executable, "-c", code], env=there, check=True, text=True, capture_output=True).stdout
    here = [sha256(PRESS.print(PRESS.draw(card(kind)))).hexdigest() for kind in CardKind]
    assert said.strip() == str(here)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.text("aeinrstШчыўіґёüß-", min_size=1, max_size=22), min_size=1, max_size=90),
    st.sampled_from([CardKind.QUOTE, CardKind.EVENT]),
)
def test_whatever_the_words_are_they_stay_within_the_card_or_are_refused(words, kind):
    try:
        image = printed(card(kind, main=" ".join(words), below=""))
    except UnfitCard:
        return
    ground = image.getpixel((image.width - 1, 0))
    for edge in ((RIGHT + 1, 0, *image.size), (0, 870, *image.size), (20, 0, image.width, 60), (20, 0, LEFT, 900)):
        assert {c for _, c in image.crop(edge).getcolors(9999)} <= {ground, image.getpixel((5, 5))}


def test_a_text_that_is_too_long_says_by_how_much_and_fits_when_that_much_is_gone():
    words = "Ein Licht im Fenster ist ein Brief, den alle sehen. " * 12
    with pytest.raises(UnfitCard, match=r"does not fit on a card: “Ein Licht .*…” is \d+ letters too long") as refused:
        PRESS.draw(card(main=words))
    over = int(str(refused.value).rsplit(" ", 4)[-4])
    PRESS.draw(card(main=words[:-over]))
    with pytest.raises(UnfitCard):
        PRESS.draw(card(main=words[: 1 - over]))


def test_the_letters_are_as_large_as_the_words_allow():
    def size(words):
        return max(int(one.partition('"')[0]) for one in drawn(card(main=words)).split('font-size="')[1:])

    assert size("Kurz.") > size("Ein Licht im Fenster ist ein Brief, den alle sehen. " * 5) >= 44


def test_a_compound_is_parted_at_its_hyphen_only_and_a_word_is_never_cut():
    long_word = "Untersuchungshaftanstaltsverwaltung"
    drawing = drawn(card(CardKind.EVENT, main=f"Abend der {long_word}"))
    assert f"{long_word}</text>" in drawing
    parted = drawn(card(CardKind.EVENT, main=f"{'Solidaritäts' * 3}-{'Veranstaltungs' * 2}abend"))
    assert f"{'Solidaritäts' * 3}-</text>" in parted
    with pytest.raises(UnfitCard, match="too long"):
        drawn(card(main="Licht" * 40))


def test_no_line_ends_with_a_word_of_one_letter_nor_begins_with_a_dash():
    drawing = drawn(
        card(main="«Мы з вамі — і ў гэты вечар, і ў кожны іншы, з ліхтаром у руцэ — і з песняй, — і не змоўкнем»")
    )
    lines = [one.partition("<")[0].partition(">")[2] for one in drawing.split("<text")[1:]]
    assert len(lines) > 3
    assert not [line for line in lines if line.endswith((" з", " і", " ў", " у", "\u00a0і"))]
    assert not [line for line in lines if line.startswith("—")]


def test_a_letter_that_the_typeface_has_not_is_refused_and_named():
    with pytest.raises(UnfitCard, match="no “灯”"):
        PRESS.draw(card(main="Ein Licht 灯"))


def test_markup_on_a_card_is_plain_words():
    assert "&lt;b&gt; &amp; so" in drawn(card(main="<b> & so"))
