"""What somebody meant who wrote a time in another way: `D-7 9.00`, `21.05.2027 19:00`, `9 pm`.

Only guessed where there is one way to read it, and never taken: the hint says what to write.
"""

import re
from collections.abc import Callable, Mapping

_DAY = r"(?P<day>[Dd](?:\s?[+\-–−]\s?\d{1,3})?|\d{4}-\d{2}-\d{2})"
_ZONES: Mapping[str, str] = {
    "CET": "Europe/Vienna", "CEST": "Europe/Vienna", "MEZ": "Europe/Vienna", "MESZ": "Europe/Vienna",
    "EET": "Europe/Vilnius", "EEST": "Europe/Vilnius", "MSK": "Europe/Minsk", "BST": "Europe/London", "GMT": "", "UTC": "",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def near_time(text: str) -> str:
    """A hint with the very words to write, or nothing."""
    bare = re.sub(r"\s+", " ", text.strip("“”„‟«»‘’\"' "))
    if bare != text.strip():
        return f"write `{bare}`: in front of times there are no quotes" if _quoteless(bare) else ""
    for shape, meant in _SHAPES:
        found = re.fullmatch(shape, bare, re.IGNORECASE)
        if found and (words := meant(found)):
            return words
    return ""


def near_day(text: str) -> str:
    """The same for a day without an hour."""
    found = re.search(r"\d{4}-\d{2}-\d{2}", near_time(text))
    return f"write `{found[0]}`" if found else ""


def _quoteless(bare: str) -> bool:
    return re.fullmatch(rf"{_DAY} \d{{1,2}}:\d{{2}}", bare) is not None


def _said(day: str, hour: str, minute: str = "00") -> str:
    return f"write `{day} {int(hour):02}:{minute}`"


def _placed(time: str, zone: str) -> str:
    return f"name a place: `{time} [{zone}]`" if zone else f"write `{time} Z`"


def _pm(found: re.Match[str]) -> str:
    hour = int(found["hour"]) % 12 + (12 if found["half"].lower().startswith("p") else 0)
    return _said(found["day"], str(hour), found["minute"] or "00")


def _german(found: re.Match[str]) -> str:
    first, second, year = int(found["first"]), int(found["second"]), found["year"]
    if found["mark"] == "/" and max(first, second) <= len(_MONTHS):
        return ""  # May or June?
    day, month = (second, first) if second > len(_MONTHS) else (first, second)
    return f"write `{year}-{month:02}-{day:02} {found['clock'] or '09:00'}`"


def _in_words(found: re.Match[str]) -> str:
    month = found["month"][:3].lower()
    if month not in _MONTHS:
        return ""
    day = f"{found['year']}-{_MONTHS.index(month) + 1:02}-{int(found['number']):02}"
    return f"write `{day} {found['clock'] or '09:00'}`"


_SHAPES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (rf"{_DAY} (?P<hour>\d{{1,2}})[.h](?P<minute>\d{{2}})", lambda f: _said(f["day"], f["hour"], f["minute"])),
    (rf"{_DAY} (?P<hour>\d{{1,2}}) ?(h|uhr|o'clock)?", lambda f: _said(f["day"], f["hour"])),
    (rf"{_DAY} (?P<hour>\d{{1,2}})(:(?P<minute>\d{{2}}))? ?(?P<half>[ap]\.?m\.?)", _pm),
    (rf"{_DAY}", lambda f: f"say the hour too: `{f['day']} 09:00`"),
    (r"(?P<clock>\d{1,2}:\d{2})", lambda f: f"say the day too: `D {f['clock']}`, or `2027-05-21 {f['clock']}`"),
    (
        rf"{_DAY} (?P<clock>\d{{1,2}}:\d{{2}}) ?\(?(?P<zone>{'|'.join(_ZONES)})\)?",
        lambda f: _placed(f"{f['day']} {f['clock']}", _ZONES[f["zone"].upper()]),
    ),
    (
        r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}),?(?: (?P<clock>\d{1,2}:\d{2}))?",
        _german,
    ),
    (
        r"(?P<number>\d{1,2})\.? (?P<month>[a-z]+)\.? (?P<year>\d{4}),?(?: (?P<clock>\d{1,2}:\d{2}))?",
        _in_words,
    ),
    (
        r"(?P<month>[a-z]+)\.? (?P<number>\d{1,2}),? (?P<year>\d{4}),?(?: (?P<clock>\d{1,2}:\d{2}))?",
        _in_words,
    ),
)
