"""What a delivery was made of, looked up in the revision that was sent: its kind, its figures, its pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from amplify.documents.record.values import Number, Picture
from amplify.domain.figure import Figure
from amplify.domain.rendition import FigureUsed
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import Author, UnusableText


@dataclass(frozen=True, slots=True, kw_only=True)
class AsSent:
    """All empty where the revision no longer has the post. `figures` is None where its text cannot be set any more."""

    kind: str = ""
    network: str = ""
    language: str = ""
    figures: Sequence[Number] | None = None
    pictures: Sequence[Picture] | None = None


def as_sent(wanted: Wanted, written: Written, author: Author) -> AsSent:
    channel, language = wanted.channel, wanted.channel.language
    try:
        set_in_type = author.typeset(
            written, wanted.post, wanted.part, channel, wanted.values, wanted.days_left, wanted.event
        )
    except UnusableText:
        figures = None
    else:
        figures = [_number(used, written.figures[used.id], language) for used in set_in_type.figures]
    shown = [(media.path(language), media.alt.get(language, "")) for media in wanted.part.media]
    return AsSent(
        kind=wanted.post.kind.value,
        network=channel.network,
        language=language,
        figures=figures,
        pictures=[Picture(file=path, digest=written.media.get(path, ""), alt=alt) for path, alt in shown],
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
