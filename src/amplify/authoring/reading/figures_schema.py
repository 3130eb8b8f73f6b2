"""config/figures.yaml: its keys, types and defaults."""

from datetime import date, datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from amplify.authoring.reading import values
from amplify.authoring.reading.campaign_schema import SourceUrl
from amplify.authoring.reading.seen import one_of
from amplify.authoring.reading.words import ByLanguage, Entry, Flag, Name, Text, Variable, Words
from amplify.domain.figure import Kind, Qualifier, Status, Unit

Count = Annotated[int, values.count]
Percent = Annotated[int, values.between(0, 1000)]
Day = Annotated[date, values.day]
Instant = Annotated[datetime, values.instant]
Handle = Annotated[str, values.matching(r"[\w.-]*", "a handle", "one word, never a real name")]
#: What `version_id` makes.
VersionId = Annotated[
    str,
    values.matching(
        r"[A-Za-z][A-Za-z0-9_]*:\d{4}-\d{2}-\d{2}:[0-9a-f]{8}",
        "the id of a version",
        "`amplify figures history ID` lists them",
    ),
]


class SourceEntry(Entry):
    name: Words = Field(
        title="Who counted; it is printed with the number.",
        description="a number without a source is never posted: write who counted, `name: …`",
    )
    url: SourceUrl = Field(default="", title="The page where you read the number.")
    archived_url: SourceUrl = Field(default="", title="A copy of that page that stays.")
    host_allowed: Flag = Field(default=True, title="Whether pages about the figure may link there; true, if not said.")


class RangeEntry(Entry):
    low: Count = Field(title="The smaller number.")
    high: Count = Field(title="The larger number.")


class BreakdownEntry(Entry):
    key: Name = Field(title="What templates call this part.")
    value: Count = Field(title="How many of the whole.")
    as_of: Day | None = Field(default=None, title="The day of the part; it must be that of the whole.")


class LimitsEntry(Entry):
    min: Count | None = Field(default=None, title="The smallest likely number: less is refused.")
    max: Count | None = Field(default=None, title="The largest likely number: more is refused.")
    max_drop_pct: Percent | None = Field(
        default=None, title="How much of itself it may lose at once, in percent, before a second person must look."
    )
    max_rise_pct: Percent | None = Field(
        default=None, title="How much it may grow at once, in percent, before a second person must look."
    )
    max_step: Count | None = Field(
        default=None, title="How much it may change at once, as a number; then no percentage is assumed."
    )
    monotone: Flag | None = Field(default=None, title="Whether it only ever grows; true for `cumulative`, if not said.")
    people: Annotated[int, values.between(1, 2)] | None = Field(
        default=None, title="How many people must look at every new number: 1 or 2."
    )
    max_age_days: Count | None = Field(
        default=None,
        title="How many days it stays fresh; if not said, 60 for `cumulative`, 1095 for `estimate`, "
        "else `figure_max_age` of campaign.yaml.",
    )


class VersionEntry(Entry):
    """A number with its day and its source: a figure, or what it was before."""

    model_config = ConfigDict(json_schema_extra=one_of("value", "range"))

    value: Count | None = Field(default=None, title="The number: digits only, without points or spaces.")
    range: RangeEntry | None = Field(default=None, title="Instead of `value`, for estimates: two numbers.")
    qualifier: Qualifier = Field(default=Qualifier.EXACT, title="The word before the number; `exact`, if not said.")
    as_of: Day = Field(
        title="The day that the number speaks of, not the day you typed it.",
        description="write the day that the number speaks of, `as_of: 2023-05-31`",
    )
    period: Text = Field(
        default="", title="For estimates: the stretch of time that they speak of.", examples=["2021/2022"]
    )
    source: SourceEntry = Field(
        title="Who counted, and where that can be read.",
        examples=[{"name": "Viasna", "url": "https://…"}],
        description="a number without a source is never posted: write `source: {name: …, url: …}`",
    )
    breakdown: list[BreakdownEntry] = Field(default_factory=list, title="Parts of the number, of the same day.")
    definition_id: Text = Field(default="", title="A name for what exactly is counted: another one is another series.")
    published_on: Day | None = Field(default=None, title="When the source published it.")
    retrieved_at: Instant | None = Field(default=None, title="When you read it.")
    raw: Text = Field(default="", title="The number as it was printed, so that others can check how you read it.")
    note: Text = Field(default="", title="Anything worth knowing, for the record.")
    reason: Text = Field(default="", title="Why an unlikely number is true.")
    corrects: VersionId | None = Field(default=None, title="The id of the earlier version that was wrong.")
    entered_by: Handle = Field(default="", title="Who typed it in: a handle, never a real name.")
    confirmed_by: Handle = Field(default="", title="Who compared it with the source: a handle, never a real name.")
    confirmed_at: Instant | None = Field(default=None, title="When it was compared.")


class FigureEntry(VersionEntry):
    label: ByLanguage = Field(
        title="What is counted, in each language: the words before the colon.",
        description="write what is counted, `label: {en: …}`",
    )
    kind: Kind = Field(
        default=Kind.STOCK,
        title="How many now (stock), how many ever (cumulative), or an estimate; stock, if not said.",
    )
    unit: Unit | None = Field(default=None, title="What is counted: persons, cases or events.")
    scope: Variable = Field(default_factory=dict, title="What is counted and what is not.")
    coverage_note: ByLanguage = Field(default_factory=dict, title="What is missing from the count, in each language.")
    limits: LimitsEntry = Field(
        default=LimitsEntry(), title="What is likely of this figure, and how long it stays fresh."
    )
    status: Status = Field(
        default=Status.CONFIRMED,
        title="`confirmed`, if not said; what is proposed, superseded or withdrawn is not printed.",
    )
    licence: Text = Field(default="", title="Under what terms the source gives it.")
    preferred: Flag = Field(
        default=False, title="Of two figures that count the same and disagree, whether posts may print this one."
    )
    id: Name | None = Field(default=None, title="The name once more; it must be the same.")
    history: list[VersionEntry] = Field(default_factory=list, title="What the number was before, oldest first.")
