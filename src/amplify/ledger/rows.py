"""Domain values as columns and back. Instants become text of one width, in UTC, so that they sort."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from amplify.domain.approval import Approval
from amplify.domain.delivery import Delivery, State
from amplify.domain.envelope import Envelope, Receipt, Staged, Ticket
from amplify.domain.key import Key


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def perhaps_stamp(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def perhaps_moment(text: str | None) -> datetime | None:
    return None if text is None else moment(text)


def delivery_columns(row: Delivery) -> dict[str, Any]:
    return {
        "key": str(row.key),
        "channel": row.key.channel,
        "state": row.state.value,
        "version": row.version,
        "nonce": row.ticket.nonce,
        "made_at": stamp(row.ticket.made_at),
        "renewals": row.ticket.renewals,
        "slot": stamp(row.slot),
        "due": stamp(row.due),
        "file": row.file,
        "position": row.position,
        "digest": row.digest,
        "text": row.text,
        "account": row.account,
        "attempts": row.attempts,
        "reason": row.reason,
        "worker": row.worker,
        "lease_until": perhaps_stamp(row.lease_until),
        "not_before": perhaps_stamp(row.not_before),
        "begun_at": perhaps_stamp(row.begun_at),
        "lost_at": perhaps_stamp(row.lost_at),
        "envelope": envelope_text(row.envelope) if row.envelope else None,
        "receipt": _receipt_text(row.receipt) if row.receipt else None,
        "published_at": perhaps_stamp(row.published_at),
        "staged": json.dumps(asdict(row.staged), ensure_ascii=False) if row.staged else None,
    }


def delivery_of(row: Row[Any]) -> Delivery:
    key = Key.parse(row.key)
    return Delivery(
        key=key,
        state=State(row.state),
        version=row.version,
        ticket=Ticket(key=key, nonce=row.nonce, made_at=moment(row.made_at), renewals=row.renewals),
        slot=moment(row.slot),
        due=moment(row.due),
        file=row.file,
        position=row.position,
        digest=row.digest,
        text=row.text,
        account=row.account,
        attempts=row.attempts,
        reason=row.reason,
        worker=row.worker,
        lease_until=perhaps_moment(row.lease_until),
        not_before=perhaps_moment(row.not_before),
        begun_at=perhaps_moment(row.begun_at),
        lost_at=perhaps_moment(row.lost_at),
        envelope=_envelope_of(key, row.envelope) if row.envelope else None,
        receipt=receipt_of(row.receipt) if row.receipt else None,
        published_at=perhaps_moment(row.published_at),
        staged=Staged(**json.loads(row.staged)) if row.staged else None,
    )


def approval_of(row: Row[Any]) -> Approval:
    return Approval(
        key=Key.parse(row.key),
        digest=row.digest,
        by=row.who,
        at=moment(row.at),
        via=row.via,
        note=row.note,
        text=row.text,
        due=perhaps_moment(row.due),
    )


def approval_columns(yes: Approval) -> dict[str, Any]:
    return {
        "key": str(yes.key),
        "digest": yes.digest,
        "who": yes.by,
        "at": stamp(yes.at),
        "via": yes.via,
        "note": yes.note,
        "text": yes.text,
        "due": perhaps_stamp(yes.due),
    }


def envelope_text(envelope: Envelope) -> str:
    said = {
        "network": envelope.network,
        "sealed_at": stamp(envelope.sealed_at),
        "request": dict(envelope.request),
        "staged": dict(envelope.staged),
        "printed": list(envelope.printed),
        "repeatable": envelope.repeatable,
        "boosts": envelope.boosts,
        "settles": envelope.settles,
    }
    return json.dumps(said, ensure_ascii=False)


def _envelope_of(key: Key, text: str) -> Envelope:
    said = json.loads(text)
    return Envelope(
        key=key,
        network=said["network"],
        sealed_at=moment(said["sealed_at"]),
        request=said["request"],
        staged=said.get("staged", {}),
        boosts=said.get("boosts", ""),
        settles=said.get("settles", False),
        printed=tuple(said.get("printed", ())),
        repeatable=said.get("repeatable", False),
    )


def _receipt_text(receipt: Receipt) -> str:
    said = {
        "remote_id": receipt.remote_id,
        "url": receipt.url,
        "at": stamp(receipt.at),
        "proof": dict(receipt.proof),
    }
    return json.dumps(said, ensure_ascii=False)


def receipt_of(text: str) -> Receipt:
    said = json.loads(text)
    return Receipt(remote_id=said["remote_id"], url=said["url"], at=moment(said["at"]), proof=said["proof"])
