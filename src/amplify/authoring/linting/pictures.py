"""Words for those who do not see a picture: not longer than the network shows, and with all that is written in it."""

from collections.abc import Iterator

from amplify.authoring.linting.rule import Remark
from amplify.domain.excerpt import joined
from amplify.domain.lint import Subject
from amplify.domain.post import Kind


def alt_too_long(subject: Subject) -> Iterator[Remark]:
    most = subject.picture_limits.alt if subject.picture_limits is not None else None
    part = subject.wanted.part
    places = [one.place for one in (*part.media, part.card) if one is not None]
    for place, shown in zip(places, subject.pictures, strict=False):
        if most is not None and len(shown.alt) > most:
            network = subject.wanted.channel.network
            told = f"the alt text of {shown.path} has {len(shown.alt)} characters, and {network} takes {most}"
            yield Remark(message=told, hint="say the most important in fewer words", place=place)


def card_wording(subject: Subject) -> Iterator[Remark]:
    """Of a picture nobody knows what is written in it, but a quote's picture has the quote."""
    quoted = [excerpt for name in sorted(subject.excerpts) if not (excerpt := subject.written.excerpts[name]).credit]
    if subject.wanted.post.kind is not Kind.QUOTE or not quoted or not subject.pictures:
        return
    wordings = [words for one in quoted for words in (one.verbatim, one.corrected, *one.translations.values())]
    said = " ".join(joined(shown.alt) for shown in subject.pictures)
    if not any(joined(words) in said for words in wordings):
        told = f"the alt text of {subject.pictures[0].path} does not have the words of the quote ({quoted[0].id})"
        hint = "a card is read with the eyes only: write all of its words into `alt`, and where they come from"
        part = subject.wanted.part
        yield Remark(message=told, hint=hint, place=part.card.place if part.card is not None else part.media[0].place)
