"""Text as words, whatever was done to its letters: styles, accents, invisible signs, look-alikes of other alphabets.

What a reader takes for a name is found, so letters are read by what they say and by what they look like. Words keep
their places in the text, so that they can be covered there.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

#: What readers do not see between the letters of a word: markup, apostrophes, invisible signs, colours of a terminal.
_UNSEEN = re.compile(
    r"\x1b\[[0-9;]*m|</?[A-Za-z][A-Za-z0-9]{0,10}>"
    r"|(?<=\w)[*~`´'’‘ʼʹ′]+(?=\w)|(?<=\w)-\s*\n\s*(?=\w)"
    r"|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
#: A letter with a mark that says something, as the sign that `sounds` knows it by; all other marks are dropped.
_MARKED = {
    ("у", "\u0306"): "ў", ("u", "\u0306"): "ў", ("w", "\u0306"): "ў",
    ("c", "\u030c"): "ч", ("s", "\u030c"): "ш", ("z", "\u030c"): "ж", ("z", "\u0307"): "ж", ("c", "\u0302"): "ч",
    ("s", "\u0302"): "щ", ("c", "\u0301"): "ћ", ("a", "\u0328"): "ą", ("e", "\u0328"): "ę", ("o", "\u0301"): "ó",
}  # fmt: skip
_SINGLE = {"ł": "l", "đ": "d", "ø": "o", "ß": "s", "æ": "a", "œ": "a", "ı": "i", "ƶ": "ж", "ẃ": "w"}
#: Letters that look like Latin ones, and back.
_CYRILLIC_LOOKS = dict(zip("АВЕКМНОРСТУХІЈЅЗаеорсухіјѕһԁԛԝкмт", "ABEKMHOPCTYXIJS3aeopcyxijshdqwkmt", strict=True))
_GREEK_LOOKS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνοπρτυχγ", "ABEZHIKMNOPTYXabeikvonptuxy", strict=True))
_TO_LATIN = str.maketrans(_CYRILLIC_LOOKS | _GREEK_LOOKS)
_TO_CYRILLIC = str.maketrans(
    {latin: cyrillic for cyrillic, latin in reversed(_CYRILLIC_LOOKS.items())}
    | dict(zip("αβεικοπρτυχΑΒΕΗΙΚΜΟΡΤΥΧ", "авеікопртухАВЕНІКМОРТУХ", strict=True))
)
_DIGITS = str.maketrans("013457", "oiеаst")
_WORD = re.compile(r"[^\W_]+")
#: This many letters in a row, each a word of its own, are one word that somebody has spread out.
_SPREAD = 4
#: What ends a sentence, unless a short word (an initial, a title) stands before it; and what ends any.
_END, _PARAGRAPH = re.compile(r"[.!?…]\s"), re.compile(r"\n\s*\n")
_INITIAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """`letters` as they are to be read, in their own case; `text[start:end]` is where. Words of one `sentence` belong together."""

    letters: str
    start: int
    end: int
    sentence: int
    dotted: bool = False
    sticks: bool = False


def words(text: str, *, underscores: bool = True) -> list[Word]:
    """Every word in its place; without `underscores` these part nothing, as where they are markup."""
    letters, places = _seen(text, "" if underscores else "_")
    found: list[Word] = []
    sentence, before = 0, 0
    for match in _WORD.finditer(letters):
        start, end = match.span()
        gap = letters[before:start]
        last = found[-1].end - found[-1].start if found else 0
        if _PARAGRAPH.search(gap) or (last > _INITIAL and _END.search(gap)):
            sentence += 1
        found.append(
            Word(
                letters=match[0],
                start=places[start],
                end=places[end - 1] + 1,
                sentence=sentence,
                dotted=letters[end : end + 1] == ".",
                sticks=letters[start - 1 : start] in {"#", "＃", "@", "＠", "/", ".", "_", "-", "="}
                if start
                else False,
            )
        )
        before = end
    return list(_gathered(found))


def parted(some: list[Word]) -> list[Word]:
    """The same with `FreeThemAll` and `free2027` as words of their own."""
    return [part for word in some for part in _parts(word)]


@lru_cache(maxsize=65536)
def spellings(letters: str) -> tuple[str, ...]:
    """A word as it may be meant, in small letters: as it stands, and by the looks of its letters."""
    meant = [letters]
    if any(letter.isdigit() for letter in letters) and any(letter.isalpha() for letter in letters):
        meant.append(letters.translate(_DIGITS))
    for one in list(meant):
        for table, of in ((_TO_LATIN, _is_latin), (_TO_CYRILLIC, _is_cyrillic)):
            looks = one.translate(table)
            if looks != one and all(of(letter) or not letter.isalpha() for letter in looks):
                meant.append(looks)
    return tuple(dict.fromkeys(one.lower() for one in meant))


def _seen(text: str, dropped: str) -> tuple[str, list[int]]:
    """The text without what is not seen, accents folded, and where each sign of it stands."""
    letters: list[str] = []
    places: list[int] = []
    hidden = {at for found in _UNSEEN.finditer(text) for at in range(*found.span())}
    for at, sign in enumerate(text):
        if at in hidden or sign in dropped:
            continue
        if sign.isascii():
            letters.append(sign)
            places.append(at)
            continue
        for part in unicodedata.normalize("NFKD", sign):
            if unicodedata.category(part) in {"Mn", "Mc", "Me"}:
                if letters and (marked := _MARKED.get((letters[-1].lower(), part))):
                    letters[-1] = marked.upper() if letters[-1].isupper() else marked
                continue
            plain = _SINGLE.get(part.lower(), part.lower())
            letters.append(plain.upper() if part.isupper() else plain)
            places.append(at)
    return "".join(letters), places


def _parts(word: Word) -> Iterator[Word]:
    letters, begins = word.letters, [0]
    for at in range(1, len(letters)):
        before, here, after = letters[at - 1], letters[at], letters[at + 1 : at + 2]
        turns = before.islower() and here.isupper()
        turns |= before.isupper() and here.isupper() and after.islower()
        turns |= before.isalpha() is not here.isalpha()
        if turns:
            begins.append(at)
    if len(begins) == 1:
        yield word
        return
    exact = word.end - word.start == len(letters)
    for start, end in zip(begins, [*begins[1:], len(letters)], strict=True):
        yield Word(
            letters=letters[start:end],
            start=word.start + start if exact else word.start,
            end=word.start + end if exact else word.end,
            sentence=word.sentence,
            dotted=word.dotted and end == len(letters),
            sticks=True,
        )


def _gathered(some: list[Word]) -> Iterator[Word]:
    """`J o h n` as one word."""
    run: list[Word] = []
    for word in [*some, None]:
        if word is not None and len(word.letters) == 1 and (not run or word.start - run[-1].end == 1):
            run.append(word)
            continue
        if len(run) >= _SPREAD:
            first = run[0]
            yield Word(
                letters="".join(one.letters for one in run), start=first.start, end=run[-1].end, sentence=first.sentence
            )
        else:
            yield from run
        run = [word] if word is not None and len(word.letters) == 1 else []
        if word is not None and not run:
            yield word


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "LATIN" in unicodedata.name(letter, "")


def _is_cyrillic(letter: str) -> bool:
    return "CYRILLIC" in unicodedata.name(letter, "")
