"""amplify measure: what networks tell in public of our posts, asked now and kept as a series.

One account that cannot be asked does not keep the others waiting. Nothing is asked about persons.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.domain.written import Written
from amplify.ports.clock import Clock
from amplify.ports.errors import PublishError
from amplify.ports.ledger import Ledger
from amplify.ports.upkeep import Counts
from amplify.services.approve import named
from amplify.services.by_hand import said
from amplify.services.discreet import Broke
from amplify.services.taking import edits_of
from amplify.services.visit import Errand, Errands, Unreached


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`counts` are what networks told just now, `missing` what is public no more, `trouble` why a channel was not asked to its end."""

    counts: Mapping[Key, Counts] = field(default_factory=dict)
    missing: Sequence[Delivery] = ()
    trouble: Mapping[str, str] = field(default_factory=dict)


def measurable(names: Iterable[str], since: datetime | None, written: Written, ledger: Ledger) -> list[Delivery]:
    """What is public of these posts, or of this edition; an edit or a boost is no post of its own. Raises LedgerError."""
    public = [row for row in ledger.deliveries((State.PUBLISHED,)) if row.receipt is not None]
    edition = written.campaign.edition if written.campaign is not None else ""
    wanted = {row.key for name in names for row in named(name, written, ledger)}
    edits = edits_of(public)
    return [
        row
        for row in public
        if (row.key in wanted if wanted else row.key.edition == edition)
        and row.key not in edits
        and not (row.envelope is not None and row.envelope.boosts)
        and (since is None or (row.published_at or row.due) >= since)
    ]


async def measure(rows: Sequence[Delivery], errands: Errands, ledger: Ledger, clock: Clock) -> Tally:
    """Ask channel by channel, side by side, and keep what is told. Raises LedgerError."""

    def channel(row: Delivery) -> str:
        return row.key.channel

    by_channel = [(name, [*some]) for name, some in groupby(sorted(rows, key=channel), key=channel)]
    tallies = await asyncio.gather(*(_ask(name, some, errands[name]) for name, some in by_channel))
    counts = {key: each for tally in tallies for key, each in tally.counts.items()}
    told = {key: each for key, each in counts.items() if each.told}
    await asyncio.to_thread(ledger.count, told, now=clock.now())
    return Tally(
        counts=counts,
        missing=[row for tally in tallies for row in tally.missing],
        trouble={name: why for tally in tallies for name, why in tally.trouble.items()},
    )


async def _ask(channel: str, rows: Sequence[Delivery], errand: Errand | str) -> Tally:
    """What was told up to the first trouble is kept."""
    if isinstance(errand, str):
        return Tally(trouble={channel: errand})
    counts: dict[Key, Counts] = {}
    missing: list[Delivery] = []
    try:
        publisher = await errand.begin()
    except Unreached as error:
        return Tally(trouble={channel: str(error)})
    try:
        if not publisher.at_once:
            return Tally()  # its network tells nothing, which is no trouble
        for some in _slices(rows, publisher.at_once):
            told = await publisher.measure([row.receipt for row in some if row.receipt is not None])
            for row in some:
                found = told.get(row.receipt.remote_id) if row.receipt is not None else None
                if found is not None:
                    counts[row.key] = found
                else:
                    missing.append(row)
    except (PublishError, Broke) as error:
        return Tally(counts=counts, missing=missing, trouble={channel: said(error)})
    finally:
        await publisher.close()
    return Tally(counts=counts, missing=missing)


def _slices(rows: Sequence[Delivery], length: int) -> Iterator[Sequence[Delivery]]:
    for start in range(0, len(rows), length):
        yield rows[start : start + length]
