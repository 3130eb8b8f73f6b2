"""What people are asked about: the deliveries that they named, the words of each, and what became of it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from amplify.cli.at_hand import AtHand
from amplify.cli.options import confirmed
from amplify.cli.screen import card, columns, show, styled
from amplify.cli.told import answer, iso, many, what, when
from amplify.domain.delivery import WAITING, Delivery, State
from amplify.domain.when import parse_when, resolve

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """`rows` are all that were named, also those that nothing can be said about any more."""

    desk: AtHand
    rows: Sequence[Delivery]

    @classmethod
    def of(cls, desk: AtHand, names: Sequence[str], until: str = "") -> "Ballot":
        """Raises LedgerError for a name that the ledger does not know, ClickException for a time that is none."""
        from amplify.services.approve import named

        limit = _limit(until, desk) if until else None
        rows = {row.key: row for name in names for row in named(name, desk.written, desk.ledger)}
        return cls(desk=desk, rows=[row for row in rows.values() if limit is None or row.due <= limit])

    @property
    def waiting(self) -> list[Delivery]:
        return [row for row in self.rows if row.state in WAITING]

    def by_digest(self, rows: Sequence[Delivery], digests: Sequence[str]) -> list[Delivery]:
        """Those with these digests. Raises ClickException for one that nothing waiting has."""
        for digest in digests:
            if not any(row.digest.startswith(digest) for row in self.waiting):
                told = f"nothing that waits has the digest {digest}: the words have changed, or are not applied yet"
                raise click.ClickException(f"{told}; look again, nothing was done")
        return [row for row in rows if row.digest.startswith(tuple(digests))]

    def ask(self, rows: Sequence[Delivery], question: str, *, err: bool) -> bool:
        """Show the words, then ask once."""
        for row in rows:
            show(self._card(row, err=err), err=err)
        return confirmed(f"{question} {many(len(rows), 'delivery', 'deliveries')}?", err=err)

    def tell(self, touched: Collection[Delivery], why: Callable[[Delivery], str], *, as_json: bool, none: str) -> None:
        """How every named delivery stands now; `why` explains one that was left as it is."""
        now = [row for old in self.rows if (row := self.desk.ledger.delivery(old.key)) is not None]
        needed = self.desk.still_needed(now)
        keys = {row.key for row in touched}
        said = {row.key: "" if row.key in keys else why(row) for row in now}
        if as_json:
            answer({"deliveries": [self._as_json(row, needed[row.key], said[row.key]) for row in now]})
            return
        if not now:
            show("Nothing that was named is due until then.")
            return
        lines = []
        for row in now:
            state = styled(row.state.value, "green" if row.state is State.APPROVED else "yellow")
            more = f"{many(needed[row.key], 'more yes', 'more yeses')} needed" if row.state is State.PLANNED else ""
            told = "; ".join(part for part in (said[row.key], more) if part)
            lines.append((state, when(row.due, self.desk.zone), row.key.channel, what(row.key), told))
        show(columns(lines))
        if not touched:
            show(none)

    def _card(self, row: Delivery, *, err: bool) -> "RenderableType":
        from rich.text import Text

        title = f"{row.key.channel}  {what(row.key)}  {when(row.due, self.desk.zone)}"
        return card(title, Text(row.text), [styled(f"digest {row.digest[:12]}", "dim")], err=err)

    def _as_json(self, row: Delivery, needed: int, reason: str) -> dict[str, object]:
        return {
            "key": str(row.key),
            "post": row.key.post,
            "channel": row.key.channel,
            "state": row.state.value,
            "due": iso(row.due, self.desk.zone),
            "text": row.text,
            "digest": row.digest,
            "still_needed": needed if row.state in WAITING else 0,
            "reason": reason,
        }


def _limit(until: str, desk: AtHand) -> datetime:
    """The instant that `--until` means; a day without a time is taken to its end."""
    campaign = desk.written.campaign
    for text in (until, f"{until} 23:59"):
        try:
            at = parse_when(text)
        except ValueError:
            continue
        if campaign is not None:
            return resolve(at, campaign.day, campaign.zone).at
    raise click.ClickException(f"--until {until}: write a day or a time, such as D-7, `D-7 09:00` or 2027-05-14")
