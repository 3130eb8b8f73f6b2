"""What would be taken back with a post: its publications in the order in which they go, and what of it still waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amplify.domain.delivery import UNSURE, WAITING, Delivery, State
from amplify.domain.key import Key
from amplify.domain.post import Post
from amplify.domain.taken_back import is_taken_back
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger, LedgerError
from amplify.services.approve import named, posts_by_name
from amplify.services.named import named_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """One public post. `along` are the edits of it, which are the same post on the network."""

    row: Delivery
    along: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """`unsure`: may be public. `gone`: taken back before. `stays`: what quotes or answers it, public or not, in own words."""

    doomed: Sequence[Doomed]
    waiting: Sequence[Delivery]
    unsure: Sequence[Delivery]
    gone: Sequence[Delivery]
    stays: Sequence[Delivery]


def taking(names: Iterable[str], written: Written, ledger: Ledger) -> Taking:
    """`names` are posts and keys. Raises LedgerError for one that the ledger does not know, or that is an edit of another."""
    chosen = {row.key: row for name in names for row in named(name, written, ledger)}
    public = {row.key: row for row in ledger.deliveries((State.PUBLISHED,)) if row.receipt is not None}
    rows = {key: row for key, row in chosen.items() if key in public}
    edits = edits_of(public.values())
    for row in rows.values():
        first = edits.get(row.key)
        if first is not None and first.key not in rows:
            raise LedgerError(
                f"{row.key} is an edit of {first.key}: that post would go; `amplify withdraw {first.key}`"
            )
    waits = {row.key: row for row in ledger.deliveries(WAITING)}
    naming = {key: post for key, (post, other) in _naming(public, waits, written).items() if other in rows}
    again = {key for key, post in naming.items() if post.boosts}
    boosts = {key: row for key, row in public.items() if key in again or _boosts(row, rows.values())}
    doomed = [row for row in ({**rows, **boosts}).values() if row.key not in edits]
    stays = [
        row
        for key, row in (public | waits).items()
        if key in naming and key not in again and key not in chosen and key not in edits
    ]
    waiting = {key: row for key, row in (waits | chosen).items() if key in again or key in chosen}
    return Taking(
        doomed=[
            Doomed(row=row, along=tuple(public[key] for key, first in edits.items() if first.key == row.key))
            for row in sorted(doomed, key=lambda row: (row.key not in boosts, -row.position, str(row.key)))
        ],
        waiting=[row for row in waiting.values() if row.state in WAITING],
        unsure=[row for row in chosen.values() if row.state in UNSURE],
        gone=[row for row in chosen.values() if row.state is State.WITHDRAWN or is_taken_back(row)],
        stays=stays,
    )


def edits_of(public: Iterable[Delivery]) -> Mapping[Key, Delivery]:
    """Every edit, with the post that it is an edit of: the one that was there first under the same name."""
    first: dict[tuple[str, str], Delivery] = {}
    edits: dict[Key, Delivery] = {}
    for row in sorted(public, key=lambda row: row.published_at or row.due):
        boosts = row.envelope is not None and row.envelope.boosts
        if row.receipt is not None and not boosts:  # a person may have given a boost the address of what it shows
            before = first.setdefault((row.account or row.key.channel, row.receipt.remote_id), row)
            edits |= {row.key: before} if before is not row else {}
    return edits


def _naming(
    public: Mapping[Key, Delivery], waits: Mapping[Key, Delivery], written: Written
) -> Mapping[Key, tuple[Post, Key]]:
    """The posts that name a public one, with that one's key."""
    posts, found = posts_by_name(written), dict[Key, tuple[Post, Key]]()
    for key in (*public, *waits):
        post = posts.get(key.post)
        if post is not None and post.names and key.part in ("", post.parts[0].id):
            other = named_by(key, post, written.posts, public.get)
            found |= {key: (post, other.key)} if other is not None else {}
    return found


def _boosts(row: Delivery, rows: Iterable[Delivery]) -> bool:
    """As the network calls what it has boosted, whatever is written by now."""
    shown = row.envelope.boosts if row.envelope is not None else ""
    return bool(shown) and any(
        one.receipt is not None and (one.account, one.receipt.remote_id) == (row.account, shown) for one in rows
    )
