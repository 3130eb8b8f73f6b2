"""amplify plan: what is written against what the ledger knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amplify.domain.approval import Approval, still_needed
from amplify.domain.campaign import Rules
from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.domain.plan import Intent, Plan, diff
from amplify.domain.post import Post
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger
from amplify.services.crowding import with_crowds
from amplify.services.survey import Surveyed, survey
from amplify.services.workshop import Workshop, account_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan, what it was made of, and the ledger that it was made against: its epoch, and what it knew."""

    plan: Plan
    surveyed: Sequence[Surveyed]
    known: Mapping[Key, Delivery]
    epoch: int

    @property
    def intents(self) -> Mapping[Key, Intent]:
        """By the keys of the changes: what the ledger knows under a post's former id is found under it."""
        intents = [one.intent for one in self.surveyed]
        return {i.wanted.former: i for i in intents if i.wanted.former} | {i.wanted.key: i for i in intents}


def plan(written: Written, workshop: Workshop, ledger: Ledger | None) -> Planned:
    """Compare; without a ledger everything is new."""
    epoch = ledger.epoch() if ledger is not None else 0
    accounts = ledger.accounts() if ledger is not None else {}
    known = ledger.deliveries() if ledger is not None else ()
    stops = ledger.stops() if ledger is not None else ()
    by_key = {row.key: row for row in known}
    first = ledger.revision(1) if ledger is not None else None
    surveyed = survey(written, workshop, accounts, [stop for stop in stops if stop.lifted_at is None], by_key)
    words = ledger.words() if ledger is not None else ()
    surveyed = with_crowds(surveyed, written, workshop, accounts, words, by_key)
    made = diff(
        (one.intent for one in surveyed),
        known,
        now=workshop.clock.now(),
        accounts={name: account_of(channel, accounts) for name, channel in written.channels.items()},
        why_held=lambda row: why_held(row, written),
        lapsed=_lapsed(written, surveyed, known, ledger) if ledger is not None else {},
        began=first.at if first is not None else None,
    )
    return Planned(plan=made, surveyed=surveyed, known=by_key, epoch=epoch)


def _lapsed(
    written: Written, surveyed: Sequence[Surveyed], known: Sequence[Delivery], ledger: Ledger
) -> Mapping[Key, str]:
    """The approved deliveries that are approved no more by the people and rules as they are written now."""
    approved = {row.key: row for row in known if row.state in {State.APPROVED, State.CLAIMED}}
    stand = ledger.approvals(approved)
    lapsed: dict[Key, str] = {}
    for one in surveyed:
        wanted = one.intent.wanted
        for key in (wanted.key, wanted.former):
            if key in approved and written.campaign is not None:
                why = _why_lapsed(wanted.post, written.campaign.rules, approved[key], stand.get(key, ()))
                lapsed |= {key: why} if why else {}
    return lapsed


def _why_lapsed(post: Post, rules: Rules, row: Delivery, approvals: Sequence[Approval]) -> str:
    missing = still_needed(post, rules, row.digest, approvals)
    if not missing:
        return ""
    needs = f"needs {missing} more {'approval' if missing == 1 else 'approvals'}"
    own = any((yes.by, yes.digest) == (post.author, row.digest) for yes in approvals)
    return f"{post.author} wrote it, so that yes does not count; {needs}" if own else needs


def why_held(row: Delivery, written: Written) -> str:
    """Why a delivery that is not wanted any more must not be cancelled: what it came from cannot be read."""
    for file in ("config/campaign.yaml", "config/channels.yaml", row.file):
        if file in written.unread:
            return f"{file} cannot be read; `amplify check` says why"
    if written.campaign is None:
        return "config/campaign.yaml cannot be used; `amplify check` says why"
    if any(p.is_error and (p.post, p.channel) == (row.key.post, row.key.channel) for p in written.problems):
        return f"post {row.key.post} is wrong for {row.key.channel}; `amplify check` says why"
    if row.key.post in written.held_posts:
        return f"post {row.key.post} is wrong; `amplify check` says why"
    if row.key.channel in written.held_channels:
        return f"channel {row.key.channel} is wrong; `amplify check` says why"
    return ""
