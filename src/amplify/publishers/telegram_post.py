"""What a post becomes on Telegram before anything is asked: the request that an envelope holds, or why there is none.

A poll's question is plain text, so the first paragraph is the question and the rest stands below it, with its marks.
The previews of links are off unless a post says otherwise: what is shown there is not ours, and may change.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from amplify.domain.envelope import Json, Parents
from amplify.domain.picture import Sort
from amplify.domain.rendition import Entity, Limits, Onto, Rendition
from amplify.publishers.measure import utf16
from amplify.publishers.pictures import listed
from amplify.publishers.telegram_send import ALBUM

#: How a link may be shown below a message, and what that is in a request.
PREVIEWS: Mapping[str, Mapping[str, Json]] = {
    "none": {"is_disabled": True},
    "small": {"prefer_small_media": True},
    "large": {"prefer_large_media": True},
    "above": {"show_above_text": True},
}
#: Our marks that a message carries; tags, mentions and bare URLs Telegram finds by itself.
_KINDS = {"bold": "bold", "italic": "italic", "link": "text_link"}
_MOST_BUTTONS = 4
_QUESTION, _DESCRIPTION = 300, 1024
_BETWEEN = "\n\n"
_BEGINNING = 60


def refusals(rendition: Rendition, limits: Limits) -> Iterator[str]:
    """What Telegram takes only apart, or would drop in silence."""
    pictures, poll, settings = rendition.pictures, rendition.poll, rendition.settings
    links = _links(rendition)
    if rendition.onto is Onto.BOOST and (rendition.text.strip() or pictures or poll or rendition.buttons):
        yield "a forwarded message is shown as it is: it has no words, pictures, buttons or poll of its own"
    if len(pictures) > 1 and rendition.buttons:
        yield "Telegram shows no buttons below an album: keep one picture, or put the link into the text"
    if len(rendition.buttons) > _MOST_BUTTONS:
        yield f"a message has {_MOST_BUTTONS} buttons at most here, and this one has {len(rendition.buttons)}"
    for shown in pictures if len(pictures) > 1 else ():
        if shown.sort is Sort.ANIMATION:
            yield f"an album on Telegram takes pictures and videos, and {shown.path} moves without a sound: send it alone"
    if poll is not None:
        yield from _poll_refusals(rendition)
        yield from limits.poll.refusals(poll) if limits.poll is not None else ()
    if settings.get("preview", "none") != "none":
        yield from ["there is no link whose `preview` could be shown"] if not links else []
        yield from ["Telegram shows no `preview` of a link beside a picture or a poll"] if pictures or poll else []
    if "topic" in settings and not (settings["topic"].isascii() and settings["topic"].isdigit()):
        yield "`topic` is the number of a topic: open it in Telegram Web, it is the last number of the address"


def request_of(rendition: Rendition, chat: str, parents: Parents | None) -> dict[str, Json]:
    """The request, as far as it can be told without the pictures themselves."""
    settings = rendition.settings
    request: dict[str, Json] = {
        "chat_id": chat,
        "text": rendition.text,
        "entities": _sent(rendition.layout.entities),
        "preview": _preview(rendition),
        "disable_notification": settings.get("silent") == "true",
        "protect_content": settings.get("protect") == "true",
    }
    if rendition.buttons:
        request["buttons"] = [{"text": button.label, "url": button.url} for button in rendition.buttons]
    if "topic" in settings:
        request["topic"] = settings["topic"]
    if rendition.poll is not None:
        request["poll"] = _poll(rendition)
    if rendition.pictures:
        request["media"] = listed(rendition)
    if rendition.pin:
        request["pin"] = True
    if parents is not None and rendition.onto is Onto.BOOST:
        request["forwards"] = [parents.parent.remote_id, *filter(None, parents.parent.proof.get(ALBUM, "").split(","))]
    elif parents is not None:
        request["reply_to"] = parents.parent.remote_id
    return request


def looks_like(request: Mapping[str, Any]) -> str:
    """By what a person knows the message that a request has made, if it has."""
    begins = str(request["text"]).split("\n")[0][:_BEGINNING]
    if "forwards" in request:
        return f"a message that is forwarded from the number {request['forwards'][0]} of the same chat"
    if "poll" in request:
        return f"the poll that asks “{begins}”"
    many = len(request.get("media", ()))
    return f"the {f'album of {many}' if many > 1 else 'message'} that begins “{begins}”"


def _poll_refusals(rendition: Rendition) -> Iterator[str]:
    question, _, rest = rendition.text.partition(_BETWEEN)
    length, below = utf16(question), utf16(rest)
    if length > _QUESTION:
        yield f"the first paragraph is the poll's question, and is too long for it: {length} of {_QUESTION} characters"
    if below > _DESCRIPTION:
        yield f"what stands below the poll's question is too long: {below} of {_DESCRIPTION} characters"
    if any(entity.start < length for entity in rendition.layout.entities):
        yield (
            "the first paragraph is the poll's question, and Telegram shows it plainly: put what is bold, a link or a "
            "hashtag into a paragraph of its own below it"
        )
    if rendition.pictures:
        yield "a poll has no picture beside it here: give the picture a post of its own"


def _poll(rendition: Rendition) -> Json:
    """The poll's own part of the request; entities are counted anew from where the question ends."""
    poll = rendition.poll
    if poll is None:
        return None
    question, between, rest = rendition.text.partition(_BETWEEN)
    before = utf16(question + between)
    below = [entity for entity in rendition.layout.entities if entity.start >= before]
    return {
        "question": question,
        "description": rest,
        "description_entities": _sent(below, before),
        "options": list(poll.options),
        "allows_multiple_answers": poll.several,
        "hide_results_until_closes": poll.hidden,
        "open_period": int(poll.lasts.total_seconds()),
    }


def _preview(rendition: Rendition) -> Json:
    """The post's own link comes last."""
    wish, links = rendition.settings.get("preview", "none"), _links(rendition)
    options = dict(PREVIEWS[wish])
    return {**options, "url": links[-1]} if wish != "none" and links else options


def _links(rendition: Rendition) -> list[str]:
    return [entity.value for entity in rendition.layout.entities if entity.kind == "link"]


def _sent(entities: Any, before: int = 0) -> list[Json]:
    return [_mark(entity, before) for entity in entities if entity.kind in _KINDS]


def _mark(entity: Entity, before: int) -> dict[str, Json]:
    sent: dict[str, Json] = {
        "type": _KINDS[entity.kind],
        "offset": entity.start - before,
        "length": entity.end - entity.start,
    }
    return {**sent, "url": entity.value} if entity.kind == "link" else sent
