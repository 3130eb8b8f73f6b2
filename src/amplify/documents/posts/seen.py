"""A post as a follower meets it, before it is drawn. Empty means that the network shows nothing of the kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from amplify.domain.picture import Sort
from amplify.domain.poll import told
from amplify.domain.rendition import Entity

#: How each network's people say who will see a post.
SEEN_BY: Mapping[str, str] = {
    "public": "public",
    "unlisted": "quiet public: not in timelines",
    "private": "followers only",
    "direct": "mentioned people only",
}
_HUES = 360
_BEGINNING = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """Whose post it is. `handle` is what the network writes below the name."""

    name: str
    handle: str

    @property
    def initials(self) -> str:
        spoken = [word for word in self.name.replace("_", " ").replace(".", " ").split() if word[0].isalnum()]
        return "".join(word[0] for word in (spoken[:1] + spoken[1:][-1:])).upper() or "?"

    @property
    def hue(self) -> int:
        return sum(ord(sign) * place for place, sign in enumerate(self.handle, 7)) % _HUES


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPicture:
    """`address` is a URL, or `#id`: a picture that the page itself carries once, however often it is shown.

    `sort` is what moves, and how; of that a page carries only the first picture.
    """

    address: str
    alt: str
    width: int = 0
    height: int = 0
    sort: str = Sort.PICTURE
    seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCard:
    url: str
    host: str
    title: str
    description: str
    picture: SeenPicture | None = None

    @classmethod
    def to(cls, url: str, title: str, description: str, picture: SeenPicture | None) -> "LinkCard":
        """As it is drawn: with the name of the server that it leads to."""
        return cls(url=url, host=urlsplit(url).hostname or "", title=title, description=description, picture=picture)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    url: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPoll:
    """`lasts` is None where nobody says."""

    options: tuple[str, ...]
    several: bool = False
    hidden: bool = False
    lasts: timedelta | None = None

    @property
    def note(self) -> str:
        """What stands below it, in words."""
        said = ["open for " + told(self.lasts)] if self.lasts is not None else []
        said += ["several answers"] if self.several else []
        said += ["counts are shown at the end"] if self.hidden else []
        return " · ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The beginning of the post that another one answers or embeds; without a target it is not on this page."""

    name: str
    text: str
    target: str = ""

    @property
    def beginning(self) -> str:
        return self.text.partition("\n")[0][:_BEGINNING]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPost:
    """Times are on the wall of the reader's zone. `labels` are short remarks below the text. `anchor` is its id in the page.

    `quotes` is the own post that it embeds. `sensitive`: its pictures are hidden until they are wanted. `again`: it has no words of its own and shows an earlier post once more.
    `edited` is when it was last changed in public, `earlier` what it said before each change, the oldest first.
    """

    anchor: str
    network: str
    face: Face
    at: datetime
    text: str
    entities: tuple[Entity, ...] = ()
    language: str = ""
    warning: str = ""
    visibility: str = "public"
    pictures: tuple[SeenPicture, ...] = ()
    link_card: LinkCard | None = None
    labels: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    quoted: Quoted | None = None
    quotes: Quoted | None = None
    again: bool = False
    forwarded_from: str = ""
    silent: bool = False
    protected: bool = False
    poll: SeenPoll | None = None
    pinned: bool = False
    sensitive: bool = False
    edited: datetime | None = None
    earlier: tuple[str, ...] = ()
