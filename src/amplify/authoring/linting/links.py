"""How links look: long addresses that voices spell out, and words that do not say where a link leads."""

from collections.abc import Iterator

from amplify.authoring.linting.glance import folded
from amplify.authoring.linting.rule import Remark
from amplify.authoring.urls import find_urls
from amplify.domain.lint import Subject
from amplify.domain.richtext import SpanKind

_LONGEST = 40
#: Say nothing when they stand alone; voices jump from link to link and read only these.
_EMPTY = frozenset(
    {
        "here", "click", "click here", "this link", "link", "more", "read more", "this",
        "hier", "hier klicken", "klick hier", "klicken sie hier", "klickt hier", "mehr", "weiterlesen", "dieser link",
        "тут", "сюды", "націсніце тут", "націсніце сюды", "спасылка", "па спасылцы", "чытаць далей",
        "здесь", "сюда", "нажмите здесь", "нажмите сюда", "жми сюда", "кликните здесь", "ссылка", "по ссылке", "подробнее",
        "сюди", "натисніть тут", "натисніть сюди", "посилання", "за посиланням",
        "tu", "tutaj", "kliknij", "kliknij tu", "kliknij tutaj", "więcej", "czytaj więcej",
        "čia", "spauskite čia", "spausk čia", "nuoroda", "daugiau",
    }
)  # fmt: skip
#: In any place of a text: the link they spoke of is lost, or they tell nobody what it is.
_CLICK = (
    "click here", "hier klicken", "klick hier", "klicken sie hier", "klickt hier", "націсніце тут", "націсніце сюды",
    "нажмите здесь", "нажмите сюда", "кликните здесь", "кликните сюда", "жми здесь", "жми сюда", "натисніть тут",
    "натисніть сюди", "kliknij tu", "spausk čia", "spauskite čia",
)  # fmt: skip
_EDGES = " .,:;!?…>»→*_"


def bare_link(subject: Subject) -> Iterator[Remark]:
    for start, end in find_urls(subject.text) if "://" in subject.text or "www." in folded(subject.text) else ():
        address = subject.text[start:end]
        if len(address) > _LONGEST:
            told = f"“{address}” stands here with all its {len(address)} characters"
            hint = "write words for it: `[Sign the petition](petition)`"
            yield Remark(message=told, hint=hint, quote=address)


def link_words(subject: Subject) -> Iterator[Remark]:
    links = [span for span in subject.body.spans if span.kind is SpanKind.LINK]
    labels = [subject.text[span.start : span.end] for span in links]
    found = [label for label in labels if label.strip(_EDGES).casefold() in _EMPTY]
    said = folded(subject.text)
    for click in _CLICK:
        if click in said and not any(click in folded(label) for label in found):
            found.append(subject.text[said.index(click) :][: len(click)])
    for words in dict.fromkeys(found):
        told = f"“{words}” does not say where it leads, and who has it read aloud hears only these words"
        yield Remark(message=told, hint="say what is there: `[Sign the petition](petition)`", quote=words)
