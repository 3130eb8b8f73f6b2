"""What a correction names: the delivery on its own channel that is put right by it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.domain.post import Post


def corrected(
    key: Key, correction: Post, posts: Sequence[Post], look_up: Callable[[Key], Delivery | None]
) -> Delivery | None:
    """`key` is the correction's own. A renamed post may still be known under its former id."""
    named = key.sibling(correction.corrects)
    former = next((post.formerly for post in posts if post.id == named.post), "")
    return look_up(named) or (look_up(replace(named, post=former)) if former else None)
