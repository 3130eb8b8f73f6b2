"""Reads what coordinators write, and sets it in type."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amplify.ports.author import Author
    from amplify.ports.clock import Recurrence
    from amplify.ports.figure_source import FigureSource
    from amplify.ports.publisher import Network


def open_author(
    networks: "Mapping[str, Network]",
    recurrence: "Recurrence",
    kinds: "Mapping[str, FigureSource]" = MappingProxyType({}),
    left_out: Collection[str] = (),
) -> "Author":
    """The author for the installed networks and kinds of sources; `recurrence` says what repeating posts mean.

    `left_out` are networks that are installed and cannot be used.
    """
    from amplify.authoring.author import FileAuthor

    return FileAuthor(networks=networks, recurrence=recurrence, kinds=kinds, left_out=frozenset(left_out))
