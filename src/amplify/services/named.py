"""What a post corrects, quotes or boosts: the delivery on its own channel that it names."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from amplify.domain.key import Key
from amplify.domain.post import Post
from amplify.services.splitting import FIRST

_T = TypeVar("_T")


def named_by(key: Key, post: Post, posts: Sequence[Post], look_up: Callable[[Key], _T | None]) -> _T | None:
    """`key` is the post's own. A renamed post may still be known under its former id.

    Of a text that was cut, the first part is quoted or boosted.
    """
    other = key.sibling(post.names)
    former = next((one.formerly for one in posts if one.id == other.post), "")
    keys = [other, *([replace(other, post=former)] if former else [])]
    if not other.part and not post.corrects:
        keys += [replace(each, part=FIRST) for each in keys]
    return next((found for each in keys if (found := look_up(each)) is not None), None)
