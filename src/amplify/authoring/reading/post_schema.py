"""An entry of posts/: its keys and types."""

import re
from datetime import date, timedelta
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag

from amplify.authoring.reading import values
from amplify.authoring.reading.card_schema import AnyCard
from amplify.authoring.reading.polls import PollEntry
from amplify.authoring.reading.seen import one_of, seen, whole
from amplify.authoring.reading.values import wrong
from amplify.authoring.reading.words import (
    At,
    ByLanguage,
    Entry,
    Flag,
    LanguageKey,
    Listed,
    Name,
    OneWhen,
    Slug,
    Text,
    Variable,
    Whens,
    shape,
)
from amplify.domain.post import Kind

_PICTURE = [{"file": "quote.png", "alt": {"en": "…"}}]
_ACROSS_AND_UP = 2
#: What templates call their own; no variable may hide one.
RESERVED = frozenset(
    {"figure", "excerpt", "link", "campaign", "channel", "post", "days_left", "event", "events", "range", "loop"}
)
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


@seen(type=["number", "string"], minimum=-1, maximum=1, examples=[0.5])
def _share(value: object) -> float:
    word = values.text(value).replace("−", "-")
    if not re.fullmatch(r"[+-]?(\d\.?\d*|\.\d+)", word) or abs(float(word)) > 1:
        hint = "write how far right and up from the centre it is, from -1.0 to 1.0: `focus: [0.4, -0.2]`"
        raise wrong("not-a-point", f"“{word}” is not a number from -1.0 to 1.0", hint)
    return float(word)


def _point(value: list[float]) -> list[float]:
    if value and len(value) != _ACROSS_AND_UP:
        told = f"a point takes two numbers, and here are {len(value)}"
        raise wrong("not-a-point", told, "write how far right, then how far up it is: `focus: [0.4, -0.2]`")
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


AnyFile: TypeAlias = Annotated[
    Annotated[File, Tag("<one>")] | Annotated[dict[LanguageKey, File], Tag("<by language>")], Discriminator(shape)
]


class MediaEntry(Entry):
    file: AnyFile = Field(
        title="The name of a file in posts/media/, or one for each language.",
        description="write `file: quote.png`, the name of a file in posts/media/",
    )
    alt: ByLanguage = Field(
        title="What the picture shows, in each language, for those who cannot see it.",
        description="write `alt:` and for each language what the picture shows",
    )
    focus: Annotated[list[Annotated[float, _share]], AfterValidator(_point)] = Field(
        default_factory=list,
        title="The point that stays in view where a server crops: right and up from the centre, each -1.0 to 1.0.",
        examples=[[0.4, -0.2]],
        json_schema_extra={"minItems": 2, "maxItems": 2},
    )


class VariantEntry(Entry):
    """Keys that are not ours are the network's, and are looked at where the network is known."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Any]

    text: ByLanguage = Field(default_factory=dict, title="Other words for here, in each language.")
    warning: ByLanguage = Field(default_factory=dict, title="A content warning, in each language.")


class PartEntry(Entry):
    id: Slug = Field(
        title="The part's own name, which never changes.", description="give each part a name of its own, `id: …`"
    )
    text: ByLanguage = Field(
        title="The words of this part, in each language.",
        description="write `text:` and the words for each language below it",
    )
    media: list[MediaEntry] = Field(
        default_factory=list, title="The pictures that go with this part, or a video.", examples=[_PICTURE]
    )
    card: AnyCard | None = Field(default=None, title="A picture that is drawn for this part.")
    on: dict[Text, VariantEntry] = Field(
        default_factory=dict, title="What is different in this part on one network or channel."
    )


class BeforeEntry(Entry):
    """A time that goes by an event's: so long before it begins."""

    before: Annotated[timedelta, values.span] = Field(title="How long before the event begins.")


def _row_shape(value: object) -> str:
    return "<before>" if isinstance(value, dict) and "before" in value else shape(value)


RowAt: TypeAlias = Annotated[
    Annotated[OneWhen, Tag("<one>")]
    | Annotated[list[OneWhen], Tag("<list>")]
    | Annotated[BeforeEntry, Tag("<before>")]
    | Annotated[dict[LanguageKey, Whens], Tag("<by language>")],
    Discriminator(_row_shape),
]


class RowEntry(Entry):
    at: RowAt | None = Field(default=None, title="When this row is due, if not at the post's own time.")
    event: Name = Field(default="", title="The event of config/events.yaml that this row is about.")
    variables: Variables = Field(
        alias="with", default_factory=dict, title="Words that the text or the template fills in."
    )


class RepeatEntry(Entry):
    every: Text = Field(default="", title="How often, in words.", examples=["monday 09:00", "day 18:00"])
    cron: Text = Field(default="", title="How often, as a cron rule with named weekdays.", examples=["0 9 * * mon"])
    since: Day = Field(
        alias="from", title="The first day of the repetition.", description="write the first day, `from: 2027-04-01`"
    )
    until: Day = Field(title="The last day of the repetition.", description="write the last day, `until: 2027-06-30`")


class PostEntry(Entry):
    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [one_of("at", "each", "repeat"), one_of("text", "template", "thread", "on", "boosts")]
        }
    )

    id: Slug = Field(
        title="The post's own name, which never changes.",
        description="give it a name of its own that never changes, `id: day-quote`",
    )
    kind: Kind = Field(
        title="What the post is for; some rules go by it.", description=f"write one of {', '.join(Kind)}"
    )
    at: At | None = Field(default=None, title="When it is due: one time, a list of times, or times by language.")
    each: dict[Slug, RowEntry] = Field(
        default_factory=dict, title="Rows that make one post each, with times and words of their own."
    )
    repeat: RepeatEntry | None = Field(default=None, title="A repetition, instead of `at`.")
    channels: Listed = Field(
        title="Where it goes: `all`, or networks and channels.",
        description="write `channels: all`, or a list of networks or channels",
        examples=["all", ["mastodon", "bluesky"]],
    )
    languages: list[LanguageKey] = Field(default_factory=list, title="Only channels of these languages.")
    text: ByLanguage = Field(
        default_factory=dict, title="The words, in each language: write `|` and go on in the next line."
    )
    template: Annotated[str, _TEMPLATE] = Field(
        default="", title="A file of posts/templates/, by its name without ending."
    )
    variables: Variables = Field(
        alias="with", default_factory=dict, title="Words that the text or the template fills in."
    )
    thread: list[PartEntry] = Field(default_factory=list, title="The parts of a thread, in order.")
    numbered: Flag = Field(default=False, title="Whether the parts of the thread end with 1/3, 2/3, 3/3.")
    split: Flag = Field(default=False, title="Make a numbered thread of the text where it is too long for one post.")
    link: Text = Field(default="", title="The name of a link of config/campaign.yaml, placed below the text.")
    tags: Listed = Field(default_factory=list, title="Hashtags, or sets of them, of config/campaign.yaml, without `#`.")
    draft: Flag = Field(default=False, title="Keep all of it back.")
    drafts: list[LanguageKey] = Field(default_factory=list, title="Keep these languages back.")
    media: list[MediaEntry] = Field(
        default_factory=list, title="The pictures that go with the post, or a video.", examples=[_PICTURE]
    )
    card: AnyCard | None = Field(
        default=None, title="A picture that is drawn in each language: of a quote, a figure, a countdown or an event."
    )
    poll: PollEntry | None = Field(
        default=None,
        title="What readers can choose below the post.",
        examples=[{"options": {"en": ["Yes", "No"]}, "lasts": "3d"}],
    )
    urgent: Flag = Field(default=False, title="Pass quiet hours, gaps and pauses, with two yeses.")
    formerly: Annotated[str, values.matching(r"[a-z0-9-]+", "the id of a post", "write its former id")] = Field(
        default="", title="The id that the post had before it was renamed."
    )
    again: Flag = Field(default=False, title="Say the same words on the same account again, on purpose.")
    corrects: Text = Field(default="", title="The id of the post that this one corrects.")
    quotes: Text = Field(default="", title="The id of an own post that is shown below these words.")
    boosts: Text = Field(default="", title="The id of an own post that is shown again, as it is.")
    pin: Flag = Field(default=False, title="Keep it on top of the account once it is public.")
    author: Text = Field(default="", title="The coordinator who wrote it and may not approve it.")
    differs: ByLanguage = Field(
        default_factory=dict,
        title="Languages that carry other figures, links or quotations than the rest, and why.",
        examples=[{"be": "the page is in English only"}],
    )
    person: Annotated[
        str, values.matching(r"[a-z0-9]+(-[a-z0-9]+)*", "the id of a consent", "write `person: p-17`")
    ] = Field(default="", title="The id of the consent of whom it is about, in the register outside this folder.")
    on: dict[Text, VariantEntry] = Field(default_factory=dict, title="What is different on one network or channel.")
