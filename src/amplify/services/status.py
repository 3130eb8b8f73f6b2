"""amplify status: what went out, what is next, what waits for whom, what needs a hand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from amplify.domain.delivery import SEALED, Delivery, State
from amplify.domain.protected import Register
from amplify.domain.stop import Stop
from amplify.ports.author import Folder
from amplify.ports.ledger import Account, Ledger
from amplify.ports.reaching import Away

_WINDOW = timedelta(hours=24)
_MOST = 500
#: Shown whenever they are: somebody must do something about them.
_OPEN = frozenset({State.HELD, State.UNCONFIRMED, State.SENDING, State.CLAIMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`stopped` is empty or the reasons; `more` counts the deliveries left out; `halted` is channel → reason.

    `stops` are those in force. `unsent` counts by post, in the edition of each key, what is not public and could
    still be given a new slot. `worker`: somebody publishes from this ledger now; `unattended` counts what is due and
    approved while nobody does. `away` are the channels that the worker cannot connect.
    """

    stopped: tuple[str, ...]
    deliveries: Sequence[Delivery]
    counts: Mapping[str, int]
    more: int
    halted: Mapping[str, str]
    stops: Sequence[Stop] = ()
    unsent: Mapping[tuple[str, str], int] = field(default_factory=dict)
    worker: bool = False
    unattended: int = 0
    away: Sequence[Away] = ()


def status(
    ledger: Ledger,
    folder: Folder,
    now: datetime,
    *,
    all: bool,
    post: str,
    state: State | None,
    register: Register = Register(),  # noqa: B008 - it is frozen and says nothing
) -> Status:
    """By default the last and next 24 hours and all that is open, at most 500."""
    rows = ledger.deliveries()
    counts = Counter(row.state.value for row in rows)
    chosen = [row for row in rows if post in ("", row.key.post) and state in (None, row.state)]
    if not all and state is None and not post:
        chosen = [row for row in chosen if _near(row, now)]
    shown = chosen if all else chosen[:_MOST]
    stops = ledger.stops()
    open_rows = (row for row in rows if row.state not in SEALED and row.state is not State.CANCELLED)
    worker = ledger.has_worker()
    due = sum(row.state is State.APPROVED and row.due <= now for row in rows)
    halted = _halted(ledger.accounts())
    return Status(
        stopped=brakes(stops, folder, register),
        deliveries=shown,
        counts={each.value: counts[each.value] for each in State},
        more=len(rows) - len(shown),
        halted=halted,
        stops=[stop for stop in stops if stop.lifted_at is None],
        unsent=Counter((row.key.edition, row.key.post) for row in open_rows),
        worker=worker,
        unattended=0 if worker else due,
        away=[one for one in ledger.away() if one.channel not in halted] if worker else (),
    )


def brakes(
    stops: Sequence[Stop],
    folder: Folder,
    register: Register = Register(),  # noqa: B008 - it is frozen and says nothing
) -> tuple[str, ...]:
    """Everything that keeps posts from going out now, in words."""
    try:
        said = [f"the file {name} lies in the campaign's folder" for name in folder.stop_files()]
    except OSError:
        said = ["the campaign's folder cannot be looked into"]
    said += [register.fault] if register.fault else []
    return (*said, *(told_stop(stop) for stop in stops if stop.lifted_at is None))


def told_stop(stop: Stop) -> str:
    where = f" on {stop.channel}" if stop.channel else ""
    but = f", except {', '.join(sorted(stop.except_posts))}" if stop.except_posts else ""
    return f"{stop.by} stopped it{where}{but}: {stop.reason}"


def _near(row: Delivery, now: datetime) -> bool:
    at = row.published_at or row.due
    return row.state in _OPEN or abs(at - now) <= _WINDOW


def _halted(accounts: Mapping[str, Account]) -> Mapping[str, str]:
    return {name: account.halted for name, account in accounts.items() if account.halted}
