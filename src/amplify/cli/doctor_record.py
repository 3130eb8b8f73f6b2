"""amplify doctor: the record, the worker, the copies."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from amplify.bootstrap import App
from amplify.cli.told import from_now, many
from amplify.domain.delivery import State
from amplify.ports.examining import Observation, good, note, wrong

_SKEW = timedelta(minutes=5)
_AHEAD = timedelta(hours=24)
_OLD = timedelta(days=2)


def record(app: App) -> Iterator[Observation]:
    """Whether it is whole, and whether this machine's clock can be right."""
    ledger = app.ledger_if_any()
    if ledger is None:
        yield note("record", "Nothing is applied yet", "`amplify plan`, then `amplify apply`")
        return
    if fault := ledger.verify():
        advice = "Stop the worker, and read docs/backup.md before anything else"
        yield wrong("record", f"The record was changed: {fault}", advice)
        return
    lines, now = ledger.history(), app.clock.now()
    yield good("record", f"It is whole: {many(len(lines), 'line')}")
    if lines and lines[-1].at > now + _SKEW:
        told = f"The record's last line is of {lines[-1].at:%d %b %Y %H:%M} UTC, and this machine says it is {now:%d %b %Y %H:%M}"
        yield wrong("clock", told, "Set this machine's clock: slots are as right as it is (`timedatectl` on Linux)")


def worker(app: App) -> Iterator[Observation]:
    """Whether somebody publishes, or should."""
    ledger = app.ledger_if_any()
    if ledger is None:
        return
    if ledger.has_worker():
        yield good("worker", "It runs")
        return
    soon = ledger.deliveries((State.APPROVED,), app.clock.now() + _AHEAD)
    if soon:
        told = f"No worker runs on this machine, and {many(len(soon), 'post is', 'posts are')} due within 24 hours"
        yield wrong("worker", told, "Start it: `amplify run`, or `sudo systemctl start amplify`")
    else:
        yield note("worker", "No worker runs on this machine", "`amplify run` publishes what is due")


def copies(app: App) -> Iterator[Observation]:
    """How old the newest is. Files go by the time of the machine."""
    if app.ledger_if_any() is None:
        return
    kept = app.copies()
    if not kept:
        yield note("backup", "There is no copy of the ledger", "`amplify backup`, and keep one on another machine")
        return
    made = datetime.fromtimestamp(max(path.stat().st_mtime for path in kept), UTC)
    age = from_now(made, app.clock.machine())
    if app.clock.machine() - made > _OLD:
        yield note("backup", f"The newest copy of the ledger was made {age}", "`amplify backup`, every day")
    else:
        yield good("backup", f"The newest copy of the ledger was made {age}")
