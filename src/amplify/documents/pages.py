"""Where pages come from: Jinja templates beside the code that fills them. Every value is escaped on its way in.

A template that names what it was not given fails loudly. Style sheets and drawings lie beside the templates.
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(name: str) -> "Template":
    """`name` is a path in this room, such as `posts/cards.html.j2`."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    pages = Environment(
        loader=FunctionLoader(stored), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return pages.get_template(name)


def stored(name: str) -> str:
    """The text of a file of this room."""
    return files("amplify.documents").joinpath(name).read_text("utf-8")
