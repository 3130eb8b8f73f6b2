"""Which files of posts may matter to each other: those are looked at together.

Rather too many than one too few: to be taken together costs time, to be kept apart would cost the truth. What touches
across files: ids, templates about somebody, slots of an account that are too close or too many, also for its server,
and the same words, or almost.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain, pairwise
from operator import sub

from amplify.domain.campaign import Campaign
from amplify.domain.guard import MOST_A_DAY, MOST_URGENT_A_DAY, cap_on, gap_between
from amplify.domain.when import zone_named
from amplify.services.looking.groups import Groups
from amplify.services.looking.likeness import join_alike
from amplify.services.looking.traces import Traces

_DAY = int(timedelta(days=1).total_seconds())
#: When clocks are put back.
_LONGEST_DAY = _DAY + 3600
#: Fewer posts and pictures in such a while fill no budget of any server.
_MANY, _WHILE = 20, int(timedelta(hours=3).total_seconds())


def touching(sheets: Sequence[Traces], campaign: Campaign | None, apart: Collection[int] = ()) -> list[list[int]]:
    """The numbers of those that have to be looked at together, each group in order.

    Those of which is known that they are not like one another, `apart`, are compared only with the others.
    """
    groups = Groups(len(sheets))
    _by_ids(sheets, groups)
    _by_templates(sheets, groups)
    if campaign is not None:
        _by_slots(sheets, groups, campaign)
    _by_loads(sheets, groups)
    _by_words(sheets, groups)
    for language in sorted({language for sheet in sheets for language in sheet.pairs}):
        join_alike([sheet.pairs.get(language, ()) for sheet in sheets], groups, apart)
    return groups.all()


def _by_ids(sheets: Sequence[Traces], groups: Groups) -> None:
    """What is nowhere is told with the nearest of all that there are."""
    bears: dict[str, int] = {}
    for number, sheet in enumerate(sheets):
        for name in sheet.ids:
            groups.join((number, bears.setdefault(name, number)))
    for number, sheet in enumerate(sheets):
        groups.join((number, *(bears[name] for name in sheet.former | sheet.corrected if name in bears)))
        if not sheet.corrected <= bears.keys():
            groups.join(range(len(sheets)))


def _by_templates(sheets: Sequence[Traces], groups: Groups) -> None:
    if any(sheet.persons for sheet in sheets):
        groups.join(number for number, sheet in enumerate(sheets) if sheet.templates)


def _by_slots(sheets: Sequence[Traces], groups: Groups, campaign: Campaign) -> None:
    """Where a rule about the account's other posts could say no, all that it would count belong together."""
    gap = int(gap_between(campaign, on_loopback=False).total_seconds())
    zone, days = zone_named(campaign.zone), dict[int, date]()

    def day_of(slot: int) -> date:
        if slot not in days:
            days[slot] = datetime.fromtimestamp(slot, UTC).astimezone(zone).date()
        return days[slot]

    fewest = min(cap_on(day, campaign, on_loopback=False) for day in (campaign.day, campaign.day - timedelta(days=1)))
    near = ((2, gap - 1), (MOST_A_DAY, _DAY), (fewest + 1, _LONGEST_DAY))
    for begun in _crowded((sheet.slots for sheet in sheets), near):
        for (earlier, one), (later, other) in pairwise(begun):
            if one != other and later - earlier < gap:
                groups.join((one, other))
        for (earlier, _), (later, _), at in zip(begun, begun[MOST_A_DAY - 1 :], range(len(begun)), strict=False):
            if later - earlier <= _DAY:
                groups.join(number for _, number in begun[at : at + MOST_A_DAY])
        count = Counter(day_of(slot) for slot, _ in begun)
        full = {day for day, posts in count.items() if posts > cap_on(day, campaign, on_loopback=False)}
        _join_days(begun, full, day_of, groups)
    for begun in _crowded((sheet.urgent for sheet in sheets), [(MOST_URGENT_A_DAY + 1, _LONGEST_DAY)]):
        count = Counter(day_of(slot) for slot, _ in begun)
        _join_days(begun, {day for day, posts in count.items() if posts > MOST_URGENT_A_DAY}, day_of, groups)


def _by_loads(sheets: Sequence[Traces], groups: Groups) -> None:
    """What could together be too much for a server."""
    for load in _crowded((sheet.loads for sheet in sheets), [(_MANY + 1, _WHILE)]):
        for (earlier, _), (later, _), at in zip(load, load[_MANY:], range(len(load)), strict=False):
            if later - earlier <= _WHILE:
                groups.join({number for _, number in load[at : at + _MANY + 1]})


def _join_days(
    begun: Iterable[tuple[int, int]], full: Collection[date], day_of: Callable[[int], date], groups: Groups
) -> None:
    for day in full:
        groups.join({number for slot, number in begun if day_of(slot) == day})


def _crowded(
    sheets: Iterable[Mapping[str, Sequence[int]]], near: Collection[tuple[int, int]]
) -> Iterator[list[tuple[int, int]]]:
    """Of each account where somewhere so many are within so many seconds: the slots of all with their numbers, in order."""
    found: dict[str, list[tuple[int, Sequence[int]]]] = defaultdict(list)
    for number, accounts in enumerate(sheets):
        for account, slots in accounts.items():
            found[account].append((number, slots))
    for own in found.values():
        begun = sorted(chain.from_iterable(slots for _, slots in own))
        if any(_within(begun, most, seconds) for most, seconds in near):
            yield sorted((slot, number) for number, slots in own for slot in slots)


def _within(slots: Sequence[int], many: int, seconds: int) -> bool:
    return any(map(seconds.__ge__, map(sub, slots[many - 1 :], slots)))


def _by_words(sheets: Sequence[Traces], groups: Groups) -> None:
    says: dict[tuple[str, int], int] = {}
    for number, sheet in enumerate(sheets):
        for account, marks in sheet.said.items():
            for mark in marks:
                first = says.setdefault((account, mark), number)
                if first != number:
                    groups.join((first, number))
