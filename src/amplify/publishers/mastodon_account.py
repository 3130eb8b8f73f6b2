"""An account on a Mastodon server: what is given ahead, the one request that publishes, and looking for what it made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from amplify.domain.budget import Use
from amplify.domain.envelope import Envelope, Parents, Receipt, Ticket
from amplify.domain.rendition import Limits, Rendition
from amplify.domain.traits import Traits
from amplify.ports.darkroom import Picture
from amplify.ports.errors import CannotTell, LookFailed, OutcomeUnknown, PublishError, Rejected, Unavailable
from amplify.ports.examining import Examined
from amplify.ports.proving import Proof
from amplify.ports.publisher import NO_PICTURES, Identity, Replay
from amplify.ports.upkeep import Counts
from amplify.publishers.failures import Row
from amplify.publishers.mastodon_answers import in_place, receipt, remarked, words
from amplify.publishers.mastodon_edit import EDITS, KEPT, besides, edit_of, found, is_edit, put
from amplify.publishers.mastodon_examine import examine, set_label
from amplify.publishers.mastodon_measure import AT_ONCE, measure
from amplify.publishers.mastodon_media import is_there, staged_again
from amplify.publishers.mastodon_post import BESIDE, NETWORK, refusals, request_of
from amplify.publishers.mastodon_proof import prove_replay
from amplify.publishers.mastodon_server import Server
from amplify.publishers.mastodon_withdraw import withdraw
from amplify.publishers.pictures import shown_in, staged_as, to_upload
from amplify.publishers.refusals import MASTODON as REFUSALS

_NEVER = Replay()
_PAGE = 40
_NOT_THERE = Row(404, "", Rejected)
_LOOKED_AT = 80
#: How far the server's clock may be from ours.
_SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class MastodonAccount:
    """An account that we may post from."""

    server: Server
    own_id: str
    identity: Identity
    limits: Limits
    replay: Replay = _NEVER
    at_once: int = AT_ONCE

    @property
    def traits(self) -> Traits:
        """What its server has said that it is."""
        return self.server.traits

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        """Check and seal. Raises Rejected with every problem at once."""
        problems = [problem for problem in refusals(rendition, self.limits, self.server) if problem]
        if problems:
            raise Rejected(*problems)
        edits = is_edit(rendition)
        request = edit_of(rendition, parents) if edits else request_of(rendition, ticket, parents)
        return Envelope(
            key=rendition.key,
            network=NETWORK,
            sealed_at=now,
            request=request,
            repeatable=edits,
            settles="pin" in request,
        )

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:
        """Give the server what it has not got, and wait until it has seen through it. Raises PublishError."""
        staged = dict(envelope.staged)
        if not self.server.misses_media:
            staged = {mark: ref for mark, ref in staged.items() if mark != KEPT and await is_there(self.server, ref)}
        new = to_upload(replace(envelope, staged=staged), pictures)
        staged = await staged_again(self.server, staged, new, _focus(envelope))
        if EDITS in envelope.request:
            staged[KEPT] = await besides(self.server, envelope)
        return replace(envelope, staged=staged)

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:  # noqa: ARG002  staged
        """Post the status, show an own one again, or change the one that is public. Raises PublishError."""
        if EDITS in envelope.request:
            return await put(self.server, envelope)
        if boosted := envelope.request.get("boosts"):
            return await self.server.ask(
                lambda client: receipt(client.status_reblog(boosted)), REFUSALS, OutcomeUnknown, Use.POST
            )
        said: dict[str, Any] = {name: value for name, value in envelope.request.items() if name not in BESIDE}
        media = list(staged_as(envelope))
        if media:
            said["media_ids"] = [str(ref) for ref, _ in media]

        def post(client: Any) -> Receipt:
            if "poll" in said:  # some servers refuse a poll beside a yes or no that the library has made a text of
                said.setdefault("sensitive", None)
                said["poll"] = client.make_poll(**said["poll"])
            status = client.status_post(**said)
            return remarked(receipt(status), status, envelope.request, len(media))

        made = await self.server.ask(post, REFUSALS, OutcomeUnknown, Use.POST)
        await self._see(made)
        return made

    async def _see(self, made: Receipt) -> None:
        """Some servers say yes and keep nothing. Raises OutcomeUnknown where that is plain to see."""
        try:
            await self.server.ask(lambda client: client.status(made.remote_id)["id"], (_NOT_THERE,), Unavailable)
        except Rejected:
            told = "Mastodon: the server took the post and does not show it: it may hold it back as spam"
            raise OutcomeUnknown(f"{told}. Ask who runs it; it is looked for again", made) from None
        except PublishError:
            return  # not seen is not gone

    async def settle(self, envelope: Envelope, receipt: Receipt) -> None:
        """Pin the post, where it should be. Raises PublishError."""
        if not envelope.request.get("pin"):
            return
        ask, post = self.server.ask, receipt.remote_id
        if not await ask(lambda client: client.status(post).get("pinned") is True, REFUSALS, Unavailable):
            await ask(lambda client: client.status_pin(post), REFUSALS, Unavailable)

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:
        """Look among the account's newest posts for one with this text and these parents. Raises CannotTell."""
        if EDITS in envelope.request:
            return await found(self.server, envelope)
        try:
            return await self._found(envelope, taken)
        except PublishError as error:
            raise LookFailed(f"could not look at the account's posts: {error}") from None

    async def withdraw(self, envelope: Envelope | None, receipt: Receipt) -> str:
        """Delete it. Raises PublishError."""
        return await withdraw(self.server, envelope, receipt)

    async def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """What the account's server has seen of posts. Raises PublishError."""
        return await measure(self.server, receipts)

    async def examine(self) -> Examined:
        """Which rights the token has, and the server's rules. Raises PublishError."""
        return await examine(self.server, self.own_id)

    async def set_label(self) -> None:
        """Tick that the account is automated. Raises PublishError."""
        await set_label(self.server)

    async def prove_replay(self) -> Proof:
        """Whether the server remembers a repeated request. Raises PublishError."""
        return await prove_replay(self.server, self.own_id)

    async def close(self) -> None:
        """Nothing is kept open between requests."""

    async def _found(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:
        since, boosted = envelope.sealed_at - _SKEW, envelope.request.get("boosts")
        seen: list[Receipt] = []
        for _ in range(_LOOKED_AT // _PAGE):
            page = await self._page(seen[-1].remote_id if seen else None, boosts=bool(boosted))
            for status, there in page:
                is_ours = _shows(status, boosted) if boosted else await self._is_ours(envelope, status, there, since)
                if there.remote_id not in taken and is_ours:
                    return (
                        there if boosted else remarked(there, status, envelope.request, len(list(shown_in(envelope))))
                    )
            if not page:
                return None
            seen += [there for _, there in page]
        if seen[-1].at >= since:
            raise CannotTell(f"the account has posted more than {_LOOKED_AT} times since; look for it there")
        return None

    async def _page(self, before: str | None, *, boosts: bool) -> list[tuple[dict[str, Any], Receipt]]:
        def read(client: Any) -> list[tuple[dict[str, Any], Receipt]]:
            page = client.account_statuses(self.own_id, exclude_reblogs=not boosts, limit=_PAGE, max_id=before)
            if not isinstance(page, list):
                raise TypeError("not a list of posts")
            return [(dict(status), receipt(status)) for status in page]

        return await self.server.ask(read, (), Unavailable)

    async def _is_ours(self, envelope: Envelope, status: Mapping[str, Any], there: Receipt, since: datetime) -> bool:
        """Servers strip the ends of a text, and may rewrite visibility and language: these do not count.

        Raises CannotTell where the words are ours and something else is not.
        """
        sent = envelope.request
        is_late, in_its_place = there.at >= since, in_place(status, sent)
        if not is_late and not in_its_place:
            return False
        source = await self.server.ask(lambda client: words(client.status_source(there.remote_id)), (), Unavailable)
        if source != str(sent["status"]).strip():
            return False
        if not in_its_place:
            raise CannotTell(f"the same text is public, but as another reply or with another warning: {there.url}")
        if not is_late:
            raise CannotTell(f"the same text is public already, but from before this post: {there.url}")
        return True


def _focus(envelope: Envelope) -> Mapping[str, tuple[float, float]]:
    """The points that stay in view, by the marks of their pictures."""
    media: Any = envelope.request.get("media") or []
    return {entry["mark"]: (entry["focus"][0], entry["focus"][1]) for entry in media if "focus" in entry}


def _shows(status: Mapping[str, Any], boosted: object) -> bool:
    """Whether a post of the account shows that one again."""
    again = status.get("reblog")
    return isinstance(again, Mapping) and str(again.get("id")) == str(boosted)
