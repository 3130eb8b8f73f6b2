"""What the page of the preview is drawn from: renditions, prints of their pictures, figures as they stand at the slot."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from amplify.authoring.typesetting.formatting import number, qualified
from amplify.cli.limits import whose_limit
from amplify.cli.previewed import Previewed
from amplify.documents.posts.seen import Face, SeenPicture, SeenPost
from amplify.documents.preview.as_seen import as_seen, traits
from amplify.documents.preview.page import page
from amplify.documents.preview.values import CarriedPicture, Drawn, FigureBehind, Preview, Remark
from amplify.domain.channel import Channel
from amplify.domain.figure import Figure
from amplify.domain.key import Key
from amplify.domain.picture import Sort
from amplify.domain.problem import Problem, Severity
from amplify.domain.rendition import FigureUsed, Onto, Rendition
from amplify.ports.author import UnusableText
from amplify.ports.darkroom import Picture
from amplify.services.named import named_by
from amplify.services.survey import Surveyed

_ENOUGH = 12


def draw(previewed: Previewed, chosen: str) -> str:
    """The whole page; `chosen` says in words what it is narrowed to."""
    app, campaign = previewed.app, previewed.app.written.campaign
    if campaign is None:
        raise ValueError("a preview of no campaign")
    drawing = _Drawing(previewed=previewed, name=campaign.name)
    deliveries = [drawing.delivery(one) for one in previewed.seen]
    limits: dict[str, list[str]] = {}
    for name in sorted({one.key.channel for one in deliveries}):
        limits.setdefault(whose_limit(name, previewed.accounts), []).append(name)
    return page(
        Preview(
            campaign=campaign,
            made_at=app.clock.now().astimezone(previewed.zone),
            deliveries=deliveries,
            pictures=tuple(drawing.carried.values()),
            chosen=chosen,
            limits=limits,
            elsewhere=[]
            if chosen
            else [_remark(p) for p in app.written.problems if p.is_error and not _drawn(p, deliveries)],
        )
    )


def _drawn(problem: Problem, deliveries: list[Drawn]) -> bool:
    """Whether the page shows it beside a delivery."""
    return any(one.held and _is_about(problem, one.key) for one in deliveries)


def _is_about(problem: Problem, key: Key) -> bool:
    return problem.post == key.post and problem.channel in (None, key.channel)


def _remark(problem: Problem) -> Remark:
    where = f"{problem.place.file}:{problem.place.line}"
    return Remark(severity=problem.severity, said=problem.message, hint=problem.hint, where=where)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """`carried` collects prints, each once; `threads` what has been drawn of each, by channel; `drawn` every delivery."""

    previewed: Previewed
    name: str
    carried: dict[str, CarriedPicture] = field(default_factory=dict)
    threads: dict[Key, SeenPost] = field(default_factory=dict)
    drawn: dict[Key, SeenPost] = field(default_factory=dict)

    def delivery(self, one: Surveyed) -> Drawn:
        wanted, rendition = one.intent.wanted, one.intent.rendition
        key, due = wanted.key, wanted.due.astimezone(self.previewed.zone)
        anchor = f"d-{sha256(str(key).encode()).hexdigest()[:_ENOUGH]}"
        drawn = Drawn(
            key=key,
            network=wanted.channel.network,
            language=wanted.channel.language,
            due=due,
            anchor=anchor,
            parts=len(wanted.post.parts),
            position=wanted.position,
            remarks=self._remarks(one),
            waits=tuple(self.previewed.waits(one)),
        )
        if rendition is None:
            return drawn
        prints, broken = self._prints(rendition, wanted.channel)
        of_card = rendition.link_card.picture if rendition.link_card is not None else None
        seen = as_seen(
            rendition,
            face=self._face(wanted.channel),
            at=due,
            anchor=anchor,
            pictures=[self._shown(each.alt, prints[each.mark]) for each in rendition.pictures if prints],
            thumb=self._shown("", prints[of_card.mark]) if of_card is not None and prints else None,
            before=self.threads.get(key.thread) if wanted.position else None,
            earlier=self._earlier(one, rendition),
        )
        self.threads[key.thread] = self.drawn[key] = seen
        return replace(
            drawn,
            seen=seen,
            layout=rendition.layout,
            digest=rendition.digest,
            files=tuple(shown.path for shown in rendition.pictures),
            traits=traits(rendition.settings),
            figures=tuple(self._figure(used, rendition, due) for used in rendition.figures),
            remarks=(*broken, *drawn.remarks),
        )

    def _earlier(self, one: Surveyed, rendition: Rendition) -> SeenPost | None:
        """What it quotes or shows again, which is due before it; its words alone where the page does not draw it."""
        if rendition.onto is Onto.REPLY:
            return None
        wanted = one.intent.wanted
        drawn = named_by(wanted.key, wanted.post, self.previewed.app.written.posts, self.drawn.get)
        shown = self.previewed.earlier(one) if drawn is None else None
        if shown is None or not shown.text:
            return drawn
        face, at = self._face(wanted.channel), wanted.due.astimezone(self.previewed.zone)
        return SeenPost(anchor="", network=wanted.channel.network, face=face, at=at, text=shown.text)

    def _remarks(self, one: Surveyed) -> tuple[Remark, ...]:
        """What holds it, what the rules would say at its slot, and what the files are warned of."""
        wanted = one.intent.wanted
        said = [_remark(p) for p in self.previewed.app.written.problems if _is_about(p, wanted.key)]
        if one.unusable is not None:
            where = f"{wanted.part.place.file}:{wanted.part.place.line}"
            told = Remark(severity=Severity.ERROR, said=one.intent.problem, hint=one.unusable.hint, where=where)
            said = [told, *(remark for remark in said if remark.severity is not Severity.ERROR)]
        rendition = one.intent.rendition
        linted = rendition.warnings if rendition is not None else ()
        said += [Remark(severity=Severity.WARNING, said=told.message, hint=told.hint) for told in linted]
        return (*said, *(Remark(severity=Severity.WARNING, said=concern) for concern in one.intent.concerns))

    def _prints(self, rendition: Rendition, channel: Channel) -> tuple[Mapping[str, Picture], list[Remark]]:
        """What the network would be given; a remark where something of it cannot be made."""
        workshop = self.previewed.app.workshop
        limits = workshop.limits(channel, self.previewed.accounts)
        try:
            return workshop.pictures.prints(rendition, limits.pictures), []
        except UnusableText as unusable:
            return {}, [Remark(severity=Severity.ERROR, said=str(unusable), hint=unusable.hint)]

    def _shown(self, alt: str, made: Picture) -> SeenPicture:
        """The page carries each print once; of a film only how it begins: the rest would be too large for a mail."""
        moves = made.sort is not Sort.PICTURE
        image, mime = (made.still, "image/jpeg") if moves else (made.data, made.mime)
        mark = f"p-{sha256(image).hexdigest()[:_ENOUGH]}"
        if mark not in self.carried:
            data = b64encode(image).decode()
            self.carried[mark] = CarriedPicture(id=mark, mime=mime, data=data, width=made.width, height=made.height)
        return SeenPicture(
            address=f"#{mark}",
            alt=alt,
            width=made.width,
            height=made.height,
            sort=made.sort,
            seconds=round(made.seconds),
        )

    def _face(self, channel: Channel) -> Face:
        """The account's own handle where it has answered before, else what is written of it."""
        account = self.previewed.accounts.get(channel.name)
        if account is not None:
            return Face(name=self.name, handle=account.name)
        written = channel.settings
        handle = f"@{written['handle']}" if "handle" in written else written.get("chat", "")
        host = urlsplit(written.get("server", "")).hostname or channel.network
        return Face(name=self.name, handle=handle or f"{channel.name} on {host}")

    def _figure(self, used: FigureUsed, rendition: Rendition, due: datetime) -> FigureBehind:
        figure = self.previewed.app.written.figures.get(used.id)
        known = figure if figure is not None and figure.as_of == used.as_of else None
        return FigureBehind(
            id=used.id,
            label=known.label.get(rendition.language, used.id) if known else used.id,
            printed=_printed(known, rendition.language) if known else "",
            as_of=used.as_of,
            source=used.source,
            source_url=known.source.url if known else "",
            age=(due.date() - used.as_of).days,
            max_age=used.max_age_days,
        )


def _printed(figure: Figure, language: str) -> str:
    """As a post in that language prints it; without its qualifier where amplify has no word for that."""
    ends = (figure.value,) if figure.value is not None else (figure.low or 0, figure.high or 0)
    bare = "–".join(number(end, language) for end in ends)
    try:
        return qualified(figure.qualifier, bare, language)
    except UnusableText:
        return bare
