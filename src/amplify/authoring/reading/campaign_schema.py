"""config/campaign.yaml: its keys, types and defaults."""

import re
import unicodedata
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from amplify.authoring.reading import values
from amplify.authoring.reading.seen import seen
from amplify.authoring.reading.values import between, span_between, wrong
from amplify.authoring.reading.words import LANGUAGE, ByLanguage, Entry, NetworkName, OneWhen, Text, Words
from amplify.authoring.urls import UnusableUrl, check_url
from amplify.domain.post import Kind
from amplify.domain.when import zone_named

_PEOPLE = between(1, 20)
_A_DAY = between(1, 48)
_LATE = span_between(timedelta(minutes=1), timedelta(hours=6), "is not between 1m and 6h")
_GAP = span_between(timedelta(0), timedelta(days=7), "is not between 0m and 7d")
_AGE = span_between(timedelta(days=1), timedelta(days=3650), "is not between 1d and 3650d")


@seen(type="string", pattern=r"^[^#\s]+$", examples=["FreePoliticalPrisoners"])
def _tag(value: object) -> str:
    tag = values.text(value)
    bare = tag.lstrip("#")
    if bare != tag:
        raise wrong("not-a-tag", f"“{tag}” begins with `#`", f"write it without: `{bare}`")
    if not re.fullmatch(r"\w+", tag) or not any(letter.isalpha() for letter in tag):
        hint = "letters, digits and `_` only, at least one letter, no spaces"
        raise wrong("not-a-tag", f"“{tag}” would not become a hashtag", hint)
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in tag if letter.isalpha()}
    if len(scripts) > 1:
        told = f"“{tag}” mixes letters of two alphabets ({' and '.join(sorted(script.title() for script in scripts))})"
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
        told, _, hint = str(bad).partition("; ")
        raise wrong("unknown-zone", told, hint) from None
    return name


@seen(const="exact")
def _figures(value: object) -> Literal["exact"]:
    if isinstance(value, dict):
        told = "amplify does not yet enforce limits within which figures may move"
        raise wrong("not-enforced", told, "write `figures: exact`")
    if values.text(value) != "exact":
        raise wrong("unknown-value", f"“{value}” is not a way to approve figures", "write `figures: exact`")
    return "exact"


def _quiet(quiet: object) -> object:
    return None if quiet == "none" else quiet


def _distinct(languages: list[str]) -> list[str]:
    twice = next((one for one in languages if languages.count(one) > 1), None)
    if twice is not None:
        raise wrong("duplicate-language", f"`{twice}` is listed twice", "remove one of them")
    return languages


_LANGUAGE = values.matching(LANGUAGE, "a language", "write two letters, such as `en` or `be`")
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


class LinkEntry(Entry):
    url: Annotated[str, _url]
    label: ByLanguage = Field(description="write the words to click on, `label: {en: …}`")
    title: ByLanguage = Field(default_factory=dict)
    description: ByLanguage = Field(default_factory=dict)


class Approvals(Entry):
    people: Annotated[int, _PEOPLE] = 1
    figures: Annotated[Literal["exact"], _figures] = "exact"


class Quiet(Entry):
    since: Annotated[time, values.clock] = Field(alias="from")
    until: Annotated[time, values.clock] = Field(alias="to")


class PerAccount(Entry):
    a_day: Annotated[int, _A_DAY] = 4
    on_day: Annotated[int, _A_DAY] = 8
    least_gap: Annotated[timedelta, _GAP] = timedelta(minutes=60)


class PauseEntry(Entry):
    since: OneWhen = Field(alias="from")
    until: OneWhen
    kinds: list[Kind] = Field(min_length=1, description="write which kinds wait, `kinds: [countdown, quote]`")
    reason: Words = Field(description="write why, in a few words")


class RulesEntry(Entry):
    approval: Approvals = Approvals()
    resume: Annotated[int, _PEOPLE] = 2
    late: Annotated[timedelta, _LATE] = timedelta(minutes=45)
    quiet_hours: Annotated[Quiet | None, BeforeValidator(_quiet, json_schema_input_type=Quiet | Literal["none"])] = (
        Quiet.model_validate({"from": "22:00", "to": "07:00"})
    )
    per_account: PerAccount = PerAccount()
    tags: dict[NetworkName, Annotated[int, between(0, 30)]] = Field(default_factory=dict)
    figure_max_age: Annotated[timedelta, _AGE] = timedelta(days=45)
    pauses: list[PauseEntry] = Field(default_factory=list)


class Directory(Entry):
    """What posts name. An entry that is wrong spoils only the posts that use it."""

    hashtags: dict[Annotated[str, _SET], list[Annotated[str, _tag]]] = Field(default_factory=dict)
    links: dict[LinkName, LinkEntry] = Field(default_factory=dict)
    addressees: dict[Text, dict[NetworkName, Annotated[str, _handle]]] = Field(default_factory=dict)
    coordinators: dict[Annotated[str, _PERSON], dict[str, str]] = Field(default_factory=dict)


class CampaignFile(Directory):
    name: Words = Field(description="write what the campaign is called, `name: …`")
    edition: Annotated[str, _EDITION] = Field(description='name this run of it, `edition: "2027"`')
    timezone: Zone = Field(description="write `timezone: Europe/Vienna`")
    day: Annotated[date, values.day] = Field(description="write `day: 2027-05-21`")
    languages: Annotated[list[Language], AfterValidator(_distinct)] = Field(
        min_length=1, description="write `languages: [en]`"
    )
    rules: RulesEntry = RulesEntry()
