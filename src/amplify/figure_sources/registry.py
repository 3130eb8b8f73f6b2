"""Which kinds of sources are installed: ours and strangers', found the same way, by entry point."""

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from amplify.ports.figure_source import FigureSource

GROUP = "amplify.figure_sources"


class BrokenSource(Exception):
    """An installed kind of source cannot be used; the message says which."""


def installed() -> dict[str, FigureSource]:
    """The kinds by name. Raises BrokenSource."""
    return load(entry_points(group=GROUP))


def load(points: Iterable[EntryPoint]) -> dict[str, FigureSource]:
    """The kinds that these entry points name. Raises BrokenSource."""
    found: dict[str, FigureSource] = {}
    for point in points:
        try:
            source: FigureSource = point.load()
            name = source.name
        except Exception as error:  # a stranger's module may fail in any way while it is loaded
            raise BrokenSource(
                f"the figure source “{point.name}” ({point.value}) cannot be loaded: {type(error).__name__}: {error}. "
                "Update or uninstall the package that it comes from."
            ) from error
        if name != point.name or name in found:
            told = "calls itself " + f"“{name}”: names must agree" if name != point.name else "is there twice"
            raise BrokenSource(f"the figure source “{point.name}” ({point.value}) {told}")
        found[name] = source
    return found
