"""Telegram: a bot's messages in one channel or group, through the Bot API. What is connected is in `telegram_chat.py`."""

from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from amplify.domain.feature import Feature
from amplify.domain.picture import FilmLimits, PictureLimits
from amplify.domain.poll import PollLimits
from amplify.domain.rendition import Layout, Limits, Rendition
from amplify.domain.richtext import RichText
from amplify.ports.errors import Unauthorized, Unavailable
from amplify.ports.publisher import Access, Field, Identity
from amplify.ports.sign_in import Guide
from amplify.publishers.addresses import read_at
from amplify.publishers.budgets import TELEGRAM as TELEGRAM_BUDGETS
from amplify.publishers.budgets import TELEGRAM_GROUP
from amplify.publishers.measure import too_long, utf16
from amplify.publishers.reshape import entities
from amplify.publishers.telegram_post import PREVIEWS, refusals

if TYPE_CHECKING:
    from amplify.publishers.telegram_chat import TelegramChat

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
_YES_NO = ("true", "false")
#: What the ids of channels and supergroups begin with, and their public addresses leave out.
_CHANNEL = "-100"
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
        from amplify.publishers.refusals import SIGN_IN
        from amplify.publishers.refusals import TELEGRAM as REFUSALS
        from amplify.publishers.telegram_bot import Line
        from amplify.publishers.telegram_chat import TelegramChat

        server = access.settings.get("server") or _PUBLIC_SERVER
        line = await Line.opened(access, server)
        async with AsyncExitStack() as unless_it_works:
            unless_it_works.push_async_callback(line.close)
            me = await line.ask(line.bot.get_me, SIGN_IN, Unavailable)
            chat = await line.ask(lambda: line.bot.get_chat(access.settings["chat"]), REFUSALS, Unavailable)
            if chat.type not in _SHARED:
                told = "`chat` is a person, and amplify writes to nobody. Name a channel or a group"
                raise Unauthorized(f"Telegram: {told}")
            unless_it_works.pop_all()
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


TELEGRAM = Telegram()


def _short(chat: str) -> str:
    return chat.removeprefix(_CHANNEL)
