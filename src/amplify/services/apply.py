"""amplify apply: the plan into the ledger, as one revision."""

from collections.abc import Mapping, Sequence

from amplify.domain.approval import Approval, still_needed
from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.moving import Moving, moved
from amplify.domain.past import BEFORE_A_YES
from amplify.domain.plan import Action, Change
from amplify.domain.written import Written
from amplify.ports.ledger import Changed, Ledger, LedgerError, NewDelivery, Outcome, Update
from amplify.services.plan import Planned, plan
from amplify.services.workshop import Workshop

_TRIES = 5


class CancelsMuch(Exception):
    """The change would cancel more than half of what waits: a person must apply it."""


def apply(
    files: Mapping[str, bytes],
    workshop: Workshop,
    ledger: Ledger,
    *,
    by: str,
    written: Written | None = None,
    unasked: bool = False,
) -> Planned:
    """Take the files as one revision, or nothing of them; what was planned, and against what.

    `written` is what these very files say, where they have been read already.
    `unasked` is the worker following the files: it leaves a change that cancels much to a person and
    raises CancelsMuch. Raises LedgerError.
    """
    written = workshop.author.read(files) if written is None else written
    if fault := workshop.protection.read().fault:
        raise LedgerError(fault)
    for _ in range(_TRIES):
        planned = plan(written, workshop, ledger)
        if unasked and planned.plan.cancels_much:
            raise CancelsMuch
        revision = ledger.revision()
        if revision is not None and revision.files == files and not planned.plan.steps:
            return planned
        try:
            _write(files, planned, workshop, ledger, by)
        except Changed:
            continue
        for change in planned.plan.steps:
            if change.silent:
                ledger.hush(change.key, now=workshop.clock.now())
        _approve_what_stands(written, planned, workshop, ledger)
        return planned
    raise Changed("the ledger keeps changing under this plan; try again in a moment")


def _write(files: Mapping[str, bytes], planned: Planned, workshop: Workshop, ledger: Ledger, by: str) -> None:
    steps = planned.plan.steps
    ledger.apply(
        files,
        [_row(change, change.state) for change in steps if change.state is not None],
        [_update(change, change.event) for change in steps if change.event is not None],
        epoch=planned.epoch,
        now=workshop.clock.now(),
        by=by,
    )


def _row(change: Change, state: State) -> NewDelivery:
    return NewDelivery(
        key=change.key,
        state=state,
        due=change.due,
        file=change.file,
        position=change.position,
        digest=change.digest,
        text=change.text,
        reason="; ".join(change.reasons) if state is not State.PLANNED else "",
    )


def _update(change: Change, event: Event) -> Update:
    why = (BEFORE_A_YES,) if BEFORE_A_YES in change.reasons else change.reasons if _tells_why(change, event) else ()
    return Update(
        key=change.key,
        version=change.version,
        event=event,
        reason="; ".join(why),
        slot=change.slot,
        due=change.due,
        file=change.file,
        position=change.position,
        digest=change.digest,
        text=change.text,
    )


def _tells_why(change: Change, event: Event) -> bool:
    """What is new or reworded waits for a yes and needs no reason; everything else that waits has one."""
    return event in {Event.HOLD, Event.CANCEL} or change.action is Action.BLOCKED


def _approve_what_stands(written: Written, planned: Planned, workshop: Workshop, ledger: Ledger) -> None:
    """A text that people said yes to before, and that is back as it was, needs no second yes."""
    if written.campaign is None:
        return
    posts = {one.intent.wanted.key: one.intent.wanted.post for one in planned.surveyed}
    keys = [change.key for change in planned.plan.steps if change.event in {Event.REVISE, Event.RENEW}]
    for key, approvals in ledger.approvals(keys).items():
        row, post = ledger.delivery(key), posts.get(key)
        if row is None or post is None or row.state is not State.PLANNED or not row.digest:
            continue
        rules = written.campaign.rules
        if still_needed(post, rules, row.digest, approvals) == 0:
            ledger.record(row, Outcome(event=Event.APPROVE, now=workshop.clock.now(), reason=_before(row, approvals)))
        elif rules.moving is not None and (told := _moved(row, approvals, rules.moving)):
            ledger.remark(row, f"{told}; it needs a new yes")


def _before(row: Delivery, approvals: Sequence[Approval]) -> str:
    same = any(yes.digest == row.digest for yes in approvals)
    return "approved before" if same else "approved before, and its figures have moved within the limits"


def _moved(row: Delivery, approvals: Sequence[Approval], moving: Moving) -> str:
    """Which figure has left the limits since the newest yes to the same words."""
    return next((told for yes in reversed(approvals) if (told := moved(yes.digest, row.digest, moving))), "")
