"""A plan as people and programs read it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from amplify.cli.screen import columns, show, styled
from amplify.cli.told import iso, many, what
from amplify.domain.plan import Action, Change, Plan
from amplify.ports.ledger import Ledger

if TYPE_CHECKING:
    from rich.text import Text

_STYLES: Mapping[Action, str] = {
    Action.CREATE: "green",
    Action.MOVE: "yellow",
    Action.REWORD: "yellow",
    Action.CANCEL: "red",
    Action.PUBLISHED: "dim",
    Action.BLOCKED: "bold red",
}
_IN_WORDS: Mapping[Action, str] = {
    Action.CREATE: "to create",
    Action.MOVE: "to move",
    Action.REWORD: "to reword",
    Action.CANCEL: "to cancel",
    Action.BLOCKED: "blocked",
    Action.KEEP: "as they are",
    Action.PUBLISHED: "published",
}


def as_answer(plan: Plan, zone: tzinfo) -> dict[str, object]:
    return {
        "changes": [
            {
                "key": str(change.key),
                "post": change.key.post,
                "channel": change.key.channel,
                "action": change.action.value,
                "due": iso(change.due, zone),
                "text": change.text,
                "reasons": list(change.reasons),
            }
            for change in plan.changes
        ],
        "summary": dict(plan.summary()),
    }


def tell(plan: Plan, zone: tzinfo, ledger: Ledger | None) -> None:
    """What would change, day by day, and the sum."""
    shown = [change for change in plan.changes if _worth_a_line(change)]
    for day, changes in _by_day(shown, zone).items():
        show(styled(day, "bold"), columns([row for change in changes for row in _rows(change, zone, ledger)]), "")
    if plan.cancels_much:
        show(styled("This cancels more than half of what waits. Look twice: is a file missing?", "bold red"))
    show(summed(plan))


def summed(plan: Plan) -> str:
    """In one line: 2 to create, 1 to move, 40 as they are."""
    summary = plan.summary()
    parts = [f"{summary[action]} {words}" for action, words in _IN_WORDS.items() if summary[action]]
    return f"{many(len(plan.changes), 'delivery', 'deliveries')}: {', '.join(parts) or 'none written'}."


def _worth_a_line(change: Change) -> bool:
    if change.action is Action.KEEP:
        return False
    return change.action is not Action.PUBLISHED or bool(change.reasons)


def _by_day(changes: Sequence[Change], zone: tzinfo) -> Mapping[str, list[Change]]:
    days: dict[str, list[Change]] = {}
    for change in changes:
        days.setdefault(f"{change.due.astimezone(zone):%A %d %B %Y}", []).append(change)
    return days


def _rows(change: Change, zone: tzinfo, ledger: Ledger | None) -> list[Sequence["Text | str"]]:
    action = styled(change.action.value, _STYLES[change.action])
    reason = change.reasons[0] if change.reasons else ""
    at: datetime = change.due.astimezone(zone)
    rows: list[Sequence[Text | str]] = [(action, f"{at:%H:%M}", change.key.channel, what(change.key), reason)]
    before = ledger.delivery(change.key) if ledger is not None and change.event is not None else None
    if before is not None and before.due != change.due:
        rows.append(("", "", "", "", f"was {before.due.astimezone(zone):%a %d %b %H:%M}"))
    if before is not None and before.text and change.text and before.text != change.text:
        from amplify.cli.word_diff import word_diff

        rows.append(("", "", "", "", word_diff(before.text, change.text)))
    return rows
