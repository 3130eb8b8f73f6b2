"""What lint looks at: one composed text in its language on its channel, with all that followers see beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from amplify.domain.campaign import Campaign
from amplify.domain.picture import PictureLimits, Shown
from amplify.domain.poll import Poll
from amplify.domain.problem import Passage
from amplify.domain.rendition import FigureUsed, Layout, LinkCard
from amplify.domain.richtext import RichText
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Everything that a rule may look at.

    `body` is the text with its marks, without the number, the link line and the tags that were added to it, all of
    which `layout` has. `source` is what was written, with its brackets, and `passage` where. `excerpts` are the ids of
    those that the template quotes, `pictures`, `link_card`, `poll` and `settings` what followers see besides, `besides` the
    words of all that.
    """

    written: Written
    campaign: Campaign
    wanted: Wanted
    body: RichText
    layout: Layout
    source: str
    passage: Passage
    tags: tuple[str, ...] = ()
    excerpts: frozenset[str] = frozenset()
    figures: tuple[FigureUsed, ...] = ()
    pictures: tuple[Shown, ...] = ()
    picture_limits: PictureLimits | None = None
    link_card: LinkCard | None = None
    poll: Poll | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    besides: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The body's words."""
        return self.body.text

    @property
    def language(self) -> str:
        return self.wanted.channel.language
