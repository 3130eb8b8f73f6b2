"""Numbers that belong together, as far as is known."""

from collections import defaultdict
from collections.abc import Iterable


class Groups:
    """At first each of the numbers below `size` is by itself."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, one: int) -> int:
        """The same number for all of a group."""
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, ones: Iterable[int]) -> None:
        roots = {self.of(one) for one in ones}
        if roots:
            first = min(roots)
            for root in roots:
                self._above[root] = first

    def all(self) -> list[list[int]]:
        """Each in order, those of one number too."""
        found: dict[int, list[int]] = defaultdict(list)
        for one in range(len(self._above)):
            found[self.of(one)].append(one)
        return list(found.values())
