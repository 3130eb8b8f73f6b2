"""rules.approval of config/campaign.yaml: how many people, and how far a number may move under their yes."""

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from amplify.authoring.reading import values
from amplify.authoring.reading.seen import seen, whole
from amplify.authoring.reading.values import between, span_between, wrong
from amplify.authoring.reading.words import Entry
from amplify.domain.moving import Moving

PEOPLE = between(1, 20)
AGE = span_between(timedelta(days=1), timedelta(days=3650), "is not between 1d and 3650d")
_MOST_PERCENT = 20


@seen(type="string", pattern=whole(r"\d{1,2}(\.\d)?\s?%"), examples=["2%"])
def _percent(value: object) -> float:
    word = values.text(value)
    found = re.fullmatch(r"(\d{1,2}(?:\.\d)?)\s?%", word)
    if found is None or not 0 < float(found[1]) <= _MOST_PERCENT:
        told = f"“{word}” is not a share between 0.1% and {_MOST_PERCENT}%"
        raise wrong("out-of-range", told, "write `within: 2%`: how far a number may move before it takes a new yes")
    return float(found[1])


def _exact(value: object) -> object:
    if isinstance(value, dict):
        return value
    if values.text(value) != "exact":
        told = f"“{value}” is not a way to approve figures"
        raise wrong("unknown-value", told, "write `figures: exact`, or `figures: {within: 2%, max_age: 7d}`")
    return None


class Movable(Entry):
    within: Annotated[float, _percent] = Field(
        title="How far a number may move from the one that was approved.",
        description="write how far a number may move, `within: 2%`",
    )
    max_age: Annotated[timedelta, AGE] = Field(
        title="How old a number may be when it goes out.", description="write how old it may be, `max_age: 7d`"
    )


class Approvals(Entry):
    people: Annotated[int, PEOPLE] = Field(default=1, title="How many people must say yes to a post; 1, if not said.")
    figures: Annotated[Movable | None, BeforeValidator(_exact, json_schema_input_type=Movable | Literal["exact"])] = (
        Field(
            default=None,
            title="`exact`: a yes is to the numbers too. Else how far they may move before it is void.",
            examples=["exact", {"within": "2%", "max_age": "7d"}],
        )
    )

    @property
    def moving(self) -> Moving | None:
        return Moving(percent=self.figures.within, max_age=self.figures.max_age) if self.figures else None
