"""How a word may sound, so that one name is one name in every alphabet and in every system of rewriting it.

One name is written in a dozen ways: Belarusian and Russian differ in the letters, each instruction differs in the
signs, and people leave out accents. What the systems disagree about is made one sound (о, а, е; г, х; с, з, ш, ж;
ц, ч), and where one sign stands for several sounds (`c`, `ch`, `z`, `ou`) all of them are kept.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import TypeAlias

#: A word as a row of sounds, for each of which there may be several.
Row: TypeAlias = tuple[tuple[str, ...], ...]

VOWELS = "aiu"
_MOST = 256
#: By so many signs at most is a name shorter in another system: `ou`, `щ`, `x` stand for two sounds each.
_SHORTER = 4
_FRONT = "(?=[ieyjіеёюяьиїє])"
#: Sign → sounds. The longest sign that fits comes first. `j` is what only leads to a vowel.
_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("schtsch|shtsh|shch|szcz|stsch", ("sc",)),
    ("dsch|dzsch|dzh|dж|дж|dsh", ("ds",)),
    ("tsch|tch|cz|тч|тц|tc(?=h)|tč", ("c",)),
    ("sch", ("s", "sh")),
    (f"(?:dz|дз|dз){_FRONT}", ("d", "ds")),
    ("dz|дз|dз", ("ds", "d")),
    (f"(?:ts|tz|тс|ц|ћ|c(?!h)){_FRONT}", ("c", "t")),
    ("ћ", ("c", "t")),
    ("ts|tz|тс|ц|ч", ("c",)),
    ("щ", ("sc",)),
    ("ch", ("c", "h", "s")),
    ("ck", ("k", "ck")),
    ("sh|sz|zh", ("s",)),
    ("kh|gh", ("h",)),
    ("ph", ("f",)),
    ("th", ("t",)),
    ("rz", ("rs", "r")),
    ("x", ("ks", "h")),
    ("c", ("c", "k")),
    ("z", ("s", "c")),
    ("f$|ф$", ("f", "v")),
    ("[бb]", ("b",)),
    ("[вvwў]", ("v",)),
    ("[гґgхh]", ("h",)),
    ("[дd]", ("d",)),
    ("[жзсшs]", ("s",)),
    ("[кkq]", ("k",)),
    ("[лl]", ("l",)),
    ("[мm]", ("m",)),
    ("[нn]", ("n",)),
    ("[пp]", ("p",)),
    ("[рr]", ("r",)),
    ("[тt]", ("t",)),
    ("[фf]", ("f",)),
    ("[ijyї]ou(?![aeo])", ("u", "av")),
    ("ou(?![aeo])", ("av", "u")),
    ("oo", ("a", "u")),
    ("ee", ("a", "i")),
    ("ó", ("a", "u")),
    ("[ąę]", ("a", "an", "am")),
    ("[аоеэёaoeяє]", ("a",)),
    ("[уюu]", ("u",)),
    ("[ыиійїiy]", ("i",)),
    ("j", ("j",)),
)
#: Of an alphabet that we do not know every letter says itself.
_SIGN = re.compile("|".join([*(f"(?P<s{number}>{sign})" for number, (sign, _) in enumerate(_SIGNS)), r"[^\W_]"]))
#: Twice the same letter is one, but for the two that say something else then.
_TWICE = re.compile(r"([^oe])\1+")
_NO_SOUND = re.compile(r"[ьъ’']")


@lru_cache(maxsize=65536)
def row_of(word: str) -> Row:
    """The sounds of a word in small letters."""
    word = _TWICE.sub(r"\1", _before_vowel(word))
    return tuple(_joined([_sounds(found) for found in _SIGN.finditer(word)]))


@lru_cache(maxsize=65536)
def readings(row: Row) -> frozenset[str]:
    """Every way to say it, up to a limit that no name reaches."""
    count = 1
    kept: list[tuple[str, ...]] = []
    for sounds in row:
        kept.append(sounds if count * len(sounds) <= _MOST else sounds[:1])
        count *= len(kept[-1])
    return frozenset(re.sub(r"(.)\1+", r"\1", "".join(said)) for said in product(*kept))


def within(row: Row, sought: Row) -> bool:
    """Whether `sought` can be heard somewhere inside of `row`, from the beginning of one of its sounds on."""
    begins = {sounds[:1] for sounds in sought[0]}
    return any(
        _heard(row, at, sought)
        for at in range(len(row) - len(sought) + _SHORTER + 1)
        if at < len(row) and any(sounds[:1] in begins for sounds in row[at])
    )


def _sounds(found: re.Match[str]) -> tuple[str, ...]:
    return _SIGNS[int(found.lastgroup[1:])][1] if found.lastgroup else (found[0],)


def _before_vowel(word: str) -> str:
    """Without the soft and hard signs, but with what they do to a `ц` before them; `ю` as the two sounds that it is."""
    return _NO_SOUND.sub("", re.sub(r"ц(?=ь)", "ћ", word)).replace("ю", "йу")


def _joined(signs: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Runs of vowels as one, by the widest of them; `u` behind a wide one is a consonant (`Pavl` in `Paul`)."""
    run = ""
    first = True
    last: tuple[str, ...] = ()
    for sounds in [*signs, ()]:
        only = sounds[0] if len(sounds) == 1 else ""
        if only in {"a", "i", "u", "j"} and only:
            if only == "u" and run.endswith("a"):
                yield ("a",)
                run, first, last = "", False, ("v",)
                yield ("v",)
            else:
                run += only
            continue
        if run and (vowel := _vowel(run)):
            yield ("u", "v") if first and run == "u" and sounds else (vowel,)
            last = ()
        run, first = "", False
        if sounds and sounds != last:
            yield sounds
            last = sounds


def _vowel(run: str) -> str:
    return "a" if "a" in run else "u" if "u" in run else "i" if "i" in run else ""


def _heard(row: Row, at: int, sought: Row) -> bool:
    """Walk both rows at once; what one of them has said more than the other is kept."""
    ways = {(at, "", 0, "")}
    seen = set(ways)
    while ways:
        here, said, there, asked = ways.pop()
        if there == len(sought) and not asked:
            return True
        if said and asked:
            continue
        if not asked:
            steps = {(here, said, there + 1, sounds) for sounds in sought[there]}
        elif here < len(row):
            steps = {(here + 1, sounds, there, asked) for sounds in row[here]}
        else:
            continue
        for one, heard, two, wanted in steps:
            least = min(len(heard), len(wanted))
            if heard[:least] == wanted[:least]:
                step = (one, heard[least:], two, wanted[least:])
                if step not in seen:
                    seen.add(step)
                    ways.add(step)
    return False
