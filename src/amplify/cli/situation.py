"""The status as a coordinator reads it: what needs a hand first, with the very words to type."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from shlex import quote
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from amplify.bootstrap import App
from amplify.cli.at_hand import AtHand, zone_of
from amplify.cli.screen import columns, show, styled
from amplify.cli.told import what, when
from amplify.domain.delivery import Delivery, State
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


def tell(seen: Status, app: App) -> None:
    """Print it."""
    zone = zone_of(app)
    for reason in seen.stopped:
        show(styled(f"STOPPED: {reason}.", "bold red"))
    if seen.stopped:
        show("Nothing goes out. `amplify resume --by NAME` goes on; a file STOP has to be removed as well.", "")
    for channel, reason in seen.halted.items():
        show(styled(f"HALTED: {channel}: {reason}", "bold red"))
    if not any(seen.counts.values()):
        show("Nothing is applied yet: `amplify plan` shows what is written, `amplify apply` takes it.")
        return
    waits = _waits(seen.deliveries, app)
    for title, states in _SECTIONS.items():
        rows = [row for row in seen.deliveries if row.state in states]
        _section(title, rows, zone, lambda row: waits.get(str(row.key), ""))
    counted = ", ".join(f"{number} {state}" for state, number in seen.counts.items() if number)
    show(f"{counted}.")
    if seen.more:
        show(f"{seen.more} more are not shown: `amplify status --all` shows them.")


_SECTIONS: Mapping[str, frozenset[State]] = {
    "Needs a hand": frozenset({State.UNCONFIRMED, State.HELD, State.FAILED}),
    "Missed": frozenset({State.MISSED}),
    "Went out": frozenset({State.PUBLISHED, State.WITHDRAWN}),
    "On its way": frozenset({State.CLAIMED, State.SENDING}),
    "Next": frozenset({State.APPROVED}),
    "Waits for a yes": frozenset({State.PLANNED}),
    "No longer written": frozenset({State.CANCELLED}),
}


def _section(title: str, rows: Iterable[Delivery], zone: ZoneInfo, waits: Callable[[Delivery], str]) -> None:
    lines = [line for row in rows for line in _lines(row, zone, waits(row))]
    if lines:
        show(styled(title, "bold"), columns(lines), "")


def _lines(row: Delivery, zone: ZoneInfo, waits: str) -> "list[_Row]":
    at = row.published_at or row.due
    url = row.receipt.url if row.receipt is not None else ""
    told = "; ".join(part for part in (url, waits, row.reason) if part)
    state = styled(row.state.value, _STYLES.get(row.state, ""))
    first: _Row = (state, when(at, zone), row.key.channel, what(row.key), told)
    return [first, *(("", "", "", "", styled(line, "cyan")) for line in _what_to_type(row))]


def _what_to_type(row: Delivery) -> list[str]:
    """The commands that answer for it."""
    if row.state is not State.UNCONFIRMED:
        return []
    key = quote(str(row.key))
    return [
        "Look on the channel. Is it there, or is it not?",
        f"amplify resolve {key} --published URL --by NAME",
        f"amplify resolve {key} --absent --by NAME",
    ]


def _waits(rows: Sequence[Delivery], app: App) -> Mapping[str, str]:
    """Key → for whom a planned delivery waits."""
    planned = [row for row in rows if row.state is State.PLANNED]
    if not planned:
        return {}
    desk = AtHand.of(app)
    stand = desk.ledger.approvals(row.key for row in planned)
    digests = {row.key: row.digest for row in planned}
    waits = {}
    for key, needed in desk.still_needed(planned).items():
        yes = sorted({each.by for each in stand.get(key, ()) if each.digest == digests[key]})
        said = f" ({', '.join(yes)} said yes)" if yes else ""
        waits[str(key)] = f"needs {needed} {'yes' if needed == 1 else 'yeses'}{said}"
    return waits
