"""What a correction corrects: a post that is still written, named so exactly that there is one on each channel.

The post must stay in the files: by it is known what is public, and what a reply to it hangs on.
"""

import re
from collections.abc import Iterator, Mapping

from amplify.authoring.nearest import nearest
from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, key_place
from amplify.authoring.reading.post_schema import PostEntry
from amplify.authoring.reading.world import World
from amplify.domain.joining import is_joined_anywhere
from amplify.domain.post import Kind, Post, Times
from amplify.domain.problem import Place, Problem

#: In an `on:` block: whether the correction answers what was wrong, or edits it.
_HOW = "as"
_NAMED = re.compile(r"(?P<post>[a-z0-9-]+)(?:\.(?P<part>[a-z0-9-]+))?(?:#(?P<occurrence>.+))?")


def kind_problems(entry: PostEntry, node: Node, _: World) -> Iterator[Problem]:
    """Only a single post of kind correction corrects something, and only what corrects something says how."""
    if not entry.corrects:
        for where, variant in entry.on.items():
            if _HOW in (variant.__pydantic_extra__ or {}):
                told = f"`{_HOW}` says how a correction is made, and this post corrects nothing"
                hint = f"remove `{_HOW}`, or write `corrects: …`"
                yield error("contradiction", told, key_place(node, "on", where, _HOW), hint)
        return
    if entry.kind is not Kind.CORRECTION:
        told = f"a post of kind {entry.kind} cannot correct another one"
        yield error(
            "contradiction", told, key_place(node, "corrects"), "write `kind: correction`, or remove `corrects`"
        )
    if entry.thread:
        told = "a correction is one post, so that it can answer the one that was wrong"
        yield error("contradiction", told, key_place(node, "thread"), "write `text`, or remove `corrects`")


def corrected_by(corrects: str) -> str:
    """The id in what a correction names."""
    named = _NAMED.fullmatch(corrects)
    return named["post"] if named else corrects


def correction_problem(
    post: Post, place: Place, posts: Mapping[str, Post], places: Mapping[str, Place]
) -> Problem | None:
    """`posts` are those that are right, `places` those that are written at all."""
    named = _NAMED.fullmatch(post.corrects)
    what = corrected_by(post.corrects)
    if named is None or what not in places or what == post.id:
        hint = nearest(what, places.keys() - {post.id})
        told = f"no other post is called `{what}`; what is corrected must stay written"
        return error("unknown-post", told, place, hint)
    if what not in posts:
        return error("unknown-post", f"`{what}`, which this corrects, is wrong itself", place, "put that right first")
    wrong = posts[what]
    if wrong.corrects:
        hint = f"write `corrects: {wrong.corrects}`"
        return error("unknown-post", f"`{what}` is a correction itself: name the post that both are about", place, hint)
    return _part(wrong, named["part"] or "", place) or _occurrence(
        wrong, named["occurrence"] or "", post.corrects, place
    )


def _part(wrong: Post, part: str, place: Place) -> Problem | None:
    parts = {one.id for one in wrong.parts} - {""}
    if wrong.split and (not part or part.isdigit()):
        return None  # where it was cut, its parts are 1, 2, 3; where it fits, it has none
    if part in parts or (not part and (not parts or is_joined_anywhere(wrong))):
        return None
    if not parts:
        told = f"`{wrong.id}` is no thread, so it has no part `{part}`"
        return error("unknown-post", told, place, f"write `corrects: {wrong.id}`")
    told = f"`{wrong.id}` is a thread: name the part that was wrong, such as `{wrong.id}.{wrong.parts[0].id}`"
    return error("unknown-post", told, place, nearest(part, parts))


def _occurrence(wrong: Post, occurrence: str, written: str, place: Place) -> Problem | None:
    known = set(_occurrences(wrong))
    if occurrence in known or (occurrence and wrong.repeat is not None) or not (known or occurrence or wrong.repeat):
        return None
    if not known and wrong.repeat is None:
        told = f"`{wrong.id}` goes out once, so it has no “{occurrence}”"
        return error("unknown-post", told, place, f"write `corrects: {written.partition('#')[0]}`")
    example = min(known, default="2027-W18")
    told = f"`{wrong.id}` goes out more than once: say which time was wrong, such as `{wrong.id}#{example}`"
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
