"""Mastodon, and servers that speak its API.

Marks are lost (the server takes plain text) and links are written out. Replay promises nothing: Mastodon
remembers an Idempotency-Key for an hour, look-alike servers ignore it, and no version string proves which
one answers. The key goes along all the same; what is public is found among the account's own posts.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from amplify.domain.envelope import Envelope, Json, Parents, Receipt, Ticket
from amplify.domain.feature import Feature
from amplify.domain.picture import PictureLimits
from amplify.domain.rendition import Layout, Limits, Rendition
from amplify.domain.richtext import RichText, Span, SpanKind
from amplify.ports.darkroom import Picture
from amplify.ports.errors import CannotTell, LookFailed, OutcomeUnknown, PublishError, Rejected, Unavailable
from amplify.ports.publisher import NO_PICTURES, Access, Field, Identity, Replay
from amplify.publishers.mastodon_edit import EDITS, KEPT, besides, edit_of, found, is_edit, put
from amplify.publishers.mastodon_media import is_there, uploaded
from amplify.publishers.mastodon_server import Server
from amplify.publishers.measure import as_mastodon, graphemes, too_long
from amplify.publishers.pictures import listed, picture_problems, staged_as, to_upload
from amplify.publishers.refusals import MASTODON as REFUSALS
from amplify.publishers.refusals import SIGN_IN
from amplify.publishers.reshape import Edit, entities, is_bare, links, reshaped, spelled_out

_PER_URL = 23
_PICTURES = PictureLimits(most=4, bytes=16_777_216, alt=1500, pixels=33_177_600)
_ORDINARY = Limits(text=500, unit="graphemes", per_url=_PER_URL, pictures=_PICTURES)
_FEATURES = frozenset(
    {
        Feature.ALBUM,
        Feature.ALT,
        Feature.EDIT,
        Feature.LANGUAGE,
        Feature.MENTION,
        Feature.PICTURE,
        Feature.TAG,
        Feature.THREAD,
        Feature.VISIBILITY,
        Feature.WARNING,
    }
)
_NEVER = Replay()
_PAGE = 40
_LOOKED_AT = 80
#: How far the server's clock may be from ours.
_SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastodon:
    """The kind of server."""

    name: str = "mastodon"
    fields: tuple[Field, ...] = (Field(name="server"), Field(name="token", secret=True))
    variants: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "visibility": ("public", "unlisted", "private"),
            "warning": (),
            "as": ("reply", "edit"),
        }
    )
    purposes: Mapping[str, str] = field(
        default_factory=lambda: {
            "server": "The server that the account is on: https://….",
            "token": "The account's access token: the name of a secret, never the secret itself.",
            "visibility": "Who sees the post: everybody, everybody who looks for it, or followers.",
            "warning": "A content warning, in each language: readers open the post only if they wish.",
            "as": "How a correction is made: an answer to what was wrong, or an edit of it.",
        }
    )
    features: frozenset[Feature] = _FEATURES
    defaults: Limits = _ORDINARY

    def lay_out(self, body: RichText, settings: Mapping[str, str], limits: Limits) -> Layout:
        """Plain text; the URL of a labelled link stands behind its label."""
        unmarked = body.keep(lambda span: span.kind not in (SpanKind.BOLD, SpanKind.ITALIC))
        shown = _written_out(spelled_out(unmarked))
        length = _length(shown.text, settings.get("warning", ""), limits)
        return Layout(
            text=shown.text,
            entities=entities(shown, len),
            length=length,
            limit=limits.text,
            unit=limits.unit,
            too_long=too_long("Mastodon", length, limits.text),
        )

    async def connect(self, access: Access) -> "MastodonAccount":
        """Ask the server who we are and what it allows. Raises PublishError."""
        server, limits = await Server(
            url=access.settings["server"].rstrip("/"),
            token=access.settings["token"],
            timeout=access.timeout,
            connect_timeout=access.connect_timeout,
        ).introduced(self.defaults)
        own_id, name, url, automated = await server.ask(_who_am_i, SIGN_IN, Unavailable)
        identity = Identity(
            network=self.name,
            id=f"{own_id}@{server.domain}",
            name=f"@{name}@{server.domain}",
            url=url,
            automated=automated,
            label="under Preferences → Public profile: “This is an automated account”",
        )
        return MastodonAccount(server=server, own_id=own_id, identity=identity, limits=limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class MastodonAccount:
    """An account that we may post from."""

    server: Server
    own_id: str
    identity: Identity
    limits: Limits
    replay: Replay = _NEVER

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        """Check and seal. Raises Rejected with every problem at once."""
        settings = rendition.settings
        warning, visibility = settings.get("warning", ""), settings.get("visibility", "public")
        length = _length(rendition.text, warning, self.limits)
        problems = [
            "the text is empty" if not rendition.text.strip() else "",
            too_long("Mastodon", length, self.limits.text),
            "" if visibility in MASTODON.variants["visibility"] else f"Mastodon knows no visibility “{visibility}”",
            *picture_problems("Mastodon", rendition, self.limits),
        ]
        if any(problems):
            raise Rejected(*filter(None, problems))
        if is_edit(rendition):
            request = edit_of(rendition, parents)
            return Envelope(key=rendition.key, network=MASTODON.name, sealed_at=now, request=request, repeatable=True)
        request = {
            "status": rendition.text,
            "visibility": visibility,
            "language": rendition.language.split("-")[0],  # servers refuse, or forget, longer tags
            "idempotency_key": ticket.idempotency_key,
        }
        if warning:
            request["spoiler_text"] = warning
        if parents:
            request["in_reply_to_id"] = parents.parent.remote_id
        if rendition.pictures:
            request["media"] = listed(rendition)
        return Envelope(key=rendition.key, network=MASTODON.name, sealed_at=now, request=request)

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:
        """Give the server what it has not got, and wait until it has seen through it. Raises PublishError."""
        staged = dict(envelope.staged)
        if not self.server.misses_media:
            staged = {
                mark: ref for mark, ref in staged.items() if mark != KEPT and await is_there(self.server, str(ref))
            }
        for mark, alt, picture in to_upload(replace(envelope, staged=staged), pictures):
            staged[mark] = await uploaded(self.server, picture, alt)
        if EDITS in envelope.request:
            staged[KEPT] = await besides(self.server, envelope)
        return replace(envelope, staged=staged)

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:  # noqa: ARG002  staged
        """Post the status, or change the one that is public. Raises PublishError."""
        if EDITS in envelope.request:
            return await put(self.server, envelope)
        said: dict[str, Any] = {name: value for name, value in envelope.request.items() if name != "media"}
        if media := staged_as(envelope):
            said["media_ids"] = [str(ref) for ref, _ in media]
        return await self.server.ask(lambda client: _receipt(client.status_post(**said)), REFUSALS, OutcomeUnknown)

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:
        """Look among the account's newest posts for one with this text and these parents. Raises CannotTell."""
        if EDITS in envelope.request:
            return await found(self.server, envelope)
        try:
            return await self._found(envelope, taken)
        except PublishError as error:
            raise LookFailed(f"could not look at the account's posts: {error}") from None

    async def close(self) -> None:
        """Nothing is kept open between requests."""

    async def _found(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:
        since = envelope.sealed_at - _SKEW
        seen: list[Receipt] = []
        for _ in range(_LOOKED_AT // _PAGE):
            page = await self._page(seen[-1].remote_id if seen else None)
            for status, receipt in page:
                if receipt.remote_id not in taken and await self._is_ours(envelope, status, receipt, since):
                    return receipt
            if not page:
                return None
            seen += [receipt for _, receipt in page]
        if seen[-1].at >= since:
            raise CannotTell(f"the account has posted more than {_LOOKED_AT} times since; look for it there")
        return None

    async def _page(self, before: str | None) -> list[tuple[dict[str, Any], Receipt]]:
        def read(client: Any) -> list[tuple[dict[str, Any], Receipt]]:
            page = client.account_statuses(self.own_id, exclude_reblogs=True, limit=_PAGE, max_id=before)
            if not isinstance(page, list):
                raise TypeError("not a list of posts")
            return [(dict(status), _receipt(status)) for status in page]

        return await self.server.ask(read, (), Unavailable)

    async def _is_ours(self, envelope: Envelope, status: Mapping[str, Any], found: Receipt, since: datetime) -> bool:
        """Servers strip the ends of a text, and may rewrite visibility and language: these do not count.

        Raises CannotTell where the words are ours and something else is not.
        """
        sent = envelope.request
        is_late, in_place = found.at >= since, _in_place(status, sent)
        if not is_late and not in_place:
            return False
        source = await self.server.ask(lambda client: _words(client.status_source(found.remote_id)), (), Unavailable)
        if source != str(sent["status"]).strip():
            return False
        if not in_place:
            raise CannotTell(f"the same text is public, but as another reply or with another warning: {found.url}")
        if not is_late:
            raise CannotTell(f"the same text is public already, but from before this post: {found.url}")
        return True


MASTODON = Mastodon()


def _length(text: str, warning: str, limits: Limits) -> int:
    """The warning counts in full, without discounts."""
    return as_mastodon(text, limits.per_url or _PER_URL) + graphemes(warning)


def _written_out(body: RichText) -> RichText:
    """Behind the label of each link its URL, which is then what the span covers."""
    edits: dict[Span, Edit] = {}
    for link in links(body):
        if not is_bare(body, link):
            label, rest = body.text[link.start : link.end], body.text[link.end :]
            if rest.split("\n")[0].strip():
                written = f" ({link.value})"
            else:
                written = f"{'' if label[-1] in ':?!.' else ':'} {link.value}"
            edits[link] = Edit(start=link.end, end=link.end, text=written)
    shown = reshaped(body, edits.values())
    spans = list(shown.spans)
    for old, (at, new) in zip(body.spans, enumerate(shown.spans), strict=True):
        if old in edits:
            start = new.end + edits[old].text.index(old.value)
            spans[at] = replace(new, start=start, end=start + len(old.value))
    return replace(shown, spans=tuple(spans))


def _who_am_i(client: Any) -> tuple[str, str, str, bool]:
    me = client.account_verify_credentials()
    return str(me["id"]), str(me["acct"]), str(me["url"]), me.get("bot") is True


def _receipt(status: Mapping[str, Any]) -> Receipt:
    """Raises KeyError, ValueError or TypeError where the answer is not a post."""
    at = status["created_at"]
    at = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    address = status["url"] or status["uri"]
    if not _is_id(status["id"]) or not isinstance(address, str) or not address:
        raise ValueError("an answer without an id or an address")
    return Receipt(remote_id=str(status["id"]), url=address, at=at.astimezone(UTC))


def _in_place(status: Mapping[str, Any], sent: Mapping[str, Json]) -> bool:
    """Whether a post has the parent and the warning of the one that was sent."""
    return all(
        str(status.get(name) or "").strip() == str(sent.get(name) or "").strip()
        for name in ("in_reply_to_id", "spoiler_text")
    )


def _words(source: Mapping[str, Any]) -> str:
    """The text as it was sent. Raises TypeError where there is none: no post of ours is empty."""
    text = source["text"]
    if not isinstance(text, str) or not text.strip():
        raise TypeError("an answer without a text")
    return text.strip()


def _is_id(id: object) -> bool:
    """A number, or a long word on servers of other makers; the client library makes words of whatever it is told."""
    return not isinstance(id, bool) and re.fullmatch(r"\d+|\w{10,}", str(id)) is not None
