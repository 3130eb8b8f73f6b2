"""What reads a number off a page. It is handed the page and asks nobody itself: fetching is ours, and guarded.

A kind of source is registered under the entry point group `amplify.figure_sources`, ours like a stranger's.
docs/sources.md walks through one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from amplify.domain.recipe import Counted, Gathering, Recipe, Told

#: The version of this port: a source that is written for another one is not loaded.
PORT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a server answered with: its media type in lower case, and the whole of it as text."""

    url: str
    kind: str
    text: str
    at: datetime
    digest: str


class FigureSource(Protocol):
    """A kind of source. Pure."""

    @property
    def name(self) -> str: ...

    @property
    def port(self) -> int:
        """Which `PORT` it is written for, as a number of its own."""
        ...

    @property
    def accepts(self) -> frozenset[str]:
        """The media types that its pages have; anything else is a page of something else."""
        ...

    @property
    def options(self) -> Mapping[str, str]:
        """The keys that a recipe may have besides those of all recipes, and what each is for, in a sentence."""
        ...

    def problems(self, options: Mapping[str, Told]) -> Mapping[str, str]:
        """What is wrong with a recipe's own keys: key → sentence; a key that is missing is named too."""
        ...

    def count(self, page: Page, options: Mapping[str, Told]) -> Counted:
        """The number that the page has. Raises Unusable."""
        ...


class Fetcher(Protocol):
    async def fetch(self, recipe: Recipe, accepts: frozenset[str]) -> Page:
        """Ask the recipe's address, once, within bounds. Raises Unusable."""
        ...


class Notebook(Protocol):
    """What the last look at each source came to, between runs. Losing it costs one more look."""

    def last(self, source: str) -> Gathering | None: ...

    def note(self, source: str, gathering: Gathering) -> None:
        """Raises OSError."""
        ...
