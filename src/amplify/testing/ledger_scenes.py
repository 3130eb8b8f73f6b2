"""Deliveries brought to the point at which a ledger's promise begins."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from amplify.domain.approval import Approval
from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.envelope import Envelope, Json, Receipt, Staged
from amplify.domain.key import Key
from amplify.ports.ledger import Ledger, NewDelivery, Outcome, Revision, Update

NOON = datetime(2027, 5, 21, 10, tzinfo=UTC)
LEASE = timedelta(minutes=2)
ACCOUNT = "mastodon-account-1"
WORDS = "digest-of-the-words"


def named(post: str = "stand", *, part: str = "", channel: str = "mastodon-en") -> Key:
    return Key(edition="2027", post=post, part=part, channel=channel)


def new(key: Key, *, due: datetime = NOON, position: int = 0, state: State = State.PLANNED) -> NewDelivery:
    return NewDelivery(
        key=key,
        state=state,
        due=due,
        file="posts/day.yaml",
        position=position,
        digest=WORDS,
        text="Solidarity, in words.",
        reason="",
    )


def take_in(ledger: Ledger, made: Iterable[NewDelivery] = (), updates: Iterable[Update] = ()) -> Revision:
    """Apply, as one revision, on what the ledger knows now."""
    files = {"posts/day.yaml": b"- id: stand", "posts/media/quote.png": bytes(range(256))}
    return ledger.apply(files, made, updates, epoch=ledger.epoch(), now=NOON, by="editor")


def look(ledger: Ledger, key: Key) -> Delivery:
    row = ledger.delivery(key)
    assert row is not None
    return row


def planned(ledger: Ledger, key: Key, *, due: datetime = NOON, position: int = 0) -> Delivery:
    take_in(ledger, [new(key, due=due, position=position)])
    return look(ledger, key)


def yes(row: Delivery, by: str = "editor", digest: str = WORDS, note: str = "") -> Approval:
    return Approval(key=row.key, digest=digest, by=by, at=NOON, via="cli", note=note, text=row.text, due=row.due)


def approved(ledger: Ledger, key: Key, *, due: datetime = NOON, position: int = 0) -> Delivery:
    row = planned(ledger, key, due=due, position=position)
    return ledger.approve(row, yes(row), enough=lambda _: True)


def claimed(ledger: Ledger, row: Delivery, *, worker: str = "first", account: str = ACCOUNT) -> Delivery:
    return ledger.claim(row, worker=worker, account=account, lease_until=NOON + LEASE, now=NOON)


def sealed(row: Delivery) -> Envelope:
    request: dict[str, Json] = {"status": "Solidarity, in words.", "media": ["1"], "sensitive": False}
    return Envelope(key=row.key, network="mastodon", sealed_at=NOON, request=request, staged=staged().refs)


def staged() -> Staged:
    return Staged(account=ACCOUNT, refs={"mark": "109", "other": {"$link": "bafkrei", "size": 7}})


def begin(ledger: Ledger, row: Delivery, *, epoch: int | None = None, now: datetime = NOON) -> Delivery:
    """BEGIN on the epoch given, or on the one in force."""
    judged = ledger.epoch() if epoch is None else epoch
    return ledger.begin(row, sealed(row), epoch=judged, lease_until=NOON + LEASE, now=now)


def sending(ledger: Ledger, key: Key) -> Delivery:
    return begin(ledger, claimed(ledger, approved(ledger, key)))


def lost(ledger: Ledger, row: Delivery, at: datetime = NOON) -> Delivery:
    return ledger.record(row, Outcome(event=Event.LOSE_SIGHT, now=NOON, reason="no answer", lost_at=at))


def receipt(number: str = "1101") -> Receipt:
    return Receipt(remote_id=number, url=f"https://mastodon.example/@c/{number}", at=NOON, proof={"cid": "abc"})


def published(ledger: Ledger, key: Key, number: str = "1101") -> Delivery:
    confirm = Outcome(event=Event.CONFIRM, now=NOON + timedelta(seconds=1), receipt=receipt(number))
    return ledger.record(sending(ledger, key), confirm)
