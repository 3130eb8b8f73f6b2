"""Mastodon, and servers that speak its API.

Marks are lost (the server takes plain text) and links are written out. Replay promises nothing by itself: Mastodon
remembers an Idempotency-Key for an hour, look-alike servers ignore it, and no version string proves which one answers;
see mastodon_proof.py. The key goes along all the same; what is public is found among the account's own posts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from amplify.domain.feature import Feature
from amplify.domain.picture import FilmLimits, PictureLimits
from amplify.domain.poll import PollLimits
from amplify.domain.rendition import Layout, Limits, Rendition
from amplify.domain.richtext import RichText, SpanKind
from amplify.ports.errors import Unavailable
from amplify.ports.publisher import Access, Field, Identity
from amplify.ports.sign_in import Granted, Interviewer
from amplify.publishers.budgets import MASTODON as BUDGETS
from amplify.publishers.mastodon_post import NETWORK, VARIANTS, apart
from amplify.publishers.mastodon_text import PER_URL, length_of, written_out
from amplify.publishers.measure import too_long
from amplify.publishers.reshape import entities, spelled_out

if TYPE_CHECKING:
    from amplify.publishers.mastodon_account import MastodonAccount

#: What a Mastodon is set up with; what a server says of itself takes its place.
_FILM = FilmLimits(bytes=103_809_024, pixels=8_294_400, rate=120)
_PICTURES = PictureLimits(most=4, bytes=16_777_216, alt=1500, pixels=33_177_600, film=_FILM)
_POLL = PollLimits(options=4, letters=50, shortest=timedelta(minutes=5), longest=timedelta(seconds=2_629_746))
_ORDINARY = Limits(text=500, unit="graphemes", per_url=PER_URL, pictures=_PICTURES, poll=_POLL, budgets=BUDGETS)
#: What the operator may say: a Mastodon remembers for an hour, and a replay needs a while itself.
_REPLAYS = ("10m", "30m", "50m")
_FEATURES = frozenset(
    {
        Feature.ALBUM,
        Feature.ALT,
        Feature.ANIMATION,
        Feature.BOOST,
        Feature.EDIT,
        Feature.FOCUS,
        Feature.LANGUAGE,
        Feature.MENTION,
        Feature.PICTURE,
        Feature.PIN,
        Feature.POLL,
        Feature.QUOTE,
        Feature.QUOTE_RULES,
        Feature.SENSITIVE,
        Feature.TAG,
        Feature.THREAD,
        Feature.VIDEO,
        Feature.VISIBILITY,
        Feature.WARNING,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastodon:
    """The kind of server."""

    name: str = NETWORK
    port: int = 1
    fields: tuple[Field, ...] = (
        Field(name="server"),
        Field(name="token", secret=True),
        Field(name="replay", required=False, values=_REPLAYS),
    )
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: VARIANTS)
    purposes: Mapping[str, str] = field(
        default_factory=lambda: {
            "server": "The server that the account is on: https://….",
            "token": "The account's access token: the name of a secret, never the secret itself.",
            "replay": "How long the server is known to remember a request, so that it may be repeated after a lost answer.",
            "visibility": "Who sees the post: everybody, everybody who looks for it, or followers.",
            "warning": "A content warning, in each language: readers open the post only if they wish.",
            "sensitive": "Whether pictures are hidden until somebody wants to see them.",
            "quoting": "Who may quote the post: everybody, followers, or nobody.",
            "as": "How a correction is made: an answer to what was wrong, or an edit of it.",
        }
    )
    features: frozenset[Feature] = _FEATURES
    defaults: Limits = _ORDINARY

    def lay_out(self, body: RichText, settings: Mapping[str, str], limits: Limits) -> Layout:
        """Plain text; the URL of a labelled link stands behind its label."""
        unmarked = body.keep(lambda span: span.kind not in (SpanKind.BOLD, SpanKind.ITALIC))
        shown = written_out(spelled_out(unmarked))
        length = length_of(shown.text, settings.get("warning", ""), limits)
        return Layout(
            text=shown.text,
            entities=entities(shown, len),
            length=length,
            limit=limits.text,
            unit=limits.unit,
            too_long=too_long("Mastodon", length, limits.text),
        )

    def refusals(self, rendition: Rendition, limits: Limits) -> Iterable[str]:  # noqa: ARG002  the port's
        """What no server takes together."""
        return apart(rendition)

    async def connect(self, access: Access) -> "MastodonAccount":
        """Ask the server who we are and what it allows. Raises PublishError."""
        from amplify.publishers.mastodon_account import MastodonAccount
        from amplify.publishers.mastodon_nodeinfo import known_better
        from amplify.publishers.mastodon_proof import replay_of
        from amplify.publishers.mastodon_server import Server
        from amplify.publishers.refusals import SIGN_IN

        server, limits = await Server(
            url=access.settings["server"].rstrip("/"),
            token=access.settings["token"],
            timeout=access.timeout,
            connect_timeout=access.connect_timeout,
            way=access.way,
            meter=access.meter,
        ).introduced(self.defaults)
        own_id, name, url, automated = await server.ask(_who_am_i, SIGN_IN, Unavailable)
        server = await known_better(server, own_id)
        identity = Identity(
            network=self.name,
            id=f"{own_id}@{server.domain}",
            name=f"@{name}@{server.domain}",
            url=url,
            automated=automated,
            label="under Preferences → Public profile: “This is an automated account”",
        )
        replay = replay_of(access, server.claimed)
        return MastodonAccount(server=server, own_id=own_id, identity=identity, limits=limits, replay=replay)

    async def sign_in(
        self, person: Interviewer, known: Mapping[str, str], access_for: Callable[[Mapping[str, str]], Access]
    ) -> Granted:
        """An application of its own, with few rights, and a code to paste. Raises PublishError."""
        from amplify.publishers.mastodon_sign_in import sign_in

        return await sign_in(person, known, access_for)


MASTODON = Mastodon()


def _who_am_i(client: Any) -> tuple[str, str, str, bool]:
    me = client.account_verify_credentials()
    return str(me["id"]), str(me["acct"]), str(me["url"]), me.get("bot") is True
