"""The status as a coordinator reads it: the brake on top, then what needs a hand, with the very words to type."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from amplify.bootstrap import App
from amplify.cli.advice import advice
from amplify.cli.at_hand import usable, zone_of
from amplify.cli.braked import told_brakes
from amplify.cli.screen import columns, show, styled
from amplify.cli.told import from_now, listed, many, what, when
from amplify.cli.waiting import Waiting
from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.domain.stop import in_the_way
from amplify.services.paused import Paused
from amplify.services.status import Status

if TYPE_CHECKING:
    from rich.text import Text

    _Row = Sequence["Text | str"]

_STYLES: Mapping[State, str] = {
    State.PUBLISHED: "green",
    State.APPROVED: "green",
    State.PLANNED: "yellow",
    State.HELD: "bold red",
    State.UNCONFIRMED: "bold red",
    State.MISSED: "red",
    State.FAILED: "red",
}
_SECTIONS: Mapping[str, frozenset[State]] = {
    "Needs a hand": frozenset({State.UNCONFIRMED, State.HELD, State.FAILED}),
    "Missed; it goes out only if you say so": frozenset({State.MISSED}),
    "Went out": frozenset({State.PUBLISHED, State.WITHDRAWN}),
    "On its way": frozenset({State.CLAIMED, State.SENDING}),
    "Next": frozenset({State.APPROVED}),
    "Waits for a yes": frozenset({State.PLANNED}),
    "No longer written, or taken back": frozenset({State.CANCELLED}),
}
_AHEAD = frozenset({State.APPROVED, State.PLANNED})


def tell(
    seen: Status,
    waits: Mapping[Key, Waiting],
    urgent: frozenset[str],
    app: App,
    *,
    again: Mapping[str, str],
    pauses: Mapping[str, Paused],
    narrowed: bool,
) -> None:
    """Print it; `again` is what boosts show, `pauses` the channels that wait for their servers, `narrowed` where somebody asked for some of it, or for all."""
    told_brakes(seen, usable(app), urgent)
    _tell_channels(seen, pauses, app)
    if not any(seen.counts.values()):
        show("Nothing is applied yet: `amplify plan` shows what is written, `amplify apply` takes it.")
        return
    if seen.unattended:
        told = f"NO WORKER RUNS HERE, and {many(seen.unattended, 'delivery is', 'deliveries are')} due: start `amplify run`."
        show(styled(told, "bold red"), "")
    elif not seen.worker:
        show(styled("No worker runs here, so nothing goes out: `amplify run` publishes.", "yellow"), "")
    board = _Board(seen=seen, waits=waits, urgent=urgent, again=again, zone=zone_of(app), now=app.clock.now())
    for title, states in _SECTIONS.items():
        lines = board.lines(row for row in seen.deliveries if row.state in states)
        if lines:
            more = (styled("  amplify approve --by NAME", "cyan"),) if State.PLANNED in states else ()
            show(styled(title, "bold"), columns(lines), *more, "")
    if not seen.deliveries:
        show("Nothing of that is there." if narrowed else "Nothing within 24 hours of now, and nothing is open.")
    counted = ", ".join(f"{number} {state}" for state, number in seen.counts.items() if number)
    show(f"{counted}.{' The worker runs.' if seen.worker else ''}")
    if seen.more and not narrowed:
        show(f"{seen.more} more are not shown: `amplify status --all` shows them.")


def _tell_channels(seen: Status, pauses: Mapping[str, Paused], app: App) -> None:
    """Those that publish nothing just now, and why."""
    for channel, reason in seen.halted.items():
        show(styled(f"HALTED: {channel}: {reason}", "bold red"))
    for away in seen.away:
        since = when(away.since, zone_of(app))
        told = f"NOT CONNECTED: {away.channel}, since {since}: {away.why.rstrip('.')}."
        show(styled(f"{told} `amplify channels check {away.channel}` looks now.", "bold red"))
    for channel, pause in pauses.items():
        until = f"{when(pause.until, zone_of(app))} ({from_now(pause.until, app.clock.machine())})"
        show(styled(f"WAITS: {channel}: {pause.what}. It goes on by itself {until}.", "yellow"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Board:
    seen: Status
    waits: Mapping[Key, Waiting]
    urgent: frozenset[str]
    again: Mapping[str, str]
    zone: ZoneInfo
    now: datetime

    def lines(self, rows: Iterable[Delivery]) -> "list[_Row]":
        """Deliveries of one post that stand alike share a line; below it, what to type."""
        lines: list[_Row] = []
        for alike in _folded(rows, self._told):
            row = alike[0]
            at = row.published_at or row.due
            left = f" ({from_now(at, self.now)})" if row.state in _AHEAD else ""
            state = styled(row.state.value, _STYLES.get(row.state, ""))
            where = ", ".join(each.key.channel for each in alike)
            lines.append((state, f"{when(at, self.zone)}{left}", where, self._what(row.key), self._told(row)))
            whole = self.seen.unsent.get((row.key.edition, row.key.post), 0) == len(alike)
            lines += [("", "", "", "", styled(line, "cyan")) for line in advice(alike, whole=whole)]
        return lines

    def _what(self, key: Key) -> str:
        """A boost has no words that would tell what it is."""
        shown = self.again.get(key.post)
        return f"{what(key)}, shows {shown} again" if shown else what(key)

    def _told(self, row: Delivery) -> str:
        url = row.receipt.url if row.receipt is not None else ""
        waits = self.waits[row.key].told() if row.key in self.waits else ""
        return "; ".join(part for part in (url, self._stopped(row), waits, row.reason) if part)

    def _stopped(self, row: Delivery) -> str:
        """What a stop does to it; afterwards it is missed."""
        if row.state not in _AHEAD:
            return ""
        stops = list(in_the_way(self.seen.stops, row.key, urgent=row.key.post in self.urgent))
        if row.due <= self.now and any(stop.contains(row.due) for stop in stops):
            return "its time fell into the stop, so it will be missed"
        return f"stopped by {listed({stop.by for stop in stops})}" if stops else ""


def _folded(rows: Iterable[Delivery], told: Callable[[Delivery], str]) -> list[list[Delivery]]:
    folded: dict[tuple[object, ...], list[Delivery]] = {}
    for row in rows:
        same = (row.state, row.published_at or row.due, row.key.edition, what(row.key), told(row), row.file)
        folded.setdefault(same, []).append(row)
    return list(folded.values())
