"""What changes the number in force of a figure in the campaign's own file: only when a person has confirmed it."""

from typing import Protocol

from amplify.domain.figure import Figure, Version


class CannotWrite(Exception):
    """The file is as it was. The message says why, and what to do by hand."""


class FiguresFile(Protocol):
    def put(self, figure: Figure, version: Version) -> None:
        """Make `version` the number of `figure`, which is as the file has it; what it was goes into its history.

        Every other line stays as it is. Raises CannotWrite.
        """
        ...
