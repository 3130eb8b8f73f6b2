"""amplify correct: every published post that printed a wrong number, or every publication of a wrong post."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from amplify.domain.delivery import Delivery, State
from amplify.domain.figure import Figure, Version, version_id
from amplify.domain.joining import is_joined_anywhere, joined
from amplify.domain.key import Key
from amplify.domain.mistake import Mistake
from amplify.domain.post import Post
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger, LedgerError
from amplify.services.approve import posts_by_name
from amplify.services.named import named_by
from amplify.services.story import Story, stories


def mistakes(what: str, written: Written, ledger: Ledger, *, version: str = "", was: str = "") -> list[Mistake]:
    """Those of a figure, or of a post. Raises LedgerError where nothing is public that could be wrong."""
    if what in written.figures:
        return of_figure(written.figures[what], written, ledger, version=version, was=was)
    if version or was:
        raise LedgerError(f"there is no figure {what} in config/figures.yaml; a post has no versions")
    return of_post(what, written, ledger)


def of_figure(figure: Figure, written: Written, ledger: Ledger, *, version: str = "", was: str = "") -> list[Mistake]:
    """Every published post that printed the wrong version. Raises LedgerError, saying which versions are public."""
    printed = _printed(figure, written, ledger)
    wrong = [one for one in figure.versions if version_id(figure, one) in _wrong(figure, printed, version, was)]
    found: dict[str, Mistake] = {}
    for one in wrong:
        for mistake in _grouped(printed[version_id(figure, one)], written, ledger, figure=figure, was=one):
            known = found.get(mistake.named, mistake)
            rows = {row.key: row for row in (*known.rows, *mistake.rows)}
            found[mistake.named] = replace(mistake, rows=[*rows.values()], by=known.by | mistake.by)
    return [*found.values()]


def of_post(name: str, written: Written, ledger: Ledger) -> list[Mistake]:
    """Raises LedgerError where no such post is public."""
    rows = [row for row in _public(written, ledger) if name in {row.key.post, str(row.key)}]
    if not rows:
        raise LedgerError(
            f"nothing called {name} is public: `amplify status --all` shows what is, and config/figures.yaml the figures"
        )
    posts = posts_by_name(written)
    if corrects := next((posts[row.key.post].corrects for row in rows if row.key.post in posts), ""):
        raise LedgerError(f"{rows[0].key.post} is a correction itself: correct {corrects} once more instead")
    return _grouped(rows, written, ledger)


def drafted(found: Iterable[Mistake], written: Written) -> Mapping[str, str]:
    """What is corrected already by a post that is written: named → the id of that post. A wrong correction is none."""
    correcting: dict[str, list[str]] = {}
    for post in written.posts:
        if post.corrects:
            correcting.setdefault(post.corrects, []).append(post.id)
    right = {one.named: [name for name in correcting.get(one.named, ()) if name not in one.by] for one in found}
    return {named: names[-1] for named, names in right.items() if names}


def perhaps(what: str, written: Written, ledger: Ledger) -> list[Delivery]:
    """What may be public and wrong as well, and nobody knows: whether it is there, or which numbers it prints."""
    told = stories(ledger.history())
    rows = ledger.deliveries((State.SENDING, State.UNCONFIRMED))
    if what not in written.figures:
        return [row for row in rows if what in {row.key.post, str(row.key)}]
    unsure = [row for row in rows if any(one.startswith(f"{what}:") for one in _versions(row, told))]
    # found again after the ledger was restored: its record does not tell what was sent
    found_again = (row for row in ledger.deliveries((State.PUBLISHED,)) if row.text and row.envelope is None)
    return [*unsure, *(row for row in found_again if not _begun(row, told))]


def shown_by(found: Iterable[Mistake], written: Written, ledger: Ledger) -> list[tuple[Delivery, Post]]:
    """The public quotes and boosts of what is wrong."""
    wrong, posts = {row.key for one in found for row in one.rows}, posts_by_name(written)
    showing = []
    for row in _public(written, ledger):
        post = posts.get(row.key.post)
        if post is not None and (post.quotes or post.boosts) and row.key.part in ("", post.parts[0].id):
            shown = named_by(row.key, post, written.posts, ledger.delivery)
            showing += [(row, post)] if shown is not None and shown.key in wrong else []
    return showing


def _public(written: Written, ledger: Ledger) -> list[Delivery]:
    """Of this edition: what an earlier one has said is corrected there."""
    edition = written.campaign.edition if written.campaign is not None else ""
    return [row for row in ledger.deliveries((State.PUBLISHED,)) if row.key.edition == edition]


def _printed(figure: Figure, written: Written, ledger: Ledger) -> Mapping[str, list[Delivery]]:
    """The versions of a figure that stand in public, with the posts that they stand in."""
    told = stories(ledger.history())
    public: dict[str, list[Delivery]] = {}
    for row in _public(written, ledger):
        for version in _versions(row, told):
            if version.partition(":")[0] == figure.id:
                public.setdefault(version, []).append(row)
    return public


def _versions(row: Delivery, told: Mapping[str, Story]) -> Sequence[str]:
    story = told.get(str(row.key))
    return story.printed if story is not None else ()


def _begun(row: Delivery, told: Mapping[str, Story]) -> bool:
    return str(row.key) in told and bool(told[str(row.key)].revision)


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
    raise LedgerError(_which(figure, printed, by_id))


def _which(figure: Figure, printed: Mapping[str, Sequence[Delivery]], by_id: Mapping[str, Version]) -> str:
    """What is public, and how to say which of it is wrong."""
    if not printed:
        return f"no public post prints {figure.id}: `amplify status --all` shows what is public"
    public = "; ".join(f"{_said(by_id.get(name))} in {len(rows)} ({name})" for name, rows in printed.items())
    told = f"{figure.id} stands in public posts as {public}"
    if printed.keys() == {version_id(figure)}:
        say = f"amplify figures set {figure.id} NUMBER --corrects {version_id(figure)} …"
        return f"{told}, and config/figures.yaml says the same: put it right first, `{say}`, then say this again"
    return f"{told}: say which of them was wrong, with `--was NUMBER` or `--version ID`"


def _said(version: Version | None) -> str:
    return version.counted if version is not None else "no longer in its history"


def _grouped(
    rows: Iterable[Delivery],
    written: Written,
    ledger: Ledger,
    *,
    figure: Figure | None = None,
    was: Version | None = None,
) -> list[Mistake]:
    """One for each post, part and occurrence. Raises LedgerError where the post is no longer written.

    A correction that is wrong itself stands for what it corrects: that one is corrected once more.
    """
    posts, together = posts_by_name(written), dict[Key, dict[Key, Delivery]]()
    by: dict[Key, set[str]] = {}
    for one in sorted(rows, key=lambda one: str(one.key)):
        row = one
        if one.key.post in posts and posts[one.key.post].corrects:
            wrong = named_by(one.key, posts[one.key.post], written.posts, ledger.delivery)
            if wrong is None or wrong.state is not State.PUBLISHED:
                continue
            row = wrong
            by.setdefault(replace(row.key, channel=""), set()).add(one.key.post)
        together.setdefault(replace(row.key, channel=""), {})[row.key] = row
    return [
        _mistake([*some.values()], posts, figure, was, frozenset(by.get(name, ()))) for name, some in together.items()
    ]


def _mistake(
    rows: Sequence[Delivery],
    posts: Mapping[str, Post],
    figure: Figure | None,
    was: Version | None,
    by: frozenset[str],
) -> Mistake:
    key = rows[0].key
    post = posts.get(key.post)
    if post is not None and not key.part and is_joined_anywhere(post):
        post = joined(post)
    named = "" if post is not None and post.split else key.part
    part = next((one for one in post.parts if one.id == named), None) if post is not None else None
    if post is None or part is None:
        raise LedgerError(
            f"{key.post} is public and no longer written: put it back into its file, so that it is known what is corrected"
        )
    return Mistake(post=post, part=part, rows=rows, figure=figure, was=was, by=by)
