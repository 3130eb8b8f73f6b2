"""A campaign as the ledger holds it: what approvals, new slots and answers are given to.

Deliveries are made from the revision that was applied last, so people are asked about that, not about
files that somebody is just editing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from amplify.bootstrap import App
from amplify.domain.approval import people_missing, people_needed
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


@dataclass(frozen=True, slots=True, kw_only=True)
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
        chosen = list(rows)
        stand = self.ledger.approvals(row.key for row in chosen)
        return {row.key: people_missing(row.digest, self._needed(row.key), stand.get(row.key, ())) for row in chosen}

    def said_yes(self, by: str, rows: Iterable[Delivery]) -> frozenset[Key]:
        """The deliveries whose words, as they are now, `by` has said yes to."""
        digests = {row.key: row.digest for row in rows}
        stand = self.ledger.approvals(digests)
        return frozenset(key for key, yes in stand.items() if any((a.by, a.digest) == (by, digests[key]) for a in yes))

    def _needed(self, key: Key) -> int:
        post = self._posts.get(key.post)
        campaign = self.written.campaign
        return people_needed(post, campaign.rules) if post is not None and campaign is not None else 1

    @property
    def _posts(self) -> Mapping[str, "Post"]:
        posts = self.written.posts
        return {post.formerly: post for post in posts if post.formerly} | {post.id: post for post in posts}
