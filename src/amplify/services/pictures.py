"""The campaign's pictures and films: looked at when something is planned, developed when it is sent.

Bytes are read anew each time and must be those that the revision knows by their digest; what is made of them
is remembered by that digest, so that nothing heavy happens twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from errno import EFBIG

from amplify.domain.card import Card
from amplify.domain.picture import PictureLimits, Shown, Sort, digest_of
from amplify.domain.rendition import Rendition
from amplify.ports.author import Folder, UnusableText
from amplify.ports.card_press import CardPress, UnfitCard
from amplify.ports.darkroom import Darkroom, Original, Picture, UnusablePicture

#: Prints kept at a time: a picture goes to several networks, and at the due instant it should be ready.
_KEPT = 12
#: And how many bytes they may have together: a film that has more is developed again, which takes it a second.
_KEPT_BYTES = 64_000_000
#: Drawings kept at a time, a few thousand bytes each: a card goes to several networks, and is looked at often.
_DRAWN = 2048


@dataclass(slots=True, kw_only=True)
class Pictures:
    """Used from several threads: at worst a picture is developed twice."""

    folder: Folder
    darkroom: Darkroom
    cards: CardPress
    _drawings: dict[Card, bytes | UnusableText] = field(default_factory=dict)
    _examined: dict[str, Original | UnusableText] = field(default_factory=dict)
    _prints: dict[tuple[str, PictureLimits], Picture] = field(default_factory=dict)

    def of(self, card: Card) -> Shown:
        """A card as a picture, by the digest of its drawing. Raises UnusableText where its words do not fit."""
        return Shown(path=card.path, digest=digest_of(self._drawing(card)), alt=card.alt, card=card)

    def _drawing(self, card: Card) -> bytes:
        """Raises UnusableText."""
        found = self._drawings.get(card)
        if found is None:
            if len(self._drawings) >= _DRAWN:
                self._drawings.clear()
            found = self._drawings[card] = self._drawn(card)
        if isinstance(found, UnusableText):
            raise UnusableText(str(found), code=found.code, hint=found.hint)
        return found

    def _drawn(self, card: Card) -> bytes | UnusableText:
        try:
            return self.cards.draw(card)
        except UnfitCard as unfit:
            return UnusableText(str(unfit), code=unfit.code, hint=unfit.hint)

    def sort(self, shown: Shown) -> Sort:
        """Whether it moves. What cannot be looked at counts as a picture: `look_at` tells of it."""
        try:
            found = self._found(shown)
        except UnusableText:
            return Sort.PICTURE
        return found.sort

    def look_at(self, pictures: Iterable[Shown], limits: PictureLimits | None) -> None:
        """Raises UnusableText where one cannot be shown within these limits."""
        for shown in pictures:
            self._look_at(shown, limits)

    def _look_at(self, shown: Shown, limits: PictureLimits | None) -> None:
        if shown.card is not None:
            self._drawing(shown.card)
            return
        found = self._found(shown)
        if limits is None:
            return
        if found.film is not None and limits.film is not None:
            told, hint = found.film.refusal(limits.film)
            if told:
                raise UnusableText(f"{shown.path} {told}", code="film-does-not-fit", hint=hint)
        elif refusal := limits.refusal(found.width, found.height):
            raise UnusableText(f"{shown.path} does not fit: {refusal}", code="picture-shape", hint="crop it")

    def _found(self, shown: Shown) -> Original:
        """Raises UnusableText."""
        found = self._examined.get(shown.digest)
        if found is None:
            found = self._examined[shown.digest] = self._examine(shown)
        if isinstance(found, UnusableText):
            raise UnusableText(str(found), code=found.code, hint=found.hint)
        return found

    def prints(self, rendition: Rendition, limits: PictureLimits | None) -> Mapping[str, Picture]:
        """All that a rendition shows, the picture of its link's card within that one's limits. Raises UnusableText."""
        made = dict(self.developed(rendition.pictures, limits))
        card = rendition.link_card.picture if rendition.link_card is not None else None
        if card is not None and limits is not None:
            made |= self.developed([card], limits.as_thumb)
        return made

    def developed(self, pictures: Iterable[Shown], limits: PictureLimits | None) -> Mapping[str, Picture]:
        """Prints of the very bytes that were applied, by their marks. Raises UnusableText."""
        return {shown.mark: self._developed(shown, limits) for shown in pictures if limits is not None}

    def _developed(self, shown: Shown, limits: PictureLimits) -> Picture:
        data = self._read(shown)
        known = self._prints.get((shown.digest, limits))
        if known is not None:
            return known
        try:
            made = self.darkroom.develop(data if shown.card is None else self.cards.print(data), limits)
        except UnusablePicture as unusable:
            raise _told(shown, unusable) from None
        self._prints[shown.digest, limits] = made
        self._throw_away()
        return made

    def _throw_away(self) -> None:
        """The oldest prints, where there are too many."""
        kept = list(self._prints.items())
        size = sum(len(made.data) for _, made in kept)
        for number, (oldest, made) in enumerate(kept):
            if len(kept) - number <= _KEPT and size <= _KEPT_BYTES:
                break
            self._prints.pop(oldest, None)
            size -= len(made.data)

    def _examine(self, shown: Shown) -> Original | UnusableText:
        data = self._read(shown)
        try:
            return self.darkroom.examine(data)
        except UnusablePicture as unusable:
            return _told(shown, unusable)

    def _read(self, shown: Shown) -> bytes:
        if shown.card is not None:
            return self._drawing(shown.card)
        try:
            data = self.folder.picture(shown.path)
        except OSError as error:
            if error.errno == EFBIG:
                told = f"{shown.path} is too large: {error.strerror}"
                raise UnusableText(told, code="picture-too-large", hint="export a smaller one") from None
            told = f"{shown.path} cannot be read ({error.strerror or error})"
            raise UnusableText(told, code="picture-unreadable", hint="put the file back, or remove `media`") from None
        if digest_of(data) != shown.digest:
            told = f"the picture {shown.path} was changed since it was applied; `amplify apply` takes it as it is now"
            raise UnusableText(told, code="picture-changed", hint="or put the file back as it was")
        return data


def _told(shown: Shown, unusable: UnusablePicture) -> UnusableText:
    return UnusableText(f"{shown.path} {unusable}", code=unusable.code, hint=unusable.hint)
