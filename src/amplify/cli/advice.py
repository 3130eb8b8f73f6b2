"""What to do about a delivery that needs a hand, as the very words to type. Reasons are told apart by their words."""

import re
from collections.abc import Mapping, Sequence
from shlex import quote

from amplify.domain.delivery import Delivery, State
from amplify.domain.past import UNKNOWN

_FIGURE = re.compile(r"\bfigure (\S+) is (?:of|dated)\b")
_APPLY = "then: amplify apply"
#: Words of a reason → what to type; an empty line stands for a new slot.
_WHY_HELD: Mapping[str, Sequence[str]] = {
    "no longer those that were planned": ["amplify plan", "amplify apply"],
    "again: true": [f"Write other words in {{file}}, or `again: true`, {_APPLY}"],
    "would be cut elsewhere now": [f"Put its words in {{file}} and the figures back as they were, {_APPLY}"],
    "part of this thread is public": [f"Put the parts in {{file}} back as they were, {_APPLY}"],
    "urgent posts went out today": ["Tomorrow:", ""],
    "the thread stopped before this part": ["If the thread should still go on:", ""],
    "fell into a stop": ["If the thread should still go on:", ""],
    "there is nothing to correct": [
        f"Name in {{file}} only channels where it is public, {_APPLY}",
        "If it has become public there meanwhile:",
        "",
    ],
    "the part before it is": ["The part before it comes first."],
}


def advice(rows: Sequence[Delivery], *, whole: bool) -> list[str]:
    """For deliveries of one post that stand alike; `whole`: they are all of it that is not public."""
    row = rows[0]
    names = [row.key.post] if whole else [quote(str(each.key)) for each in rows]
    match row.state:
        case State.UNCONFIRMED:
            return _unconfirmed(rows)
        case State.HELD:
            return _held(row, names)
        case State.MISSED:
            return _missed(row, names)
        case State.FAILED:
            return [f"Write it another way in {row.file}, {_APPLY}"]
        case _:
            return []


def _unconfirmed(rows: Sequence[Delivery]) -> list[str]:
    said = ["Look on the channel. Is it there, or is it not?"]
    for row in rows:
        key = quote(str(row.key))
        said += [f"amplify resolve {key} --published URL --by NAME", f"amplify resolve {key} --absent --by NAME"]
    return said


def _missed(row: Delivery, names: Sequence[str]) -> list[str]:
    if "its day is over" in row.reason:
        return ["Its day is over. Write it anew if it still matters."]
    if row.reason == UNKNOWN:
        leave = "Look on the channel. Is it there? Then leave it. Only if it is not, and still matters:"
        return [leave, *_now(names, "--not-published-yet ")]
    return _now(names)


def _held(row: Delivery, names: Sequence[str]) -> list[str]:
    if figure := _FIGURE.search(row.reason):
        return [f"Write value, as_of and source of {figure[1]} anew in config/figures.yaml, {_APPLY}"]
    for words, lines in _WHY_HELD.items():
        if words in row.reason:
            return [line.format(file=row.file) for line in lines if line] + (_now(names) if "" in lines else [])
    return ["amplify check", f"Correct {row.file}, {_APPLY}"]


def _now(names: Sequence[str], but: str = "") -> list[str]:
    return [f"amplify now {name} {but}--by NAME" for name in names]
