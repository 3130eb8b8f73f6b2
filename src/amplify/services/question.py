"""What a person is asked to say yes to: one text, wherever it goes, with all that helps to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from amplify.domain.approval import Approval, still_needed, who_may
from amplify.domain.delivery import Delivery
from amplify.domain.figure import Figure
from amplify.domain.key import Key
from amplify.domain.post import Post
from amplify.domain.rendition import FigureUsed, Rendition
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.ports.ledger import Account, Ledger
from amplify.services.approve import posts_by_name
from amplify.services.compose import compose
from amplify.services.earlier import Earlier, earlier
from amplify.services.workshop import Workshop

_Fold: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`rows` say the same at the same time on several channels; `renditions` are those of `rows` that can be shown.

    `said` are the yeses to these very words, `before` is the newest yes to other ones, `may` are those whose yes
    would count, and `missing` is how many of them it takes. `figures` come with what is known of them. `earlier` is
    what each quotes or shows again.
    """

    rows: tuple[Delivery, ...]
    post: Post
    renditions: Mapping[Key, Rendition]
    said: tuple[Approval, ...]
    before: Approval | None
    missing: int
    may: frozenset[str]
    figures: tuple[tuple[FigureUsed, Figure | None], ...]
    earlier: Mapping[Key, Earlier]

    @property
    def text(self) -> str:
        return self.rows[0].text

    @property
    def risky(self) -> tuple[str, ...]:
        """The excerpts in it that are dangerous to be found with."""
        return tuple(sorted({name for rendition in self.renditions.values() for name in rendition.risky}))


def questions(rows: Sequence[Delivery], written: Written, workshop: Workshop, ledger: Ledger) -> list[Question]:
    """One for each text, in the order of the rows; deliveries of posts that nobody wrote are left out."""
    posts, stand = posts_by_name(written), ledger.approvals(row.key for row in rows)
    folded: dict[_Fold, list[Delivery]] = {}
    for row in rows:
        if row.key.post in posts:
            who = frozenset(yes.by for yes in stand.get(row.key, ()) if yes.digest == row.digest)
            same = (row.key.post, row.key.part, row.key.occurrence, row.due, row.text, who)
            folded.setdefault(same, []).append(row)
    wanted, accounts = _wanted(rows, written, workshop), ledger.accounts()
    made = []
    for some in folded.values():
        post = posts[some[0].key.post]
        shown = {row.key: rendition for row in some if (rendition := _shown(row, wanted, written, workshop, accounts))}
        made.append(_question(post, some, shown, stand, written, _earlier(post, some, written, ledger)))
    return made


def _question(
    post: Post,
    rows: Sequence[Delivery],
    shown: Mapping[Key, Rendition],
    stand: Mapping[Key, Sequence[Approval]],
    written: Written,
    shows: Mapping[Key, Earlier],
) -> Question:
    first, digests = rows[0], {row.digest for row in rows}
    every = [yes for row in rows for yes in stand.get(row.key, ())]
    said = {yes.by: yes for yes in stand.get(first.key, ()) if yes.digest == first.digest}
    others = [yes for yes in every if yes.digest not in digests]
    campaign = written.campaign
    used = {figure.id: figure for rendition in shown.values() for figure in rendition.figures}
    return Question(
        rows=tuple(rows),
        post=post,
        renditions=shown,
        said=tuple(said.values()),
        before=max(others, key=lambda yes: yes.at, default=None),
        missing=still_needed(post, campaign.rules, first.digest, said.values()) if campaign else 1,
        may=who_may(post, campaign.coordinators if campaign else ()) - said.keys(),
        figures=tuple((figure, written.figures.get(figure.id)) for figure in used.values()),
        earlier=shows,
    )


def _earlier(post: Post, rows: Sequence[Delivery], written: Written, ledger: Ledger) -> Mapping[Key, Earlier]:
    """By the key of each row."""
    if not (post.quotes or post.boosts):
        return {}
    known = {row.key: row for row in ledger.deliveries()}

    def words(key: Key) -> str | None:
        return known[key].text if key in known else None

    found = ((row.key, earlier(row.key, post, written.posts, known, words)) for row in rows)
    return {key: shown for key, shown in found if shown is not None}


def _wanted(rows: Sequence[Delivery], written: Written, workshop: Workshop) -> Mapping[Key, Wanted]:
    keys = {row.key for row in rows}
    found: dict[Key, Wanted] = {}
    for one in workshop.wanted(written):
        for key in (one.key, one.former):
            if key in keys:
                found.setdefault(key, one)
    return found


def _shown(
    row: Delivery,
    wanted: Mapping[Key, Wanted],
    written: Written,
    workshop: Workshop,
    accounts: Mapping[str, Account],
) -> Rendition | None:
    """The row's rendition, where it still is the one that was planned."""
    one = wanted.get(row.key)
    if one is None:
        return None
    try:
        limits = workshop.limits(one.channel, accounts)
        rendition = compose(replace(one, due=row.due), written, workshop, limits)
    except UnusableText:
        return None
    return rendition if rendition.digest == row.digest else None
