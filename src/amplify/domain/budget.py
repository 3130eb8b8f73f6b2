"""What a server takes of an account in a while, and whether there is room for more.

Pure arithmetic on machine time. A server that begins its windows at fixed times empties them all at once (`aligned`); of
others only is known that no span of that length holds more, so it is counted back from every instant. What a server has
said of itself comes before what we have counted.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

#: No server counts for longer.
LONGEST_WINDOW = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: A window that our clock has ended may not have ended on the server's.
_SLACK = timedelta(seconds=1)
#: By so much clocks of two processes may differ, where somebody has set one.
_CLOCKS = timedelta(hours=1)
#: By so much a wait that was told may be longer than the window that it is about.
_MORE = timedelta(seconds=10)
_SPELLED: Mapping[timedelta, str] = {
    timedelta(seconds=1): "a second",
    timedelta(minutes=1): "a minute",
    timedelta(hours=1): "an hour",
    timedelta(days=1): "a day",
}


class Use(StrEnum):
    """What is asked of a server. REQUEST is any request at all, for budgets that count each."""

    POST = "post"
    EDIT = "edit"
    UPLOAD = "upload"
    DELETE = "delete"
    SIGN_IN = "sign-in"
    REQUEST = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """So much in any such window. `name` is for people: “posts and boosts”. `costs` is what each use takes of it."""

    name: str
    most: int
    window: timedelta
    costs: tuple[tuple[Use, int], ...]
    aligned: bool = False

    def cost_of(self, use: Use) -> int:
        """What one takes; nothing where it does not count here."""
        return next((cost for known, cost in self.costs if known is use), 0)

    @property
    def id(self) -> str:
        """What tells it from the account's other ones."""
        return f"{self.name} in {span_told(self.window)}"

    @property
    def told(self) -> str:
        return f"the server takes {self.most} {self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    use: Use
    number: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an account's server has said of a budget, by its id: how much it takes, and until when it takes no more; None: not said."""

    account: str
    budget: str
    most: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one answer tells: how much the server takes, how much of it is left, and after which wait all of it is again.

    `refused`: it was a refusal, and nothing was done. None is what it did not tell.
    """

    use: Use
    most: int | None = None
    left: int | None = None
    wait: timedelta | None = None
    window: timedelta | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """There is no room in `budget` before `until`."""

    budget: Budget
    until: datetime


def believed(budgets: Collection[Budget], words: Collection[Word]) -> tuple[Budget, ...]:
    """The budgets with the numbers that the server itself has told."""
    told = {word.budget: word.most for word in words if word.most is not None}
    return tuple(replace(one, most=told.get(one.id, one.most)) for one in budgets)


def about(reading: Reading, budgets: Collection[Budget]) -> Budget | None:
    """Which budget an answer tells of: of those that its use counts in the one with these numbers, else the first.

    None where it can be none of them: no window is full for longer than it is long.
    """
    wait = reading.wait or timedelta()
    own = [one for one in budgets if one.cost_of(reading.use) and wait <= one.window + _MORE]
    alike = (one for one in own if reading.most == one.most and reading.window in (None, one.window))
    in_window = (one for one in own if reading.window == one.window)
    return next(alike, None) or next(in_window, None) or next(iter(own), None)


def full(
    budgets: Collection[Budget], spent: Sequence[Spent], words: Collection[Word], use: Use, number: int, now: datetime
) -> Full | None:
    """The budget that has room last for so many more, and from when on; None where all have room now."""
    until = {word.budget: word.until for word in words if waits(word.until, now)}
    spent = [one for one in spent if one.at <= now + _SLACK]
    found = []
    for budget in believed([one for one in budgets if one.cost_of(use)], words):
        told = until.get(budget.id)
        free = max(_free_at(budget, spent, use, number, now), told or now)
        if free > now:
            found.append(Full(budget=budget, until=free))
    return max(found, key=lambda one: one.until, default=None)


def waits(until: datetime | None, now: datetime) -> bool:
    """Whether an instant is still to come; one that no server can have meant was kept by a clock that was wrong."""
    return until is not None and now < until <= now + LONGEST_WINDOW + _CLOCKS


def left(budget: Budget, spent: Sequence[Spent], now: datetime) -> int:
    """How much of it we have not used, by our own count."""
    since = _began(budget, now)
    counts = (one for one in spent if since <= one.at <= now + _SLACK)
    return max(0, budget.most - sum(budget.cost_of(one.use) * one.number for one in counts))


def window_of(budget: Budget, at: datetime) -> datetime:
    """When the aligned window begins into which an instant falls."""
    return _EPOCH + (at - _EPOCH) // budget.window * budget.window


def span_told(span: timedelta) -> str:
    """In words, as whole as it is."""
    if span in _SPELLED:
        return _SPELLED[span]
    seconds = int(span.total_seconds())
    for unit, name in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds % unit == 0:
            return f"{seconds // unit} {name}"
    return f"{seconds} seconds"


def about_span(span: timedelta) -> str:
    """As people say how long something takes: in whole hours, minutes or seconds, and never too little."""
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    unit = hour if span > 3 * hour else minute if span > 2 * minute else timedelta(seconds=1)
    return span_told(max(1, -(-span // unit)) * unit)


def _free_at(budget: Budget, spent: Sequence[Spent], use: Use, number: int, now: datetime) -> datetime:
    """From when on there is room; what costs more than all of it needs all of it."""
    needed = min(budget.cost_of(use) * number, budget.most)
    room = left(budget, spent, now)
    if room >= needed:
        return now
    if budget.aligned:
        return window_of(budget, now) + budget.window + _SLACK
    since = _began(budget, now)
    for one in sorted((one for one in spent if one.at >= since), key=lambda one: one.at):
        room += budget.cost_of(one.use) * one.number
        if room >= needed:
            return one.at + budget.window
    return now


def _began(budget: Budget, now: datetime) -> datetime:
    return window_of(budget, now) if budget.aligned else now - budget.window + timedelta(microseconds=1)
