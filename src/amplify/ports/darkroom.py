"""What looks at pictures and makes prints of them that are fit to be shown and tell nothing else."""

from dataclasses import dataclass, field
from typing import Protocol

from amplify.domain.film import Film
from amplify.domain.picture import PictureLimits, Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A print: nothing is in it but what is seen and heard.

    `seconds` is how long it moves, and `still` is then what it begins with, as JPEG.
    """

    data: bytes = field(repr=False)
    mime: str
    width: int
    height: int
    sort: Sort = Sort.PICTURE
    seconds: float = 0.0
    still: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The shown size of a picture that can be used, turned as its camera says. `film` is there where it moves."""

    width: int
    height: int
    sort: Sort = Sort.PICTURE
    film: Film | None = None


class UnusablePicture(Exception):
    """A file that cannot be shown as a picture. The message is for people and goes on after the file's name."""

    def __init__(self, message: str, *, code: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


class Darkroom(Protocol):
    """Both take a while: not for an event loop."""

    def examine(self, data: bytes) -> Original:
        """Look at the whole of it. Raises UnusablePicture."""
        ...

    def develop(self, data: bytes, limits: PictureLimits) -> Picture:
        """A print within the limits, always the same for the same bytes. Raises UnusablePicture."""
        ...
