"""amplify correct: every published post that printed a wrong number, or every publication of a wrong post."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from amplify.domain.campaign import Campaign
from amplify.domain.delivery import WAITING, Delivery, State
from amplify.domain.figure import Figure, Version, version_id
from amplify.domain.guard import quiet_until
from amplify.domain.key import Key
from amplify.domain.mistake import Mistake
from amplify.domain.post import Post
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger, LedgerError
from amplify.services.approve import posts_by_name
from amplify.services.story import stories

#: Before a draft's slot, so that there is time to read, approve and think again; slots are at whole fives.
TO_READ, STEP = timedelta(minutes=15), 5
_A_WEEK = timedelta(days=7)


def mistakes(what: str, written: Written, ledger: Ledger, *, version: str = "", was: str = "") -> list[Mistake]:
    """Those of a figure, or of a post. Raises LedgerError where nothing is public that could be wrong."""
    if what in written.figures:
        return of_figure(written.figures[what], written, ledger, version=version, was=was)
    if version or was:
        raise LedgerError(f"there is no figure {what} in config/figures.yaml; a post has no versions")
    return of_post(what, written, ledger)


def of_figure(figure: Figure, written: Written, ledger: Ledger, *, version: str = "", was: str = "") -> list[Mistake]:
    """Every published post that printed the wrong version. Raises LedgerError, saying which versions are public."""
    printed = _printed(figure, ledger)
    wrong = [one for one in figure.versions if version_id(figure, one) in _wrong(figure, printed, version, was)]
    found = []
    for one in wrong:
        rows = printed[version_id(figure, one)]
        found += _grouped(rows, written, figure=figure, was=one)
    return found


def of_post(name: str, written: Written, ledger: Ledger) -> list[Mistake]:
    """Raises LedgerError where no such post is public."""
    rows = [row for row in ledger.deliveries((State.PUBLISHED,)) if name in {row.key.post, str(row.key)}]
    if not rows:
        raise LedgerError(
            f"nothing called {name} is public: `amplify status --all` shows what is, and config/figures.yaml the figures"
        )
    return _grouped(rows, written)


def drafted(found: Iterable[Mistake], written: Written) -> Mapping[str, str]:
    """What is corrected already by a post that is written: named → the id of that post."""
    correcting = {post.corrects: post.id for post in written.posts if post.corrects}
    return {one.named: correcting[one.named] for one in found if one.named in correcting}


def next_free(found: Iterable[Mistake], rows: Iterable[Delivery], campaign: Campaign, now: datetime) -> datetime:
    """The next slot at which a correction can go out: time to read it first, no quiet hours, no other post too near.

    Where no slot is free within a week, the first one that is not in quiet hours.
    """
    channels = {row.key.channel for one in found for row in one.rows}
    near = [
        row.begun_at or row.due
        for row in rows
        if row.key.channel in channels and (row.state in WAITING or row.begun_at is not None)
    ]
    gap, quiet = campaign.rules.per_account.least_gap, campaign.rules.quiet_hours
    first = now + TO_READ
    first += timedelta(minutes=-first.minute % STEP, seconds=-first.second, microseconds=-first.microsecond)
    loud = [
        at
        for at in (first + timedelta(minutes=STEP) * number for number in range(int(_A_WEEK / timedelta(minutes=STEP))))
        if quiet is None or quiet_until(quiet, at, campaign.zone) is None
    ]
    return next((at for at in loud if all(abs(at - other) >= gap for other in near)), loud[0] if loud else first)


def _printed(figure: Figure, ledger: Ledger) -> Mapping[str, list[Delivery]]:
    """The versions of a figure that stand in public, with the posts that they stand in."""
    told = stories(ledger.history())
    public: dict[str, list[Delivery]] = {}
    for row in ledger.deliveries((State.PUBLISHED,)):
        story = told.get(str(row.key))
        for version in story.printed if story is not None else ():
            if version.partition(":")[0] == figure.id:
                public.setdefault(version, []).append(row)
    return public


def _wrong(figure: Figure, printed: Mapping[str, Sequence[Delivery]], version: str, was: str) -> set[str]:
    """Raises LedgerError where it is not known which version is meant."""
    by_id = {version_id(figure, one): one for one in figure.versions}
    if version:
        meant = {version}
    elif was:
        meant = {name for name, one in by_id.items() if one.plain == was and name != version_id(figure)}
    else:
        meant = {one.corrects for one in figure.versions if one.corrects}
    if found := meant & printed.keys() & by_id.keys():
        return found
    public = "; ".join(f"{name} ({_said(by_id.get(name))}) in {len(rows)}" for name, rows in printed.items())
    hint = "say which was wrong, `--version ID` or `--was NUMBER`; the right one is set first, `amplify figures set … --corrects ID`"
    raise LedgerError(
        f"public versions of {figure.id}: {public}. {hint.capitalize()}"
        if public
        else f"no public post prints {figure.id}"
    )


def _said(version: Version | None) -> str:
    return version.counted if version is not None else "no longer in its history"


def _grouped(
    rows: Iterable[Delivery], written: Written, *, figure: Figure | None = None, was: Version | None = None
) -> list[Mistake]:
    """One for each post, part and occurrence. Raises LedgerError where the post is no longer written."""
    posts, together = posts_by_name(written), dict[Key, list[Delivery]]()
    for row in sorted(rows, key=lambda one: str(one.key)):
        together.setdefault(replace(row.key, channel=""), []).append(row)
    return [_mistake(some, posts, figure, was) for some in together.values()]


def _mistake(
    rows: Sequence[Delivery], posts: Mapping[str, Post], figure: Figure | None, was: Version | None
) -> Mistake:
    key = rows[0].key
    post = posts.get(key.post)
    part = next((one for one in post.parts if one.id == key.part), None) if post is not None else None
    if post is None or part is None:
        raise LedgerError(
            f"{key.post} is public and no longer written: put it back into its file, so that it is known what is corrected"
        )
    if post.corrects:
        raise LedgerError(f"{key.post} is a correction itself: correct {post.corrects} once more instead")
    return Mistake(post=post, part=part, rows=rows, figure=figure, was=was)
