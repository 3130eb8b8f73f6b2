"""A right entry of posts/ as a Post."""

from collections.abc import Mapping
from datetime import timedelta

from amplify.authoring.reading.card_schema import WrittenCard
from amplify.authoring.reading.nodes import Node, follow, passages_at, place_of
from amplify.authoring.reading.polls import poll_wish
from amplify.authoring.reading.post_schema import BeforeEntry, MediaEntry, PostEntry, RowEntry, VariantEntry
from amplify.authoring.reading.selection import chosen
from amplify.authoring.reading.times import occurs, repeated, times
from amplify.authoring.reading.world import World
from amplify.domain.card import CardWish
from amplify.domain.picture import Media
from amplify.domain.post import Part, Post, Row, Times, Variant
from amplify.domain.when import When


def build(entry: PostEntry, node: Node, world: World) -> Post:
    """The post, its channels spelled out."""
    every_language = frozenset(world.campaign.languages if world.campaign else ())
    return Post(
        id=entry.id,
        kind=entry.kind,
        parts=_parts(entry, node),
        place=node.place,
        at=times(entry.at),
        occurs=occurs(entry.at),
        each=tuple(_row(label, row, world) for label, row in entry.each.items()),
        repeat=repeated(entry.repeat),
        channels=chosen(entry, world),
        languages=frozenset(entry.languages),
        template=entry.template,
        values=entry.variables,
        link=entry.link,
        tags=tuple(entry.tags),
        drafts=every_language if entry.draft else frozenset(entry.drafts),
        numbered=entry.numbered,
        split=entry.split,
        urgent=entry.urgent,
        again=entry.again,
        formerly=entry.formerly,
        corrects=entry.corrects,
        quotes=entry.quotes,
        boosts=entry.boosts,
        pin=entry.pin,
        poll=poll_wish(entry.poll, node),
        author=entry.author,
        differs=entry.differs,
        person=entry.person,
        on=_variants(entry.on, node),
    )


def _row(label: str, row: RowEntry, world: World) -> Row:
    at = _before(row.event, row.at, world) if isinstance(row.at, BeforeEntry) else times(row.at)
    return Row(label=label, at=at, values=row.variables, event=row.event)


def _before(event: str, entry: BeforeEntry, world: World) -> Times:
    """A time that goes by an event's; the row's name stands for it in keys, so it may move with the event."""
    if event not in world.events:
        return ()  # only where there is no campaign, and so no day: all else has been told
    at = world.events[event].begins - entry.before
    return (When(label=f"before {event}", on=at.date(), clock=at.time(), offset=timedelta()),)


def _parts(entry: PostEntry, node: Node) -> tuple[Part, ...]:
    if not entry.thread:
        place = place_of(node, "boosts" if entry.boosts else "template" if entry.template else "text")
        media = _media(entry.media, node)
        card = _card(entry.card, node)
        return (Part(text=entry.text, passages=passages_at(node, "text"), media=media, card=card, place=place),)
    return tuple(
        Part(
            id=part.id,
            text=part.text,
            passages=passages_at(node, "thread", number, "text"),
            media=_media(part.media, follow(node, ("thread", number))),
            card=_card(part.card, follow(node, ("thread", number))),
            on=_variants(part.on, follow(node, ("thread", number))),
            place=place_of(node, "thread", number),
        )
        for number, part in enumerate(entry.thread)
    )


def _card(written: WrittenCard | None, node: Node) -> CardWish | None:
    if written is None:
        return None
    return CardWish(kind=written.kind, name=written.name, place=place_of(node, "card"))


def _media(entries: list[MediaEntry], node: Node) -> tuple[Media, ...]:
    return tuple(
        Media(
            file=one.file if isinstance(one.file, dict) else {"": one.file},
            alt=one.alt,
            focus=(one.focus[0], one.focus[1]) if one.focus else None,
            place=place_of(node, "media", number),
        )
        for number, one in enumerate(entries)
    )


def _variants(written: Mapping[str, VariantEntry], node: Node) -> dict[str, Variant]:
    return {name: _variant(variant, node, name) for name, variant in written.items()}


def _variant(variant: VariantEntry, node: Node, name: str) -> Variant:
    settings = {key: _setting(value) for key, value in (variant.model_extra or {}).items()}
    passages = passages_at(node, "on", name, "text")
    return Variant(text=variant.text, passages=passages, warning=variant.warning, settings=settings)


def _setting(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
