"""amplify approve and revoke: a named person's yes to exact words at an exact time, and taking it back."""

from collections.abc import Sequence
from datetime import datetime

from amplify.domain.approval import Approval, people_missing, people_needed
from amplify.domain.delivery import WAITING, Delivery, State
from amplify.domain.key import Key
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger, LedgerError
from amplify.services.workshop import Workshop


def waiting(what: str, written: Written, ledger: Ledger, until: datetime | None = None) -> list[Delivery]:
    """The deliveries of a post, or the one of a key, that wait and are due before `until`.

    Raises LedgerError where the ledger knows none by that name.
    """
    rows = named(what, written, ledger)
    return [row for row in rows if row.state in WAITING and (until is None or row.due <= until)]


def named(what: str, written: Written, ledger: Ledger) -> list[Delivery]:
    """Every delivery of a post, or the one of a key. Raises LedgerError where the ledger knows none."""
    edition = written.campaign.edition if written.campaign is not None else ""
    rows = [
        row
        for row in ledger.deliveries()
        if str(row.key) == what or (row.key.post == what and row.key.edition == edition)
    ]
    if not rows:
        raise LedgerError(f"the ledger knows no post or delivery called {what}; `amplify apply` takes what is written")
    return rows


def approve(
    rows: Sequence[Delivery], written: Written, workshop: Workshop, ledger: Ledger, *, by: str, via: str
) -> list[Delivery]:
    """Say yes to each row's words as the ledger holds them. Raises LedgerError.

    What is held has no words to say yes to and is left as it is.
    """
    if written.campaign is None:
        raise LedgerError("config/campaign.yaml cannot be used, so nobody knows how many people must approve")
    check_name(by, written)
    posts = {post.id: post for post in written.posts} | {post.formerly: post for post in written.posts if post.formerly}
    approved = []
    for row in rows:
        post = posts.get(row.key.post)
        if post is None or not row.digest or row.state is State.HELD:
            continue
        needed = people_needed(post, written.campaign.rules)
        yes = Approval(key=row.key, digest=row.digest, by=by, at=workshop.clock.now(), via=via)

        def enough(stand: Sequence[Approval], row: Delivery = row, needed: int = needed) -> bool:
            return people_missing(row.digest, needed, stand) == 0

        approved.append(ledger.approve(row, yes, enough=enough))
    return approved


def revoke(keys: Sequence[Key], workshop: Workshop, ledger: Ledger, *, by: str) -> list[Delivery]:
    """Take every yes back. Raises LedgerError."""
    return [ledger.revoke(key, by=by, now=workshop.clock.now()) for key in keys]


def check_name(by: str, written: Written) -> None:
    """Raises LedgerError unless `by` is a coordinator: it is a statement, named and not proven."""
    known = written.campaign.coordinators if written.campaign is not None else frozenset()
    if by not in known:
        raise LedgerError(
            f"{by} is no coordinator of this campaign; config/campaign.yaml names {', '.join(sorted(known)) or 'nobody'}"
        )
