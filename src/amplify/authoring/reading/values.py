"""Numbers, dates, times and spans as people write them; what can be read in two ways is refused.

Each function takes one scalar of a file and returns its value, or raises an error that says what to write.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from pydantic_core import PydanticCustomError

from amplify.authoring.nearest import nearest_zone
from amplify.authoring.reading.near_times import near_day, near_time
from amplify.authoring.reading.seen import SCALAR, Read, seen, whole
from amplify.domain.counting import NotACount, whole_number
from amplify.domain.when import WHEN, When, parse_when

_SPAN = re.compile(r"(\d{1,4})\s?(m|h|d)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_ZONE = re.compile(r"\[([^\]]+)\]$")
_YES_NO = {"true": True, "yes": True, "false": False, "no": False}


def wrong(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """An error that goes to people as it is."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


@seen(**SCALAR)
def text(value: object) -> str:
    """One line or more of text, as a string that can be compared (NFC)."""
    if not isinstance(value, str):
        raise wrong("not-a-text", "a single text belongs here, and this is a list or has names in it")
    return unicodedata.normalize("NFC", value).strip()


def matching(pattern: str, what: str, hint: str) -> Read[str]:
    """A reader of texts of one shape."""
    shape = re.compile(pattern)

    def read(value: object) -> str:
        word = text(value)
        if not shape.fullmatch(word):
            raise wrong("not-a-name", f"“{word}” is not {what}", hint)
        return word

    return Read(read, {**SCALAR, "pattern": whole(pattern)})


@seen(type=["integer", "string"], pattern=whole(r"\d{1,15}"), minimum=0, examples=[1496])
def count(value: object) -> int:
    """A whole number, digits only."""
    try:
        return whole_number(text(value))
    except NotACount as bad:
        raise wrong("not-a-whole-number", str(bad), bad.hint) from None


def between(least: int, most: int) -> Read[int]:
    """A reader of whole numbers within bounds."""

    def read(value: object) -> int:
        number = count(value)
        if not least <= number <= most:
            raise wrong("out-of-range", f"{number} is not between {least} and {most}", "choose a number in between")
        return number

    return Read(read, {**count.schema, "minimum": least, "maximum": most, "examples": [least]})


@seen(type="string", pattern=whole(r"\d{4}-\d{2}-\d{2}"), examples=["2027-05-21"])
def day(value: object) -> date:
    word = text(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
        try:
            return date.fromisoformat(word)
        except ValueError:
            raise wrong("not-a-date", f"“{word}” is a day that does not exist", "look at a calendar") from None
    if re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?", word):
        if hint := near_day(word):
            raise wrong("not-a-date", f"“{word}” is not written as dates are here", hint)
        told = f"“{word}” can be read in several ways"
        raise wrong("not-a-date", told, "write year-month-day with four digits for the year: `2023-05-21`")
    raise wrong("not-a-date", f"“{word}” is not a date", near_day(word) or "write `2023-05-21`")


@seen(type="string", pattern=whole(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?"), examples=["2023-06-02T14:10+02:00"])
def instant(value: object) -> datetime:
    """A day, or a day with a time."""
    word = text(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}.*", word):
        try:
            return datetime.fromisoformat(word)
        except ValueError:
            raise wrong("not-a-date", f"“{word}” is not a date with a time", "write `2023-06-02T14:10+02:00`") from None
    return datetime.combine(day(word), time())


@seen(type="string", pattern=whole(r"\d{2}-\d{2}"), examples=["05-21"])
def month_day(value: object) -> tuple[int, int]:
    word = text(value)
    try:
        on = datetime.strptime(f"2024-{word}", "%Y-%m-%d")  # noqa: DTZ007  a leap year, for its days only
    except ValueError:
        raise wrong("not-a-date", f"“{word}” is not a month and a day", 'write `"05-21"` for 21 May') from None
    return on.month, on.day


@seen(type="string", pattern=whole(r"\d{1,2}:\d{2}"), examples=["22:00"])
def clock(value: object) -> time:
    word = text(value)
    try:
        return datetime.strptime(word, "%H:%M").time()  # noqa: DTZ007  a time on the wall
    except ValueError:
        raise wrong("not-a-time", f"“{word}” is not a time of day", 'write `"22:00"`') from None


@seen(type="string", pattern=whole(_SPAN.pattern), examples=["45m", "6h", "7d"])
def span(value: object) -> timedelta:
    word = text(value)
    found = _SPAN.fullmatch(word)
    if found is None:
        told = f"“{word}” is not a length of time"
        raise wrong("not-a-duration", told, "write `45m`, `6h` or `7d` (minutes, hours, days)")
    return int(found[1]) * _UNITS[found[2]]


def span_between(least: timedelta, most: timedelta, told: str) -> Read[timedelta]:
    """A reader of spans within bounds; `told` says the bound."""

    def read(value: object) -> timedelta:
        length = span(value)
        if not least <= length <= most:
            raise wrong("out-of-range", f"“{value}” {told}", "choose another length of time")
        return length

    return Read(read, span.schema)


@seen(anyOf=[{"type": "boolean"}, {"type": "string", "pattern": whole("[Tt]rue|[Ff]alse|[Yy]es|[Nn]o")}])
def yes_no(value: object) -> bool:
    word = text(value)
    if word.lower() not in _YES_NO:
        raise wrong("not-yes-or-no", f"“{word}” is neither `true` nor `false`", "write `true` or `false`")
    return _YES_NO[word.lower()]


@seen(type="string", pattern=whole(WHEN.pattern), examples=["D-7 09:00", "2027-05-21 09:00"])
def when(value: object) -> When:
    word = text(value)
    try:
        return parse_when(word)
    except ValueError as bad:
        told, _, hint = str(bad).partition("; ")
        if zone := _ZONE.search(word):
            hint = nearest_zone(zone[1])
        raise wrong("not-a-time", told, near_time(word) or hint) from None
