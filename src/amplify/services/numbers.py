"""What people should know about numbers: those that wait for somebody to look, and sources that gave none."""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from amplify.domain.notice import About, Concern
from amplify.domain.proposal import Proposal
from amplify.domain.recipe import Recipe
from amplify.ports.figure_source import Notebook

_DIGITS = re.compile(r"\d+")


def concerns(waiting: Iterable[Proposal], recipes: Mapping[str, Recipe], notebook: Notebook) -> Iterator[Concern]:
    """One for each proposal, and one for each source that is looked at and gave nothing."""
    for one in waiting:
        number = f"{one.figure}: {one.version.counted} of {one.as_of}, by {one.by}"
        why = one.doubts[0] if one.doubts else f"`amplify figures confirm {one.figure}` after a look at the source"
        yield Concern(about=About.PROPOSED, subject=str(one.id), what=number, why=why)
    for name, recipe in recipes.items():
        last = notebook.last(name) if recipe.enabled else None
        if last is not None and not last.well:
            yield Concern(about=About.SOURCE, subject=name, mark=_mark(last.told), what=name, why=last.told)


def _mark(told: str) -> str:
    """The same for as long as it is the same trouble, whatever it counts."""
    return sha256(_DIGITS.sub("", told).encode()).hexdigest()[:12]
