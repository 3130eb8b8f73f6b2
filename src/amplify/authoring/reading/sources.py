"""config/sources.yaml: where new numbers are looked up. What is found is only ever proposed; people confirm it."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Discriminator, Field, Tag

from amplify.authoring.nearest import nearest
from amplify.authoring.reading import values
from amplify.authoring.reading.campaign_schema import SourceUrl
from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, Table, place_of
from amplify.authoring.reading.typed import typed
from amplify.authoring.reading.values import span_between
from amplify.authoring.reading.words import Entry, Flag, Known, Listed, Name, Slug, Text, Words, shape, slug_hint
from amplify.domain.figure import Qualifier
from amplify.domain.loopback import on_this_machine
from amplify.domain.problem import Problem
from amplify.domain.recipe import BY_HAND, Recipe
from amplify.ports.figure_source import FigureSource

SOURCES_FILE = "config/sources.yaml"
NAME = re.compile(r"[a-z0-9-]+")
_Count = Annotated[int, values.count]
_Every = Annotated[
    timedelta,
    span_between(timedelta(hours=1), timedelta(days=366), "is not between 1h and 366d: nobody needs it more often"),
]
_Told: TypeAlias = Annotated[
    Annotated[Text, Tag("<one>")]
    | Annotated[list[Text], Tag("<list>")]
    | Annotated[dict[str, Text], Tag("<by language>")],
    Discriminator(shape),
]


class RowsEntry(Entry):
    min: _Count = Field(default=1, title="Fewer rows than this, and the page is broken.")
    max: _Count | None = Field(default=None, title="More rows than this, and the page is another one.")


class SourceRecipe(Entry):
    figure: Name = Field(
        title="The figure for which a number is proposed.", description="write the name of a figure, `figure: …`"
    )
    kind: Words = Field(
        title="How the page is read: csv, html-table, json, text, or by-hand for a reminder.",
        description="write how the page is read, such as `kind: csv`, or `kind: by-hand` for a reminder",
    )
    url: SourceUrl = Field(title="The page.", description="write the address of the page, `url: https://…`")
    hosts: Listed = Field(default_factory=list, title="The hosts that may be asked; only that of `url`, if not said.")
    every: _Every = Field(default=timedelta(days=1), title="How often to look: `1d`, if not said.")
    enabled: Flag = Field(default=True, title="Whether to look at all.")
    qualifier: Qualifier = Field(default=Qualifier.EXACT, title="The word before a number from there.")
    name: Text = Field(default="", title="Who counted, printed with the number; the figure's own source, if not said.")
    rows: RowsEntry = Field(default=RowsEntry(), title="How many rows a healthy page has.")
    read: Annotated[dict[Slug, _Told], BeforeValidator(dict, json_schema_input_type=dict)] = Field(
        default_factory=dict, title="What this kind is told: `{where: {status: active}}`."
    )


def read_sources(
    node: Table, known: Known, figures: Mapping[str, object], kinds: Mapping[str, FigureSource]
) -> tuple[dict[str, Recipe], list[Problem]]:
    """The recipes that are right, and what is wrong with the others."""
    recipes: dict[str, Recipe] = {}
    problems = list(node.faults)
    for name, written in node.entries.items():
        entry, wrong = typed(SourceRecipe, written, known)
        if entry is not None:
            wrong = list(_contradictions(entry, written, figures, kinds))
        if not NAME.fullmatch(name):
            wrong.append(error("not-a-name", f"“{name}” is not a name for a source", node.keys[name], slug_hint(name)))
        problems += wrong
        if entry is not None and not wrong and name not in node.repeated:
            recipes[name] = _recipe(name, entry)
    return recipes, problems


def _contradictions(
    entry: SourceRecipe, node: Node, figures: Mapping[str, object], kinds: Mapping[str, FigureSource]
) -> Iterator[Problem]:
    if entry.figure not in figures:
        told = f"there is no figure `{entry.figure}` in config/figures.yaml, or it is wrong there"
        yield error("unknown-figure", told, place_of(node, "figure"), nearest(entry.figure, figures))
    host = (urlsplit(entry.url).hostname or "").lower()
    if entry.hosts and host not in entry.hosts:
        told = f"`url` leads to {host}, which is not among its `hosts`"
        yield error("contradiction", told, place_of(node, "url"), "correct one of them")
    kind = kinds.get(entry.kind)
    if kind is None:
        told = f"“{entry.kind}” is not a kind of source that amplify knows"
        yield error("unknown-kind", told, place_of(node, "kind"), nearest(entry.kind, kinds))
        return
    if entry.url.startswith("http://") and kind.name != BY_HAND and not on_this_machine(entry.url):
        yield error("not-a-url", "a page that is fetched begins with https://", place_of(node, "url"), "look for one")
    for key in entry.read:
        if key not in kind.options:
            told = f"`{key}` is nothing that a source of kind {kind.name} is told"
            yield error("unknown-key", told, place_of(node, "read", key), nearest(key, kind.options))
    for key, told in kind.problems(_told(entry)).items():
        yield error("missing-key", f"`read: {{{key}: …}}` is missing or wrong", place_of(node, "read", key), told)


def _told(entry: SourceRecipe) -> dict[str, str | tuple[str, ...] | Mapping[str, str]]:
    return {key: tuple(told) if isinstance(told, list) else told for key, told in entry.read.items()}


def _recipe(name: str, entry: SourceRecipe) -> Recipe:
    host = (urlsplit(entry.url).hostname or "").lower()
    return Recipe(
        name=name,
        figure=entry.figure,
        kind=entry.kind,
        url=entry.url,
        hosts=frozenset(one.lower() for one in entry.hosts) or frozenset({host}),
        every=entry.every,
        enabled=entry.enabled,
        qualifier=entry.qualifier,
        source=entry.name,
        least=entry.rows.min,
        most=entry.rows.max,
        options=_told(entry),
    )
