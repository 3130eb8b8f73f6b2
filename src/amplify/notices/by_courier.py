"""A recipient and a heartbeat, each an address that is a secret: it is handed to the courier and to nobody else."""

from dataclasses import dataclass, field
from datetime import timedelta

from amplify.notices.errand import run_errand
from amplify.ports.way import STRAIGHT, Way

#: How long one errand may take, the start of its courier included.
PATIENCE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseNotifier:
    """`ports.notifier.Notifier` for one of the addresses that Apprise knows."""

    address: str = field(repr=False)
    patience: timedelta = PATIENCE
    way: Way = STRAIGHT

    @property
    def kind(self) -> str:
        return self.address.partition("://")[0] if "://" in self.address else "unknown"

    async def notify(self, title: str, body: str, *, urgent: bool) -> None:
        errand = {"do": "notify", "address": self.address, "title": title, "body": body}
        await run_errand({**errand, "urgent": "yes" if urgent else ""}, self.patience, self.way)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlHeartbeat:
    """`ports.notifier.Heartbeat` for any service that waits for somebody to fetch an address."""

    address: str = field(repr=False)
    patience: timedelta = PATIENCE
    way: Way = STRAIGHT

    async def beat(self) -> None:
        await run_errand({"do": "beat", "address": self.address}, self.patience, self.way)
