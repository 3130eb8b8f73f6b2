"""What a delivery was made of, looked up in the revision that was sent: its kind, its figures, its pictures, its poll."""

from collections.abc import Sequence
from dataclasses import dataclass

from amplify.documents.record.values import Number, Picture
from amplify.domain.figure import Figure
from amplify.domain.rendition import FigureUsed
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.services.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class AsSent:
    """All empty where the revision no longer has the post. `figures` is None where its text cannot be set any more."""

    kind: str = ""
    network: str = ""
    language: str = ""
    figures: Sequence[Number] | None = None
    pictures: Sequence[Picture] | None = None
    poll: Sequence[str] = ()


def as_sent(wanted: Wanted, written: Written, workshop: Workshop) -> AsSent:
    channel, language = wanted.channel, wanted.channel.language
    wish = wanted.post.poll
    poll = wish.spoken(language, channel.base_language) if wish is not None else None
    files = [(media.path(language), media.alt.get(language, "")) for media in wanted.part.media]
    pictures = [Picture(file=path, digest=written.media.get(path, ""), alt=alt) for path, alt in files]
    try:
        set_in_type = workshop.author.typeset(
            written, wanted.post, wanted.part, channel, wanted.values, wanted.days_left, wanted.event
        )
        if set_in_type.card is not None:
            drawn = workshop.pictures.of(set_in_type.card)
            pictures.append(Picture(file=drawn.path, digest=drawn.digest, alt=drawn.alt))
    except UnusableText:
        figures = None
    else:
        figures = [_number(used, written.figures[used.id], language) for used in set_in_type.figures]
    return AsSent(
        kind=wanted.post.kind.value,
        network=channel.network,
        language=language,
        figures=figures,
        pictures=pictures,
        poll=poll.options if poll is not None else (),
    )


def _number(used: FigureUsed, figure: Figure, language: str) -> Number:
    return Number(
        id=used.id,
        label=figure.label.get(language) or next(iter(figure.label.values()), ""),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        qualifier=figure.qualifier.value,
        unit=figure.unit or "",
        period=figure.period,
        as_of=used.as_of,
        source=figure.source.name,
        source_url=figure.source.url,
    )
