"""The pictures and the film of a delivery, with the words for those who do not see them."""

from dataclasses import replace

from amplify.domain.card import Card
from amplify.domain.picture import PictureLimits, Shown, Sort, alt_problem
from amplify.domain.post import Part
from amplify.domain.problem import Place
from amplify.domain.rendition import Limits
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.services.pictures import Pictures


def shown_with(
    wanted: Wanted, written: Written, pictures: Pictures, limits: Limits, card: Card | None
) -> tuple[Shown, ...]:
    """Those of the channel's language, in order, or the card alone. Raises UnusableText."""
    part, network = wanted.part, wanted.channel.network
    places = [one.place for one in (*part.media, part.card) if one is not None]
    if not places:
        return ()
    if limits.pictures is None:
        told = f"{network} takes no pictures here"
        raise _wrong("no-pictures", told, "give it a post of its own, without a picture", places[0])
    if card is not None:
        return (_drawn(card, pictures, places[-1]),)
    shown = tuple(_shown(part, number, wanted.channel.language, written, pictures) for number in range(len(part.media)))
    _stop_where_too_many(shown, part, network, limits.pictures)
    return shown


def unmoved(shown: tuple[Shown, ...], card: Card | None) -> tuple[Shown, ...]:
    """With a card known by its words with the numbers masked, where figures may move: `card` has them masked."""
    return shown if card is None else tuple(replace(one, fixed=card.digest) for one in shown)


def _drawn(card: Card, pictures: Pictures, place: Place) -> Shown:
    try:
        return pictures.of(card)
    except UnusableText as unusable:
        unusable.place = place
        raise


def _shown(part: Part, number: int, language: str, written: Written, pictures: Pictures) -> Shown:
    media = part.media[number]
    path, alt = media.path(language), media.alt.get(language, "")
    if path not in written.media:
        told = f"there is no {path}" if path else f"there is no picture for `{language}`"
        raise _wrong("picture-missing", told, "put the file there, or correct `file`", media.place)
    if not alt:
        told = f"{path} has no alt text in `{language}`: who cannot see it would miss it"
        raise _wrong("missing-alt", told, "write below `alt:` what the picture shows", media.place)
    if problem := alt_problem(alt, path):
        raise _wrong("bad-alt", f"{path}: {problem}", "say in a sentence or two what it shows", media.place)
    seen = Shown(path=path, digest=written.media[path], alt=alt, focus=media.focus)
    sort = pictures.sort(seen)
    return seen if sort is Sort.PICTURE else Shown(path=path, digest=seen.digest, alt=alt, sort=sort)


def _stop_where_too_many(shown: tuple[Shown, ...], part: Part, network: str, limits: PictureLimits) -> None:
    if len(shown) > limits.most:
        most = "one picture" if limits.most == 1 else f"{limits.most} pictures"
        told = f"{network} takes {most} in a post, and here are {len(shown)}"
        hint = f"keep the most important, make a thread of it, or leave {network} out of `channels`"
        raise _wrong("too-many-pictures", told, hint, part.media[limits.most].place)
    moving = [number for number, one in enumerate(shown) if one.sort is not Sort.PICTURE]
    if moving and len(shown) > 1:
        told = f"{shown[moving[0]].path} moves, and a moving picture goes alone in a post"
        raise _wrong("film-not-alone", told, "make a thread of it, one for each part", part.media[moving[0]].place)


def _wrong(code: str, told: str, hint: str, place: Place) -> UnusableText:
    return UnusableText(told, code=code, hint=hint, place=place)
