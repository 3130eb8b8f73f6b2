"""What a publisher tells while it works: what it is about to use of its server's budgets, and what answers say of them.

Whoever publishes gives one along with `Access`; without it nobody counts, and the server is heard only where it refuses.
"""

from typing import Protocol

from amplify.domain.budget import Reading, Use


class Meter(Protocol):
    async def spend(self, use: Use, number: int = 1) -> None:
        """Count what leaves next. Raises Throttled where the server would refuse it, and nothing else."""
        ...

    async def hear(self, reading: Reading) -> None:
        """Take down what an answer tells. Never raises."""
        ...


class Deaf:
    """Counts nothing: for a publisher that is tried alone."""

    async def spend(self, use: Use, number: int = 1) -> None:
        pass

    async def hear(self, reading: Reading) -> None:
        pass
