"""What people are asked about: the deliveries that they named, the words of each, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import click

from amplify.cli.at_hand import AtHand
from amplify.cli.options import chosen_word, confirmed
from amplify.cli.screen import columns, show, styled
from amplify.cli.told import answer, iso, listed, many, what, when
from amplify.domain.approval import Approval
from amplify.domain.delivery import WAITING, Delivery, State
from amplify.domain.key import Key
from amplify.domain.when import parse_when, resolve
from amplify.services.question import Question, questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """`rows` are all that were named, also those that nothing can be said about any more."""

    desk: AtHand
    rows: Sequence[Delivery]

    @classmethod
    def of(cls, desk: AtHand, names: Sequence[str], until: str = "") -> "Ballot":
        """Raises LedgerError for a name that the ledger does not know, ClickException for a time that is none."""
        from amplify.services.approve import named

        rows = {row.key: row for name in names for row in named(name, desk.written, desk.ledger)}
        return cls(desk=desk, rows=_due_by(until, list(rows.values()), desk))

    @classmethod
    def of_all(cls, desk: AtHand, until: str = "") -> "Ballot":
        """Everything of this edition that waits for a yes, in the order of the slots. Raises ClickException."""
        edition = desk.written.campaign.edition if desk.written.campaign is not None else ""
        planned = [row for row in desk.ledger.deliveries((State.PLANNED,)) if row.digest and row.key.edition == edition]
        return cls(desk=desk, rows=_due_by(until, planned, desk))

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
        for each in self._questions(rows):
            self._show(each, err=err)
        return confirmed(f"{question} {many(len(rows), 'delivery', 'deliveries')}?", err=err)

    def ask_each(self, rows: Sequence[Delivery], question: str, *, err: bool) -> list[Delivery]:
        """Show each text and ask; the rows that were said yes to. Raises UsageError where nobody answers."""
        chosen: list[Delivery] = []
        asked = self._questions(rows)
        unasked = False
        for number, each in enumerate(asked, start=1):
            self._show(each, err=err)
            if unasked:
                chosen += each.rows
                continue
            which = f" ({number} of {len(asked)})" if len(asked) > 1 else ""
            words = ("yes", "no", "all", "quit") if len(asked) > 1 else ("yes", "no")
            said = chosen_word(f"{question} {many(len(each.rows), 'delivery', 'deliveries')}{which}?", words, err=err)
            if said == "quit":
                break
            unasked = said == "all"
            chosen += each.rows if said != "no" else ()
        return chosen

    def _questions(self, rows: Sequence[Delivery]) -> list[Question]:
        return questions(rows, self.desk.written, self.desk.app.workshop, self.desk.ledger)

    def _show(self, question: Question, *, err: bool) -> None:
        from amplify.cli.question_card import question_card

        show(question_card(question, self.desk.zone, self.desk.app.clock.now(), err=err), err=err)

    def tell(self, touched: Collection[Delivery], why: Mapping[Key, str], *, as_json: bool, none: str) -> None:
        """How every named delivery stands now; `why` explains those that were left as they are."""
        now = [row for old in self.rows if (row := self.desk.ledger.delivery(old.key)) is not None]
        needed = self.desk.still_needed(now)
        stand = self.desk.ledger.approvals(row.key for row in now)
        keys = {row.key for row in touched}
        said = {row.key: "" if row.key in keys else self._why(row, why) for row in now}
        if as_json:
            answer(
                {
                    "deliveries": [
                        self._as_json(row, needed[row.key], said[row.key], stand.get(row.key, ())) for row in now
                    ]
                }
            )
            return
        if not now:
            show("Nothing that was named is due until then.")
            return
        lines = []
        for row in now:
            state = styled(row.state.value, "green" if row.state is State.APPROVED else "yellow")
            more = self._needs(row, needed[row.key], stand.get(row.key, ()))
            told = "; ".join(part for part in (said[row.key], more) if part)
            lines.append((state, when(row.due, self.desk.zone), row.key.channel, what(row.key), told))
        show(columns(lines))
        if not touched:
            show(none)

    def _needs(self, row: Delivery, needed: int, stand: Sequence[Approval]) -> str:
        if row.state is not State.PLANNED:
            return ""
        may = self.desk.may(row, stand)
        who = f": {listed(may, 'or')} may" if may else ""
        return f"{many(needed, 'more yes', 'more yeses')} needed{who}"

    @staticmethod
    def _why(row: Delivery, why: Mapping[Key, str]) -> str:
        return why.get(row.key, "no yes was given" if row.state is State.PLANNED else row.reason)

    def _as_json(self, row: Delivery, needed: int, reason: str, stand: Sequence[Approval]) -> dict[str, object]:
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
            "approvals": [
                {"by": yes.by, "at": iso(yes.at, self.desk.zone), "note": yes.note}
                for yes in stand
                if yes.digest == row.digest
            ],
            "may": sorted(self.desk.may(row, stand)) if row.state in WAITING else [],
        }


def _due_by(until: str, rows: Sequence[Delivery], desk: AtHand) -> list[Delivery]:
    limit = _limit(until, desk) if until else None
    return [row for row in rows if limit is None or row.due <= limit]


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
