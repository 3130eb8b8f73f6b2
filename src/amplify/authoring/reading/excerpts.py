"""config/excerpts.yaml: what may be quoted, word for word.

What was corrected is written down, and both wordings are held against it: an excerpt is never reworded in silence.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from amplify.authoring.reading import values
from amplify.authoring.reading.campaign_schema import Language
from amplify.authoring.reading.findings import error, named
from amplify.authoring.reading.nodes import Node, Table, key_place, place_of
from amplify.authoring.reading.typed import typed
from amplify.authoring.reading.words import ByLanguage, Entry, Flag, Known, Words
from amplify.domain.excerpt import Correction, Excerpt, Risk, corrected, joined
from amplify.domain.problem import Problem

EXCERPTS_FILE = "config/excerpts.yaml"


class CorrectionEntry(Entry):
    was: Words = Field(
        alias="from",
        title="The slip as it was published.",
        description="write the slip as it was published, `from: politicaly`",
    )
    now: Words = Field(alias="to", title="What it should be.", description="write what it should be, `to: politically`")


class ExcerptEntry(Entry):
    verbatim: Words = Field(
        title="The words exactly as they were published.",
        description="write the words exactly as they were published, `verbatim: …`",
    )
    corrected: Words = Field(default="", title="The same without slips of the pen: what posts print.")
    corrections: list[CorrectionEntry] = Field(default_factory=list, title="What was corrected, slip by slip.")
    language: Language = Field(default="en", title="The language of `verbatim`; en, if not said.")
    translations: ByLanguage = Field(default_factory=dict, title="The same in other languages.")
    valid_on: Annotated[tuple[int, int] | None, values.month_day] = Field(
        default=None, title="The month and day on which the words are true, if on one day only."
    )
    risk: Risk = Field(
        default=Risk.NORMAL, title="Whether the words are dangerous for a reader in Belarus to be found with."
    )
    instead: Words = Field(default="", title="Why posts must not quote it as it is, and what to write instead.")
    credit: Flag = Field(
        default=False, title="Whether this is the line that says where the words come from: it goes wherever others go."
    )


def read_excerpts(node: Table, known: Known) -> tuple[dict[str, Excerpt], list[Problem]]:
    """The excerpts that are right, and what is wrong with the others."""
    excerpts: dict[str, Excerpt] = {}
    problems = list(node.faults)
    for name, written in node.entries.items():
        entry, wrong = typed(ExcerptEntry, written, known)
        if entry is not None:
            wrong = list(_contradictions(name, entry, written))
        wrong += named(name, node.keys[name])
        problems += wrong
        if entry is not None and not wrong and name not in node.repeated:
            excerpts[name] = _excerpt(name, entry)
    return excerpts, problems


def _contradictions(name: str, entry: ExcerptEntry, node: Node) -> Iterator[Problem]:
    lost = [
        number
        for number, slip in enumerate(entry.corrections)
        if joined(slip.was) not in corrected(entry.verbatim, _slips(entry)[:number])
    ]
    for number in lost:
        told = f"“{entry.corrections[number].was}” does not stand in `verbatim`"
        hint = "copy it from there, capitals and signs as they are"
        yield error("no-such-words", told, place_of(node, "corrections", number, "from"), hint)
    made = corrected(entry.verbatim, _slips(entry))
    if entry.corrected and made != joined(entry.corrected) and not lost:
        was, now = _difference(made, joined(entry.corrected))
        told = f"{name} says “{was}” in `verbatim` and “{now}” in `corrected`, and `corrections` does not say so"
        hint = f"write `- {{from: {_quoted(was)}, to: {_quoted(now)}}}` below `corrections:`, or undo the change"
        yield error("not-corrected", told, place_of(node, "corrected"), hint)
    if entry.language in entry.translations:
        told = f"{name} is in `{entry.language}` itself, so this is no translation"
        yield error(
            "contradiction", told, key_place(node, "translations", entry.language), "remove it, or correct `language`"
        )


def _difference(one: str, other: str) -> tuple[str, str]:
    """The words in which two texts differ, from the first to the last of them."""
    first, second = one.split(), other.split()
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    if start + end in (len(first), len(second)):  # words came or went: with a neighbour, there is something to name
        start, end = (start - 1, end) if start else (start, max(end - 1, 0))
    return " ".join(first[start : len(first) - end]), " ".join(second[start : len(second) - end])


def _quoted(words: str) -> str:
    return f"'{words}'" if '"' in words else f'"{words}"'


def _slips(entry: ExcerptEntry) -> tuple[Correction, ...]:
    return tuple(Correction(was=slip.was, now=slip.now) for slip in entry.corrections)


def _excerpt(name: str, entry: ExcerptEntry) -> Excerpt:
    return Excerpt(
        id=name,
        verbatim=entry.verbatim,
        corrected=entry.corrected or corrected(entry.verbatim, _slips(entry)),
        corrections=_slips(entry),
        language=entry.language,
        translations=entry.translations,
        valid_on=entry.valid_on,
        risk=entry.risk,
        instead=entry.instead,
        credit=entry.credit,
    )
