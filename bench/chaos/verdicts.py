"""What became of each delivery: what the public sees, beside what the ledger believes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from bench.chaos.stage import Stage

from amplify.domain.delivery import ENDED, Delivery, Event, State

_RECORDED = frozenset({Event.BEGIN.value, Event.REPLAY.value})


class Verdict(StrEnum):
    ONCE = "once"
    """public, and the ledger has its address"""
    HELD = "held or missed"
    """not public, and the ledger says so, with a reason"""
    ASKED = "asked"
    """a person is asked to look"""
    TWICE = "twice"
    LOST = "lost"
    """the ledger is wrong about it, has forgotten it, or works on it for ever"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Of one cell: verdicts by server, what is wrong in words, what else was counted."""

    fault: str
    counts: Mapping[str, Counter[Verdict]]
    wrong: tuple[str, ...]
    kills: int = 0
    inside: int = 0
    requests: int = 0
    seconds: float = 0

    @property
    def total(self) -> Counter[Verdict]:
        return sum(self.counts.values(), Counter[Verdict]())


@dataclass(slots=True, kw_only=True)
class Court:
    """Judges a stage on which nothing moves any more."""

    stage: Stage
    fault: str

    @property
    def wrong(self) -> list[str]:
        return self.stage.wrong

    async def judge(self) -> Outcome:
        walls = await self.stage.street.walls()
        counts = {}
        with closing(self.stage.app()) as app:
            rows = {(row.key.channel, row.key.post): row for row in app.ledger.deliveries()}
            halted = {name for name, account in app.ledger.accounts().items() if account.halted}
            broken = app.ledger.verify()
            begun = Counter(line.key.rpartition("@")[2] for line in app.ledger.history() if line.event in _RECORDED)
        if broken:
            self.wrong.append(f"the record does not hold: {broken}")
        for house in self.stage.street.houses:
            tally: Counter[Verdict] = Counter()
            for number, text in enumerate(self.stage.texts):
                row = rows.get((house.channel, f"post-{number}"))
                verdict = self._verdict(row, walls[house.channel, text], halted)
                tally[verdict] += 1
                if verdict in (Verdict.TWICE, Verdict.LOST):
                    known = f"{row.state}: {row.reason}" if row is not None else "unknown to the ledger"
                    self.wrong.append(f"{house.server}, post-{number}: public {walls[house.channel, text]}x, {known}")
            counts[house.server] = tally
            shown = sum(count for (channel, _), count in walls.items() if channel == house.channel)
            if shown > house.taken + house.cut_off:
                told = f"{house.taken} came by way of the proxy, and perhaps {house.cut_off} more"
                self.wrong.append(f"{house.server}: {shown} posts are public, {told}")
            if house.taken > begun[house.channel] and not self.stage.forgotten:
                told = f"{house.taken} requests were taken, {begun[house.channel]} are on record"
                self.wrong.append(f"{house.server}: {told}")
        self.wrong.extend(self._strangers(walls))
        if not self.stage.kills:
            self.wrong.append("no worker was killed: the fault was not met")
        return Outcome(
            fault=self.fault,
            counts=counts,
            wrong=tuple(self.wrong),
            kills=self.stage.kills,
            inside=self.stage.inside,
            requests=self.stage.sends(),
        )

    def _verdict(self, row: Delivery | None, public: int, halted: set[str]) -> Verdict:
        if public > 1:
            return Verdict.TWICE
        if row is None:
            return Verdict.LOST
        if row.state is State.UNCONFIRMED:
            return Verdict.ASKED
        if public:
            known = row.state is State.PUBLISHED or (self.stage.forgotten and row.state is State.MISSED)
            return Verdict.ONCE if known else Verdict.LOST
        kept = (
            row.state in ENDED or row.state is State.HELD or (row.state is State.APPROVED and row.key.channel in halted)
        )
        return Verdict.HELD if kept and (row.reason or halted) else Verdict.LOST

    def _strangers(self, walls: Counter[tuple[str, str]]) -> Iterator[str]:
        """What is public and was never written."""
        for channel, text in walls:
            if text not in self.stage.texts:
                yield f"on {channel} stands “{text}”, which nobody wrote"
