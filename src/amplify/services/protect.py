"""Nobody is named who must not be, and nobody who has not agreed. What is said about it names nobody either."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from amplify.domain.finding import Finding
from amplify.domain.lint import Subject
from amplify.domain.problem import Place
from amplify.domain.protected import NO_CONSENT, PROTECTED, Register, told
from amplify.domain.when import zone_named
from amplify.ports.author import UnusableText


@contextmanager
def unnamed(register: Register) -> Iterator[None]:
    """What is raised inside quotes texts, and is raised again without the names in it."""
    try:
        yield
    except UnusableText as unusable:
        said = register.masked(str(unusable))
        if said == str(unusable) and not register.named([unusable.hint, *map(_words, unusable.findings)]):
            raise
        raise UnusableText(
            said,
            code=unusable.code,
            hint=register.masked(unusable.hint),
            line=unusable.line,
            place=unusable.place,
            findings=tuple(
                replace(one, message=register.masked(one.message), hint=register.masked(one.hint))
                for one in unusable.findings
            ),
        ) from None


def check_persons(subject: Subject, register: Register, now: datetime, *, person: bool) -> None:
    """Raises UnusableText for a name that must not be there, and for a person who has not agreed, at the slot or now."""
    texts = _texts(subject)
    entries = register.named(texts)
    if entries:
        raise UnusableText(
            f"{told(entries)} is named here",
            code=PROTECTED,
            hint="take the name out, also of ids, links and file names, and do not tell others which it was",
            place=_place(subject, register),
        )
    post, zone = subject.wanted.post, zone_named(subject.campaign.zone)
    if (not person and not post.person) or register.fault:
        return  # what is wrong with the register is a brake, no fault of this text: it waits as it is
    days = [at.astimezone(zone).date() for at in (subject.wanted.due, now)]
    beside = [part.text.get(subject.language, "") for part in post.parts]
    if why := register.objection(post.person, [*texts, *beside], days, pictures=bool(subject.pictures)):
        raise UnusableText(
            why, code=NO_CONSENT, hint="see docs/protected.md; when in doubt, do not post", place=post.place
        )


def _texts(subject: Subject) -> Sequence[str]:
    """All that followers see, and all that is shown and kept because it is called by its name."""
    wanted, link = subject.wanted, subject.campaign.links.get(subject.wanted.post.link)
    post = wanted.post
    card = [link.url, *link.label.values(), *link.title.values(), *link.description.values()] if link else []
    return [
        subject.layout.text,
        *(entity.value for entity in subject.layout.entities),
        *subject.settings.values(),
        *subject.besides,
        *(word for picture in subject.pictures for word in (picture.alt, picture.path)),
        *card,
        *(str(wanted.key), post.template, post.place.file, wanted.event),
    ]


def _place(subject: Subject, register: Register) -> Place:
    """The line that has the name; else where the text begins."""
    for number, line in enumerate(subject.source.split("\n"), start=1):
        if register.named([line]):
            return subject.passage.at(number)
    for media in subject.wanted.part.media:
        if register.named([*media.alt.values(), *media.file.values()]):
            return media.place
    card = subject.wanted.part.card
    if card is not None and register.named([shown.alt for shown in subject.pictures]):
        return card.place
    poll = subject.wanted.post.poll
    if poll is not None and subject.poll is not None and register.named(subject.poll.options):
        return poll.place
    return subject.passage.start


def _words(finding: Finding) -> str:
    return f"{finding.message}\n{finding.hint}"
