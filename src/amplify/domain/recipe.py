"""Where a figure's next number may be looked up: a source that only ever proposes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeAlias

from amplify.domain.figure import Qualifier

#: What a kind of source is told beside the address: one word, several, or names with words.
Told: TypeAlias = "str | tuple[str, ...] | Mapping[str, str]"

#: The kind of a recipe that fetches nothing: it reminds people to look.
BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One entry of config/sources.yaml.

    `hosts` are the only names that may be asked. `least` and `most` bound the rows that a healthy page has.
    `options` are what its kind knows, besides.
    """

    name: str
    figure: str
    kind: str
    url: str
    hosts: frozenset[str] = frozenset()
    every: timedelta = timedelta(days=1)
    enabled: bool = True
    qualifier: Qualifier = Qualifier.EXACT
    source: str = ""
    least: int = 1
    most: int | None = None
    options: Mapping[str, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a page says: a whole number, what was counted in words, and of how many rows where it has rows.

    `as_of` is the day that the page itself names, or None.
    """

    value: int
    what: str
    rows: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """What became of the last look at a source. `digest` is of what was fetched (sha-256, hex), or empty."""

    at: datetime
    well: bool
    told: str
    digest: str = ""


class Unusable(Exception):
    """A page from which no number may be taken; the message says why, for people."""


def vouch(counted: Counted, recipe: Recipe) -> Counted:
    """What was counted, unless it cannot be what was meant. Raises Unusable."""
    if counted.value == 0:
        raise Unusable(f"0 was counted ({counted.what}): a page that was redesigned looks like that")
    rows = counted.rows
    if rows is None:
        return counted
    if rows < recipe.least:
        raise Unusable(f"the page has {rows} rows, and `rows: {{min: …}}` says at least {recipe.least}")
    if recipe.most is not None and rows > recipe.most:
        raise Unusable(f"the page has {rows} rows, and `rows: {{max: …}}` says at most {recipe.most}")
    if rows == counted.value and "where" in recipe.options:
        raise Unusable(f"all {rows} rows were counted, so `where` has left none out: the page means something else now")
    return counted
