"""amplify export: what went out, when, where, with which figures, approved by whom, as others may read it.

Whatever cannot be told for certain is left out: a post whose kind nobody knows any more is treated as one about a person.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from amplify.documents.record.values import Deed, Happened, LeftOut, Record, Went
from amplify.domain.campaign import Campaign
from amplify.domain.delivery import SEALED, Delivery
from amplify.domain.key import Key
from amplify.domain.post import PERSON
from amplify.domain.protected import Register
from amplify.domain.when import zone_named
from amplify.ports.ledger import HistoryLine, Ledger, LedgerError
from amplify.services.as_sent import AsSent, as_sent
from amplify.services.named import named_by
from amplify.services.one_moment import Moment, one_moment
from amplify.services.revision_copy import copy_of
from amplify.services.story import Story, stories
from amplify.services.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A delivery, what the record tells of it, and what it was made of."""

    row: Delivery
    story: Story
    sent: AsSent
    corrects: Key | None = None
    quotes: Key | None = None
    boosts: Key | None = None
    pinned: bool = False


def export(
    ledger: Ledger, workshop: Workshop, campaign: Campaign, *, now: datetime, names: bool = False, full: bool = False
) -> Record:
    """All that is public, was, or may be. `names`: handles as they are; `full`: texts of posts about persons too.

    Raises LedgerError where the record is not whole: an export of it would prove nothing.
    """
    register = workshop.protection.read()
    if register.fault:
        raise LedgerError(f"nothing is exported, because nobody can tell who must not be named: {register.fault}")
    try:
        seen = one_moment(ledger)
    except LedgerError as fault:
        raise LedgerError(f"nothing is exported, because it would prove nothing: {fault}") from fault
    lines, zone = seen.lines, zone_named(campaign.zone)
    told = sorted(_told(seen, ledger, workshop), key=lambda one: (_when(one.row), str(one.row.key)))
    called = _called(told, names=names)
    answers: dict[Key, list[str]] = {}
    for one in told:
        if one.corrects is not None:
            answers.setdefault(one.corrects, []).append(str(one.row.key))
    deliveries = []
    series = ledger.measured()
    for one in told:
        went = _went(one, called, zone, left_out=_left_out(one, register, full=full))
        account = seen.accounts.get(one.row.key.channel)
        if account is not None and account.id == one.row.account:
            went = replace(went, account=account.name, account_url=account.url)
        if known := series.get(one.row.key):
            went = replace(went, counts=known[-1].counts.told, counted_at=known[-1].at.astimezone(zone))
        deliveries.append(replace(went, corrected_by=answers.get(one.row.key, [])))
    return Record(
        campaign=campaign.name,
        zone=campaign.zone,
        made_at=now.astimezone(zone),
        lines=len(lines),
        last=lines[-1].hash if lines else "",
        names=names,
        full=full,
        deliveries=deliveries,
    )


def _told(seen: Moment, ledger: Ledger, workshop: Workshop) -> Iterator[_Told]:
    """Revision by revision, because one that is read is large."""
    known = stories(seen.lines)
    sealed = [(row, known[str(row.key)]) for row in seen.rows.values() if row.state in SEALED]
    for number, together in groupby(sorted(sealed, key=lambda one: one[1].revision), key=lambda one: one[1].revision):
        revision = ledger.revision(number) if number else None
        copy = copy_of(revision, workshop) if revision is not None else None
        for row, story in together:
            told = _Told(row=row, story=story, sent=AsSent())
            wanted = copy.made_of(row.key) if copy is not None else None
            if copy is not None and wanted is not None:
                told = replace(told, sent=as_sent(wanted, copy.written, workshop))
                first = wanted.position == 0
                told = replace(told, pinned=wanted.post.pin and first)
                named = wanted.post.corrects or (wanted.post.names and first)
                other = named_by(row.key, wanted.post, copy.written.posts, seen.rows.get) if named else None
                key = other.key if other is not None else None
                told = replace(
                    told,
                    corrects=key if wanted.post.does == "corrects" else None,
                    quotes=key if wanted.post.does == "quotes" else None,
                    boosts=key if wanted.post.does == "boosts" else None,
                )
            yield told


def _when(row: Delivery) -> datetime:
    return row.published_at or row.begun_at or row.due


def _called(told: Sequence[_Told], *, names: bool) -> Mapping[str, str]:
    """Name → what it is called in the export. Whoever has approved something is an approver everywhere."""
    approvers = dict.fromkeys(who for one in told for who, _ in one.story.approved(one.row))
    others = dict.fromkeys(by for one in told for line in one.story.lines if (by := line.detail.get("by")))
    if names:
        return {who: who for who in (*approvers, *others)}
    called = {who: f"approver-{number}" for number, who in enumerate(approvers, start=1)}
    rest = [who for who in others if who not in approvers]
    return called | {who: f"person-{number}" for number, who in enumerate(rest, start=1)}


def _went(one: _Told, called: Mapping[str, str], zone: ZoneInfo, *, left_out: LeftOut) -> Went:
    row, story, sent = one.row, one.story, one.sent
    silent = left_out is not LeftOut.NO
    figures, pictures = (None, None) if left_out is LeftOut.ERASED else (sent.figures, sent.pictures)
    if pictures is not None and silent:
        pictures = [replace(picture, alt="") for picture in pictures]
    return Went(
        key=str(row.key),
        post=row.key.post,
        kind=sent.kind,
        channel=row.key.channel,
        network=sent.network or (row.envelope.network if row.envelope is not None else ""),
        language=sent.language,
        account=row.account,
        account_url="",
        state=row.state.value,
        due=row.due.astimezone(zone),
        published_at=row.published_at.astimezone(zone) if row.published_at is not None else None,
        url=row.receipt.url if row.receipt is not None else "",
        remote_id=row.receipt.remote_id if row.receipt is not None else "",
        proof=row.receipt.proof if row.receipt is not None else {},
        revision=story.revision or None,
        text="" if silent else row.text,
        digest="" if silent else row.digest,
        left_out=left_out,
        figures=figures,
        pictures=pictures,
        poll=() if silent else sent.poll,
        approved=[Deed(by=called[who], at=at.astimezone(zone)) for who, at in story.approved(row)],
        corrects=str(one.corrects) if one.corrects is not None else "",
        quotes=str(one.quotes or ""),
        boosts=str(one.boosts or ""),
        pinned=one.pinned,
        withdrawn=_deed(story.withdrawn, called, zone),
        erased=_deed(story.erased, called, zone),
        lines=[*_lines(story.lines, called, zone)],
    )


def _left_out(one: _Told, register: Register, *, full: bool) -> LeftOut:
    if one.story.erased is not None:
        return LeftOut.ERASED
    if register.named([one.row.text, *(picture.alt for picture in one.sent.pictures or ()), *one.sent.poll]):
        return LeftOut.PROTECTED
    if full:
        return LeftOut.NO
    if not one.sent.kind:
        return LeftOut.UNKNOWN
    return LeftOut.PERSON if one.sent.kind in PERSON else LeftOut.NO


def _deed(line: HistoryLine | None, called: Mapping[str, str], zone: ZoneInfo) -> Deed | None:
    if line is None:
        return None
    by = line.detail.get("by", "")
    return Deed(by=called.get(by, ""), at=line.at.astimezone(zone))


def _lines(lines: Iterable[HistoryLine], called: Mapping[str, str], zone: ZoneInfo) -> Iterator[Happened]:
    for line in lines:
        by = called.get(line.detail.get("by", ""), "")
        yield Happened(seq=line.seq, event=line.event, at=line.at.astimezone(zone), by=by, hash=line.hash)
