"""A campaign as the ledger holds it: what approvals, new slots and answers are given to.

Deliveries are made from the revision that was applied last, so people are asked about that, not about
files that somebody is just editing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from amplify.bootstrap import App
from amplify.domain.approval import Approval, still_needed, who_may
from amplify.domain.campaign import Campaign
from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.domain.when import zone_named
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger, LedgerError

if TYPE_CHECKING:
    from amplify.domain.post import Post


def usable(app: App) -> Campaign:
    """The campaign as the files say it. Raises LedgerError where config/campaign.yaml cannot be used."""
    campaign = app.written.campaign
    if campaign is None:
        raise LedgerError("config/campaign.yaml cannot be used; `amplify check` says why")
    return campaign


def zone_of(app: App) -> ZoneInfo:
    """Raises LedgerError."""
    return zone_named(usable(app).zone)


@dataclass(frozen=True, kw_only=True)
class AtHand:
    """`written` is the revision in force."""

    app: App
    ledger: Ledger
    written: Written
    zone: ZoneInfo

    @classmethod
    def of(cls, app: App) -> "AtHand":
        """Raises LedgerError where nothing is applied yet."""
        zone = zone_of(app)
        ledger = app.ledger_if_any()
        revision = ledger.revision() if ledger is not None else None
        if ledger is None or revision is None:
            raise LedgerError("nothing is applied yet; `amplify apply` comes first")
        return cls(app=app, ledger=ledger, written=app.author.read(revision.files), zone=zone)

    def check_new_name(self, by: str) -> None:
        """Raises LedgerError where `by` stands in the files, but the ledger has not taken them yet."""
        in_force = self.written.campaign.coordinators if self.written.campaign is not None else frozenset()
        if by not in in_force and by in usable(self.app).coordinators:
            raise LedgerError(f"{by} is new in config/campaign.yaml; `amplify apply` takes that, then say it again")

    def still_needed(self, rows: Iterable[Delivery]) -> Mapping[Key, int]:
        """How many more people must say yes to each."""
        chosen, posts, campaign = list(rows), self._posts, self.written.campaign
        stand = self.ledger.approvals(row.key for row in chosen)
        return {
            row.key: still_needed(posts[row.key.post], campaign.rules, row.digest, stand.get(row.key, ()))
            if campaign is not None and row.key.post in posts
            else 1
            for row in chosen
        }

    def said_yes(self, by: str, rows: Iterable[Delivery]) -> frozenset[Key]:
        """The deliveries whose words, as they are now, `by` has said yes to."""
        digests = {row.key: row.digest for row in rows}
        stand = self.ledger.approvals(digests)
        return frozenset(key for key, yes in stand.items() if any((a.by, a.digest) == (by, digests[key]) for a in yes))

    def may(self, row: Delivery, stand: Iterable[Approval]) -> frozenset[str]:
        """Whose yes would count for it and is not given yet."""
        post, campaign = self._posts.get(row.key.post), self.written.campaign
        if post is None or campaign is None:
            return frozenset()
        return who_may(post, campaign.coordinators) - {yes.by for yes in stand if yes.digest == row.digest}

    def not_own(self, by: str, row: Delivery) -> str:
        """Why `by` may not say yes to it, because they wrote it; empty where somebody else did."""
        from amplify.services.approve import own_post

        post = self._posts.get(row.key.post)
        return own_post(by, post, self.written) if post is not None else ""

    @cached_property
    def _posts(self) -> "Mapping[str, Post]":
        from amplify.services.approve import posts_by_name

        return posts_by_name(self.written)
