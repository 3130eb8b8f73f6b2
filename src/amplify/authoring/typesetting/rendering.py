"""A template with its values filled in; whatever goes wrong is told with its line.

Most posts are plain words or name a figure: those need no engine, which takes longer to load than a text to be set.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from amplify.authoring.typesetting.budget import bounded
from amplify.authoring.typesetting.filling import filled
from amplify.authoring.typesetting.notes import Notes

if TYPE_CHECKING:
    from amplify.authoring.typesetting.press import Compiled

#: What makes a text a template.
_GAP = re.compile(r"\{[{%#]")


def render(
    name: str,
    source: str,
    values: Mapping[str, object],
    templates: Mapping[str, str],
    compiled: "Compiled",
    notes: Notes,
    language: str,
) -> str:
    """The text, as markup. `name` tells this source from others. Raises UnusableText."""
    if not _GAP.search(source):
        return bounded(source)
    if (plain := filled(source, values, notes)) is not None:
        return plain
    from amplify.authoring.typesetting.engine import pressed

    return pressed(name, source, values, templates, compiled, notes, language)
