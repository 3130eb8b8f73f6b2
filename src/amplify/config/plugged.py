"""What installed packages bring, ours and strangers': networks and kinds of figure sources, and what of it is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amplify.ports.figure_source import FigureSource
    from amplify.ports.plugin import Plugin
    from amplify.ports.publisher import Network


@dataclass(frozen=True)
class Plugged:
    """Each half is loaded when it is first asked for."""

    @cached_property
    def publishers(self) -> "Sequence[Plugin]":
        from amplify.publishers.registry import plugins

        return plugins()

    @cached_property
    def sources(self) -> "Sequence[Plugin]":
        from amplify.figure_sources.registry import plugins

        return plugins()

    @cached_property
    def networks(self) -> "Mapping[str, Network]":
        from amplify.publishers.registry import networks

        return networks(self.publishers)

    @cached_property
    def kinds(self) -> "Mapping[str, FigureSource]":
        from amplify.figure_sources.registry import kinds

        return kinds(self.sources)

    @property
    def broken(self) -> "Sequence[Plugin]":
        return [one for one in (*self.publishers, *self.sources) if one.broken]

    @property
    def left_out(self) -> frozenset[str]:
        """The names of networks that would be there, were their packages in order."""
        return frozenset({one.name for one in self.publishers} - self.networks.keys())
