"""Changing a message that is public: the same address, other words, and everybody sees that it was edited.

Doing it twice changes nothing, and the second answer says so. Nothing is ever changed but messages that the bot has a
receipt for: a bot that may edit could change anybody's. Of an album only the words change.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from amplify.domain.envelope import Envelope, Json, Parents, Receipt
from amplify.domain.rendition import Rendition
from amplify.ports.darkroom import Picture
from amplify.ports.errors import Rejected
from amplify.publishers.telegram_send import ALBUM, CAPTION, FIXED, keyboard, marks, medium

#: What a request that edits has, and no other: the number of the message. Beside it what its receipt tells.
EDITS = "edits"
_PROOF = (CAPTION, ALBUM)
_KEPT = ("chat_id", "text", "entities", "preview", "buttons", "media")
_SAME = "not modified"


def is_edit(rendition: Rendition) -> bool:
    return rendition.settings.get("as") == "edit"


def checked(rendition: Rendition, parents: Parents | None) -> Receipt:
    """What is changed. Raises Rejected where that cannot be done."""
    if parents is None:
        raise Rejected("what it would change is not public here any more")
    wrong = parents.parent
    if FIXED in wrong.proof:
        raise Rejected(f"{wrong.proof[FIXED]} cannot be changed on Telegram: take `as: edit` out, and it is answered")
    if rendition.poll is not None:
        raise Rejected("an edit brings no poll: take `poll` out of it, or answer instead")
    if rendition.pictures and CAPTION not in wrong.proof:
        raise Rejected("a message without a picture gets none by an edit: take `media` out of it, or answer it instead")
    if len(rendition.pictures) > 1 or (rendition.pictures and ALBUM in wrong.proof):
        raise Rejected("of an album only the words can be changed: take `media` out of it, or answer it instead")
    if rendition.buttons and ALBUM in wrong.proof:
        raise Rejected("Telegram shows no buttons below an album: take `button` out of it")
    return wrong


def edit_of(request: Mapping[str, Json], wrong: Receipt) -> dict[str, Json]:
    """The request, made of one that would send the words. A picture of its own takes the place of the one there is."""
    proof: dict[str, Json] = {name: wrong.proof[name] for name in _PROOF if name in wrong.proof}
    return {**{name: request[name] for name in _KEPT if name in request}, EDITS: wrong.remote_id, "proof": proof}


async def edit(bot: Any, envelope: Envelope, address: str, prints: Sequence[Picture]) -> Receipt:
    """Change it. Raises what the client library raises."""
    from telegram import LinkPreviewOptions
    from telegram.error import BadRequest

    said: Mapping[str, Any] = envelope.request
    changed, proof, words = int(said[EDITS]), said["proof"], said["text"]
    where = {"chat_id": said["chat_id"], "message_id": changed, "reply_markup": keyboard(said)}
    try:
        if prints:
            media = medium(prints[0], caption=words, caption_entities=marks(said["entities"]))
            message = await bot.edit_message_media(media=media, **where)
        elif CAPTION in proof:
            message = await bot.edit_message_caption(caption=words, caption_entities=marks(said["entities"]), **where)
        else:
            preview = LinkPreviewOptions(**said["preview"])
            message = await bot.edit_message_text(
                text=words, entities=marks(said["entities"]), link_preview_options=preview, **where
            )
    except BadRequest as refused:
        if _SAME not in str(refused).lower():
            raise
        return Receipt(remote_id=str(changed), url=address, at=envelope.sealed_at.astimezone(UTC), proof=proof)
    at = message.edit_date or message.date
    return Receipt(remote_id=str(changed), url=address, at=at.astimezone(UTC), proof=proof)
