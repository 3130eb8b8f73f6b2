"""A chat of Telegram that a bot may post to.

Nothing here can be found again or replayed: a bot cannot read what it has posted, and the same request
twice is two messages. Where sight of a message is lost, a person has to look.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from amplify.domain.budget import Use
from amplify.domain.envelope import Envelope, Parents, Receipt, Ticket
from amplify.domain.rendition import Limits, Onto, Rendition
from amplify.ports.darkroom import Picture
from amplify.ports.errors import CannotTell, OutcomeUnknown, Rejected, Unauthorized, Unavailable, Unstaged
from amplify.ports.examining import Examined
from amplify.ports.publisher import NO_PICTURES, Identity, Replay
from amplify.ports.upkeep import Counts
from amplify.publishers.measure import too_long, utf16
from amplify.publishers.pictures import picture_problems, shown_in
from amplify.publishers.refusals import SIGN_IN
from amplify.publishers.refusals import TELEGRAM as REFUSALS
from amplify.publishers.telegram_bot import Line
from amplify.publishers.telegram_edit import EDITS, checked, edit, edit_of, is_edit
from amplify.publishers.telegram_examine import examine
from amplify.publishers.telegram_measure import AT_ONCE, measure
from amplify.publishers.telegram_post import looks_like, refusals, request_of
from amplify.publishers.telegram_send import pin, send
from amplify.publishers.telegram_withdraw import withdraw

_NOT_FOUND = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramChat:
    """A chat that the bot may post to."""

    line: Line
    identity: Identity
    limits: Limits
    has_topics: bool = False
    replay: Replay = Replay()  # noqa: RUF009  frozen
    at_once: int = AT_ONCE

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:  # noqa: ARG002  nothing here tells twins apart
        """Check and seal. Raises Rejected with every problem at once."""
        problems = [
            "the text is empty" if not rendition.text.strip() and rendition.onto is not Onto.BOOST else "",
            too_long("Telegram", utf16(rendition.text), self.limits.beside(rendition.pictures).text),
            *picture_problems("Telegram", rendition, self.limits),
            *refusals(rendition, self.limits),
            "this chat has no topics: leave `topic` out" if self._misses_topics(rendition) else "",
            "what it would forward is not public here" if rendition.onto is Onto.BOOST and parents is None else "",
        ]
        if any(problems):
            raise Rejected(*filter(None, problems))
        request, edits = request_of(rendition, self.identity.id, parents), is_edit(rendition)
        if edits:
            request = edit_of(request, checked(rendition, parents))
        return Envelope(
            key=rendition.key,
            network=self.identity.network,
            sealed_at=now,
            request=request,
            repeatable=edits,
            settles="pin" in request,
        )

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:  # noqa: ARG002  they travel
        """Nothing can be given ahead: what a bot uploads is a message at once."""
        return envelope

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        """Send the message with all that belongs to it, or change the one that is public. Raises PublishError."""
        wanted = [mark for mark, _ in shown_in(envelope)]
        if any(mark not in pictures for mark in wanted):
            raise Unstaged("a picture of this post is not at hand, so nothing was sent")
        prints = [pictures[mark] for mark in wanted]
        try:
            return await self.line.ask(
                lambda: self._carry(envelope, prints), REFUSALS, OutcomeUnknown, *_use_of(envelope, prints)
            )
        except Unauthorized:
            if self.line.ear.status != _NOT_FOUND:
                raise
        # Something on the way may answer 404 in Telegram's place: only Telegram can say that the token is wrong.
        await self.line.ask(self.line.bot.get_me, SIGN_IN, Unavailable)
        raise Unavailable("Telegram answered 404 although the bot's token is good; something on the way refused")

    async def settle(self, envelope: Envelope, receipt: Receipt) -> None:
        """Pin it, where the post says so; a message about that takes a number of its own. Raises PublishError."""
        if envelope.request.get("pin"):
            message = int(receipt.remote_id)
            await self.line.ask(lambda: pin(self.line.bot, envelope.request, message), REFUSALS, OutcomeUnknown)

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:  # noqa: ARG002  nothing to go by
        """Raises CannotTell, always: a bot cannot read its own messages."""
        raise CannotTell(
            f"Telegram does not show a bot what it has posted. Open {self.identity.url} and look for "
            f"{looks_like(envelope.request)}; then say so with `amplify resolve`: --published with its address, or "
            "--absent."
        )

    async def withdraw(self, envelope: Envelope | None, receipt: Receipt) -> str:  # noqa: ARG002  a number is enough
        """Delete the message, or all of the album. Raises PublishError."""
        return await withdraw(self.line, self.identity.id, receipt)

    async def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """How many reactions and votes, where there is news of them. Raises PublishError."""
        return await measure(self.line, self.identity.id, receipts)

    async def examine(self) -> Examined:
        """What the bot may do in the chat, and what the chat shows of readers. Raises PublishError."""
        return await examine(self.line, self.identity.id)

    async def set_label(self) -> None:
        """Telegram shows every bot as one."""

    async def close(self) -> None:
        """Let go of the connection."""
        await self.line.close()

    async def _carry(self, envelope: Envelope, prints: Sequence[Picture]) -> Receipt:
        if EDITS in envelope.request:
            return await edit(self.line.bot, envelope, f"{self.identity.url}/{envelope.request[EDITS]}", prints)
        sent = await send(self.line.bot, envelope.request, prints)
        at = sent.at or envelope.sealed_at.astimezone(UTC)
        return Receipt(remote_id=str(sent.number), url=f"{self.identity.url}/{sent.number}", at=at, proof=sent.proof)

    def _misses_topics(self, rendition: Rendition) -> bool:
        return "topic" in rendition.settings and not self.has_topics


def _use_of(envelope: Envelope, prints: Sequence[Picture]) -> tuple[Use, int]:
    """What it is, and how many messages it makes: each item of an album is one."""
    if EDITS in envelope.request:
        return Use.EDIT, 1
    forwards = envelope.request.get("forwards")
    return Use.POST, max(1, len(forwards) if isinstance(forwards, list) else len(prints))
