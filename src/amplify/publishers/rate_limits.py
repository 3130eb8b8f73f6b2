"""What the headers of an answer say of a server's limits, in the many ways in which servers say it.

A server's clock may be minutes away from ours, so an instant that it names counts as the span since its own `Date`. What
is told in whole seconds may have been cut down to them, as `Date` always is: a little more is seldom too early, and never
late.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from amplify.domain.budget import Reading, Use

_A_MINUTE = timedelta(minutes=1)
_A_DAY = timedelta(days=1)
_A_LITTLE = timedelta(milliseconds=250)
#: Seconds: a number below that is a span, not the time since 1970.
_A_YEAR = 365 * 86_400
_PREFIXES = ("x-ratelimit-", "ratelimit-")


def reading_of(headers: Mapping[str, str], retry_after: str, use: Use, *, refused: bool) -> Reading:
    """`headers` are by their names in small letters; `retry_after` is what Telegram says in the body, or empty."""
    date = http_date(headers.get("date", ""))
    counted = (_since(told, more, date) for told, more in _waits(headers, retry_after))
    waits = [span for span in counted if span is not None]
    sane = [span for span in waits if timedelta() <= span <= _A_DAY]
    wait = max(sane or waits[:1], default=None)
    if wait is None and refused and until_of(headers) is None:
        wait = _A_MINUTE
    policy = re.search(r";\s*w=(\d{1,9})", _named(headers, "policy"))
    return Reading(
        use=use,
        most=_count(_named(headers, "limit")),
        left=_count(_named(headers, "remaining")),
        wait=wait,
        window=timedelta(seconds=int(policy[1])) if policy else None,
        refused=refused,
    )


def until_of(headers: Mapping[str, str]) -> datetime | None:
    """The instant that a server names, by its own clock."""
    named = (told for told, _ in _waits(headers, "") if told is not None)
    return next(named, None)


def http_date(told: str) -> datetime | None:
    try:
        return parsedate_to_datetime(told).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _waits(headers: Mapping[str, str], retry_after: str) -> Iterator[tuple[datetime | None, timedelta]]:
    """Either an instant and what to add to it, or a span; what makes no sense is passed over."""
    for told in (retry_after, headers.get("retry-after", "").strip()):
        if told.isascii() and told.isdigit():
            yield from _span(told)
        elif told and (at := http_date(told)) is not None:
            yield at, _A_LITTLE
    reset = _named(headers, "reset").strip()
    if reset.isascii() and reset.isdigit():
        yield from _span(reset) if int(reset[:12]) < _A_YEAR else _epoch(reset)
    elif (at := _instant(reset)) is not None:
        yield at, timedelta() if at.microsecond else _A_LITTLE


def _span(told: str) -> Iterator[tuple[None, timedelta]]:
    yield None, timedelta(seconds=int(told[:9])) + _A_LITTLE


def _epoch(told: str) -> Iterator[tuple[datetime, timedelta]]:
    try:
        yield datetime.fromtimestamp(int(told), UTC), _A_LITTLE
    except (OverflowError, OSError, ValueError):
        return


def _since(at: datetime | None, more: timedelta, date: datetime | None) -> timedelta | None:
    """The span to an instant, where the server has told its own time."""
    if at is None:
        return more
    return at - date + more if date is not None else None


def _instant(told: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _named(headers: Mapping[str, str], what: str) -> str:
    return next((headers[prefix + what] for prefix in _PREFIXES if prefix + what in headers), "")


def _count(told: str) -> int | None:
    found = re.match(r"\s*(\d{1,9})", told)
    return int(found[1]) if found else None
