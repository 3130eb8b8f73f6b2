"""Everything a coordinator has written, read once: the files of one revision as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from amplify.domain.campaign import Campaign
from amplify.domain.channel import Channel
from amplify.domain.event import Event
from amplify.domain.excerpt import Excerpt
from amplify.domain.figure import Figure
from amplify.domain.post import Post
from amplify.domain.problem import Problem
from amplify.domain.recipe import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What could be read, and the problems of what could not.

    `campaign` is None when config/campaign.yaml cannot be used: then nothing may be sent. `unread` are the
    files that could not be read at all: what came from them is held, never cancelled. `held_posts` are ids
    whose entry is wrong; `held_channels` are channels whose entry is wrong. `media` is the digest of every
    file under posts/media/, by its path in the campaign's folder. `ids` are those of all posts that
    are written, right or wrong; `former` and `corrected` are the ids that posts say they had, and those that corrections
    name: an empty one where a post names itself.
    """

    campaign: Campaign | None
    channels: Mapping[str, Channel] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    sources: Mapping[str, Recipe] = field(default_factory=dict)
    posts: tuple[Post, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()
    held_posts: frozenset[str] = frozenset()
    held_channels: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()
