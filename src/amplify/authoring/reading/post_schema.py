"""An entry of posts/: its keys and types."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag

from amplify.authoring.reading import values
from amplify.authoring.reading.seen import seen, whole
from amplify.authoring.reading.values import wrong
from amplify.authoring.reading.words import (
    At,
    ByLanguage,
    Entry,
    Flag,
    LanguageKey,
    Listed,
    Slug,
    Text,
    Variable,
    shape,
)
from amplify.domain.post import Kind

#: What templates call their own; no variable may hide one.
RESERVED = frozenset({"figure", "excerpt", "link", "campaign", "channel", "post", "days_left", "range", "loop"})
_TEMPLATE = values.matching(
    r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", "the name of a template", "write `countdown` for posts/templates/countdown.j2"
)
Day = Annotated[date, values.day]


@seen(type="string", minLength=1, examples=["quote.png"])
def _file(value: object) -> str:
    name = values.text(value)
    if not name or name.startswith("/") or "\\" in name or any(step in ("", ".", "..") for step in name.split("/")):
        hint = "write its name as it is in posts/media/, such as `quote.png`"
        raise wrong("not-a-file", f"“{name}” is not the name of a file in posts/media/", hint)
    return name


def _one(value: list[Any]) -> list[Any]:
    if len(value) > 1:
        told = "more than one picture is not supported yet"
        raise wrong("too-many-pictures", told, "keep the most important one, or make a thread of it")
    return value


@seen(type="string", pattern=whole("[a-z][a-z0-9_]*"), examples=["group"])
def _variable(value: object) -> str:
    name = values.text(value)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        hint = "lower case letters, digits and `_` only, such as `group`"
        raise wrong("not-a-name", f"“{name}” is not a name that templates can use", hint)
    if name in RESERVED:
        raise wrong("reserved-name", f"`{name}` already means something in templates", "choose another name")
    return name


Variables = dict[Annotated[str, _variable], Variable]
File = Annotated[str, _file]


class MediaEntry(Entry):
    file: Annotated[File, Tag("<one>")] | Annotated[dict[LanguageKey, File], Tag("<by language>")] = Field(
        discriminator=Discriminator(shape), description="write `file: quote.png`, the name of a file in posts/media/"
    )
    alt: ByLanguage = Field(description="write `alt:` and for each language what the picture shows")


Media = Annotated[list[MediaEntry], AfterValidator(_one)]


class PartEntry(Entry):
    id: Slug = Field(description="give each part a name of its own, `id: …`")
    text: ByLanguage = Field(description="write `text:` and the words for each language below it")
    media: Media = Field(default_factory=list)


class RowEntry(Entry):
    at: At | None = None
    variables: Variables = Field(alias="with", default_factory=dict)


class RepeatEntry(Entry):
    every: Text = ""
    cron: Text = ""
    since: Day = Field(alias="from", description="write the first day, `from: 2027-04-01`")
    until: Day = Field(description="write the last day, `until: 2027-06-30`")


class VariantEntry(Entry):
    """Keys that are not ours are the network's, and are looked at where the network is known."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Any]

    text: ByLanguage = Field(default_factory=dict)
    warning: ByLanguage = Field(default_factory=dict)


class PostEntry(Entry):
    id: Slug = Field(description="give it a name of its own that never changes, `id: day-quote`")
    kind: Kind = Field(description=f"write one of {', '.join(Kind)}")
    at: At | None = None
    each: dict[Slug, RowEntry] = Field(default_factory=dict)
    repeat: RepeatEntry | None = None
    channels: Listed = Field(description="write `channels: all`, or a list of networks or channels")
    languages: list[LanguageKey] = Field(default_factory=list)
    text: ByLanguage = Field(default_factory=dict)
    template: Annotated[str, _TEMPLATE] = ""
    variables: Variables = Field(alias="with", default_factory=dict)
    thread: list[PartEntry] = Field(default_factory=list)
    numbered: Flag = False
    link: Text = ""
    tags: Listed = Field(default_factory=list)
    draft: Flag = False
    drafts: list[LanguageKey] = Field(default_factory=list)
    media: Media = Field(default_factory=list)
    urgent: Flag = False
    formerly: Annotated[str, values.matching(r"[a-z0-9-]+", "the id of a post", "write its former id")] = ""
    again: Flag = False
    corrects: Text = ""
    author: Text = ""
    on: dict[Text, VariantEntry] = Field(default_factory=dict)
