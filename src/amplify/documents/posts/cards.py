"""One post in the manner of its network: a Mastodon card, a Bluesky post, a bubble of a Telegram channel.

A network that has no manner of its own here is drawn plainly.
"""

from datetime import datetime
from functools import cache
from typing import Any

from amplify.documents.pages import stored, template
from amplify.documents.posts.icons import icon
from amplify.documents.posts.rich_text import outward, to_html
from amplify.documents.posts.seen import SEEN_BY, Face, SeenPost

_KNOWN = ("mastodon", "bluesky", "telegram")


def card(post: SeenPost) -> str:
    """What stands inside of the post's place; the place itself carries the network's name as a class."""
    draw = getattr(_macros(), post.network if post.network in _KNOWN else "plain")
    return str(draw(post, to_html(post.network, post.text, post.entities), SEEN_BY.get(post.visibility, "")))


def portrait(face: Face) -> str:
    """A coloured disc with the account's initials."""
    return str(_macros().portrait(face))


def moment(at: datetime, pattern: str) -> str:
    return str(_macros().moment(at, pattern))


def style() -> str:
    """The style sheet of the cards and the colours of the house; a page's own comes behind it."""
    return stored("posts/cards.css")


@cache
def _macros() -> Any:
    return template("posts/cards.html.j2").make_module({"icon": icon, "outward": outward})
