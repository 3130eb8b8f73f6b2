"""Many deliveries as few lines: a campaign on nine channels has nine times as many as people have things to look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from amplify.documents.word_diff import Fate, Piece, word_diff
from amplify.domain.campaign import Campaign
from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.domain.lateness import latest
from amplify.domain.plan import Action, Change, Intent

WORDS: Mapping[Action, str] = {
    Action.CREATE: "new",
    Action.MOVE: "moved",
    Action.REWORD: "reworded",
    Action.CANCEL: "cancelled",
    Action.BLOCKED: "blocked",
    Action.PUBLISHED: "published",
}
_SAME_WORDS = "the words are the same; a link, a picture, a tag or a setting is not"
_SAME_BUT_BREAKS = "the words are the same; where its lines break is not"

_EDITED = frozenset({Action.MOVE, Action.REWORD})
_GOES = _EDITED | {Action.CREATE}

_Alike: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Deliveries between which nothing differs but channel and part. `was` is the slot before it moved, `waits` is for whom.

    `again` is the post that it shows again.
    `shorter`: it may go less late than the rules allow, because its words hold on that day only.
    """

    action: Action
    due: datetime
    post: str
    occurrence: str
    parts: tuple[str, ...]
    channels: tuple[str, ...]
    text: str
    again: str
    reasons: tuple[str, ...]
    waits: tuple[str, ...] = ()
    was: datetime | None = None
    diff: tuple[Piece, ...] = ()
    shorter: bool = False

    @property
    def deliveries(self) -> int:
        return len(self.parts) * len(self.channels)

    @property
    def word(self) -> str:
        return WORDS[self.action]

    @property
    def what(self) -> str:
        """The post, which of its parts, which occurrence of it."""
        part = f".{self.parts[0]}" if len(self.parts) == 1 and self.parts[0] else ""
        several = f", {len(self.parts)} parts" if len(self.parts) > 1 else ""
        return f"{self.post}{part}{f' ({self.occurrence})' if self.occurrence else ''}{several}{self._again}"

    @property
    def _again(self) -> str:
        """A boost has no words that would tell what it is."""
        return f", shows {self.again} again" if self.again else ""


def abridged(channels: Iterable[str]) -> str:
    """Of neighbours that begin alike, only the end is repeated: `telegram-be, -en`."""
    names, before = [], ""
    for name in sorted(channels):
        stem, dash, end = name.rpartition("-")
        names.append(f"-{end}" if dash and stem == before else name)
        before = stem
    return ", ".join(names)


def folded(
    changes: Iterable[Change], campaign: Campaign, intents: Mapping[Key, Intent], known: Mapping[Key, Delivery]
) -> list[Line]:
    """In the order of their slots, the words in the campaign's first language; what stays as it is has no line."""
    told = (
        one for one in changes if one.action is not Action.KEEP and (one.action is not Action.PUBLISHED or one.reasons)
    )
    lines: dict[_Alike, Line] = {}
    for change in sorted(told, key=lambda one: reading_order(one, campaign, intents.get(one.key))):
        one = _line(change, campaign, intents.get(change.key), known.get(change.key))
        first = lines.setdefault(_alike(one, one.parts), one)
        if first is not one:
            lines[_alike(one, one.parts)] = replace(first, channels=(*first.channels, *one.channels))
    threads: dict[_Alike, Line] = {}
    for one in lines.values():
        first = threads.setdefault(_alike(one, one.channels), one)
        if first is not one:
            threads[_alike(one, one.channels)] = replace(first, parts=(*first.parts, *one.parts))
    return list(threads.values())


def reading_order(change: Change, campaign: Campaign, intent: Intent | None) -> tuple[object, ...]:
    """By time and post, the campaign's first language first, the parts of a thread in their order."""
    language = intent.wanted.channel.base_language if intent is not None else ""
    later = campaign.languages.index(language) if language in campaign.languages else len(campaign.languages)
    return change.due, change.key.post, change.key.occurrence, later, change.key.channel, change.position


def _alike(line: Line, names: tuple[str, ...]) -> _Alike:
    """Equal where two lines may become one, `names` being what else must be equal."""
    said = (line.reasons, line.waits, line.was, line.diff, line.shorter)
    return (line.action, line.due, line.post, line.occurrence, said, names)


def _line(change: Change, campaign: Campaign, intent: Intent | None, row: Delivery | None) -> Line:
    rendition = intent.rendition if intent is not None and change.action in _GOES else None
    edited = row if change.action in _EDITED else None
    diff = word_diff(edited.text, change.text) if edited is not None and edited.text != change.text else ()
    waits = intent.waits if intent is not None else ()
    return Line(
        action=change.action,
        due=change.due,
        post=change.key.post,
        occurrence=change.key.occurrence,
        parts=(change.key.part,),
        channels=(change.key.channel,),
        text=change.text,
        again=intent.wanted.post.boosts if intent is not None else "",
        reasons=(*_same(change, edited, diff), *(reason for reason in change.reasons if reason not in waits)),
        waits=tuple(reason for reason in change.reasons if reason in waits),
        was=edited.due if edited is not None and edited.due != change.due else None,
        diff=diff if any(piece.fate is not Fate.STAYS for piece in diff) else (),
        shorter=rendition is not None
        and intent is not None
        and latest(rendition, intent.wanted.post, campaign) < rendition.due + campaign.rules.late,
    )


def _same(change: Change, row: Delivery | None, diff: tuple[Piece, ...]) -> tuple[str, ...]:
    """What has changed where the words have not."""
    if row is None or not row.digest or any(piece.fate is not Fate.STAYS for piece in diff):
        return ()
    if row.text != change.text:
        return (_SAME_BUT_BREAKS,)
    return (_SAME_WORDS,) if change.action is Action.REWORD else ()
