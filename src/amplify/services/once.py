"""An own post is boosted once on its account, whatever names it: this is code, and no setting changes it (design 8)."""

from collections.abc import Collection, Iterable

from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.services.named import named_by
from amplify.services.revision_copy import Copy


def shown_before(own: Collection[Key | None], shown: Delivery, sealed: Iterable[Delivery], copy: Copy) -> str:
    """The key of another delivery that has boosted this post, or may have; empty where there is none.

    What the network calls the post counts, so that neither another name nor an edit of it makes it a new one. A ledger
    that was restored has lost the envelope, and perhaps the account: there, what is written tells what was boosted.
    """
    if shown.receipt is None:
        return ""
    rows = {row.key: row for row in sealed if _same_account(row, shown)}
    for row in rows.values():
        if row.key in own or row.key == shown.key:
            continue
        if shown.receipt.remote_id == _boosted(row, rows, copy) or _may_have_boosted(row, copy):
            return str(row.key)
    return ""


def _same_account(row: Delivery, shown: Delivery) -> bool:
    """A delivery that a restored ledger had not seen leave yet knows no account."""
    return row.account == shown.account if row.account else row.key.channel == shown.key.channel


def _may_have_boosted(row: Delivery, copy: Copy) -> bool:
    """Nobody knows whether it is public nor what it was: it had no words, and is written no more."""
    return row.state is State.UNCONFIRMED and row.envelope is None and not row.text and row.key not in copy.wanted


def _boosted(row: Delivery, rows: dict[Key, Delivery], copy: Copy) -> str:
    """What it has boosted, in the network's words."""
    if row.envelope is not None:
        return row.envelope.boosts
    wanted = copy.wanted.get(row.key)
    if wanted is None or not wanted.post.boosts:
        return ""
    shown = named_by(row.key, wanted.post, copy.written.posts, rows.get)
    return shown.receipt.remote_id if shown is not None and shown.receipt is not None else ""
