"""For whom the deliveries of a plan wait before they may go out."""

from collections.abc import Mapping, Sequence

from amplify.domain.approval import Approval, still_needed, who_may
from amplify.domain.campaign import Campaign
from amplify.domain.delivery import WAITING, Event
from amplify.domain.key import Key
from amplify.domain.plan import Change
from amplify.domain.post import Post
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger
from amplify.services.plan import Planned


def waiting(planned: Planned, written: Written, ledger: Ledger | None) -> Mapping[Key, str]:
    """In words: how many more approvals are needed, who has given one, who may."""
    if written.campaign is None:
        return {}
    words = {change.key: digest for change in planned.plan.changes if (digest := _digest(change, planned))}
    stand = ledger.approvals(words) if ledger is not None else {}
    posts = {key: intent.wanted.post for key, intent in planned.intents.items()}
    told = {
        key: _told(posts[key], written.campaign, digest, stand.get(key, ()))
        for key, digest in words.items()
        if key in posts
    }
    return {key: said for key, said in told.items() if said}


def _digest(change: Change, planned: Planned) -> str:
    """Of the words that people are asked about; nothing where they are asked nothing."""
    if change.event not in {None, Event.REVISE, Event.RENEW}:
        return ""
    row = planned.known.get(change.key)
    return change.digest or (row.digest if row is not None and row.state in WAITING else "")


def _told(post: Post, campaign: Campaign, digest: str, approvals: Sequence[Approval]) -> str:
    missing = still_needed(post, campaign.rules, digest, approvals)
    if not missing:
        return ""
    may = who_may(post, campaign.coordinators)
    said = sorted({yes.by for yes in approvals if yes.digest == digest} & may)
    needs = f"needs {missing} {'more ' if said else ''}{'approval' if missing == 1 else 'approvals'}"
    given = f"; {', '.join(said)} said yes" if said else ""
    left = sorted(may.difference(said))
    return f"{needs}{given}; {', '.join(left)} may" if left else f"{needs}{given}"
