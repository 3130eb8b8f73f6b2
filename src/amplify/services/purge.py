"""amplify purge: forget the words of what is public or ended, in the ledger, and say who did it. What waits keeps its own.

Old revisions lose a post once every delivery of it is forgotten; the revision in force is never touched, because
deliveries are made from it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.domain.witness import PURGE
from amplify.ports.author import Author
from amplify.ports.ledger import HistoryLine, Ledger, LedgerError
from amplify.ports.steps import ERASABLE
from amplify.services.cutting import still_named, without


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was named: `words` are to be forgotten, `waits` keep theirs, `done` have lost theirs already."""

    words: Sequence[Delivery]
    waits: Sequence[Delivery]
    done: Sequence[Delivery]


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """`revisions` are those that have lost files. `in_force`: files of the revision in force that still have the words."""

    rows: Sequence[Delivery]
    revisions: Sequence[int]
    in_force: Sequence[str]


def choose(ledger: Ledger, *, before: datetime | None = None, post: str = "", key: Key | None = None) -> Chosen:
    """By one of the three; `before` goes by when it was public, or due. Raises LedgerError where there is none of that."""
    rows = [row for row in ledger.deliveries() if _is_meant(row, before, post, key)]
    if not rows and before is None:
        raise LedgerError(f"the ledger knows no delivery of {post or key}; `amplify status --all` shows what it knows")
    done = forgotten(ledger.history())
    return Chosen(
        words=[row for row in rows if row.state in ERASABLE and row.key not in done],
        waits=[row for row in rows if row.state not in ERASABLE],
        done=[row for row in rows if row.key in done],
    )


def forgotten(lines: Sequence[HistoryLine]) -> Mapping[Key, HistoryLine]:
    """The deliveries whose words are gone, and the line that says so; what has got new words since is none of them."""
    last = {line.key: line for line in lines}
    return {Key.parse(key): line for key, line in last.items() if key and line.event == PURGE}


def purge(chosen: Chosen, author: Author, ledger: Ledger, *, by: str, now: datetime) -> Purged:
    """Raises LedgerError."""
    gone = _posts_without_words(ledger, {row.key for row in chosen.words})
    newest = ledger.revision()
    files = _thinned(ledger, gone, author, newest.id if newest is not None else 0)
    rows = ledger.erase([row.key for row in chosen.words], files, by=by, now=now)
    named = {row.key.post for row in (*chosen.words, *chosen.done)}
    in_force: list[str] = []
    if newest is not None:
        in_force = still_named(newest.files, gone.get(_edition(newest.files, author), set()) & named, author)
    return Purged(rows=rows, revisions=sorted(files), in_force=in_force)


def _is_meant(row: Delivery, before: datetime | None, post: str, key: Key | None) -> bool:
    if before is not None:
        return (row.published_at or row.due) < before
    return row.key == key if key is not None else row.key.post == post


def _posts_without_words(ledger: Ledger, now: Collection[Key]) -> Mapping[str, set[str]]:
    """Edition → the posts all of whose deliveries are forgotten, now or before."""
    done = forgotten(ledger.history()).keys() | set(now)
    kept = {(row.key.edition, row.key.post) for row in ledger.deliveries() if row.key not in done}
    gone: dict[str, set[str]] = {}
    for edition, post in {(key.edition, key.post) for key in done} - kept:
        gone.setdefault(edition, set()).add(post)
    return gone


def _thinned(
    ledger: Ledger, gone: Mapping[str, set[str]], author: Author, newest: int
) -> Mapping[int, Mapping[str, bytes]]:
    """The older revisions that have words to lose, and what stays of them. Most follow another one like them."""
    thinned: dict[int, Mapping[str, bytes]] = {}
    files: Mapping[str, bytes] = {}
    kept: Mapping[str, bytes] = {}
    for number in range(1, newest):
        revision = ledger.revision(number)
        if revision is None:
            continue
        if revision.files != files:
            files = revision.files
            posts = gone.get(_edition(files, author), set()) if gone else set()
            kept = without(files, posts, author) if posts else files
        if kept != files:
            thinned[number] = kept
    return thinned


def _edition(files: Mapping[str, bytes], author: Author) -> str:
    campaign = author.read({path: content for path, content in files.items() if path.startswith("config/")}).campaign
    return campaign.edition if campaign is not None else ""
