"""The ledger in one SQLite file. Every method is one transaction; every write waits for its turn first.

Threads take turns at a lock of ours, because SQLite lets waiting writers poll; other processes wait at
the file's own lock.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, func, insert, select

from amplify.domain.approval import Approval
from amplify.domain.chain import START
from amplify.domain.delivery import Delivery, State
from amplify.domain.envelope import Envelope, Staged
from amplify.domain.key import Key
from amplify.domain.rendition import Limits
from amplify.domain.stop import Stop
from amplify.domain.traits import NO_TRAITS, Traits
from amplify.ledger import accounts, brakes, deliveries, erasing, people, record, restoring, sending
from amplify.ledger.adopting import TELLS_OF_ROWS, adopt
from amplify.ledger.archive import packed, unpacked
from amplify.ledger.book import Book
from amplify.ledger.cover import watched
from amplify.ledger.engine import connect, writing
from amplify.ledger.failures import legible, told
from amplify.ledger.migrations import migrate
from amplify.ledger.noting import WithNotes
from amplify.ledger.place import Place, make_private
from amplify.ledger.proposals import WithProposals
from amplify.ledger.reaching import WithReaching
from amplify.ledger.rows import moment, stamp
from amplify.ledger.schema import campaign, revision
from amplify.ledger.series import WithSeries
from amplify.ledger.spending import WithSpending
from amplify.ledger.worker_lock import WorkerLock
from amplify.ports.ledger import (
    Account,
    Changed,
    Facts,
    HistoryLine,
    LedgerError,
    NewDelivery,
    Outcome,
    Revision,
    Update,
)


class SqliteLedger(WithProposals, WithSeries, WithSpending, WithNotes, WithReaching):
    def __init__(self, path: Path, *, campaign: str, steps: Sequence[str], patience: timedelta) -> None:
        """Open or make the file, brought to the schema that `steps` lead to. Raises LedgerError."""
        self._path = path
        self._steps = steps
        self._turn = Lock()
        self._worker = WorkerLock(path)
        self._engine = connect(path, patience)
        self._writing = writing(self._engine)
        try:
            make_private(path)
            with self._turn, told(path, in_doubt=True), self._writing.begin() as connection:
                came_from = migrate(connection, path, steps)
                _belongs(connection, path, campaign)
                if 0 < came_from < TELLS_OF_ROWS:
                    adopt(connection)
            self._place = Place(path)
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        self._place.check()
        with legible(self._path), told(self._path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Book]:
        with self._turn, told(self._path):
            self._place.check()
            self._worker.keep()
            with self._writing.begin() as connection:
                book = Book(connection)
                yield book
                book.close()
            self._place.check()

    def epoch(self) -> int:
        with self._read() as connection:
            return _epoch(connection)

    def revision_id(self) -> int:
        with self._read() as connection:
            return _newest(connection)

    def revision(self, number: int | None = None) -> Revision | None:
        with self._read() as connection:
            wanted = _newest(connection) if number is None else number
            row = connection.execute(select(revision).where(revision.c.id == wanted)).one_or_none()
            return (
                None if row is None else Revision(id=row.id, at=moment(row.at), by=row.who, files=unpacked(row.files))
            )

    def apply(
        self,
        files: Mapping[str, bytes],
        new: Iterable[NewDelivery],
        updates: Iterable[Update],
        *,
        epoch: int,
        now: datetime,
        by: str,
    ) -> Revision:
        blob = packed(files)
        with self._write() as book:
            if book.epoch != epoch:
                raise Changed("the ledger has changed since this was planned; plan again")
            number = _newest(book.connection) + 1
            with watched(book.connection, revision, revision.c.id, number) as rows:
                book.connection.execute(insert(revision).values(id=number, at=stamp(now), who=by, files=blob))
            said = {"revision": str(number), "by": by, "files": sha256(blob).hexdigest()}
            book.enter("apply", said, at=now, rows=rows)
            deliveries.make(book, new, now)
            deliveries.revise(book, updates, now)
            book.raise_epoch()
            return Revision(id=number, at=now, by=by, files=dict(files))

    def delivery(self, key: Key) -> Delivery | None:
        with self._read() as connection:
            return deliveries.get(connection, key)

    def deliveries(self, states: Iterable[State] = (), until: datetime | None = None) -> Sequence[Delivery]:
        with self._read() as connection:
            return deliveries.every(connection, states, until)

    def next_due(self, channels: Iterable[str], machine: datetime, skip: Collection[Key] = ()) -> Delivery | None:
        with self._read() as connection:
            return deliveries.next_due(connection, channels, machine, skip)

    def facts(self, key: Key, account: str, since: datetime) -> Facts:
        with self._read() as connection:
            row = deliveries.get(connection, key)
            if row is None:
                raise LedgerError(f"the ledger knows no delivery {key}")
            return Facts(
                epoch=_epoch(connection),
                revision=_newest(connection),
                delivery=row,
                approvals=people.standing(connection, key),
                stops=brakes.stops(connection),
                sent=deliveries.sent(connection, account, since),
            )

    def claim(self, delivery: Delivery, *, worker: str, account: str, lease_until: datetime, now: datetime) -> Delivery:
        with self._write() as book:
            return sending.claim(book, delivery, worker=worker, account=account, lease_until=lease_until, now=now)

    def begin(
        self, delivery: Delivery, envelope: Envelope, *, epoch: int, lease_until: datetime, now: datetime
    ) -> Delivery:
        with self._write() as book:
            return sending.begin(book, delivery, envelope, epoch=epoch, lease_until=lease_until, now=now)

    def record(self, delivery: Delivery, outcome: Outcome) -> Delivery:
        with self._write() as book:
            return sending.record(book, delivery, outcome)

    def remark(self, delivery: Delivery, reason: str) -> Delivery:
        with self._write() as book:
            return deliveries.remark(book.connection, delivery, reason)

    def keep_staged(self, delivery: Delivery, staged: Staged) -> Delivery:
        with self._write() as book:
            return deliveries.keep_staged(book.connection, delivery, staged)

    def remote_ids(self, account: str) -> frozenset[str]:
        with self._read() as connection:
            return deliveries.remote_ids(connection, account)

    def expire(self, *, worker: str, machine: datetime, now: datetime) -> Sequence[Delivery]:
        if not self._worker.held:
            raise LedgerError("only the one worker of this ledger may void leases")
        with self._write() as book:
            return sending.expire(book, worker=worker, machine=machine, now=now)

    def approve(
        self, delivery: Delivery, approval: Approval, *, enough: Callable[[Sequence[Approval]], bool]
    ) -> Delivery:
        with self._write() as book:
            return people.approve(book, delivery, approval, enough)

    def revoke(self, key: Key, *, by: str, now: datetime, anyway: bool = False) -> Delivery:
        with self._write() as book:
            return people.revoke(book, key, by=by, now=now, anyway=anyway)

    def hush(self, key: Key, *, now: datetime) -> Delivery:
        with self._write() as book:
            return people.hush(book, key, now)

    def approvals(self, keys: Iterable[Key]) -> Mapping[Key, Sequence[Approval]]:
        with self._read() as connection:
            return people.approvals(connection, keys)

    def stop(self, *, reason: str, by: str, now: datetime, channel: str, except_posts: frozenset[str]) -> Stop:
        with self._write() as book:
            brakes.brake(book, reason=reason, by=by, now=now, channel=channel, except_posts=except_posts)
            return brakes.stops(book.connection)[-1]

    def resume(self, *, by: str, now: datetime, people: int) -> int:
        with self._write() as book:
            return brakes.resume(book, by=by, now=now, people=people)

    def stops(self) -> Sequence[Stop]:
        with self._read() as connection:
            return brakes.stops(connection)

    def accounts(self) -> Mapping[str, Account]:
        with self._read() as connection:
            return accounts.every(connection)

    def bind(
        self, channel: str, *, id: str, name: str, url: str, limits: Limits, now: datetime, traits: Traits = NO_TRAITS
    ) -> Account:
        with self._write() as book:
            return accounts.bind(book, channel, id=id, name=name, url=url, limits=limits, traits=traits, now=now)

    def halt(self, channel: str, reason: str, now: datetime) -> None:
        with self._write() as book:
            accounts.halt(book, channel, reason, now)

    def throttle(self, account: str, until: datetime, now: datetime) -> None:
        with self._write() as book:
            accounts.throttle(book, account, until, now)

    def hold(self, worker: str) -> None:
        self._worker.take(worker)

    def has_worker(self) -> bool:
        return self._worker.taken

    def put_back(self, *, by: str, now: datetime, machine: datetime) -> Sequence[Delivery]:
        """Write down that this file is a copy that was put back; the deliveries that may be public meanwhile."""
        with self._write() as book:
            return restoring.put_back(book, by=by, now=now, machine=machine)

    def touch(self) -> None:
        with self._write() as book:
            book.touch()

    def erase(
        self, keys: Collection[Key], files: Mapping[int, Mapping[str, bytes]], *, by: str, now: datetime
    ) -> Sequence[Delivery]:
        with self._write() as book:
            if fault := record.wrong(book.connection, self._steps):
                raise LedgerError(f"nothing was erased: first somebody has to see to this: {fault}")
            forgotten = erasing.erase(book, keys, files, by=by, now=now)
        with self._turn, told(self._path):
            erasing.scrub(self._engine)
        return forgotten

    def history(self, key: Key | None = None) -> Sequence[HistoryLine]:
        with self._read() as connection:
            return record.lines(connection, key)

    def verify(self) -> str:
        with told(self._path, in_doubt=True), self._read() as connection:
            return record.wrong(connection, self._steps)

    def close(self) -> None:
        self._worker.let_go()
        self._engine.dispose()


def _epoch(connection: Connection) -> int:
    return int(connection.execute(select(campaign.c.epoch)).scalar_one())


def _newest(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(revision.c.id), 0))).scalar_one())


def _belongs(connection: Connection, path: Path, name: str) -> None:
    """One ledger, one campaign. Raises LedgerError."""
    owner = connection.execute(select(campaign.c.name)).scalar_one_or_none()
    if owner is None:
        connection.execute(insert(campaign).values(one=1, name=name, epoch=0, last_seq=0, last_hash=START))
    elif owner != name:
        raise LedgerError(
            f"{path} belongs to the campaign “{owner}”, not to “{name}”: one ledger, one campaign; "
            "set AMPLIFY_LEDGER to another file, or write the old name again"
        )
