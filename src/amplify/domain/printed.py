"""May what a text prints still be printed? Asked at the slot by `plan`, and at the send of every number again."""

from collections.abc import Iterable
from datetime import date

from amplify.domain.doubt import jump
from amplify.domain.figure import Figure
from amplify.domain.moving import Moving
from amplify.domain.proposal import Proposal
from amplify.domain.rendition import FigureUsed


def outdated(used: Iterable[FigureUsed], today: date, moving: Moving | None) -> str:
    """Why one of these numbers is not to be printed on that day; empty where all may be.

    Where numbers may move under a yes, they must be as fresh as that rule says, too.
    """
    for one in used:
        age = (today - one.as_of).days
        most = one.max_age_days if moving is None else min(one.max_age_days, moving.max_age.days)
        if age > most:
            return f"figure {one.id} is of {one.as_of}: {age} days old, {most} allowed"
        if age < 0:
            return f"figure {one.id} is dated {one.as_of}, which is still to come"
        if one.untrue_from is not None and one.untrue_from <= today:
            return f"figure {one.id}: {one.untrue}"
    return ""


def contradicted(used: Iterable[Figure], waiting: Iterable[Proposal]) -> str:
    """Which open proposal says that one of these numbers has moved further than is likely; empty where none does."""
    by_id = {one.id: one for one in used}
    for proposal in waiting:
        figure = by_id.get(proposal.figure)
        if figure is None or proposal.as_of <= figure.as_of:
            continue
        if told := jump(figure, proposal.version, figure.bounds):
            confirm = f"look at the source, then `amplify figures confirm {figure.id}`, or `--reject`"
            return f"figure {figure.id} may be out of date, {proposal.by} proposes another number: {told} ({confirm})"
    return ""
