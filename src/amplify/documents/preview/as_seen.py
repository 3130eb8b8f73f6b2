"""From a rendition to what a follower of that network meets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from amplify.documents.posts.seen import SEEN_BY, Button, Face, LinkCard, Quoted, SeenPicture, SeenPoll, SeenPost
from amplify.domain.poll import Poll
from amplify.domain.rendition import LinkCard as Card
from amplify.domain.rendition import Onto, Rendition

_YES = "true"
_ANYBODY = "everyone"
#: Who may answer, and who may quote.
_RULES = ("replies", "quoting")
#: Settings that a card shows by itself.
_DRAWN = frozenset({"button", "warning", "label", "outline_tags"})
_ON = {"silent": "sent without a sound", "protect": "cannot be forwarded"}


def as_seen(
    rendition: Rendition,
    *,
    face: Face,
    at: datetime,
    anchor: str,
    pictures: Sequence[SeenPicture],
    thumb: SeenPicture | None = None,
    before: SeenPost | None,
    earlier: SeenPost | None = None,
) -> SeenPost:
    """`before` is the part of the thread that this one answers; only Telegram shows it once more.

    `earlier` is the own post that it quotes or shows again, where that is on the same page.
    """
    settings = rendition.settings
    if rendition.onto is Onto.BOOST:
        return _again(rendition, face, at, anchor, earlier)
    return SeenPost(
        anchor=anchor,
        network=rendition.network,
        face=face,
        at=at,
        text=rendition.text,
        entities=rendition.layout.entities,
        language=rendition.language,
        warning=settings.get("warning", ""),
        visibility=settings.get("visibility", "public"),
        pictures=tuple(pictures),
        link_card=_link_card(rendition.link_card, thumb) if rendition.link_card is not None else None,
        labels=_labels(settings),
        buttons=tuple(Button(url=button.url, label=button.label) for button in rendition.buttons),
        quoted=_quoted(before) if before is not None and rendition.network == "telegram" else None,
        quotes=_quotes(rendition, face, earlier) if rendition.onto is Onto.QUOTE else None,
        silent=settings.get("silent") == _YES,
        protected=settings.get("protect") == _YES,
        poll=_poll(rendition.poll) if rendition.poll is not None else None,
        pinned=rendition.pin,
        sensitive=rendition.settings.get("sensitive") == "true",
    )


def _again(rendition: Rendition, face: Face, at: datetime, anchor: str, earlier: SeenPost | None) -> SeenPost:
    """The earlier post as it is, in a place of its own."""
    named = f"the post {rendition.settings.get('boosts', '')}"
    shown = earlier or SeenPost(anchor=anchor, network=rendition.network, face=face, at=at, text=named)
    forwarded = face.name if rendition.network == "telegram" else ""
    return replace(shown, anchor=anchor, again=True, pinned=False, forwarded_from=forwarded)


def _quotes(rendition: Rendition, face: Face, earlier: SeenPost | None) -> Quoted:
    if earlier is not None:
        return _quoted(earlier)
    return Quoted(name=face.name, text=f"the post {rendition.settings.get('quotes', '')}")


def _link_card(card: Card, thumb: SeenPicture | None) -> LinkCard:
    return LinkCard.to(card.url, card.title, card.description, thumb)


def _labels(settings: Mapping[str, str]) -> tuple[str, ...]:
    """What stands below the text in few words."""
    said = [settings["label"]] if "label" in settings else []
    said += [f"#{tag}" for tag in settings.get("outline_tags", "").split()]
    said += [f"{name}: {settings[name]}" for name in _RULES if settings.get(name, _ANYBODY) != _ANYBODY]
    return tuple(said)


def _poll(poll: Poll) -> SeenPoll:
    return SeenPoll(options=poll.options, several=poll.several, hidden=poll.hidden, lasts=poll.lasts)


def _quoted(before: SeenPost) -> Quoted:
    return Quoted(name=before.face.name, text=before.text, target=before.anchor)


def traits(settings: Mapping[str, str]) -> tuple[str, ...]:
    """What was set for this network, in words, where the card does not say it."""
    said = []
    for name, value in settings.items():
        if name == "visibility":
            said += [SEEN_BY.get(value, value)] if value != "public" else []
        elif name in _ON:
            said += [_ON[name]] if value == _YES else []
        elif name not in _DRAWN:
            said.append(f"{name}: {value}")
    return tuple(said)
