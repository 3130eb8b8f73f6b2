"""A post's text as HTML: escaped, with its tags, links and emphasis."""

from collections.abc import Callable
from html import escape
from itertools import accumulate, pairwise

from amplify.testing.wall import WallEntity, WallPost

_UNITS: dict[str, Callable[[str], int]] = {
    "mastodon": lambda _: 1,
    "bluesky": lambda sign: len(sign.encode()),
    "telegram": lambda sign: 2 if sign > "\uffff" else 1,
}
_PLAIN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "code",
    "blockquote": "q",
    "spoiler": "mark",
}
_SAFE = ("https://", "http://")


def to_html(post: WallPost) -> str:
    """Offsets are in the network's own unit; one that falls inside a character covers all of it."""
    at = list(accumulate(map(_UNITS[post.network], post.text), initial=0))
    edges = {0, len(post.text)}
    covers = []
    for entity in post.entities:
        start, end = (sum(1 for offset in at if offset < edge) for edge in (entity.start, entity.end))
        edges |= {min(start, len(post.text)), min(end, len(post.text))}
        covers.append((start, end, entity))
    drawn = ""
    for start, end in pairwise(sorted(edges)):
        piece = escape(post.text[start:end])
        for entity in (one for left, right, one in covers if left <= start and end <= right):
            piece = _wrapped(piece, entity)
        drawn += piece
    return drawn


def outward(url: str, words: str, css: str) -> str:
    """A link that is followed only by a click and tells nobody where from; `words` are HTML already."""
    if not url.lower().startswith(_SAFE):
        return f'<span class="{css}">{words}</span>'
    return f'<a class="{css}" href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">{words}</a>'


def _wrapped(piece: str, entity: WallEntity) -> str:
    if entity.kind == "link":
        address = entity.value if "://" in entity.value else f"http://{entity.value}"
        return outward(address, piece, "link")
    if entity.kind in ("tag", "mention"):
        return f'<span class="{entity.kind}">{piece}</span>'
    name = _PLAIN.get(entity.kind)
    return f"<{name}>{piece}</{name}>" if name else piece
