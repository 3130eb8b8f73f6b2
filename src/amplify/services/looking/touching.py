"""Which files of posts may matter to each other: those are looked at together.

Rather too many than one too few: to be taken together costs time, to be kept apart would cost the truth. What touches
across files: ids, templates about somebody, slots of an account that are too close or too many, and the same words, or
almost.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain, pairwise
from math import ceil

from amplify.domain.campaign import Campaign
from amplify.domain.guard import MOST_A_DAY, MOST_URGENT_A_DAY, cap_on, gap_between
from amplify.domain.likeness import ALIKE
from amplify.domain.when import zone_named
from amplify.services.looking.traces import Traces

_DAY = int(timedelta(days=1).total_seconds())


class _Groups:
    """Numbers that belong together, as far as is known."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, one: int) -> int:
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, ones: Iterable[int]) -> None:
        roots = {self.of(one) for one in ones}
        if roots:
            first = min(roots)
            for root in roots:
                self._above[root] = first

    def all(self) -> list[list[int]]:
        """Each in order, those of one number too."""
        found: dict[int, list[int]] = defaultdict(list)
        for one in range(len(self._above)):
            found[self.of(one)].append(one)
        return list(found.values())


def touching(sheets: Sequence[Traces], campaign: Campaign | None) -> list[list[int]]:
    """The numbers of those that have to be looked at together, each group in order."""
    groups = _Groups(len(sheets))
    _by_ids(sheets, groups)
    _by_templates(sheets, groups)
    if campaign is not None:
        _by_slots(sheets, groups, campaign)
    _by_words(sheets, groups)
    for language in sorted({language for sheet in sheets for language in sheet.pairs}):
        _by_likeness([sheet.pairs.get(language, ()) for sheet in sheets], groups)
    return groups.all()


def _by_ids(sheets: Sequence[Traces], groups: _Groups) -> None:
    """What is nowhere is told with the nearest of all that there are."""
    bears: dict[str, int] = {}
    for number, sheet in enumerate(sheets):
        for name in sheet.ids:
            groups.join((number, bears.setdefault(name, number)))
    for number, sheet in enumerate(sheets):
        groups.join((number, *(bears[name] for name in sheet.former | sheet.corrected if name in bears)))
        if not sheet.corrected <= bears.keys():
            groups.join(range(len(sheets)))


def _by_templates(sheets: Sequence[Traces], groups: _Groups) -> None:
    if any(sheet.persons for sheet in sheets):
        groups.join(number for number, sheet in enumerate(sheets) if sheet.templates)


def _by_slots(sheets: Sequence[Traces], groups: _Groups, campaign: Campaign) -> None:
    """Where a rule about the account's other posts could say no, all that it would count belong together."""
    gap = int(gap_between(campaign, on_loopback=False).total_seconds())
    zone, days = zone_named(campaign.zone), dict[int, date]()

    def day_of(slot: int) -> date:
        if slot not in days:
            days[slot] = datetime.fromtimestamp(slot, UTC).astimezone(zone).date()
        return days[slot]

    for begun in _by_account(sheet.slots for sheet in sheets):
        for (earlier, one), (later, other) in pairwise(begun):
            if one != other and later - earlier < gap:
                groups.join((one, other))
        for (earlier, _), (later, _), at in zip(begun, begun[MOST_A_DAY - 1 :], range(len(begun)), strict=False):
            if later - earlier <= _DAY:
                groups.join(number for _, number in begun[at : at + MOST_A_DAY])
        count = Counter(day_of(slot) for slot, _ in begun)
        full = {day for day, posts in count.items() if posts > cap_on(day, campaign, on_loopback=False)}
        _join_days(begun, full, day_of, groups)
    for begun in _by_account(sheet.urgent for sheet in sheets):
        count = Counter(day_of(slot) for slot, _ in begun)
        _join_days(begun, {day for day, posts in count.items() if posts > MOST_URGENT_A_DAY}, day_of, groups)


def _join_days(
    begun: Iterable[tuple[int, int]], full: Collection[date], day_of: Callable[[int], date], groups: _Groups
) -> None:
    for day in full:
        groups.join({number for slot, number in begun if day_of(slot) == day})


def _by_account(sheets: Iterable[Mapping[str, Sequence[int]]]) -> Iterable[list[tuple[int, int]]]:
    """Of each account, the slots of all with their numbers, in order."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, accounts in enumerate(sheets):
        for account, slots in accounts.items():
            found[account] += [(slot, number) for slot in slots]
    return (sorted(begun) for begun in found.values())


def _by_words(sheets: Sequence[Traces], groups: _Groups) -> None:
    says: dict[tuple[str, int], int] = {}
    for number, sheet in enumerate(sheets):
        for account, marks in sheet.said.items():
            for mark in marks:
                first = says.setdefault((account, mark), number)
                if first != number:
                    groups.join((first, number))


def _by_likeness(files: Sequence[Sequence[Sequence[int]]], groups: _Groups) -> None:
    """Texts that are alike share one of the first few of their pairs, in whatever order all pairs are put.

    The order of size is at hand; the order of rarity parts better, and is made of what the first has left.
    """
    texts = [(number, pairs) for number, file in enumerate(files) for pairs in file]
    kept = _sharing(texts, [pairs[: _few(pairs)] for _, pairs in texts])
    known = Counter(chain.from_iterable(pairs for _, pairs in kept))
    seen: dict[int, list[tuple[int, frozenset[int]]]] = defaultdict(list)
    for number, pairs in kept:
        own = frozenset(pairs)
        rare = [pair for pair in sorted(pairs, key=lambda pair: (known[pair], pair))[: _few(pairs)] if known[pair] > 1]
        for pair in rare:
            for other, others in seen[pair]:
                if groups.of(other) != groups.of(number) and len(own & others) >= ALIKE * len(own | others):
                    groups.join((other, number))
        for pair in rare:
            seen[pair].append((number, own))


def _few(pairs: Sequence[int]) -> int:
    return len(pairs) - ceil(ALIKE * len(pairs)) + 1


def _sharing(
    texts: Sequence[tuple[int, Sequence[int]]], starts: Sequence[Sequence[int]]
) -> list[tuple[int, Sequence[int]]]:
    """The texts of which some start stands in another file too."""
    within: dict[int, int] = {}
    shared: set[int] = set()
    for (number, _), start in zip(texts, starts, strict=True):
        for pair in start:
            if within.setdefault(pair, number) != number:
                shared.add(pair)
    return [text for text, start in zip(texts, starts, strict=True) if not shared.isdisjoint(start)]
