"""What turns a campaign's files into domain values, and its templates into text."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from amplify.domain.card import Card
from amplify.domain.channel import Channel
from amplify.domain.finding import Finding
from amplify.domain.lint import Subject
from amplify.domain.post import Part, Post
from amplify.domain.problem import Passage, Place
from amplify.domain.rendition import FigureUsed, Layout
from amplify.domain.richtext import RichText
from amplify.domain.written import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """A rendered text, the figures that it prints, whether its words hold on one day only, and its risky excerpts.

    `person` is whether it was made by a template for posts about somebody. `source` is what it was made of, `passage`
    where that stands, and `excerpts` are all that it quotes, risky or not. `links` are the addresses that it leads to,
    also where the channel only names them. `card` is the picture that is drawn beside it; what that prints and quotes is
    among the figures and excerpts.
    """

    body: RichText
    figures: tuple[FigureUsed, ...] = ()
    day_bound: bool = False
    risky: tuple[str, ...] = ()
    person: bool = False
    source: str = ""
    passage: Passage | None = None
    excerpts: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    card: Card | None = None


class UnusableText(Exception):
    """A text that cannot become a rendition. The message says what and what to do; `line` is 1-based in the text.

    `place` is where in the campaign's files that is, as soon as somebody who hears of it knows. `findings` are all that
    lint says of the text, where lint has found it: the message has only the errors.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        hint: str = "",
        line: int = 1,
        place: Place | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.line = line
        self.place = place
        self.findings = findings


class Author(Protocol):
    """The reader and the typesetter."""

    def read(self, files: Mapping[str, bytes]) -> Written:
        """Read a campaign from its files (paths relative to the campaign's folder). Never raises."""
        ...

    def typeset(
        self,
        written: Written,
        post: Post,
        part: Part,
        channel: Channel,
        values: Mapping[str, str],
        days_left: int,
        event: str = "",
    ) -> Typeset:
        """Render one part in the channel's language.

        `values` are the occurrence's variables, already in that language; `days_left` counts from the
        slot to the campaign's day; `event` is the id of the event that the occurrence is about, if any.
        On `name_only` channels no link spans remain. Raises UnusableText.
        """
        ...

    def vet(self, written: Written, channel: Channel, layout: Layout, besides: Collection[str]) -> frozenset[str]:
        """Look once more at all that followers will see: the text as it is laid out, and what stands `besides` it.

        Returns the dangerous excerpts that are quoted. Raises UnusableText where a tag, a mention or a link is none of
        the campaign's, or a channel that names sources only in words would link.
        """
        ...

    def lint(self, subject: Subject) -> tuple[Finding, ...]:
        """Everything that the rules of craft, safety and accessibility say of a composed text, errors first."""
        ...


class Folder(Protocol):
    """A campaign's folder."""

    def files(self) -> Mapping[str, bytes]:
        """Path in the folder → content; of what is under posts/media/, its digest. Raises OSError."""
        ...

    def picture(self, path: str) -> bytes:
        """The content of a file under posts/media/, by its path in the folder. Raises OSError."""
        ...

    def stamp(self) -> object:
        """Something that is equal as long as no file has changed. Raises OSError."""
        ...

    def stopped(self) -> bool:
        """Whether a file called STOP lies in the folder; when in doubt, yes."""
        ...

    def stop_files(self) -> tuple[str, ...]:
        """The names of what lies in the folder and stops everything: files, or folders, called STOP. Raises OSError."""
        ...
