"""The files of an old revision without the words of some posts: in place of their entries stand others that say nothing.

Where an entry cannot be told from its neighbours, its whole file goes: rather one word too few than one too many. A
template goes with the last post that used it. Comments right above an entry go with it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile

from amplify.domain.post import Post
from amplify.domain.written import Written
from amplify.ports.author import Author
from amplify.services.stub import stub

_TEMPLATES = "posts/templates/"
_MEDIA = "posts/media/"


def without(files: Mapping[str, bytes], gone: Collection[str], author: Author) -> Mapping[str, bytes]:
    """`gone` are ids of posts, as they are or were called."""
    if not any(_names(files[path], gone) for path in _post_files(files)):
        return files
    written = author.read(files)
    lost = [post for post in written.posts if _is_among(post, gone)]
    kept = dict(files)
    for path in _post_files(files):
        if _unclear(path, files[path], gone, written):
            del kept[path]
        elif any(post.place.file == path for post in lost):
            kept[path] = _cut(files[path], path, lost, written)
    for path in _unlike(kept, files, written, author, gone):
        del kept[path]
    used = {post.template for post in written.posts if not _is_among(post, gone)}
    orphans = {post.template for post in lost} - used - {""}
    return {path: content for path, content in kept.items() if _template(path) not in orphans}


def still_named(files: Mapping[str, bytes], gone: Collection[str], author: Author) -> list[str]:
    """The files that have the words of such a post."""
    if not any(_names(files[path], gone) for path in _post_files(files)):
        return []
    return sorted({post.place.file for post in author.read(files).posts if _is_among(post, gone)})


def _post_files(files: Mapping[str, bytes]) -> list[str]:
    return [path for path in files if path.startswith("posts/") and not path.startswith((_TEMPLATES, _MEDIA))]


def _template(path: str) -> str:
    """`countdown` of `posts/templates/countdown.en.j2`; of any other path one that no post names."""
    return path.removeprefix(_TEMPLATES).partition(".")[0] if path.startswith(_TEMPLATES) else path


def _is_among(post: Post, gone: Collection[str]) -> bool:
    return post.id in gone or post.formerly in gone


def _names(content: bytes, gone: Iterable[str]) -> bool:
    return any(re.search(rb"(?<![\w-])%s(?![\w-])" % re.escape(post.encode()), content) for post in gone)


def _unclear(path: str, content: bytes, gone: Collection[str], written: Written) -> bool:
    """Whether it names such a post and cannot be read, or the post's entry cannot."""
    wrong = written.held_posts & set(gone)
    return _names(content, gone) if path in written.unread else bool(wrong) and _names(content, wrong)


def _cut(content: bytes, path: str, lost: Iterable[Post], written: Written) -> bytes:
    lines = content.splitlines(keepends=True)
    starts = sorted({_start(post, lines) for post in written.posts if post.place.file == path})
    ends = dict(zip(starts, [*starts[1:], len(lines)], strict=True))
    languages = written.campaign.languages if written.campaign is not None else ()
    for post in sorted((post for post in lost if post.place.file == path), key=lambda post: -post.place.line):
        start = _start(post, lines)
        lines[start : ends[start]] = [stub(post, languages)]
    return b"".join(lines)


def _start(post: Post, lines: list[bytes]) -> int:
    """Where an entry begins, with the comments above it; counted from 0."""
    first, indent = post.place.line - 1, post.place.column - 1

    def above(line: bytes) -> bool:
        words = line.lstrip()
        return not words or (words.startswith(b"#") and len(line) - len(words) < indent)

    return first - len([*takewhile(above, reversed(lines[:first]))])


def _unlike(
    kept: Mapping[str, bytes], files: Mapping[str, bytes], written: Written, author: Author, gone: Collection[str]
) -> list[str]:
    """The files that were cut and do not read as before but for the posts whose words are gone."""
    cut = [path for path, content in kept.items() if content != files[path]]
    read = author.read(kept) if cut else written
    before = {path: [p.id for p in written.posts if p.place.file == path and not _is_among(p, gone)] for path in cut}
    after = {path: [p.id for p in read.posts if p.place.file == path and not _is_among(p, gone)] for path in cut}
    return [path for path in cut if before[path] != after[path] or path in read.unread]
