"""What one lane has at hand while it publishes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from amplify.ports.author import Folder
from amplify.ports.clock import Clock
from amplify.ports.ledger import Ledger
from amplify.services.office import Office
from amplify.services.workshop import Workshop


def pass_on(_: str) -> None:
    """A checkpoint in production: nothing happens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Spans are machine time; see config/settings.py. `since` is when this worker began. `secrets` tells all that are loaded: none may be published.

    `checkpoint` is called with a name between the steps of a delivery, so that tests can end a real
    process there.
    """

    ledger: Ledger
    workshop: Workshop
    office: Office
    folder: Folder
    worker: str
    since: datetime
    lease: timedelta
    quarantine: timedelta
    secrets: Callable[[], frozenset[str]]
    checkpoint: Callable[[str], None] = pass_on

    @property
    def clock(self) -> Clock:
        return self.workshop.clock
