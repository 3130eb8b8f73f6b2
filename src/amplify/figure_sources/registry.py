"""Which kinds of sources are installed: ours and strangers', found the same way, by entry point."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from typing import cast

from amplify.ports.figure_source import PORT, FigureSource
from amplify.ports.plugin import Plugin, loaded

GROUP = "amplify.figure_sources"


def installed() -> dict[str, FigureSource]:
    """The kinds that can be used, by name."""
    return kinds(plugins())


@cache
def plugins() -> tuple[Plugin, ...]:
    """All that are installed, those that are broken too; looked up once in a process."""
    return tuple(loaded(entry_points(group=GROUP), kind="figure source", port=PORT, like=FigureSource))


def kinds(found: Iterable[Plugin]) -> dict[str, FigureSource]:
    return {one.name: cast("FigureSource", one.part) for one in found if not one.broken}
