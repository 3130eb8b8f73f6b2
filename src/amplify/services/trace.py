"""amplify trace: where a published number comes from, from the post that people see back to the page it was read on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from amplify.domain.delivery import SEALED, Delivery
from amplify.domain.figure import Figure, Version, version_id
from amplify.domain.post import PERSON
from amplify.domain.whereabouts import same_post
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.ports.ledger import Ledger, LedgerError
from amplify.services.named import named_by
from amplify.services.revision_copy import copy_of
from amplify.services.story import Story, stories
from amplify.services.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A figure as the post printed it. `before` is the version that it took the place of, `now` what is in force."""

    figure: Figure
    version: str
    before: Version | None
    now: Figure | None

    @property
    def is_in_force(self) -> bool:
        return self.now is not None and version_id(self.now) == self.version

    @property
    def corrected(self) -> Version | None:
        """The version that says that this one was wrong, if any does."""
        known = self.now.versions if self.now is not None else ()
        return next((one for one in known if one.corrects == self.version), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Everything about one public post.

    `text` is empty where it is about a person or was erased. `approved` are who and when; `fault` is what is wrong with
    the record, or empty. `answers` are corrections of this post. `earlier` is the post that it quotes, or shows `again`. `printed` is None where nobody can tell any more.
    """

    row: Delivery
    text: str
    revision: int
    applied_at: datetime | None
    applied_by: str
    printed: Sequence[Printed] | None
    approved: Sequence[tuple[str, datetime]]
    answers: Sequence[Delivery]
    again: bool
    earlier: "Trace | None"
    fault: str


def find(what: str, ledger: Ledger) -> Sequence[Delivery]:
    """The deliveries of a key, or behind an address. Raises LedgerError where there is none, saying what to try."""
    rows = [row for row in ledger.deliveries() if row.state in SEALED]
    found = [row for row in rows if what in {str(row.key), row.receipt.remote_id if row.receipt is not None else ""}]
    found = found or [row for row in rows if row.receipt is not None and same_post(what, row.receipt.url)]
    if found:
        return found
    said = "no post of this campaign is known under" if "/" in what else "nothing is known of"
    raise LedgerError(f"{said} {what}; copy the address of the post itself, or a key that `amplify status --all` shows")


def trace(row: Delivery, ledger: Ledger, workshop: Workshop) -> Trace:
    """Raises LedgerError."""
    return _trace(row, ledger, workshop, ledger.verify(), alone=False)


def _trace(row: Delivery, ledger: Ledger, workshop: Workshop, fault: str, *, alone: bool) -> Trace:
    """`alone`: without what it quotes in its turn. Raises LedgerError."""
    story = stories(ledger.history()).get(str(row.key), Story())
    newest = ledger.revision()
    now = workshop.author.read(newest.files) if newest is not None else None
    revision = ledger.revision(story.revision) if story.revision else None
    printed, guarded, again = None, True, False
    shown: Delivery | None = None
    if revision is not None:
        copy = copy_of(revision, workshop)
        wanted = copy.wanted.get(row.key)
        if wanted is not None:
            again = bool(wanted.post.boosts)
            if (again or (wanted.post.quotes and wanted.position == 0)) and not alone:
                shown = named_by(row.key, wanted.post, copy.written.posts, ledger.delivery)
            guarded = wanted.post.kind in PERSON or bool(wanted.post.person)
            try:
                used = workshop.author.typeset(
                    copy.written,
                    wanted.post,
                    wanted.part,
                    wanted.channel,
                    wanted.values,
                    wanted.days_left,
                    wanted.event,
                ).figures
                printed = [_printed(one.id, copy.written, now) for one in used]
            except UnusableText:
                printed = None
    return Trace(
        row=row,
        text="" if guarded or story.erased is not None else row.text,
        revision=story.revision,
        applied_at=revision.at if revision is not None else None,
        applied_by=revision.by if revision is not None else "",
        printed=printed,
        approved=story.approved(row),
        answers=[*_answers(row, ledger, now)],
        again=again,
        earlier=_trace(shown, ledger, workshop, fault, alone=True) if shown is not None else None,
        fault=fault,
    )


def _printed(name: str, then: Written, now: Written | None) -> Printed:
    figure = then.figures[name]
    return Printed(
        figure=figure,
        version=version_id(figure),
        before=figure.history[-1] if figure.history else None,
        now=now.figures.get(name) if now is not None else None,
    )


def _answers(row: Delivery, ledger: Ledger, now: Written | None) -> Iterable[Delivery]:
    """Corrections of this post on its channel that are public."""
    naming = (
        {post.id for post in now.posts if post.corrects and row.key.sibling(post.corrects) == row.key} if now else set()
    )
    return (one for one in ledger.deliveries(SEALED) if one.key.post in naming and one.key.channel == row.key.channel)
