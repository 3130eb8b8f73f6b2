"""What the record tells of each delivery, line by line: who had said yes when it was sent, from which revision, what came after."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from amplify.domain.delivery import Delivery, Event
from amplify.domain.moving import same_text
from amplify.domain.witness import PURGE
from amplify.ports.ledger import HistoryLine

_VOID = frozenset({"revoke", "void"})


@dataclass(slots=True, kw_only=True)
class Story:
    """`yeses` are (who, when, digest) that stood when it was sent; `revision` was in force then, 0 if it is not known.

    `printed` are the versions of figures in it.
    """

    lines: list[HistoryLine] = field(default_factory=list)
    yeses: Sequence[tuple[str, datetime, str]] = ()
    revision: int = 0
    printed: Sequence[str] = ()
    erased: HistoryLine | None = None
    withdrawn: HistoryLine | None = None
    _standing: list[tuple[str, datetime, str]] = field(default_factory=list)

    def hear(self, line: HistoryLine, revision: int) -> None:
        self.lines.append(line)
        said = line.detail
        match line.event:
            case Event.APPROVE if "digest" in said:
                self._standing.append((said["by"], line.at, said["digest"]))
            case Event.BEGIN:
                self.yeses, self.revision, self.erased = tuple(self._standing), revision, None
                self.printed = tuple(said.get("figures", "").split())
            case Event.WITHDRAW:
                self.withdrawn = line
            case event if event in _VOID:
                self._standing.clear()
            case event if event == PURGE:
                self.erased = line

    def approved(self, row: Delivery) -> list[tuple[str, datetime]]:
        """Who had said yes to the words that were sent. Once those are erased, the line of the purge says it."""
        if self.erased is not None:
            kept = json.loads(self.erased.detail["approved"])
            return [(who, datetime.fromisoformat(at)) for who, at in kept]
        return [(who, at) for who, at, digest in self.yeses if same_text(digest, row.digest)]


def stories(lines: Iterable[HistoryLine]) -> Mapping[str, Story]:
    """By key of the delivery."""
    told: dict[str, Story] = {}
    revision = 0
    for line in lines:
        if line.event == "apply" and not line.key:
            revision = int(line.detail.get("revision", revision + 1))  # each is one more; a purge may have taken it
        if "/" in line.key:  # a channel's has none
            told.setdefault(line.key, Story()).hear(line, revision)
    return told
