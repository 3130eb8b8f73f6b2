"""What of a schedule does not fit into what a server takes in a while: told before it is late.

What does not fit goes on as soon as there is room, and takes the room of what comes after it.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from amplify.domain.budget import Budget, window_of
from amplify.domain.key import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that takes `cost` of a budget at an instant."""

    key: Key
    at: datetime
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """More than fits: `total` between the ends, and what would be late of it."""

    since: datetime
    until: datetime
    total: int
    late: tuple[Key, ...]


def crowds(budget: Budget, dues: Iterable[Due]) -> Sequence[Crowd]:
    """Every stretch of a schedule that does not fit, in order."""
    in_order = sorted(dues, key=lambda due: due.at)
    return list(_in_windows(budget, in_order) if budget.aligned else _counted_back(budget, in_order))


def _in_windows(budget: Budget, dues: Sequence[Due]) -> Iterator[Crowd]:
    waiting: list[Due] = []
    next_window: datetime | None = None
    for start, group in groupby(dues, key=lambda due: window_of(budget, due.at)):
        own = list(group)
        while waiting and next_window is not None and next_window < start:
            waiting, _ = _rest(budget, waiting, budget.most)
            next_window += budget.window
        waiting, room = _rest(budget, waiting, budget.most)
        late, _ = _rest(budget, own, room)
        if late:
            total = sum(due.cost for due in own)
            yield Crowd(since=start, until=start + budget.window, total=total, late=tuple(due.key for due in late))
        waiting, next_window = [*waiting, *late], start + budget.window


def _rest(budget: Budget, dues: Sequence[Due], room: int) -> tuple[list[Due], int]:
    """What has to wait for the next window, and the room that is left in this one."""
    rest = list[Due]()
    for number, due in enumerate(dues):
        if not room and budget.most:
            return [*rest, *dues[number:]], room
        if due.cost <= room or room == budget.most:
            room = max(room - due.cost, 0)
        else:
            rest.append(due)
    return rest, room


def _counted_back(budget: Budget, dues: Sequence[Due]) -> Iterator[Crowd]:
    gone, used = deque[tuple[datetime, int]](), 0
    late: list[Due] = []
    for due in dues:
        at = max(due.at, gone[-1][0]) if gone else due.at
        while gone and (gone[0][0] <= at - budget.window or used + due.cost > budget.most):
            at = max(at, gone[0][0] + budget.window)
            used -= gone.popleft()[1]
        gone.append((at, due.cost))
        used += due.cost
        if late and due.at > late[-1].at + budget.window:
            yield _crowd(budget.window, dues, late)
            late = []
        if at > due.at:
            late.append(due)
    if late:
        yield _crowd(budget.window, dues, late)


def _crowd(window: timedelta, dues: Sequence[Due], late: Sequence[Due]) -> Crowd:
    since, until = late[0].at - window, late[-1].at
    total = sum(due.cost for due in dues if since < due.at <= until)
    return Crowd(since=since, until=until, total=total, late=tuple(due.key for due in late))
