"""Telegram: a bot's messages in one channel or group, through the Bot API.

Nothing here can be found again or replayed: a bot cannot read what it has posted, and the same request
twice is two messages. Where sight of a message is lost, a person has to look.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from amplify.domain.budget import Use
from amplify.domain.envelope import Envelope, Parents, Receipt, Ticket
from amplify.domain.feature import Feature
from amplify.domain.picture import FilmLimits, PictureLimits
from amplify.domain.poll import PollLimits
from amplify.domain.rendition import Layout, Limits, Onto, Rendition
from amplify.domain.richtext import RichText
from amplify.ports.darkroom import Picture
from amplify.ports.errors import CannotTell, OutcomeUnknown, Rejected, Unauthorized, Unavailable, Unstaged
from amplify.ports.examining import Examined
from amplify.ports.publisher import NO_PICTURES, Access, Field, Identity, Replay
from amplify.ports.sign_in import Guide
from amplify.ports.upkeep import Counts
from amplify.publishers.addresses import read_at
from amplify.publishers.budgets import TELEGRAM as TELEGRAM_BUDGETS
from amplify.publishers.budgets import TELEGRAM_GROUP
from amplify.publishers.measure import too_long, utf16
from amplify.publishers.pictures import picture_problems, shown_in
from amplify.publishers.refusals import SIGN_IN
from amplify.publishers.refusals import TELEGRAM as REFUSALS
from amplify.publishers.reshape import entities
from amplify.publishers.telegram_bot import Line
from amplify.publishers.telegram_edit import EDITS, checked, edit, edit_of, is_edit
from amplify.publishers.telegram_examine import examine
from amplify.publishers.telegram_measure import AT_ONCE, measure
from amplify.publishers.telegram_post import PREVIEWS, looks_like, refusals, request_of
from amplify.publishers.telegram_send import pin, send
from amplify.publishers.telegram_withdraw import withdraw

_PUBLIC_SERVER = "https://api.telegram.org"
_STRICT = Limits(
    text=4096,
    unit="utf-16",
    caption=1024,
    pictures=PictureLimits(most=10, bytes=10_000_000, sides=10_000, ratio=20, film=FilmLimits(bytes=50_000_000)),
    poll=PollLimits(options=12, letters=100, shortest=timedelta(seconds=5), longest=timedelta(seconds=2_628_000)),
    budgets=TELEGRAM_BUDGETS,
)
_FEATURES = frozenset(
    {
        Feature.ALBUM,
        Feature.ANIMATION,
        Feature.BOOST,
        Feature.BUTTON,
        Feature.EDIT,
        Feature.LABELLED_LINK,
        Feature.MARKS,
        Feature.MENTION,
        Feature.PICTURE,
        Feature.PIN,
        Feature.POLL,
        Feature.PREVIEW,
        Feature.PROTECT,
        Feature.SILENT,
        Feature.TAG,
        Feature.THREAD,
        Feature.TOPIC,
        Feature.VIDEO,
    }
)
_NEVER = Replay()
_YES_NO = ("true", "false")
#: What the ids of channels and supergroups begin with, and their public addresses leave out.
_CHANNEL = "-100"
_NOT_FOUND = 404
#: Kinds of chats that are no conversation with a person.
_SHARED = frozenset({"channel", "group", "supergroup"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telegram:
    """The kind of server. It announces no limits; the unit is the stricter of the two that are in use."""

    name: str = "telegram"
    port: int = 1
    fields: tuple[Field, ...] = (
        Field(name="chat"),
        Field(name="token", secret=True),
        Field(name="server", required=False),
    )
    variants: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "silent": _YES_NO,
            "protect": _YES_NO,
            "button": (),
            "preview": tuple(PREVIEWS),
            "topic": (),
            "joined": _YES_NO,
            "as": ("reply", "edit"),
        }
    )
    purposes: Mapping[str, str] = field(
        default_factory=lambda: {
            "chat": "The channel or group that the bot writes to: its `@name`, or its number.",
            "token": "The bot's token: the name of a secret, never the secret itself.",
            "server": "The server of the Bot API, where it is not Telegram's own.",
            "silent": "Whether the message comes without a sound.",
            "protect": "Whether readers' apps keep the message from being forwarded and saved.",
            "button": "The name of a link of config/campaign.yaml, or a list of them: buttons below the message.",
            "preview": "How the post's link is shown: small, large, above the text, or not at all.",
            "topic": "The number of the topic, in a group that has topics.",
            "joined": "Whether a thread is one message here, its parts below one another.",
            "as": "How a correction is made: an answer to what was wrong, or an edit of it.",
        }
    )
    guides: Mapping[str, Guide] = field(
        default_factory=lambda: {
            "chat": Guide(
                how="Make the bot an administrator of it first, who may post, edit and delete messages and nothing else. "
                "A public one is called @name; the number of a private one begins with -100.",
                shape=r"@\w{4,}|-\d{6,}",
                doubt="A channel is called @name, or -100 and its number. Is that right all the same?",
            ),
            "token": Guide(
                how="@BotFather gives it to you: /newbot makes a bot, one for each channel.",
                shape=r"\d+:[\w-]{30,}",
                doubt="A bot's token is a number, a colon and 35 letters. Is this all of it?",
            ),
        }
    )
    lists: frozenset[str] = frozenset({"button"})
    features: frozenset[Feature] = _FEATURES
    defaults: Limits = _STRICT

    def lay_out(self, body: RichText, settings: Mapping[str, str], limits: Limits) -> Layout:  # noqa: ARG002  the port's
        """Everything as it is: Telegram shows bold, italic and labelled links."""
        length = utf16(body.text)
        return Layout(
            text=body.text,
            entities=entities(body, utf16),
            length=length,
            limit=limits.text,
            unit=limits.unit,
            too_long=too_long("Telegram", length, limits.text),
        )

    def refusals(self, rendition: Rendition, limits: Limits) -> Iterator[str]:
        """What Telegram takes only apart, or would drop in silence."""
        return refusals(rendition, limits)

    async def connect(self, access: Access) -> "TelegramChat":
        """Ask who the bot is and which chat it writes to. Raises PublishError."""
        server = access.settings.get("server") or _PUBLIC_SERVER
        line = await Line.opened(access, server)
        me = await line.ask(line.bot.get_me, SIGN_IN, Unavailable)
        chat = await line.ask(lambda: line.bot.get_chat(access.settings["chat"]), REFUSALS, Unavailable)
        if chat.type not in _SHARED:
            raise Unauthorized("Telegram: `chat` is a person, and amplify writes to nobody. Name a channel or a group")
        limits = self.defaults if chat.type == "channel" else replace(self.defaults, budgets=TELEGRAM_GROUP)
        username = chat.username or ""
        identity = Identity(
            network=self.name,
            id=str(chat.id),
            name=f"@{username}" if username else str(chat.title or chat.id),
            url=f"{read_at(server, 'https://t.me')}/{username or f'c/{_short(str(chat.id))}'}",
            automated=me.is_bot is True,
        )
        return TelegramChat(line=line, identity=identity, limits=limits, has_topics=chat.is_forum is True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramChat:
    """A chat that the bot may post to."""

    line: Line
    identity: Identity
    limits: Limits
    has_topics: bool = False
    replay: Replay = _NEVER
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
            network=TELEGRAM.name,
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


TELEGRAM = Telegram()


def _use_of(envelope: Envelope, prints: Sequence[Picture]) -> tuple[Use, int]:
    """What it is, and how many messages it makes: each item of an album is one."""
    if EDITS in envelope.request:
        return Use.EDIT, 1
    forwards = envelope.request.get("forwards")
    return Use.POST, max(1, len(forwards) if isinstance(forwards, list) else len(prints))


def _short(chat: str) -> str:
    return chat.removeprefix(_CHANNEL)
