"""Where a text may be cut in two: at the end of a paragraph, an entry of a list, or a sentence.

For alphabets with capitals, with what is usual in English, German, Belarusian and Russian. In doubt there is no end: a cut
too few makes a part shorter, a cut too many tears a sentence. docs/writing-posts.md says what it does not know.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_ENDS = ".!?…؟।"
_OPENING = "«„“”‚‘\"'([{*_¿¡"
_QUOTES = "»“”’\"'"
_CLOSING = f"{_QUOTES})]}}*_"
_GAP = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_ENTRY = re.compile(r"(?:[-–—•*]|\d{1,2}[.)])\s")
#: Never cut inside: what is filled in, links, what is bold or italic.
_ONE = re.compile(
    r"\{\{.*?\}\}|\{#.*?#\}|\[[^\]\n]*\]\([^)\n]*\)|https?://\S+|\*\*(?=\S).+?\*\*|(?<!\w)_(?=\S).+?_(?!\w)", re.DOTALL
)
_WORD = re.compile(r"[\w.’'-]*$")
_LETTERS = re.compile(r"[^\W\d_](?:\.[^\W\d_]{1,2})*")
_FILLED_IN = "}}"
_ORDINAL = 2
#: No short word is longer than that, with the line's beginning before it.
_NEAR = 60

_SHORT: Mapping[str, str] = {
    "en": "mr mrs ms dr prof st jr sr rev hon gen col lt sgt capt gov sen rep pres dept est approx ca vs etc cf al inc ltd co "
    "corp jan feb mar apr jun jul aug sep sept oct nov dec",
    "de": "dr prof hr fr st usw usf bzw ca vgl evtl ggf inkl exkl etc geb gest bspw sog mio mrd tsd str ing dipl hl ev kath "
    "jan feb apr aug sept okt nov dez",
    "be": "г гг в вв ст ім вул пр пл д кв гл стар мал млн млрд тыс руб кап праф акад др інш напр нар пам",
    "ru": "г гг в вв ст им ул пр пл д кв гл стр рис млн млрд тыс руб коп проф акад др напр см ср род нар",
}
#: These are short only in front of a number.
_NUMBERED = frozenset({"no", "nos", "nr", "art", "abs", "p", "pp", "s", "fig", "vol", "ст", "арт", "п", "с"})
#: Where a number with a full stop is no ordinal.
_CARDINAL = frozenset({"en", "be", "ru", "uk"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What goes before ends at `end`, what follows begins at `next`.

    Not `sure`: something that is filled in stands there, and may or may not end a sentence.
    """

    end: int
    next: int
    paragraph: bool = False
    sure: bool = True


def cuts(text: str, language: str) -> Iterator[Cut]:
    """In their order. `text` is as it was written: with brackets, links and marks."""
    held = [found.span() for found in _ONE.finditer(text)]
    for gap in _GAP.finditer(text):
        before, after = text[: gap.start()], text[gap.end() :]
        if not before or not after or any(start < gap.start() < end for start, end in held):
            continue
        if before.endswith(":"):
            continue
        if _PARAGRAPH.search(gap[0]):
            yield Cut(end=gap.start(), next=gap.end(), paragraph=True)
        elif ("\n" in gap[0] and _ENTRY.match(after)) or is_end(before, after, language):
            yield Cut(end=gap.start(), next=gap.end())
        elif before.rstrip(_QUOTES).endswith(_FILLED_IN) and _may_begin(after):
            yield Cut(end=gap.start(), next=gap.end(), sure=False)


def is_end(before: str, after: str, language: str) -> bool:
    """Whether a sentence ends with `before`, where `after` follows behind a gap."""
    said = before.rstrip(_CLOSING)
    if said[-1:] not in _ENDS or not said or not _may_begin(after):
        return False
    quoted = any(sign in _QUOTES for sign in before[len(said) :])
    if quoted and said[-1] != ".":
        return False  # “Where is he?” Maria asked.
    return said[-1] != "." or said[-2:-1] == "." or not _is_short(said[-_NEAR:-1], after, language)


def _may_begin(after: str) -> bool:
    first = after.lstrip(_OPENING)[:1]
    return bool(first) and not first.islower() and first not in "-–—,;:)"


def _is_short(said: str, after: str, language: str) -> bool:
    """Whether the full stop behind `said` belongs to its last word: `Dr.`, `z. B.`, `21. Mai`, `2. Write`."""
    found = _WORD.search(said)
    word, start = (found[0].casefold(), found.start()) if found else ("", 0)
    base = language.partition("-")[0]
    if word.isdigit():
        entry = not said[:start].rstrip(" \t(") or said[:start].rstrip(" \t(").endswith("\n")
        return len(word) <= _ORDINAL and (entry or base not in _CARDINAL)
    if word in _NUMBERED and after[:1].isdigit():
        return True
    short = _SHORT.get(base) or " ".join(_SHORT.values())
    return bool(_LETTERS.fullmatch(word)) or word in short.split()
