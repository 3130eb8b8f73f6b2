"""Bluesky: a post is a record in the account's own repository, under a key that we choose.

So the same envelope may go again at any time: an identical record under the same key changes nothing, and
with `swapRecord: null` another one is refused. The SDK drops that null, hence the request is written here.
"""

from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from amplify.domain.feature import Feature
from amplify.domain.picture import FilmLimits, PictureLimits
from amplify.domain.rendition import Layout, Limits, Rendition
from amplify.domain.richtext import RichText, SpanKind
from amplify.ports.publisher import Access, Field, Identity
from amplify.ports.sign_in import Guide
from amplify.publishers.addresses import read_at
from amplify.publishers.bluesky_check import length_problem, refusals
from amplify.publishers.bluesky_gate import QUOTING, RULES
from amplify.publishers.bluesky_post import LABELS
from amplify.publishers.budgets import BLUESKY as BUDGETS
from amplify.publishers.measure import graphemes, utf8
from amplify.publishers.reshape import Edit, entities, is_bare, links, reshaped

if TYPE_CHECKING:
    from amplify.publishers.bluesky_account import BlueskyAccount

#: More pixels than that do not fit into so few bytes, and trying takes long.
_PIXELS = 16_000_000
_LEXICON = Limits(
    text=300,
    unit="graphemes",
    bytes=3000,
    pictures=PictureLimits(
        most=4, bytes=2_000_000, pixels=_PIXELS, film=FilmLimits(bytes=100_000_000, seconds=180), thumb=1_000_000
    ),
    budgets=BUDGETS,
)
_FEATURES = frozenset(
    {
        Feature.ALBUM,
        Feature.ALT,
        Feature.ANIMATION,
        Feature.BOOST,
        Feature.LABEL,
        Feature.LABELLED_LINK,
        Feature.LANGUAGE,
        Feature.LINK_CARD,
        Feature.MENTION,
        Feature.OUTLINE_TAGS,
        Feature.PICTURE,
        Feature.PIN,
        Feature.QUOTE,
        Feature.QUOTE_RULES,
        Feature.REPLY_RULES,
        Feature.TAG,
        Feature.THREAD,
        Feature.VIDEO,
    }
)
#: Bluesky's own app shows this much of what follows the host.
_PATH = 15
_PATH_KEPT = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Bluesky:
    """The kind of server. Its limits are the post lexicon's: servers do not announce any."""

    name: str = "bluesky"
    port: int = 1
    fields: tuple[Field, ...] = (Field(name="server"), Field(name="handle"), Field(name="password", secret=True))
    variants: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "replies": tuple(RULES),
            "quoting": QUOTING,
            "label": LABELS,
            "outline_tags": (),
            "as": ("reply",),
        }
    )
    purposes: Mapping[str, str] = field(
        default_factory=lambda: {
            "server": "The server that the account is on: https://….",
            "handle": "The account's handle, without `@`.",
            "password": "An app password, never the account's own: the name of a secret, not the secret itself.",
            "replies": "Who may reply to the post.",
            "quoting": "Who may quote the post.",
            "label": "What the post shows, so that readers are asked before they see it.",
            "outline_tags": "Hashtags of the campaign that stand beside the text, not in it: at most 8.",
            "as": "How a correction is made: here it is an answer to what was wrong.",
        }
    )
    guides: Mapping[str, Guide] = field(
        default_factory=lambda: {
            "server": Guide(
                how="It is where the account was made: for most, Bluesky's own.", usual="https://bsky.social"
            ),
            "handle": Guide(
                how="What stands behind the @, such as campaign.bsky.social.", shape=r"@?[\w-]+(\.[\w-]+)+"
            ),
            "password": Guide(
                how="Make one under Settings → Privacy and security → App passwords, without access to direct messages. "
                "It can be taken back there at any time.",
                shape=r"[a-z0-9]{4}(-[a-z0-9]{4}){3}",
                doubt="App passwords look like xxxx-xxxx-xxxx-xxxx, and the account's own must never be used. Is this an "
                "app password all the same?",
            ),
        }
    )
    lists: frozenset[str] = frozenset({"outline_tags"})
    features: frozenset[Feature] = _FEATURES
    defaults: Limits = _LEXICON

    def lay_out(self, body: RichText, settings: Mapping[str, str], limits: Limits) -> Layout:  # noqa: ARG002  the port's
        """Labels and tags as facets; a bare URL shortened, its facet carrying all of it."""
        plain = body.keep(lambda span: span.kind not in (SpanKind.BOLD, SpanKind.ITALIC))
        shown = reshaped(
            plain,
            (
                Edit(start=link.start, end=link.end, text=_shortened(link.value))
                for link in links(plain)
                if is_bare(plain, link)
            ),
        )
        return Layout(
            text=shown.text,
            entities=entities(shown, utf8),
            length=graphemes(shown.text),
            limit=limits.text,
            unit=limits.unit,
            too_long=length_problem(shown.text, limits),
        )

    def refusals(self, rendition: Rendition, limits: Limits) -> Iterator[str]:
        """What does not go together."""
        return refusals(rendition, limits)

    async def connect(self, access: Access) -> "BlueskyAccount":
        """Sign in. Raises PublishError."""
        from amplify.publishers.bluesky_account import BlueskyAccount
        from amplify.publishers.bluesky_profile import is_automated
        from amplify.publishers.bluesky_session import Session

        session = await Session.opened(access)
        async with AsyncExitStack() as unless_it_works:
            unless_it_works.push_async_callback(session.close)
            automated = await is_automated(session)
            unless_it_works.pop_all()
        identity = Identity(
            network=self.name,
            id=session.did,
            name=f"@{session.handle}",
            url=f"{read_at(session.home, 'https://bsky.app')}/profile/{session.handle}",
            automated=automated,
            label="under Settings → Account → Automation label",
        )
        return BlueskyAccount(session=session, identity=identity, limits=self.defaults)


BLUESKY = Bluesky()


def _shortened(url: str) -> str:
    """A URL as Bluesky's own app shows it: host and the beginning of what follows."""
    parts = urlsplit(url)
    rest = url.split(parts.netloc, 1)[1] if parts.netloc else ""
    if not parts.netloc or parts.scheme not in ("http", "https"):
        return url
    rest = "" if rest == "/" else rest
    return parts.netloc + (rest if len(rest) <= _PATH else f"{rest[:_PATH_KEPT]}...")
