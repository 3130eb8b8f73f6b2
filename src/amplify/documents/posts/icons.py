"""The drawings of a page: plain strokes of our own, defined once (`icons.svg`) and used by name."""

from typing import TYPE_CHECKING

from amplify.documents.pages import stored

if TYPE_CHECKING:
    from markupsafe import Markup


def sheet() -> str:
    """All of them, hidden; to stand once in the page."""
    return stored("posts/icons.svg")


def icon(name: str, meaning: str = "") -> "Markup":
    """With a meaning it is read out; without one it is an ornament."""
    from markupsafe import Markup

    if not meaning:
        return Markup('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>').format(name)
    told = Markup('<svg class="icon" role="img" aria-label="{0}"><title>{0}</title><use href="#i-{1}"/></svg>')
    return told.format(meaning, name)
