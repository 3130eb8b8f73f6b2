"""What a quote or a boost shows, as people are told of it: the first words of that post, and where it leads.

Where that post is public, its words are those that were sent; otherwise those that are written now.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.domain.post import Post
from amplify.services.named import named_by

_MOST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """`url` is empty while that post is not public."""

    key: Key
    again: bool
    text: str
    url: str

    @property
    def line(self) -> str:
        """One line of words and the address."""
        does = "shows again" if self.again else "quotes"
        lines = (line.strip() for line in self.text.splitlines())
        first = next((line for line in lines if line), "")
        words = f"{first[:_MOST].rstrip()}…" if len(first) > _MOST else first
        part = f".{self.key.part}" if self.key.part else ""
        said = f"“{words}”" if words else f"{self.key.post}{part}"
        return f"{does}: {said} → {self.url or f'{self.key.post}{part}, not public yet'}"


def earlier(
    key: Key,
    post: Post,
    posts: Sequence[Post],
    rows: Mapping[Key, Delivery],
    words: Callable[[Key], str | None],
) -> Earlier | None:
    """None for what shows no other post, and where nothing is known of it; `words` looks up what is written now."""
    if not (post.quotes or post.boosts) or key.part not in ("", post.parts[0].id):
        return None
    row = named_by(key, post, posts, rows.get)
    again = bool(post.boosts)
    if row is not None and row.state is State.PUBLISHED and row.receipt is not None:
        return Earlier(key=row.key, again=again, text=row.text, url=row.receipt.url)

    def known(other: Key) -> tuple[Key, str] | None:
        said = words(other)
        return (other, said) if said is not None else None

    found = named_by(key, post, posts, known) or ((row.key, row.text) if row is not None else None)
    return Earlier(key=found[0], again=again, text=found[1], url="") if found is not None else None
