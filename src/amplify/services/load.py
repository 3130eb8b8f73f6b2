"""How much each account has to publish on each day once the plan is applied."""

from collections.abc import Iterator

from amplify.domain.delivery import SEALED, WAITING, Delivery, Event, State
from amplify.domain.load import Begun, Load, loads
from amplify.domain.plan import Action, Change
from amplify.domain.written import Written
from amplify.services.loopback import on_loopback
from amplify.services.plan import Planned

_NEW = frozenset({Action.CREATE, Action.MOVE, Action.REWORD})
_COUNTS = (WAITING | SEALED) - {State.WITHDRAWN}


def load(planned: Planned, written: Written) -> tuple[Load, ...]:
    """By day and account, of the channels that are written."""
    return loads(_begun(planned), written.campaign) if written.campaign is not None else ()


def _begun(planned: Planned) -> Iterator[Begun]:
    intents = planned.intents
    for change in planned.plan.changes:
        intent, row = intents.get(change.key), planned.known.get(change.key)
        if intent is not None and _goes(change, row):
            yield Begun(
                key=change.key,
                account=intent.account,
                at=row.begun_at if row is not None and row.begun_at is not None else change.due,
                urgent=intent.wanted.post.urgent,
                on_loopback=on_loopback(intent.wanted.channel, None),
            )


def _goes(change: Change, row: Delivery | None) -> bool:
    """Whether it will go out as far as we know, or has: what is held for its words, missed or cancelled does not."""
    if change.action in _NEW or change.event is Event.REVISE:
        return True
    return row is not None and row.state in _COUNTS and change.action in {Action.KEEP, Action.PUBLISHED}
