"""What hangs below the words of a post: pictures, a film, a link card, or a post that is quoted.

A record has one such place. A quotation shares it with any of the others; of those there is one.
"""

from collections.abc import Iterator, Mapping

from amplify.domain.envelope import Envelope, Json
from amplify.domain.picture import Sort
from amplify.domain.rendition import Limits, LinkCard, Rendition
from amplify.ports.darkroom import Picture
from amplify.ports.errors import Unstaged
from amplify.publishers.measure import graphemes, too_long
from amplify.publishers.pictures import picture_problems, shown_in, staged_as

_IMAGES = "app.bsky.embed.images"
_VIDEO = "app.bsky.embed.video"
_EXTERNAL = "app.bsky.embed.external"
_RECORD = "app.bsky.embed.record"
_BOTH = "app.bsky.embed.recordWithMedia"
#: The lexicon's: a film has less room for words than a picture, which has any.
_ALT_OF_A_FILM = 1000


def quotation(reference: dict[str, Json]) -> dict[str, Json]:
    return {"$type": _RECORD, "record": reference}


def card_of(card: LinkCard) -> dict[str, Json]:
    """For the envelope: the picture by its mark, empty where there is none."""
    thumb = card.picture.mark if card.picture is not None else ""
    return {"uri": card.url, "title": card.title, "description": card.description, "thumb": thumb}


def problems_of(rendition: Rendition, limits: Limits) -> Iterator[str]:
    """What does not go together, or is refused whatever else stands in the post."""
    yield from picture_problems("Bluesky", rendition, limits)
    films = [shown for shown in rendition.pictures if shown.sort is not Sort.PICTURE]
    if films and len(rendition.pictures) > 1:
        yield f"Bluesky shows {films[0].path} alone or not at all: leave the other pictures out"
    if rendition.pictures and rendition.link_card is not None:
        yield "Bluesky shows pictures or a card for a link, not both"
    for film in films:
        if told := too_long("Bluesky", graphemes(film.alt), _ALT_OF_A_FILM):
            yield f"the alt text of {film.path} is {told}"


def marks_in(envelope: Envelope) -> list[str]:
    """By which the prints are known that the server must be given."""
    card = _card(envelope)
    thumb = str(card["thumb"]) if card else ""
    return [*(mark for mark, _ in shown_in(envelope)), *([thumb] if thumb else [])]


def ref_of(blob: dict[str, Json], picture: Picture) -> dict[str, Json]:
    """What is kept of a print that the server was given."""
    ref: dict[str, Json] = {"blob": blob, "aspectRatio": {"width": picture.width, "height": picture.height}}
    return ref if picture.sort is Sort.PICTURE else {**ref, "sort": picture.sort.value}


def with_media(record: dict[str, Json], envelope: Envelope) -> dict[str, Json]:
    """The record with pictures, film or card, beside what it quotes. Raises Unstaged."""
    media = _media(envelope)
    if media is None:
        return record
    quoted = record.get("embed")
    return {**record, "embed": media if quoted is None else {"$type": _BOTH, "record": quoted, "media": media}}


def _media(envelope: Envelope) -> dict[str, Json] | None:
    shown = [(ref, alt) for ref, alt in staged_as(envelope) if isinstance(ref, dict)]
    for ref, alt in shown:
        if "sort" in ref:
            film: dict[str, Json] = {
                "$type": _VIDEO,
                "video": ref["blob"],
                "alt": alt,
                "aspectRatio": ref["aspectRatio"],
            }
            return {**film, "presentation": "gif"} if ref["sort"] == Sort.ANIMATION else film
    if shown:
        images: list[Json] = [
            {"alt": alt, "image": ref["blob"], "aspectRatio": ref["aspectRatio"]} for ref, alt in shown
        ]
        return {"$type": _IMAGES, "images": images}
    return _external(envelope)


def _external(envelope: Envelope) -> dict[str, Json] | None:
    card = _card(envelope)
    if card is None:
        return None
    external = {name: card[name] for name in ("uri", "title", "description")}
    if card["thumb"]:
        external["thumb"] = _blob(envelope.staged, str(card["thumb"]))
    return {"$type": _EXTERNAL, "external": external}


def _blob(staged: Mapping[str, Json], mark: str) -> Json:
    ref = staged.get(mark)
    if not isinstance(ref, dict):
        raise Unstaged("the picture of this post's link card was not staged, so nothing was sent")
    return ref["blob"]


def _card(envelope: Envelope) -> dict[str, Json] | None:
    card = envelope.request.get("card")
    return card if isinstance(card, dict) else None
