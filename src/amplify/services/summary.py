"""The daily summary: what went out, what comes next, what waits for people. Numbers and times, no words of posts."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from amplify.domain.delivery import Delivery, State

_DAY = timedelta(hours=24)
_OPEN = (State.UNCONFIRMED, State.HELD)
_ENDED = (State.MISSED, State.FAILED)
_AHEAD = frozenset({State.PLANNED, State.APPROVED})


def summary(rows: Sequence[Delivery], now: datetime, zone: tzinfo) -> str:
    """The last and the next 24 hours; empty where there is nothing to tell. A line for each."""
    went = sum(row.published_at is not None and now - _DAY < row.published_at <= now for row in rows)
    ended = Counter(row.state for row in rows if row.state in _ENDED and now - _DAY < row.due <= now)
    still_open = Counter(row.state for row in rows if row.state in _OPEN)
    ahead = [row for row in rows if row.state in _AHEAD and now < row.due <= now + _DAY]
    if not (went or ended or still_open or ahead):
        return ""
    past = [f"{went} published", *(f"{ended[state]} {state}" for state in _ENDED if ended[state])]
    said = [f"The last 24 hours: {', '.join(past)}.", f"The next 24 hours: {_coming(ahead, zone)}."]
    if still_open:
        said.append(f"Open: {', '.join(f'{still_open[state]} {state}' for state in _OPEN if still_open[state])}.")
    return "\n".join(said)


def _coming(ahead: Sequence[Delivery], zone: tzinfo) -> str:
    if not ahead:
        return "nothing is due"
    first = min(row.due for row in ahead).astimezone(zone)
    waiting = sum(row.state is State.PLANNED for row in ahead)
    without = f", {waiting} without a yes" if waiting else ""
    return f"{len(ahead)} due, the first on {first:%a %d %b at %H:%M}{without}"
