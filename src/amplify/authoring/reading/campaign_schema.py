"""config/campaign.yaml: its keys, types and defaults."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from amplify.authoring.nearest import nearest_zone
from amplify.authoring.reading import values
from amplify.authoring.reading.approval_schema import AGE, PEOPLE, Approvals
from amplify.authoring.reading.lint_schema import Severities
from amplify.authoring.reading.post_schema import AnyFile
from amplify.authoring.reading.seen import SCALAR, seen
from amplify.authoring.reading.strangers import two_alphabets
from amplify.authoring.reading.values import between, span_between, wrong
from amplify.authoring.reading.words import LANGUAGE, ByLanguage, Entry, LanguageKey, NetworkName, OneWhen, Text, Words
from amplify.authoring.urls import UnusableUrl, check_url
from amplify.domain.languages import problem_with
from amplify.domain.post import Kind
from amplify.domain.tags import flaw
from amplify.domain.when import zone_named

_A_DAY = between(1, 48)
_LATE = span_between(timedelta(minutes=1), timedelta(hours=6), "is not between 1m and 6h")
_GAP = span_between(timedelta(0), timedelta(days=7), "is not between 0m and 7d")


@seen(type="string", pattern=r"^[^#\s]+$", examples=["FreePoliticalPrisoners"])
def _tag(value: object) -> str:
    tag = values.text(value)
    bare = tag.lstrip("#＃")
    if bare != tag:
        raise wrong("not-a-tag", f"“{tag}” begins with `{tag[0]}`", f"write it without: `{bare}`")
    if hint := flaw(tag):
        raise wrong("not-a-tag", f"“{tag}” would not become a hashtag", hint)
    if mixed := two_alphabets(tag):
        told = f"“{tag}” mixes letters of two alphabets ({mixed})"
        raise wrong("mixed-letters", told, "type it anew with one keyboard: look-alike letters make another hashtag")
    return tag


@seen(type="string", pattern=r"^https?://\S+$", examples=["https://…"])
def _url(value: object) -> str:
    url = values.text(value)
    try:
        check_url(url)
    except UnusableUrl as bad:
        raise wrong(bad.code, str(bad), bad.hint) from None
    return url


@seen(**SCALAR)
def _source_url(value: object) -> str:
    """Where something can be read; nothing links there yet, so it may be an old page without encryption."""
    url = values.text(value)
    try:
        if url:
            check_url(url.replace("http://", "https://", 1) if url.startswith("http://") else url)
    except UnusableUrl as bad:
        raise wrong(bad.code, str(bad), bad.hint) from None
    return url


@seen(type="string", pattern=r"^@[^\s@]+(@[^\s@]+)?$", examples=["@name@server.example"])
def _handle(value: object) -> str:
    handle = values.text(value)
    if not re.fullmatch(r"@[\w.-]+(@[\w.-]+)?", handle):
        raise wrong("not-a-handle", f"“{handle}” is not the name of an account", 'write `"@name@server.example"`')
    return handle


@seen(type="string", pattern=r"^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$", examples=["Europe/Vienna"])
def _zone(value: object) -> str:
    name = values.text(value)
    try:
        zone_named(name)
    except ValueError as bad:
        raise wrong("unknown-zone", str(bad).partition("; ")[0], nearest_zone(name)) from None
    return name


def _instead(terms: dict[str, str]) -> dict[str, str]:
    for avoided, right in terms.items():
        if avoided.casefold() == right.casefold():
            told = f"“{avoided}” is to be written instead of itself"
            raise wrong("same-word", told, "write the word that you do not want, a colon, and the one that you want")
    return terms


def _quiet(quiet: object) -> object:
    return None if quiet == "none" else quiet


def _distinct(languages: list[str]) -> list[str]:
    twice = next((one for one in languages if languages.count(one) > 1), None)
    if twice is not None:
        raise wrong("duplicate-language", f"`{twice}` is listed twice", "remove one of them")
    return languages


_WELL_FORMED = values.matching(LANGUAGE, "a language", "write two letters, such as `en` or `be`")


def _language(value: object) -> str:
    language = _WELL_FORMED.read(value)
    told, hint = problem_with(language)
    if told:
        raise wrong("not-a-language", told, hint)
    return language


_LANGUAGE = replace(_WELL_FORMED, read=_language)
_EDITION = values.matching(r"[A-Za-z0-9_.-]+", "an edition", "letters, digits, `-`, `_` and `.` only, such as `2027`")
_SET = values.matching(r"[A-Za-z0-9_-]+", "a name for a set of tags", "letters, digits, `-` and `_` only")
_LINK = values.matching(r"[A-Za-z0-9_-]+", "a name for a link", "letters, digits, `-` and `_` only")
_PERSON = replace(
    values.matching(r"[\w.-]+", "a handle", "one word, never a real name"),
    schema={"type": "string", "pattern": r"^\S+$", "examples": ["editor"]},
)
LinkName = Annotated[str, _LINK]
Language = Annotated[str, _LANGUAGE]
Zone = Annotated[str, _zone]
SourceUrl = Annotated[str, _source_url]


class LinkEntry(Entry):
    url: Annotated[str, _url] = Field(title="Where the link leads: the whole address, https://….")
    label: ByLanguage = Field(
        title="The words to click on, in each language.", description="write the words to click on, `label: {en: …}`"
    )
    title: ByLanguage = Field(
        default_factory=dict, title="What the page is called; channels that do not link print this."
    )
    description: ByLanguage = Field(default_factory=dict, title="A sentence about the page, for link cards.")
    picture: AnyFile | None = Field(
        default=None,
        title="What its card shows: the name of a file in posts/media/, or one for each language.",
        examples=["petition.png"],
    )


class Quiet(Entry):
    since: Annotated[time, values.clock] = Field(alias="from", title="From this hour on nothing goes out.")
    until: Annotated[time, values.clock] = Field(alias="to", title="At this hour posts may go out again.")


class PerAccount(Entry):
    a_day: Annotated[int, _A_DAY] = Field(
        default=4, title="How many posts a day an account may publish; 4, if not said."
    )
    on_day: Annotated[int, _A_DAY] = Field(default=8, title="How many on the campaign's day itself; 8, if not said.")
    least_gap: Annotated[timedelta, _GAP] = Field(
        default=timedelta(minutes=60), title="How long an account rests between two posts; 60m, if not said."
    )


class PauseEntry(Entry):
    since: OneWhen = Field(alias="from", title="When the pause begins.")
    until: OneWhen = Field(title="When the pause ends.")
    kinds: list[Kind] = Field(
        min_length=1,
        title="The kinds of posts that do not go out meanwhile.",
        description="write which kinds wait, `kinds: [countdown, quote]`",
    )
    reason: Words = Field(title="Why, in a few words.", description="write why, in a few words")


class RulesEntry(Entry):
    approval: Approvals = Field(
        default=Approvals(), title="Whose yes a post needs before it may go out.", examples=[{"people": 2}]
    )
    resume: Annotated[int, PEOPLE] = Field(
        default=2, title="How many people it takes to go on after a stop; 2, if not said."
    )
    late: Annotated[timedelta, _LATE] = Field(
        default=timedelta(minutes=45), title="How late a post may still go out, at most 6h; 45m, if not said."
    )
    quiet_hours: Annotated[Quiet | None, BeforeValidator(_quiet, json_schema_input_type=Quiet | Literal["none"])] = (
        Field(
            default=Quiet.model_validate({"from": "22:00", "to": "07:00"}),
            title="The hours of night in which nothing goes out, or `none`; 22:00 to 07:00, if not said.",
            examples=[{"from": "22:00", "to": "07:00"}],
        )
    )
    per_account: PerAccount = Field(
        default=PerAccount(), title="How much one account may publish.", examples=[{"a_day": 4}]
    )
    tags: dict[NetworkName, Annotated[int, between(0, 30)]] = Field(
        default_factory=dict,
        title="How many hashtags a post carries at most, for each network.",
        examples=[{"mastodon": 4}],
    )
    figure_max_age: Annotated[timedelta, AGE] = Field(
        default=timedelta(days=45), title="A figure that is older than this holds its post; 45d, if not said."
    )
    figure_people: Annotated[int, between(1, 2)] = Field(
        default=1, title="How many people must look at every new number before it is printed: 1 or 2; 1, if not said."
    )
    pauses: list[PauseEntry] = Field(
        default_factory=list, title="Stretches in which some kinds of posts do not go out, such as after a death."
    )
    lint: Severities = Field(
        default_factory=dict,
        title="How grave a rule of lint is here: error, warning or off; see docs/lint.",
        examples=[{"capitals": "off"}],
    )


class Directory(Entry):
    """What posts name. An entry that is wrong spoils only the posts that use it."""

    hashtags: dict[Annotated[str, _SET], list[Annotated[str, _tag]]] = Field(
        default_factory=dict,
        title="The hashtags that posts may use, in named sets, without `#`.",
        examples=[{"core": ["Belarus"]}],
    )
    links: dict[LinkName, LinkEntry] = Field(default_factory=dict, title="What posts may link to by name.")
    addressees: dict[Text, dict[NetworkName, Annotated[str, _handle]]] = Field(
        default_factory=dict, title="The only accounts that a post may mention, by network."
    )
    coordinators: dict[Annotated[str, _PERSON], dict[str, str]] = Field(
        default_factory=dict,
        title="Who may approve and stop: handles, never real names.",
        examples=[{"editor": {}, "reviewer": {}}],
    )
    glossary: dict[LanguageKey, Annotated[dict[Words, Words], AfterValidator(_instead)]] = Field(
        default_factory=dict,
        title="Words that are not to be used, in each language, and what to write instead.",
        examples=[{"de": {"Weißrussland": "Belarus"}}],
    )


class CampaignFile(Directory):
    name: Words = Field(
        title="What the campaign is called.", description="write what the campaign is called, `name: …`"
    )
    edition: Annotated[str, _EDITION] = Field(
        title="One run of the campaign: with a new edition everything is published anew.",
        description='name this run of it, `edition: "2027"`',
    )
    timezone: Zone = Field(
        title="The place on whose wall clock the times of posts are read.",
        description="write `timezone: Europe/Vienna`",
    )
    day: Annotated[date, values.day] = Field(
        title="The campaign's day, which posts call D.", description="write `day: 2027-05-21`"
    )
    languages: Annotated[list[Language], AfterValidator(_distinct)] = Field(
        min_length=1,
        title="The languages that the campaign speaks.",
        description="write `languages: [en]`",
        examples=[["en", "be"]],
    )
    risky_tags: list[Annotated[str, _tag]] = Field(
        default_factory=list,
        title="Hashtags that are dangerous for a reader in Belarus to be found with, besides those that amplify knows.",
        examples=[["СвабоднаяБеларусь"]],
    )
    safety_line: ByLanguage = Field(
        default_factory=dict,
        title="What calls in be and ru say to readers in Belarus, where you have words of your own for it.",
    )
    title: ByLanguage = Field(
        default_factory=dict,
        title="The campaign's name in each language, as it stands on cards.",
        examples=[{"en": "Day of Solidarity"}],
    )
    rules: RulesEntry = Field(default=RulesEntry(), title="What may go out, when, how often, and whose yes it takes.")
