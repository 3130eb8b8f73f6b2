"""What coordinators are told without asking: each concern once for as long as it lasts.

A concern is something that is so now. It is told when it begins, and some are told again when they end; what is not
urgent waits for the morning. What was told is remembered as topic → mark, and what is not remembered is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class About(StrEnum):
    """In the order in which people should read it."""

    LEDGER = "ledger"
    BRAKE = "brake"
    UNCONFIRMED = "unconfirmed"
    HALTED = "halted"
    FAILED = "failed"
    MISSED = "missed"
    HELD = "held"
    UNCONNECTED = "unconnected"
    PROPOSED = "proposed"
    SOURCE = "source"


#: Told at any hour: something may have to be done before the morning.
URGENT = frozenset({About.LEDGER, About.BRAKE, About.UNCONFIRMED, About.HALTED})
#: The end of these is told at any hour too: whoever heard of them is still awake.
_URGENT_ENDS = frozenset({About.LEDGER, About.BRAKE})
#: Beside the topics, the day whose summary was told.
SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """`mark` tells one occasion from the next. `what`, `where` and `why` are the words; the last two may be empty."""

    about: About
    subject: str
    mark: str = ""
    what: str
    where: str = ""
    why: str = ""

    @property
    def topic(self) -> str:
        return f"{self.about}:{self.subject}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All that is so now. `ends` are topics that are over, with a sentence, or an empty one where nobody needs it.

    A topic that is in neither is not known just now, and nothing is concluded from that.
    `summary` is the one of `day`; `hush`: these are the quiet hours.
    """

    concerns: Sequence[Concern]
    ends: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    summary: str = ""
    hush: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What one recipient has not heard, and what they will have been told afterwards."""

    begun: Sequence[Concern] = ()
    over: Sequence[str] = ()
    summary: str = ""
    told: Mapping[str, str]

    @property
    def is_none(self) -> bool:
        return not (self.begun or self.over or self.summary)

    @property
    def urgent(self) -> bool:
        return any(concern.about in URGENT for concern in self.begun)


def news(outlook: Outlook, told: Mapping[str, str]) -> News:
    """The difference between what is so and what was told, less what can wait for the morning."""
    begun = [
        concern
        for concern in outlook.concerns
        if told.get(concern.topic) != concern.mark and (concern.about in URGENT or not outlook.hush)
    ]
    ended = {
        topic: sentence
        for topic, sentence in outlook.ends.items()
        if topic in told and (not sentence or not outlook.hush or _about(topic) in _URGENT_ENDS)
    }
    summing = bool(outlook.day) and not outlook.hush and told.get(SUMMARY) != outlook.day
    after = {topic: mark for topic, mark in told.items() if topic not in ended}
    after |= {concern.topic: concern.mark for concern in begun}
    return News(
        begun=begun,
        over=[sentence for sentence in ended.values() if sentence],
        summary=outlook.summary if summing else "",
        told=after | {SUMMARY: outlook.day} if summing else after,
    )


def _about(topic: str) -> About:
    return About(topic.partition(":")[0])
