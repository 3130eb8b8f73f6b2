"""What a delivery hangs on: the parts before and after it in a thread, or what it corrects, quotes or boosts."""

from dataclasses import dataclass, replace

from amplify.domain.delivery import SEALED, Delivery, State
from amplify.domain.envelope import Parents
from amplify.domain.rendition import FigureUsed, Limits
from amplify.domain.wanted import Wanted
from amplify.ports.author import UnusableText
from amplify.services.compose import compose
from amplify.services.desk import Desk
from amplify.services.named import named_by
from amplify.services.once import shown_before
from amplify.services.revision_copy import Copy
from amplify.services.splitting import FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """See `guard.Situation`; `parents` is what it hangs on. All empty for a post that stands alone."""

    previous: State | None = None
    named: State | None = None
    shown_before: str = ""
    parents: Parents | None = None
    figures: tuple[FigureUsed, ...] = ()
    torn: str = ""


def company(row: Delivery, wanted: Wanted, copy: Copy, desk: Desk, limits: Limits) -> Company:
    """Raises LedgerError."""
    if wanted.post.corrects:
        return _correcting(wanted, copy, desk)
    shown = _showing(row, wanted, copy, desk) if wanted.post.names and wanted.position == 0 else Company()
    if not wanted.post.is_thread:
        return shown
    if wanted.position == 0:
        return replace(_after(row, wanted, copy, desk, limits), named=shown.named, parents=shown.parents)
    return _before(row, wanted, desk)


def _correcting(wanted: Wanted, copy: Copy, desk: Desk) -> Company:
    """A reply to what it corrects; where that was withdrawn, there is nothing left to reply to."""
    wrong = named_by(wanted.key, wanted.post, copy.written.posts, desk.ledger.delivery)
    if wrong is None:
        return Company()
    if other := _unsettled(wanted, copy, desk):
        told = f"nobody knows yet what became of {other}, which corrects the same: an older edit must not come after it"
        return Company(named=wrong.state, torn=told)
    if wrong.state is not State.PUBLISHED or wrong.receipt is None:
        return Company(named=wrong.state)
    root = wrong.receipt
    of = copy.wanted.get(wrong.key)
    begins = of.post.parts[0].id if of is not None else FIRST
    if wrong.key.part not in ("", begins):
        first = desk.ledger.delivery(replace(wrong.key, part=begins))
        root = first.receipt if first is not None and first.receipt is not None else root
    said = _says(wrong, wrong.receipt.remote_id, desk) if wanted.settings.get("as") == "edit" else ""
    return Company(named=wrong.state, parents=Parents(root=root, parent=wrong.receipt, said=said))


def _showing(row: Delivery, wanted: Wanted, copy: Copy, desk: Desk) -> Company:
    """What it quotes or boosts, once that is public."""
    shown = named_by(wanted.key, wanted.post, copy.written.posts, desk.ledger.delivery)
    if shown is None or shown.state is not State.PUBLISHED or shown.receipt is None:
        return Company(named=shown.state if shown is not None else None)
    before = shown_before({row.key}, shown, desk.ledger.deliveries(SEALED), copy) if wanted.post.boosts else ""
    parents = Parents(root=shown.receipt, parent=shown.receipt)
    return Company(named=shown.state, shown_before=before, parents=parents)


def _says(wrong: Delivery, id: str, desk: Desk) -> str:
    """What it says in public: the words of the newest edit of it, or else its own."""
    edits = [
        row
        for row in desk.ledger.deliveries((State.PUBLISHED,))
        if row.account == wrong.account
        and row.key != wrong.key
        and (row.receipt is not None and row.receipt.remote_id == id)
    ]
    return max(edits, key=lambda row: row.published_at or row.due, default=wrong).text


def _unsettled(wanted: Wanted, copy: Copy, desk: Desk) -> str:
    """Another correction of the same post whose request may still be on its way, by its key; empty where there is none.

    What is written no more may have been one.
    """
    for row in desk.ledger.deliveries((State.SENDING, State.UNCONFIRMED)):
        if row.key.channel == wanted.key.channel and row.key != wanted.key:
            one = copy.wanted.get(row.key)
            if one.post.corrects == wanted.post.corrects if one else row.envelope is None or row.envelope.repeatable:
                return str(row.key)
    return ""


def _before(row: Delivery, wanted: Wanted, desk: Desk) -> Company:
    parts = wanted.post.parts
    previous = desk.ledger.delivery(replace(row.key, part=parts[wanted.position - 1].id))
    first = desk.ledger.delivery(replace(row.key, part=parts[0].id))
    if previous is None or first is None:
        return Company(previous=State.CANCELLED)
    if previous.receipt is None or first.receipt is None:
        return Company(previous=previous.state)
    return Company(previous=previous.state, parents=Parents(root=first.receipt, parent=previous.receipt))


def _after(row: Delivery, wanted: Wanted, copy: Copy, desk: Desk, limits: Limits) -> Company:
    figures: list[FigureUsed] = []
    for part in wanted.post.parts[1:]:
        key = replace(row.key, part=part.id)
        follower = desk.ledger.delivery(key)
        state = follower.state if follower is not None else State.CANCELLED
        if state is not State.APPROVED:
            return Company(torn=f"its part {part.id} is {state}, and a thread that cannot be finished is not begun")
        try:
            figures += compose(copy.wanted[key], copy.written, desk.workshop, limits).figures
        except (KeyError, UnusableText) as error:
            return Company(torn=f"its part {part.id} cannot follow: {error}")
    return Company(figures=tuple(figures))
