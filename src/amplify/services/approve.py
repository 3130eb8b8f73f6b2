"""amplify approve and revoke: a named person's yes to exact words at an exact time, and taking it back."""

from collections.abc import Sequence
from datetime import datetime

from amplify.domain.approval import Approval, still_needed, who_may
from amplify.domain.delivery import WAITING, Delivery, State
from amplify.domain.key import Key
from amplify.domain.post import Post
from amplify.domain.written import Written
from amplify.ports.ledger import Changed, Ledger, LedgerError
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
    rows: Sequence[Delivery], written: Written, workshop: Workshop, ledger: Ledger, *, by: str, via: str, note: str = ""
) -> list[Delivery]:
    """Say yes to each row's words as they were shown; returns those that it could be said to. Raises LedgerError.

    What is held has no words to say yes to and is left as it is, and so is what has changed since it was shown.
    """
    if written.campaign is None:
        raise LedgerError("config/campaign.yaml cannot be used, so nobody knows how many people must approve")
    check_name(by, written)
    posts, rules = posts_by_name(written), written.campaign.rules
    chosen = [row for row in rows if row.key.post in posts and row.digest and row.state is not State.HELD]
    for row in chosen:
        if own := own_post(by, posts[row.key.post], written):
            raise LedgerError(own)
    approved = []
    for row in chosen:
        post = posts[row.key.post]
        now = workshop.clock.now()
        yes = Approval(key=row.key, digest=row.digest, by=by, at=now, via=via, note=note, text=row.text, due=row.due)

        def enough(stand: Sequence[Approval], row: Delivery = row, post: Post = post) -> bool:
            return still_needed(post, rules, row.digest, stand) == 0

        try:
            approved.append(ledger.approve(row, yes, enough=enough))
        except Changed:
            continue
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


def own_post(by: str, post: Post, written: Written) -> str:
    """Why `by` may not say yes to a post, and who may; empty where somebody else wrote it."""
    if by != post.author:
        return ""
    others = who_may(post, written.campaign.coordinators if written.campaign is not None else ())
    may = f"{' or '.join(sorted(others))} may" if others else "config/campaign.yaml has to name somebody else first"
    return f"{by} wrote {post.id}, and nobody approves their own post: {may}"


def posts_by_name(written: Written) -> dict[str, Post]:
    """Under their former ids too: their deliveries may still have those."""
    return {post.formerly: post for post in written.posts if post.formerly} | {post.id: post for post in written.posts}
