"""Something wrong that is public: one post, or one part of one, and where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from amplify.domain.delivery import Delivery
from amplify.domain.figure import Figure, Version
from amplify.domain.key import Key
from amplify.domain.post import Part, Post
from amplify.domain.wanted import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """`rows` are its publications, on every channel that carried it. `post` and `part` are what is written now.

    For a number, `figure` is what is in force and `was` what was printed; for everything else both are None. `by` are the
    corrections of it, by their ids, that are wrong themselves. `cut` is what was sent, by network and language, where it
    is a part of a text that was cut: there `part` is the whole of it.
    """

    post: Post
    part: Part
    rows: Sequence[Delivery]
    figure: Figure | None = None
    was: Version | None = None
    by: frozenset[str] = frozenset()
    cut: Mapping[tuple[str, str], Wanted] = field(default_factory=dict)

    @property
    def is_cut(self) -> bool:
        return self.post.split and bool(self.key.part)

    @property
    def key(self) -> Key:
        return self.rows[0].key

    @property
    def named(self) -> str:
        """As `corrects:` names it."""
        key = self.key
        return f"{self.post.id}{f'.{key.part}' if key.part else ''}{f'#{key.occurrence}' if key.occurrence else ''}"
