"""One part of a post in one language: rendered, read as markup, judged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from amplify.authoring.template_names import FOLDER, about_a_person, named_for
from amplify.authoring.typesetting.cards import CardMaker
from amplify.authoring.typesetting.direction import set_apart
from amplify.authoring.typesetting.event_objects import event_names, event_shelf, in_order
from amplify.authoring.typesetting.figure_objects import ShownFigure
from amplify.authoring.typesetting.linking import judged, resolved
from amplify.authoring.typesetting.markup import read_markup
from amplify.authoring.typesetting.neat import check_letters, neat
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.periods import check_periods
from amplify.authoring.typesetting.rendering import render
from amplify.authoring.typesetting.signs import with_signs
from amplify.authoring.typesetting.template_objects import Named, Shelf, ShownCampaign, excerpts, links
from amplify.authoring.typesetting.verbatim import shield
from amplify.domain.campaign import Campaign
from amplify.domain.card import Card
from amplify.domain.channel import Channel
from amplify.domain.figure import Figure, version_id
from amplify.domain.post import DAY_BOUND, PERSON, Part, Post
from amplify.domain.problem import Passage, Place
from amplify.domain.rendition import FigureUsed
from amplify.domain.richtext import RichText, SpanKind
from amplify.domain.written import Written
from amplify.ports.author import Typeset, UnusableText

if TYPE_CHECKING:
    from amplify.authoring.typesetting.press import Compiled

#: Tells a post's own text from the files of posts/templates.
_OWN = "<text>"
#: What somebody meant to be filled in.
_BRACES = re.compile(r"\{\s*(?:figure|excerpt|link|event|campaign|channel|post|days_left)\b[^{}\n]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be set, and for whom."""

    written: Written
    campaign: Campaign
    post: Post
    part: Part
    channel: Channel
    values: Mapping[str, str]
    days_left: int
    event: str


def wording_of(job: Job) -> tuple[object, ...] | None:
    """The same for jobs that come to the same text on whatever network; None where the channel may have a say in it."""
    try:
        name, source, passage = _source(job)
    except UnusableText:
        return None
    if "channel" in source or "{%" in source:
        return None
    channel = job.channel
    handles, values = job.campaign.handles(channel.network), tuple(job.values.items())
    said = (name, source, passage, values, job.days_left, job.event)
    return (id(job.written), id(job.post), job.part.id, channel.language, channel.links, handles, *said)


def set_type(job: Job, compiled: "Compiled") -> Typeset:
    """Raises UnusableText."""
    notes = Notes()
    name, source, passage = _source(job)
    notes.templates |= {name} - {_OWN}
    for value in job.values.values():
        check_letters(value)
    try:
        check_letters(source)
        language = job.channel.language
        shelves = _shelves(job, notes)
        names = _names(job, shelves)
        text = render(name, source, names, job.written.templates, compiled, notes, language)
        body = _judged(neat(text), job, notes, source)
        check_periods(body.text, notes.figures.values())
    except UnusableText as unusable:
        unusable.place = passage.at(unusable.line)
        raise
    card = _card(job, shelves, notes)
    return Typeset(
        body=body,
        figures=tuple(_used(figure, job) for figure in notes.figures.values()),
        day_bound=notes.dated or job.post.kind in DAY_BOUND,
        risky=tuple(sorted(notes.risky)),
        person=job.post.kind in PERSON or about_a_person(notes.templates, job.written.posts),
        source=source,
        passage=passage,
        excerpts=frozenset(notes.excerpts),
        links=frozenset(notes.links),
        card=card,
    )


def _source(job: Job) -> tuple[str, str, Passage]:
    """The part's own words in that language, else the post's template: name, text and where that stands."""
    language, post = job.channel.language, job.post
    if language in job.part.text:
        return _OWN, job.part.text[language], job.part.passages.get(language, Passage(start=job.part.place))
    name = named_for(job.written.templates, post.template, language) if post.template else ""
    if name:
        return name, job.written.templates[name], Passage(start=Place(file=FOLDER + name), line_by_line=True)
    what = f"part {job.part.id} of {post.id}" if job.part.id else post.id
    hint = f"write it, or say `drafts: [{language}]` to keep this language back"
    raise UnusableText(f"{what} has no text in `{language}`", code="missing-text", hint=hint)


def _shelves(job: Job, notes: Notes) -> dict[str, Shelf[Any]]:
    """What the campaign's files have for texts and cards; whatever is taken from it is noted down."""
    language, written = job.channel.language, job.written
    on = job.campaign.day - timedelta(days=job.days_left)

    def figure(name: str) -> ShownFigure:
        if held := written.figures[name].held:
            hint = f"`amplify figures show {name}` says more; the post goes out once it is confirmed"
            raise UnusableText(f"figure {name} {held}", code="figure-held", hint=hint)
        return ShownFigure(written.figures[name], language, notes)

    return {
        "figure": Shelf("figure", written.figures, figure),
        "excerpt": excerpts(written.excerpts, job.channel, on, notes),
        "event": event_shelf(written.events, language, job.campaign.day, notes),
    }


def _names(job: Job, shelves: Mapping[str, Shelf[Any]]) -> dict[str, object]:
    """Everything that a template may name; variables of the post never hide what is ours."""
    language = job.channel.language
    return {
        **{name: shield(value) for name, value in job.values.items()},
        **shelves,
        "link": links(job.campaign.links, language),
        "campaign": ShownCampaign(job.campaign, language),
        "channel": Named(job.channel.name, network=job.channel.network, language=language),
        "post": Named(job.post.id, kind=str(job.post.kind)),
        "days_left": job.days_left,
        **event_names(shelves["event"], in_order(job.written.events, language, job.campaign.day), job.event),
    }


def _card(job: Job, shelves: Mapping[str, Shelf[Any]], notes: Notes) -> Card | None:
    """Raises UnusableText."""
    wish = job.part.card
    if wish is None:
        return None
    maker = CardMaker(
        written=job.written,
        campaign=job.campaign,
        language=job.channel.language,
        days_left=job.days_left,
        shelves=shelves,
        notes=notes,
    )
    return maker.made(wish)


def _judged(text: str, job: Job, notes: Notes, source: str) -> RichText:
    """Raises UnusableText with the line of the source that brought it about."""
    try:
        return _read(text, job, notes)
    except UnusableText as unusable:
        unusable.line = _line_of(unusable, source)
        raise


def _read(text: str, job: Job, notes: Notes) -> RichText:
    if braces := _BRACES.search(text):
        told = f"“{braces[0]}” has one bracket on each side, so followers would read it as it stands here"
        raise UnusableText(told, code="single-braces", hint=f"write two: `{{{braces[0]}}}`")
    rich = resolved(read_markup(text), job.campaign.links)
    check_letters(rich.text)
    if not rich.text:
        raise UnusableText("this text is empty", code="missing-text", hint="write it, or remove the post")
    tags, handles = job.campaign.all_tags, job.campaign.handles(job.channel.network)
    marked = with_signs(rich, tags, handles)
    links = [span for span in marked.spans if span.kind is SpanKind.LINK]
    notes.links |= {
        link.value for link in links if marked.text[link.start : link.end] != link.value.partition("://")[2]
    }
    return set_apart(judged(marked, job.channel), job.channel.language)


def _used(figure: Figure, job: Job) -> FigureUsed:
    own = figure.bounds.max_age_days
    return FigureUsed(
        id=figure.id,
        as_of=figure.as_of,
        source=figure.source.name,
        max_age_days=job.campaign.rules.figure_max_age.days if own is None else own,
        version=version_id(figure),
        value=figure.plain,
        untrue_from=figure.untrue_from,
        untrue=figure.untrue,
    )


def _line_of(unusable: UnusableText, source: str) -> int:
    """Where the words that a message quotes stand in the source."""
    quoted = re.search(r"“([^”]+)”|([#@][\w.@-]+)", str(unusable))
    at = source.find(quoted[1] or quoted[2]) if quoted else -1
    return source.count("\n", 0, at) + 1 if at >= 0 else unusable.line
