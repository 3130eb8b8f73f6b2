"""A network that may be there without all that it needs: part of the library is an extra that not everybody installs."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class MayLack(Protocol):
    """Knows without loading anything whether it could connect at all."""

    @property
    def missing(self) -> str:
        """Empty, or in a sentence what must be installed first, and how."""
        ...
