"""config/excerpts.yaml: what may be quoted, word for word."""

from typing import Annotated

from pydantic import Field, PlainValidator

from amplify.authoring.reading import values
from amplify.authoring.reading.findings import named
from amplify.authoring.reading.nodes import Table
from amplify.authoring.reading.typed import typed
from amplify.authoring.reading.words import Entry, Known, Words
from amplify.domain.excerpt import Excerpt, Risk
from amplify.domain.problem import Problem

EXCERPTS_FILE = "config/excerpts.yaml"


class ExcerptEntry(Entry):
    verbatim: Words = Field(description="write the words exactly as they were published, `verbatim: …`")
    corrected: Words = ""
    valid_on: Annotated[tuple[int, int] | None, PlainValidator(values.month_day)] = None
    risk: Risk = Risk.NORMAL


def read_excerpts(node: Table, known: Known) -> tuple[dict[str, Excerpt], list[Problem]]:
    """The excerpts that are right, and what is wrong with the others."""
    excerpts: dict[str, Excerpt] = {}
    problems = list(node.faults)
    for name, written in node.entries.items():
        entry, wrong = typed(ExcerptEntry, written, known)
        wrong += named(name, node.keys[name])
        problems += wrong
        if entry is not None and not wrong and name not in node.repeated:
            excerpts[name] = Excerpt(
                id=name,
                verbatim=entry.verbatim,
                corrected=entry.corrected or entry.verbatim,
                valid_on=entry.valid_on,
                risk=entry.risk,
            )
    return excerpts, problems
