"""What a lane has at hand, for tests that publish and look by hand."""

from datetime import datetime, timedelta

from amplify.bootstrap import App
from amplify.ports.ledger import Ledger
from amplify.services.desk import Desk
from amplify.services.office import Office

NONE = timedelta()


def desk_of(app: App, *, since: datetime, quarantine: timedelta = NONE, ledger: Ledger | None = None) -> Desk:
    """Of a worker that began at `since`. `ledger` is kept instead of the app's."""
    kept = ledger or app.ledger
    return Desk(
        ledger=kept,
        workshop=app.workshop,
        office=Office(ledger=kept, workshop=app.workshop),
        folder=app.folder,
        worker="a test",
        since=since,
        lease=app.settings.lease,
        quarantine=quarantine,
        secrets=frozenset,
    )
