"""From a text as written to what leaves for a network: set in type, laid out and sealed by the adapters, without a server."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from amplify.authoring.typesetting.direction import set_apart
from amplify.authoring.typesetting.finding import find_tags
from amplify.authoring.typesetting.linking import judged, resolved
from amplify.authoring.typesetting.markup import read_markup
from amplify.authoring.typesetting.neat import check_letters, neat
from amplify.authoring.typesetting.signs import with_signs
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.envelope import Json, Ticket
from amplify.domain.key import Key
from amplify.domain.rendition import Layout, Rendition
from amplify.domain.richtext import RichText, SpanKind
from amplify.domain.tags import flaw
from amplify.ports.author import UnusableText
from amplify.ports.publisher import Network
from amplify.publishers.bluesky import BLUESKY
from amplify.publishers.mastodon import MASTODON
from amplify.publishers.telegram import TELEGRAM
from oracles.corpus import texts
from unit.publishers.test_prepare import account

NETWORKS = {network.name: network for network in (MASTODON, BLUESKY, TELEGRAM)}
HANDLES = frozenset({"@institution@server.example"})
HERE = Channel(name="here", network="any", language="en", links=LinkPolicy.FULL)
NOW = datetime(2027, 5, 21, 7, tzinfo=UTC)
KEY = Key(edition="2027", post="text", channel="here")
TICKET = Ticket(key=KEY, nonce="nonce", made_at=NOW)


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A text as written, as set in type, as laid out for a network, and the request that is sealed."""

    written: str
    body: RichText
    layout: Layout
    request: dict[str, Json]

    def said(self, *kinds: str) -> list[tuple[str, int, int, str]]:
        return [(e.kind, e.start, e.end, e.value) for e in self.layout.entities if e.kind in kinds]


def set_in_type(text: str) -> RichText:
    """As for a campaign that lists every hashtag of the text that a campaign can list. Raises UnusableText."""
    check_letters(text)
    rich = resolved(read_markup(neat(text)), {})
    found = {rich.text[start + 1 : end] for start, end in find_tags(rich.text)}
    marked = with_signs(rich, frozenset(tag for tag in found if not flaw(tag)), HANDLES)
    return set_apart(judged(marked, HERE), HERE.language)


@cache
def usable() -> dict[str, RichText]:
    """The texts of the corpus that a coordinator may queue, set in type."""
    return dict(_usable())


def _usable() -> Iterator[tuple[str, RichText]]:
    for text in texts():
        try:
            rich = set_in_type(text)
        except UnusableText:
            continue
        if rich.text.strip():
            yield text, rich


@cache
def printed(name: str) -> tuple[Printed, ...]:
    """All of them on one network, on a server with room enough."""
    return tuple(_printed(NETWORKS[name]))


def _printed(network: Network) -> Iterator[Printed]:
    limits = replace(network.defaults, text=5000, bytes=50_000)
    sealer = replace(account(network), limits=limits)
    for written, rich in usable().items():
        if network is not MASTODON and any(span.kind is SpanKind.MENTION for span in rich.spans):
            continue
        layout = network.lay_out(rich, {}, limits)
        made = Rendition(key=KEY, network=network.name, channel="here", language="en", due=NOW, layout=layout)
        yield Printed(
            written=written, body=rich, layout=layout, request=dict(sealer.prepare(made, TICKET, NOW, None).request)
        )
