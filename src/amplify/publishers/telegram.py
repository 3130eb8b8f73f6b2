"""Telegram: a bot's messages in one channel or group, through the Bot API.

Nothing here can be found again or replayed: a bot cannot read what it has posted, and the same request
twice is two messages. Where sight of a message is lost, a person has to look.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from amplify.domain.envelope import Envelope, Json, Parents, Receipt, Ticket
from amplify.domain.feature import Feature
from amplify.domain.picture import PictureLimits
from amplify.domain.rendition import Entity, Layout, Limits, Rendition
from amplify.domain.richtext import RichText
from amplify.ports.darkroom import Picture
from amplify.ports.errors import CannotTell, OutcomeUnknown, Rejected, Unauthorized, Unavailable, Unstaged
from amplify.ports.publisher import NO_PICTURES, Access, Field, Identity, Replay
from amplify.publishers.addresses import read_at
from amplify.publishers.measure import too_long, utf16
from amplify.publishers.pictures import NAMES, listed, picture_problems, shown_in
from amplify.publishers.refusals import SIGN_IN
from amplify.publishers.refusals import TELEGRAM as REFUSALS
from amplify.publishers.reshape import entities
from amplify.publishers.telegram_bot import Line
from amplify.publishers.telegram_edit import CAPTION, EDITS, checked, edit, edit_of, is_edit

_PUBLIC_SERVER = "https://api.telegram.org"
_STRICT = Limits(
    text=4096,
    unit="utf-16",
    caption=1024,
    pictures=PictureLimits(most=1, bytes=10_000_000, sides=10_000, ratio=20),
)
_FEATURES = frozenset(
    {
        Feature.EDIT,
        Feature.LABELLED_LINK,
        Feature.MARKS,
        Feature.MENTION,
        Feature.PICTURE,
        Feature.PROTECT,
        Feature.SILENT,
        Feature.TAG,
        Feature.THREAD,
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
            "button": "The name of a link of config/campaign.yaml, shown as a button below the message.",
            "as": "How a correction is made: an answer to what was wrong, or an edit of it.",
        }
    )
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

    async def connect(self, access: Access) -> "TelegramChat":
        """Ask who the bot is and which chat it writes to. Raises PublishError."""
        server = access.settings.get("server") or _PUBLIC_SERVER
        line = await Line.opened(access, server)
        me = await line.ask(line.bot.get_me, SIGN_IN, Unavailable)
        chat = await line.ask(lambda: line.bot.get_chat(access.settings["chat"]), REFUSALS, Unavailable)
        if chat.type not in _SHARED:
            raise Unauthorized("Telegram: `chat` is a person, and amplify writes to nobody. Name a channel or a group")
        username = chat.username or ""
        identity = Identity(
            network=self.name,
            id=str(chat.id),
            name=f"@{username}" if username else str(chat.title or chat.id),
            url=f"{read_at(server, 'https://t.me')}/{username or f'c/{_short(str(chat.id))}'}",
            automated=me.is_bot is True,
        )
        return TelegramChat(line=line, identity=identity, limits=self.defaults)


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramChat:
    """A chat that the bot may post to."""

    line: Line
    identity: Identity
    limits: Limits
    replay: Replay = _NEVER

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:  # noqa: ARG002  nothing here tells twins apart
        """Check and seal. Raises Rejected with every problem at once."""
        settings = rendition.settings
        problems = [
            "the text is empty" if not rendition.text.strip() else "",
            too_long("Telegram", utf16(rendition.text), self.limits.beside(rendition.pictures).text),
            *picture_problems("Telegram", rendition, self.limits),
            "the button has no address" if settings.get("button") and not settings.get("button_url") else "",
        ]
        if any(problems):
            raise Rejected(*filter(None, problems))
        request: dict[str, Json] = {
            "chat_id": self.identity.id,
            "text": rendition.text,
            "entities": [_sent(entity) for entity in rendition.layout.entities if entity.kind in _KINDS],
            "disable_notification": settings.get("silent") == "true",
            "protect_content": settings.get("protect") == "true",
        }
        if settings.get("button_url"):
            url = settings["button_url"]
            request["button"] = {"url": url, "text": settings.get("button_label") or url}
        if is_edit(rendition):
            request = edit_of(request, checked(rendition, parents), rendition)
            return Envelope(key=rendition.key, network=TELEGRAM.name, sealed_at=now, request=request, repeatable=True)
        if parents:
            request["reply_to"] = parents.parent.remote_id
        if rendition.pictures:
            request["media"] = listed(rendition)
        return Envelope(key=rendition.key, network=TELEGRAM.name, sealed_at=now, request=request)

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:  # noqa: ARG002  they travel
        """Nothing can be given ahead: what a bot uploads is a message at once."""
        return envelope

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        """Send the message, a picture with it, or change the one that is public. Raises PublishError."""
        wanted = [mark for mark, _ in shown_in(envelope)]
        if any(mark not in pictures for mark in wanted):
            raise Unstaged("the picture of this post is not at hand, so nothing was sent")
        picture = pictures[wanted[0]] if wanted else None
        try:
            return await self.line.ask(lambda: self._carry(envelope, picture), REFUSALS, OutcomeUnknown)
        except Unauthorized:
            if self.line.ear.status != _NOT_FOUND:
                raise
        # Something on the way may answer 404 in Telegram's place: only Telegram can say that the token is wrong.
        await self.line.ask(self.line.bot.get_me, SIGN_IN, Unavailable)
        raise Unavailable("Telegram answered 404 although the bot's token is good; something on the way refused")

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:  # noqa: ARG002  nothing to go by
        """Raises CannotTell, always: a bot cannot read its own messages."""
        begins = str(envelope.request["text"]).split("\n")[0][:60]
        raise CannotTell(
            f"Telegram does not show a bot what it has posted. Open {self.identity.url} and look for the message that "
            f"begins “{begins}”; then say so with `amplify resolve`: --published with its address, or --absent."
        )

    async def close(self) -> None:
        """Let go of the connection."""
        await self.line.close()

    async def _carry(self, envelope: Envelope, picture: Picture | None) -> Receipt:
        if EDITS in envelope.request:
            return await edit(self.line.bot, envelope, f"{self.identity.url}/{envelope.request[EDITS]}", picture)
        return await self._send(envelope.request, picture)

    async def _send(self, request: Mapping[str, Any], picture: Picture | None) -> Receipt:
        from telegram import (
            InlineKeyboardButton,
            InlineKeyboardMarkup,
            LinkPreviewOptions,
            MessageEntity,
            ReplyParameters,
        )

        button, reply_to, bot = request.get("button"), request.get("reply_to"), self.line.bot
        marks = [MessageEntity(**entity) for entity in request["entities"]]
        wishes: dict[str, Any] = {
            "chat_id": request["chat_id"],
            "disable_notification": request["disable_notification"],
            "protect_content": request["protect_content"],
            "reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton(**button)]]) if button else None,
            "reply_parameters": ReplyParameters(message_id=int(reply_to)) if reply_to else None,
        }
        if picture is None:
            preview = LinkPreviewOptions(is_disabled=True)
            message = await bot.send_message(
                text=request["text"], entities=marks, link_preview_options=preview, **wishes
            )
        else:
            name = NAMES[picture.mime]
            message = await bot.send_photo(
                photo=picture.data, filename=name, caption=request["text"], caption_entities=marks, **wishes
            )
        return Receipt(
            remote_id=str(message.message_id),
            url=f"{self.identity.url}/{message.message_id}",
            at=message.date.astimezone(UTC),
            proof={} if picture is None else {CAPTION: "yes"},
        )


TELEGRAM = Telegram()

#: Our marks that a message carries; tags, mentions and bare URLs Telegram finds by itself.
_KINDS = {"bold": "bold", "italic": "italic", "link": "text_link"}


def _sent(entity: Entity) -> dict[str, Json]:
    sent: dict[str, Json] = {
        "type": _KINDS[entity.kind],
        "offset": entity.start,
        "length": entity.end - entity.start,
    }
    return {**sent, "url": entity.value} if entity.kind == "link" else sent


def _short(chat: str) -> str:
    return chat.removeprefix(_CHANNEL)
