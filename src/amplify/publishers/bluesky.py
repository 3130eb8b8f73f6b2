"""Bluesky: a post is a record in the account's own repository, under a key that we choose.

So the same envelope may go again at any time: an identical record under the same key changes nothing, and
with `swapRecord: null` another one is refused. The SDK drops that null, hence the request is written here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from amplify.domain.envelope import Envelope, Json, Parents, Receipt, Ticket
from amplify.domain.feature import Feature
from amplify.domain.picture import PictureLimits
from amplify.domain.rendition import Layout, Limits, Rendition
from amplify.domain.richtext import RichText, SpanKind
from amplify.ports.darkroom import Picture
from amplify.ports.errors import CannotTell, LookFailed, OutcomeUnknown, PublishError, Rejected, Unavailable
from amplify.ports.publisher import NO_PICTURES, Access, Field, Identity, Replay
from amplify.publishers.addresses import read_at
from amplify.publishers.bluesky_post import GATE, POST, RULES, gate_of, record_of, undated, whole
from amplify.publishers.measure import graphemes, too_long, utf8
from amplify.publishers.pictures import listed, picture_problems, to_upload
from amplify.publishers.refusals import BLUESKY as REFUSALS
from amplify.publishers.reshape import Edit, entities, is_bare, links, reshaped

if TYPE_CHECKING:
    from amplify.publishers.bluesky_session import Session

_PUT = "com.atproto.repo.putRecord"
#: More pixels than that do not fit into so few bytes, and trying takes long.
_PIXELS = 16_000_000
_LEXICON = Limits(
    text=300, unit="graphemes", bytes=3000, pictures=PictureLimits(most=4, bytes=2_000_000, pixels=_PIXELS)
)
_FEATURES = frozenset(
    {
        Feature.ALBUM,
        Feature.ALT,
        Feature.LABELLED_LINK,
        Feature.LANGUAGE,
        Feature.PICTURE,
        Feature.REPLY_RULES,
        Feature.TAG,
        Feature.THREAD,
    }
)
_FOR_EVER = Replay(safe_for=timedelta(days=3650))
#: Bluesky's own app shows this much of what follows the host.
_PATH = 15
_PATH_KEPT = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Bluesky:
    """The kind of server. Its limits are the post lexicon's: servers do not announce any."""

    name: str = "bluesky"
    fields: tuple[Field, ...] = (Field(name="server"), Field(name="handle"), Field(name="password", secret=True))
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"replies": tuple(RULES), "as": ("reply",)})
    purposes: Mapping[str, str] = field(
        default_factory=lambda: {
            "server": "The server that the account is on: https://….",
            "handle": "The account's handle, without `@`.",
            "password": "An app password, never the account's own: the name of a secret, not the secret itself.",
            "replies": "Who may reply to the post.",
            "as": "How a correction is made: here it is an answer to what was wrong.",
        }
    )
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
            too_long=_too_long(shown.text, limits),
        )

    async def connect(self, access: Access) -> "BlueskyAccount":
        """Sign in. Raises PublishError."""
        from amplify.publishers.bluesky_profile import is_automated
        from amplify.publishers.bluesky_session import Session

        session = await Session.opened(access)
        identity = Identity(
            network=self.name,
            id=session.did,
            name=f"@{session.handle}",
            url=f"{read_at(session.home, 'https://bsky.app')}/profile/{session.handle}",
            automated=await is_automated(session),
            label="under Settings → Account → Automation label",
        )
        return BlueskyAccount(session=session, identity=identity, limits=self.defaults)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlueskyAccount:
    """An account that we may post from."""

    session: "Session"
    identity: Identity
    limits: Limits
    replay: Replay = _FOR_EVER

    @property
    def secrets(self) -> Collection[str]:
        """The tokens of the session that we have now."""
        return self.session.tokens

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        """Check and seal the record, and who may reply to it. Raises Rejected with every problem at once."""
        replies = rendition.settings.get("replies", "everyone")
        problems = [
            "the text is empty" if not rendition.text.strip() else "",
            _too_long(rendition.text, self.limits),
            "" if replies in RULES else f"Bluesky does not know “replies: {replies}”",
            *(
                "mentions on Bluesky are not supported yet"
                for entity in rendition.layout.entities
                if entity.kind == "mention"
            ),
            *picture_problems("Bluesky", rendition, self.limits),
        ]
        if parents and not (parents.root.proof.get("cid") and parents.parent.proof.get("cid")):
            problems.append(
                "the post before was confirmed by hand; a reply on Bluesky needs its record: reply by hand too"
            )
        if any(problems):
            raise Rejected(*dict.fromkeys(filter(None, problems)))
        record = record_of(rendition, now, parents)
        request: dict[str, Json] = {"repo": self.identity.id, "rkey": ticket.tid, "record": record}
        if rendition.pictures:
            request["media"] = listed(rendition)
        if replies != "everyone" and parents is None:  # only the first post of a thread has a say
            request["gate"] = gate_of(f"at://{self.identity.id}/{POST}/{ticket.tid}", replies, now)
        return Envelope(key=rendition.key, network=BLUESKY.name, sealed_at=now, request=request)

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:
        """Give the server the pictures; say who may reply, under the key that the post will have. Raises PublishError."""
        staged = dict(envelope.staged)
        for mark, _, picture in to_upload(envelope, pictures):
            blob = await self.session.upload(picture.data, picture.mime, REFUSALS)
            staged[mark] = {"blob": blob, "aspectRatio": {"width": picture.width, "height": picture.height}}
        gate = envelope.request.get("gate")
        if gate:
            sent = {"repo": envelope.request["repo"], "collection": GATE, "rkey": envelope.request["rkey"]}
            await self.session.procedure(_PUT, {**sent, "record": gate}, _stored, REFUSALS, Unavailable)
        return replace(envelope, staged=staged)

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:  # noqa: ARG002  staged
        """Put the record where there is none. Raises PublishError."""
        sent = {name: envelope.request[name] for name in ("repo", "rkey")}
        body: dict[str, Json] = {**sent, "record": whole(envelope), "collection": POST, "swapRecord": None}
        try:
            uri, cid = await self.session.procedure(_PUT, body, _stored, REFUSALS, OutcomeUnknown)
        except OutcomeUnknown:
            if not self.session.was_told("InvalidSwap"):
                raise
        else:
            return self._receipt(envelope, uri, cid)
        return await self._what_is_there(envelope)

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:  # noqa: ARG002  a key is enough
        """Look whether the record is stored under its key. Raises CannotTell."""
        repo, rkey = (envelope.request[name] for name in ("repo", "rkey"))
        try:
            record = whole(envelope)
            there = await self.session.record(str(repo), POST, str(rkey), REFUSALS)
        except PublishError as error:
            if self.session.was_told("RecordNotFound"):
                return None
            raise LookFailed(f"could not look at the account's posts: {error}") from None
        if undated(there.get("value")) != undated(record):
            raise CannotTell(f"another text is stored under this post's key: {self._url(envelope)}")
        try:
            return self._receipt(envelope, *_stored(there))
        except (KeyError, ValueError) as error:
            raise LookFailed(f"the server does not say what the post is called: {error}") from None

    async def close(self) -> None:
        """Let go of the connection."""
        await self.session.close()

    async def _what_is_there(self, envelope: Envelope) -> Receipt:
        try:
            found = await self.find(envelope, ())
        except CannotTell as error:
            raise OutcomeUnknown(f"Bluesky: {error}") from None
        if found is None:
            raise OutcomeUnknown("Bluesky says both that the post is there and that it is not")
        return found

    def _receipt(self, envelope: Envelope, uri: str, cid: str) -> Receipt:
        return Receipt(remote_id=uri, url=self._url(envelope), at=envelope.sealed_at, proof={"cid": cid})

    def _url(self, envelope: Envelope) -> str:
        return f"{self.identity.url}/post/{envelope.request['rkey']}"


BLUESKY = Bluesky()


def _too_long(text: str, limits: Limits) -> str:
    """Both limits of the lexicon: what a reader counts, and bytes."""
    told = [too_long("Bluesky", graphemes(text), limits.text)]
    if limits.bytes:
        told.append(too_long("Bluesky", utf8(text), limits.bytes, "byte"))
    return "; ".join(filter(None, told))


def _shortened(url: str) -> str:
    """A URL as Bluesky's own app shows it: host and the beginning of what follows."""
    parts = urlsplit(url)
    rest = url.split(parts.netloc, 1)[1] if parts.netloc else ""
    if not parts.netloc or parts.scheme not in ("http", "https"):
        return url
    rest = "" if rest == "/" else rest
    return parts.netloc + (rest if len(rest) <= _PATH else f"{rest[:_PATH_KEPT]}...")


def _stored(answer: Any) -> tuple[str, str]:
    """Where and as what a record is stored. Raises TypeError, KeyError or ValueError where the answer says neither."""
    uri, cid = answer["uri"], answer["cid"]
    if not (isinstance(uri, str) and uri.startswith("at://") and isinstance(cid, str) and cid):
        raise ValueError("an answer without the name of a record")
    return uri, cid
