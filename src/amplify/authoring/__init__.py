"""Reads what coordinators write, and sets it in type."""

from collections.abc import Mapping

from amplify.ports.author import Author
from amplify.ports.clock import Recurrence
from amplify.ports.publisher import Network


def open_author(networks: Mapping[str, Network], recurrence: Recurrence) -> Author:
    """The author for the installed networks; `recurrence` says what repeating posts mean."""
    from amplify.authoring.author import FileAuthor

    return FileAuthor(networks=networks, recurrence=recurrence)
