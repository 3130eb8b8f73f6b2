"""The last look at all that followers will see, whatever made it: a template, a variable, a label, a network's plug-in.

What is refused here cannot be allowed by any setting.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from amplify.authoring.typesetting.direction import as_written
from amplify.authoring.typesetting.linking import check_addresses, check_link, on_name_only
from amplify.authoring.typesetting.neat import check_letters
from amplify.authoring.typesetting.signs import MOST_MENTIONS, mentions_in, one_too_many, tags_in
from amplify.domain.campaign import Campaign
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.excerpt import Excerpt, Risk
from amplify.domain.rendition import Layout
from amplify.domain.richtext import SpanKind
from amplify.ports.author import UnusableText

#: That many words of an excerpt in a row are a quotation.
_WORDS = 8
_Row: TypeAlias = tuple[str, ...]


def vet(
    campaign: Campaign, excerpts: Mapping[str, Excerpt], channel: Channel, layout: Layout, besides: Iterable[str]
) -> frozenset[str]:
    """The dangerous excerpts that are quoted, by their names. Raises UnusableText."""
    tags, handles = campaign.all_tags, campaign.handles(channel.network)
    words = [layout.text, *besides]
    mentioned: list[str] = []
    for text in words:
        usual = _mentions_anywhere(text, tags, handles, channel.links)
        mentioned += _mentions(text, tags, handles, channel) if usual is None else usual
    _check_entities(layout, tags, handles, channel)
    if len(mentioned) > MOST_MENTIONS:
        raise one_too_many(mentioned[-1])
    quoted = frozenset(_quoted(words, excerpts))
    if quoted and channel.links is LinkPolicy.NAME_ONLY:
        raise dangerous(min(quoted), channel)
    return quoted


def _mentions(text: str, tags: frozenset[str], handles: frozenset[str], channel: Channel) -> tuple[str, ...]:
    """Those in a text in which all may stand that does. Raises UnusableText."""
    check_letters(as_written(text))
    sum(1 for _ in tags_in(text, tags))
    mentioned = tuple(text[span.start : span.end] for span in mentions_in(text, handles))
    check_addresses(text, channel)
    return mentioned


@lru_cache(maxsize=1024)
def _mentions_anywhere(
    text: str, tags: frozenset[str], handles: frozenset[str], links: LinkPolicy
) -> tuple[str, ...] | None:
    """The same on any channel; None where there is something to say, which takes its name."""
    try:
        return _mentions(text, tags, handles, Channel(name="", network="", language="", links=links))
    except UnusableText:
        return None


def dangerous(excerpt: str, channel: Channel) -> UnusableText:
    told = f"excerpt {excerpt} is dangerous for readers of {channel.name} to be found with (`risk: high`)"
    return UnusableText(told, code="risky-excerpt", hint="leave it out in this language")


def _check_entities(layout: Layout, tags: frozenset[str], handles: frozenset[str], channel: Channel) -> None:
    """What a network marks besides what stands in the text."""
    for entity in layout.entities:
        if entity.kind == SpanKind.LINK:
            if channel.links is LinkPolicy.NAME_ONLY:
                raise on_name_only(entity.value, channel)
            check_link(entity.value)
        elif (entity.kind == SpanKind.TAG and entity.value not in tags) or (
            entity.kind == SpanKind.MENTION and entity.value not in handles
        ):
            told = f"{channel.network} would make a {entity.kind} of “{entity.value}”, which config/campaign.yaml does not have"
            raise UnusableText(told, code=f"unknown-{entity.kind}", hint="tell whoever wrote the publisher")


def _quoted(texts: Iterable[str], excerpts: Mapping[str, Excerpt]) -> Iterator[str]:
    """The dangerous excerpts of which a few words in a row stand in one of the texts, however they got there."""
    risky = {name: excerpt for name, excerpt in excerpts.items() if excerpt.risk is Risk.HIGH}
    said = [_plain(text) for text in texts] if risky else []
    rows: dict[int, set[_Row]] = {}
    for name, excerpt in risky.items():
        for wording in (excerpt.verbatim, excerpt.corrected, *excerpt.translations.values()):
            count, wanted = _marks(wording)
            if count and count not in rows:
                rows[count] = {row for words in said for row in _rows(words, count)}
            if count and not wanted.isdisjoint(rows[count]):
                yield name
                break


@lru_cache(maxsize=256)
def _marks(wording: str) -> tuple[int, frozenset[_Row]]:
    """How many words of it in a row are a quotation, and which they are."""
    words = _plain(wording)
    count = min(_WORDS, len(words))
    return count, frozenset(_rows(words, count)) if count else frozenset()


def _rows(words: list[str], count: int) -> Iterator[_Row]:
    """Every so many words in a row."""
    return (tuple(words[at : at + count]) for at in range(len(words) - count + 1))


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
