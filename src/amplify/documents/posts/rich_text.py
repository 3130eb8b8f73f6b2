"""A post's text as HTML: escaped, with its tags, links and emphasis."""

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from amplify.documents.posts.offsets import in_characters
from amplify.domain.rendition import Entity

if TYPE_CHECKING:
    from markupsafe import Markup

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


def to_html(network: str, text: str, entities: Iterable[Entity]) -> "Markup":
    """Overlapping entities stay well formed: the text is cut wherever one begins or ends."""
    from markupsafe import Markup, escape

    covers = list(in_characters(network, text, entities))
    edges = {0, len(text), *(edge for start, end, _ in covers for edge in (start, end))}
    drawn = Markup()
    for start, end in pairwise(sorted(edges)):
        piece = escape(text[start:end])
        for entity in (one for left, right, one in covers if left <= start and end <= right):
            piece = _wrapped(piece, entity)
        drawn += piece
    return drawn


def outward(url: str, words: "Markup | str", css: str) -> "Markup":
    """A link that is followed only by a click and tells nobody where from."""
    from markupsafe import Markup

    if not url.lower().startswith(_SAFE):
        return Markup('<span class="{}">{}</span>').format(css, words)
    link = Markup('<a class="{}" href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>')
    return link.format(css, url, words)


def _wrapped(piece: "Markup", entity: Entity) -> "Markup":
    from markupsafe import Markup

    if entity.kind == "link":
        return outward(entity.value if "://" in entity.value else f"http://{entity.value}", piece, "link")
    if entity.kind in ("tag", "mention"):
        return Markup('<span class="{}">{}</span>').format(entity.kind, piece)
    name = _PLAIN.get(entity.kind)
    return Markup("<{0}>{1}</{0}>").format(name, piece) if name else piece
