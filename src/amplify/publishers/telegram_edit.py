"""Changing a message that is public: the same address, other words, and everybody sees that it was edited.

Doing it twice changes nothing, and the second answer says so. Nothing is ever changed but messages that the bot has a
receipt for: a bot that may edit could change anybody's.
"""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from amplify.domain.envelope import Envelope, Json, Parents, Receipt
from amplify.domain.rendition import Rendition
from amplify.ports.darkroom import Picture
from amplify.ports.errors import Rejected
from amplify.publishers.pictures import NAMES, listed

#: What a request that edits has, and no other: the number of the message. Beside it whether that one has a picture.
EDITS = "edits"
#: In the receipt of a message: its words are the caption of a picture.
CAPTION = "caption"
_SAME = "not modified"


def is_edit(rendition: Rendition) -> bool:
    return rendition.settings.get("as") == "edit"


def checked(rendition: Rendition, parents: Parents | None) -> Receipt:
    """What is changed. Raises Rejected where that cannot be done."""
    if parents is None:
        raise Rejected("what it would change is not public here any more")
    if rendition.pictures and CAPTION not in parents.parent.proof:
        raise Rejected("a message without a picture gets none by an edit: take `media` out of it, or answer it instead")
    return parents.parent


def edit_of(request: Mapping[str, Json], wrong: Receipt, rendition: Rendition) -> dict[str, Json]:
    """The request, made of one that would send the words. A picture of its own takes the place of the one there is."""
    media: dict[str, Json] = {"media": listed(rendition)} if rendition.pictures else {}
    kept = {name: request[name] for name in ("chat_id", "text", "entities", "button") if name in request}
    return {**kept, **media, EDITS: wrong.remote_id, "caption": CAPTION in wrong.proof}


async def edit(bot: Any, envelope: Envelope, address: str, picture: Picture | None) -> Receipt:
    """Change it. Raises what the client library raises."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions, MessageEntity
    from telegram.error import BadRequest

    said: Mapping[str, Any] = envelope.request
    button, changed = said.get("button"), int(said[EDITS])
    marks = [MessageEntity(**entity) for entity in said["entities"]]
    where = {
        "chat_id": said["chat_id"],
        "message_id": changed,
        "reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton(**button)]]) if button else None,
    }
    proof = {CAPTION: "yes"} if said["caption"] else {}
    try:
        if picture is not None:
            name, words = NAMES[picture.mime], said["text"]
            photo = InputMediaPhoto(picture.data, filename=name, caption=words, caption_entities=marks)
            message = await bot.edit_message_media(media=photo, **where)
        elif said["caption"]:
            message = await bot.edit_message_caption(caption=said["text"], caption_entities=marks, **where)
        else:
            preview = LinkPreviewOptions(is_disabled=True)
            message = await bot.edit_message_text(
                text=said["text"], entities=marks, link_preview_options=preview, **where
            )
    except BadRequest as refused:
        if _SAME not in str(refused).lower():
            raise
        return Receipt(remote_id=str(changed), url=address, at=envelope.sealed_at.astimezone(UTC), proof=proof)
    at = message.edit_date or message.date
    return Receipt(remote_id=str(changed), url=address, at=at.astimezone(UTC), proof=proof)
