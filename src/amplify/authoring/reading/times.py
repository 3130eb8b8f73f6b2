"""When a post is due: one time, several, one for each language, rows, or a repetition."""

from collections.abc import Iterator
from itertools import islice

from amplify.authoring.reading.findings import error, warning
from amplify.authoring.reading.nodes import Items, Node, Scalar, Table, follow, key_place, place_of
from amplify.authoring.reading.post_schema import PostEntry, RepeatEntry
from amplify.authoring.reading.world import World
from amplify.domain.post import Repeat, Times
from amplify.domain.problem import Problem
from amplify.domain.when import When, on_wall, parse_when, resolve

#: Times as our schema reads them.
WrittenTimes = When | list[When] | dict[str, When | list[When]] | None
_BY_EVENT = "before"
_MANY = 1000


def times(written: WrittenTimes) -> Times:
    """As the domain has them."""
    if isinstance(written, dict):
        return {language: _tuple(one) for language, one in written.items()}
    return _tuple(written)


def occurs(written: WrittenTimes) -> bool:
    """Whether these are several times: then each makes an occurrence."""
    return any(isinstance(one, list) for one in (written.values() if isinstance(written, dict) else [written]))


def repeated(entry: RepeatEntry | None) -> Repeat | None:
    if entry is None:
        return None
    return Repeat(every=entry.every, cron=entry.cron, since=entry.since, until=entry.until)


def time_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    """Errors of choice and of repetition; warnings of nights on which clocks change."""
    ways = [name for name in ("at", "each", "repeat") if name in entry.model_fields_set]
    if not ways:
        yield error(
            "missing-key",
            "`at` is missing: nobody knows when",
            node.place,
            "write `at: D-7 09:00`, or `each` or `repeat`",
        )
    if "repeat" in ways and len(ways) > 1:
        told = f"`repeat` and `{ways[0]}` do not go together"
        yield error("contradiction", told, key_place(node, "repeat"), "keep one of them")
    for name, row in entry.each.items():
        if row.at is None and entry.at is None:
            told = f"row {name} has no time"
            yield error("missing-key", told, place_of(node, "each", name), "write `at: D-7 09:00` in it")
    yield from _twice(node)
    if entry.repeat is not None:
        yield from _repeat(entry.repeat, node, world)
    if world.campaign is not None:
        for scalar, when in _whens(node):
            told = resolve(when, world.campaign.day, world.campaign.zone).warning
            if told:
                yield warning("dst", f"the clocks change: {told}", scalar.place, "choose another hour, if that matters")


def _tuple(written: When | list[When] | None) -> tuple[When, ...]:
    return tuple(written) if isinstance(written, list) else () if written is None else (written,)


def _twice(node: Node) -> Iterator[Problem]:
    for listed in _lists(node):
        seen: set[str] = set()
        for item in listed.items:
            when = parse_when(item.value) if isinstance(item, Scalar) else None
            if when is not None and when.label in seen:
                told = f"{when.label} stands in this list twice"
                yield error("duplicate-time", told, item.place, "remove one of them")
            if when is not None:
                seen.add(when.label)


def _lists(node: Node) -> Iterator[Items]:
    for at in _ats(node):
        for one in (at, *at.entries.values()) if isinstance(at, Table) else (at,):
            if isinstance(one, Items):
                yield one


def _whens(node: Node) -> Iterator[tuple[Scalar, When]]:
    for at in _ats(node):
        for one in at.entries.values() if isinstance(at, Table) else (at,):
            for scalar in one.items if isinstance(one, Items) else (one,):
                if isinstance(scalar, Scalar):
                    yield scalar, parse_when(scalar.value)


def _ats(node: Node) -> Iterator[Node]:
    """Every `at` of the entry: its own, and those of its rows that do not go by an event."""
    each = follow(node, ["each"])
    rows = each.entries.values() if isinstance(each, Table) and each is not node else ()
    for owner in (node, *rows):
        at = owner.entries.get("at") if isinstance(owner, Table) else None
        if at is not None and not (isinstance(at, Table) and _BY_EVENT in at.entries):
            yield at


def _repeat(entry: RepeatEntry, node: Node, world: World) -> Iterator[Problem]:
    place = key_place(node, "repeat")
    if bool(entry.every) == bool(entry.cron):
        yield error("contradiction", "`repeat` needs either `every` or `cron`", place, "write `every: monday 09:00`")
        return
    if entry.until < entry.since:
        yield error(
            "out-of-range", "this repetition ends before it begins", place_of(node, "repeat", "until"), "change `until`"
        )
        return
    rule = "cron" if entry.cron else "every"
    if entry.cron and any(letter.isdigit() for letter in entry.cron.split()[-1:][0]):
        hint = "write mon, tue, wed, thu, fri, sat or sun: numbers mean different days in different programs"
        yield error("not-a-rule", "`cron` must name its weekdays", place_of(node, "repeat", "cron"), hint)
        return
    try:
        firings = [local for _, local in islice(world.recurrence.wall_times(_rule(entry)), _MANY + 1)]
    except ValueError as bad:
        told, _, hint = str(bad).partition("; ")
        yield error("not-a-rule", told, place_of(node, "repeat", rule), hint)
        return
    if not firings:
        yield error(
            "empty-repeat", "this never happens between `from` and `until`", place, "change the rule or the dates"
        )
    if len(firings) > _MANY:
        yield error(
            "too-many", f"this happens more than {_MANY} times", place, "bring `from` and `until` closer together"
        )
    if world.campaign is not None:
        jumps = [said for local in firings[:_MANY] if (said := on_wall(local, world.campaign.zone).warning)]
        if jumps:
            yield warning(
                "dst", f"the clocks change: {'; '.join(jumps)}", place, "choose another hour, if that matters"
            )


def _rule(entry: RepeatEntry) -> Repeat:
    return Repeat(every=entry.every, cron=entry.cron, since=entry.since, until=entry.until)
