"""The part of a ledger in memory that keeps public counts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from amplify.domain.key import Key
from amplify.ports.upkeep import Counts, Measured
from amplify.testing.memory_shelf import OnShelf, alone


class MemorySeries(OnShelf):
    @alone
    def count(self, counts: Mapping[Key, Counts], *, now: datetime) -> None:
        for key, each in counts.items():
            series = self.shelf.series.setdefault(key, [])
            if all(known.at != now for known in series):
                series.append(Measured(at=now, counts=each))

    @alone
    def measured(self, keys: Sequence[Key] = ()) -> Mapping[Key, Sequence[Measured]]:
        wanted = {key: self.shelf.series.get(key, []) for key in keys or self.shelf.series}
        return {key: sorted(series, key=lambda one: one.at) for key, series in wanted.items() if series}
