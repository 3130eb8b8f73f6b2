"""Pictures: what a post says of one, what a rendition shows of it, and what a server takes.

Words only: the bytes are looked at where they are developed, and are known here by their digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from amplify.domain.card import Card
from amplify.domain.problem import Place

#: Where a campaign keeps its pictures.
FOLDER = "posts/media/"
#: How a digest begins: what a revision keeps of a picture is never mistaken for the picture.
DIGEST = "sha256:"
_SHORTEST_ALT = 20
_LONGEST_ALT = 1500


class Sort(StrEnum):
    PICTURE = "picture"
    ANIMATION = "animation"
    """Moves without a sound."""
    VIDEO = "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture as written. `file` is by language, or under "" for all of them; names are those in posts/media/.

    `focus` is as in `Shown`.
    """

    file: Mapping[str, str]
    alt: Mapping[str, str]
    place: Place
    focus: tuple[float, float] | None = None

    def path(self, language: str) -> str:
        """The file in the campaign's folder for a language, or nothing."""
        name = self.file.get(language, self.file.get("", ""))
        return f"{FOLDER}{name}" if name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture of a rendition: its file, the digest of the file's bytes, and the words for those who do not see it.

    `focus` is the point that stays in view where a server crops: right and up from the centre, each -1.0 to 1.0. A picture
    that is drawn has its `card` and no file; its digest is the drawing's. Where figures may move, `fixed` is the digest
    of its words with their numbers masked.
    """

    path: str
    digest: str
    alt: str
    sort: Sort = Sort.PICTURE
    focus: tuple[float, float] | None = None
    card: Card | None = None
    fixed: str = ""

    @property
    def seen(self) -> tuple[object, ...]:
        """What of it a yes is bound to."""
        if self.fixed:
            return self.path, self.fixed
        return self.path, self.digest, self.alt, *(self.focus or ())

    @property
    def mark(self) -> str:
        """By what a server's copy is known: the same picture with the same words is the same copy."""
        focus = f"\n{self.focus[0]},{self.focus[1]}" if self.focus is not None else ""
        return sha256(f"{self.digest}\n{self.alt}{focus}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmLimits:
    """What a server takes of what moves: bytes, pixels of a frame, frames a second, seconds; None: any."""

    bytes: int
    pixels: int | None = None
    rate: int | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits:
    """What a server takes: bytes, letters of alt text, width x height, width + height, width : height; None: any.

    Without `film` it takes nothing that moves. `thumb` is how many bytes the picture in the card of a link may have, where
    that is another number.
    """

    most: int
    bytes: int
    alt: int | None = None
    pixels: int | None = None
    sides: int | None = None
    ratio: int | None = None
    film: FilmLimits | None = None
    thumb: int | None = None

    @property
    def as_thumb(self) -> "PictureLimits":
        """Those of the picture in the card of a link."""
        return replace(self, bytes=self.thumb) if self.thumb is not None else self

    def refusal(self, width: int, height: int) -> str:
        """Why no size of a picture of this shape will do, or nothing."""
        if self.ratio is not None and max(width, height) > self.ratio * min(width, height):
            return (
                f"it is {width} by {height} pixels, and the longer side may be {self.ratio} times the shorter at most"
            )
        return ""


def digest_of(data: bytes) -> str:
    return DIGEST + sha256(data).hexdigest()


def alt_problem(alt: str, path: str) -> str:
    """What is wrong with an alt text, or nothing."""
    name = path.rpartition("/")[2]
    if alt.strip().casefold() in (name.casefold(), name.rpartition(".")[0].casefold()):
        return "the alt text is the file's name"
    if len(alt) < _SHORTEST_ALT:
        return f"the alt text has {len(alt)} characters; it takes at least {_SHORTEST_ALT} to say what a picture shows"
    if len(alt) > _LONGEST_ALT:
        return f"the alt text is too long: {len(alt)} characters of {_LONGEST_ALT}"
    if "{{" in alt or "{%" in alt:
        return "nothing is filled in here, and followers would hear the brackets: write the words out"
    return ""
