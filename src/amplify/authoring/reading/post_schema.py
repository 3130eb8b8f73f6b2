"""An entry of posts/: its keys and types."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field, PlainValidator

from amplify.authoring.reading import values
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
)
from amplify.domain.post import Kind

#: What templates call their own; no variable may hide one.
RESERVED = frozenset({"figure", "excerpt", "link", "campaign", "channel", "post", "days_left", "range", "loop"})
_TEMPLATE = values.matching(
    r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", "the name of a template", "write `countdown` for posts/templates/countdown.j2"
)
Day = Annotated[date, PlainValidator(values.day)]


def _media(_: object) -> None:
    told = "images are not supported yet, so this post is held"
    raise wrong("media-not-supported", told, "remove `media`, and say in the text what the image would show")


def _variable(value: object) -> str:
    name = values.text(value)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        hint = "lower case letters, digits and `_` only, such as `group`"
        raise wrong("not-a-name", f"“{name}” is not a name that templates can use", hint)
    if name in RESERVED:
        raise wrong("reserved-name", f"`{name}` already means something in templates", "choose another name")
    return name


Variables = dict[Annotated[str, PlainValidator(_variable)], Variable]
Media = Annotated[None, PlainValidator(_media)]


class PartEntry(Entry):
    id: Slug = Field(description="give each part a name of its own, `id: …`")
    text: ByLanguage = Field(description="write `text:` and the words for each language below it")
    media: Media = None


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
    template: Annotated[str, PlainValidator(_TEMPLATE)] = ""
    variables: Variables = Field(alias="with", default_factory=dict)
    thread: list[PartEntry] = Field(default_factory=list)
    numbered: Flag = False
    link: Text = ""
    tags: Listed = Field(default_factory=list)
    draft: Flag = False
    drafts: list[LanguageKey] = Field(default_factory=list)
    media: Media = None
    urgent: Flag = False
    formerly: Annotated[
        str, PlainValidator(values.matching(r"[a-z0-9-]+", "the id of a post", "write its former id"))
    ] = ""
    again: Flag = False
    corrects: Text = ""
    on: dict[Text, VariantEntry] = Field(default_factory=dict)
