"""How a post names another one that it corrects, quotes or boosts: so exactly that there is one on each channel.

That post must stay in the files: by it is known what is public, and what hangs on it.
"""

import re
from collections.abc import Iterator, Mapping

from amplify.authoring.nearest import nearest
from amplify.authoring.reading.findings import error
from amplify.domain.joining import is_joined_anywhere
from amplify.domain.post import Post, Times
from amplify.domain.problem import Place, Problem

_NAMED = re.compile(r"(?P<post>[a-z0-9-]+)(?:\.(?P<part>[a-z0-9-]+))?(?:#(?P<occurrence>.+))?")
_DONE = {"corrects": "corrected", "quotes": "quoted", "boosts": "boosted"}
_MEANT = {"corrects": "was wrong", "quotes": "is quoted", "boosts": "is boosted"}


def named_id(written: str) -> str:
    """The id in what a post names."""
    named = _NAMED.fullmatch(written)
    return named["post"] if named else written


def own_post_problem(
    post: Post, place: Place, posts: Mapping[str, Post], places: Mapping[str, Place]
) -> Problem | None:
    """`posts` are those that are right, `places` those that are written at all."""
    named = _NAMED.fullmatch(post.names)
    what = named_id(post.names)
    if named is None or what not in places or what == post.id:
        hint = nearest(what, places.keys() - {post.id})
        told = f"no other post is called `{what}`; what is {_DONE[post.does]} must stay written"
        return error("unknown-post", told, place, hint)
    if what not in posts:
        return error(
            "unknown-post", f"`{what}`, which this {post.does}, is wrong itself", place, "put that right first"
        )
    other = posts[what]
    if other.boosts:
        hint = f"write `{post.does}: {other.boosts}`"
        return error("unknown-post", f"`{what}` has no words itself: name the post that it boosts", place, hint)
    if other.corrects and post.corrects:
        hint = f"write `corrects: {other.corrects}`"
        return error("unknown-post", f"`{what}` is a correction itself: name the post that both are about", place, hint)
    return _part(other, named["part"] or "", post, place) or _occurrence(other, named["occurrence"] or "", post, place)


def _part(other: Post, part: str, post: Post, place: Place) -> Problem | None:
    parts = {one.id for one in other.parts} - {""}
    if other.split and (not part or part.isdigit()):
        return None  # where it was cut, its parts are 1, 2, 3; where it fits, it has none
    if part in parts or (not part and (not parts or is_joined_anywhere(other))):
        return None
    if not parts:
        told = f"`{other.id}` is no thread, so it has no part `{part}`"
        return error("unknown-post", told, place, f"write `{post.does}: {other.id}`")
    told = f"`{other.id}` is a thread: name the part that {_MEANT[post.does]}, such as `{other.id}.{other.parts[0].id}`"
    return error("unknown-post", told, place, nearest(part, parts))


def _occurrence(other: Post, occurrence: str, post: Post, place: Place) -> Problem | None:
    known = set(_occurrences(other))
    if occurrence in known or (occurrence and other.repeat is not None) or not (known or occurrence or other.repeat):
        return None
    if not known and other.repeat is None:
        told = f"`{other.id}` goes out once, so it has no “{occurrence}”"
        return error("unknown-post", told, place, f"write `{post.does}: {post.names.partition('#')[0]}`")
    example = min(known, default="2027-W18")
    told = f"`{other.id}` goes out more than once: say which time {_MEANT[post.does]}, such as `{other.id}#{example}`"
    return error("unknown-post", told, place, nearest(occurrence, known))


def _occurrences(post: Post) -> Iterator[str]:
    """The labels of its runs; of a repetition, none are known here."""
    for row in post.each:
        for labels in _labels(row.at or post.at):
            yield from (row.label if len(labels) == 1 else f"{row.label} {label}" for label in labels)
    if not post.each and post.occurs:
        for labels in _labels(post.at):
            yield from labels


def _labels(at: Times) -> Iterator[tuple[str, ...]]:
    for times in at.values() if isinstance(at, Mapping) else (at,):
        yield tuple(when.label for when in times)
