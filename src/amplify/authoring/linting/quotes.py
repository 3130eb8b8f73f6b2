"""Quotations: word for word from an excerpt, on the days on which it is true, with the line that says where it is from."""

from collections.abc import Iterator
from datetime import timedelta

from amplify.authoring.linting.quoting import Shelf, bound, is_in, plain, quotations, slip, wordings
from amplify.authoring.linting.rule import Remark
from amplify.domain.excerpt import Excerpt
from amplify.domain.lint import Subject
from amplify.domain.post import Kind

#: A title has fewer words than this, or is as short as one.
_IN_QUOTES, _ELSEWHERE = 4, 5


def misquoted(subject: Subject) -> Iterator[Remark]:
    """Words in quotation marks that an excerpt has nearly like this."""
    for quotation in _strange(subject, _ELSEWHERE):
        found = next(filter(None, (slip(quotation, one) for one in subject.written.excerpts.values())), None)
        if found is not None:
            told = f"“{found.written}” is not what excerpt {found.excerpt} says: “{found.meant}”"
            hint = f"write `{{{{ excerpt.{found.excerpt} }}}}`, or take the quotation marks away"
            yield Remark(message=told, hint=hint, quote=found.written)


def not_verbatim(subject: Subject) -> Iterator[Remark]:
    """In a quote post of a campaign that has excerpts, words in quotation marks that come from nowhere."""
    if subject.wanted.post.kind is not Kind.QUOTE or not subject.written.excerpts:
        return
    for quotation in _strange(subject, _IN_QUOTES):
        if not any(slip(quotation, one) for one in subject.written.excerpts.values()):
            told = f"“{quotation}” stands in quotation marks, and in no excerpt"
            yield Remark(
                message=told, hint="write it into config/excerpts.yaml, and here `{{ excerpt.… }}`", quote=quotation
            )


def hand_quoted(subject: Subject) -> Iterator[Remark]:
    """An excerpt typed by hand escapes what its entry says: the day on which it is true, and that it is not to be quoted."""
    listed = bound(Shelf(subject.written.excerpts))
    said = [plain(text) for text in _seen(subject)] if listed else []
    for excerpt, words in listed:
        if excerpt.id in subject.excerpts or not any(one in text for one in words for text in said):
            continue
        if excerpt.instead:
            yield Remark(
                message=f"these are the words of excerpt {excerpt.id}, which is not to be quoted",
                hint=f"write {excerpt.instead}",
                quote=excerpt.corrected,
            )
        elif not _true(excerpt, subject):
            yield Remark(
                message=f"these are the words of excerpt {excerpt.id}, which are true on another day only",
                hint="move the post, or quote something else",
                quote=excerpt.corrected,
            )


def credit_missing(subject: Subject) -> Iterator[Remark]:
    """In a quote post, and once in a thread that quotes; in the text or in the words for its picture."""
    credits_ = [one for one in subject.written.excerpts.values() if one.credit]
    if not credits_ or not _quotes(subject) or any(one.id in subject.excerpts for one in credits_):
        return
    said = plain(" ".join((_all_sources(subject), subject.text, *(shown.alt for shown in subject.pictures))))
    if not any(plain(words) in said or f"excerpt.{one.id}" in said for one in credits_ for words in wordings(one)):
        told = "nothing here says where the quoted words come from"
        yield Remark(message=told, hint=f"add a line with `{{{{ excerpt.{credits_[0].id} }}}}`")


def _strange(subject: Subject, least: int) -> Iterator[str]:
    """Quotations that are in no excerpt, and are not the name of something that the campaign links to."""
    campaign = subject.campaign
    for quotation in dict.fromkeys(one for text in _seen(subject) for one in quotations(text, least)):
        names = [
            campaign.name,
            *(words for link in campaign.links.values() for words in (*link.title.values(), *link.label.values())),
        ]
        known = [words for one in subject.written.excerpts.values() for words in wordings(one)]
        if not any(is_in(quotation, words) for words in (*known, *names)):
            yield quotation


def _seen(subject: Subject) -> tuple[str, ...]:
    """The text, and the words for its pictures."""
    return (subject.text, *(shown.alt for shown in subject.pictures))


def _true(excerpt: Excerpt, subject: Subject) -> bool:
    on = subject.campaign.day - timedelta(days=subject.wanted.days_left)
    return excerpt.valid_on in (None, (on.month, on.day))


def _quotes(subject: Subject) -> bool:
    """Whether this is where the credit line is asked for: a quote post, or the end of a thread that quotes."""
    post = subject.wanted.post
    if post.is_thread:
        return subject.wanted.position == len(post.parts) - 1 and "excerpt." in _all_sources(subject)
    return post.kind is Kind.QUOTE


def _all_sources(subject: Subject) -> str:
    """What the parts of the thread say in this language."""
    return "\n".join(part.text.get(subject.language, "") for part in subject.wanted.post.parts)
