"""Forgetting words: in the rows, in the lines of the record, and in the bytes of the file.

The record stays whole, because its lines are chained over digests. What digests of words could be guessed from is
replaced by a digest under a salt that nobody keeps.
"""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from sqlite3 import OperationalError

from sqlalchemy import Engine, select, update

from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.domain.witness import LINES, PURGE, numbers, spans
from amplify.ledger import cover, deliveries
from amplify.ledger.archive import packed, unpacked
from amplify.ledger.book import Book
from amplify.ledger.rows import stamp
from amplify.ledger.schema import approval, delivery, history, revision
from amplify.ports.ledger import LedgerError
from amplify.ports.steps import blinded, erased

_LEFT = (
    "the words are erased, but their bytes still lie in the file of the ledger, because a worker or another program is "
    "reading it; end that, and type the same again"
)


def erase(
    book: Book, keys: Collection[Key], files: Mapping[int, Mapping[str, bytes]], *, by: str, now: datetime
) -> Sequence[Delivery]:
    """Raises LedgerError."""
    salt = secrets.token_hex(16)
    forgotten = []
    for key in keys:
        old = deliveries.get(book.connection, key)
        if old is None:
            raise LedgerError(f"the ledger knows no delivery {key}")
        new = erased(old, salt=salt, by=by, now=now)
        detail = {"by": by, "approved": json.dumps(_approved(book, old))}
        deliveries.write(book.connection, old, new)
        _forget_yeses(book, key, salt)
        detail[LINES] = _empty(book, key)
        state, rows = new.state.value, cover.unseen(_rows(book, key))
        book.enter(PURGE, detail, at=now, key=str(key), before=state, after=state, rows=rows)
        forgotten.append(new)
    for number, kept in files.items():
        _thin(book, number, kept, by=by, now=now)
    return forgotten


def scrub(engine: Engine) -> None:
    """Write the file anew without what was forgotten. Raises LedgerError where somebody reads it for too long."""
    with closing(engine.raw_connection()) as borrowed:
        cursor = borrowed.cursor()
        cursor.execute("PRAGMA temp_store = MEMORY")
        try:
            cursor.execute("VACUUM")
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except OperationalError as error:
            raise LedgerError(_LEFT) from error
        if busy:
            raise LedgerError(_LEFT)


def _approved(book: Book, row: Delivery) -> list[list[str]]:
    """Who had said yes to what was sent, and when."""
    given = select(approval).where(approval.c.key == str(row.key), approval.c.digest == row.digest)
    until = stamp(row.begun_at) if row.begun_at is not None else ""
    found = book.connection.execute(given.order_by(approval.c.id))
    return [[yes.who, yes.at] for yes in found if yes.revoked_at is None or yes.revoked_at > until > ""]


def _forget_yeses(book: Book, key: Key, salt: str) -> None:
    """Who has said yes, and when, stays."""
    for yes in book.connection.execute(select(approval).where(approval.c.key == str(key))).all():
        without = {"text": "", "note": "", "digest": blinded(yes.digest, salt)}
        book.connection.execute(update(approval).where(approval.c.id == yes.id).values(without))


def _empty(book: Book, key: Key) -> str:
    """Take the words of a delivery's lines; which lines that are."""
    full = (history.c.key == str(key), history.c.content.is_not(None), history.c.event != PURGE)
    seqs = book.connection.execute(select(history.c.seq).where(*full)).scalars().all()
    book.connection.execute(update(history).where(*full).values(content=None, salt=None))
    return spans(seqs)


def _rows(book: Book, key: Key) -> Mapping[str, str]:
    of_it = cover.told(book.connection, delivery, delivery.c.key, [str(key)])
    return {**of_it, **cover.told(book.connection, approval, approval.c.key, [str(key)])}


def _thin(book: Book, number: int, kept: Mapping[str, bytes], *, by: str, now: datetime) -> None:
    where = revision.c.id == number
    before = unpacked(book.connection.execute(select(revision.c.files).where(where)).scalar_one())
    gone = sorted(path for path, content in before.items() if kept.get(path) != content)
    book.connection.execute(update(revision).where(where).values(files=packed(kept)))
    rows = cover.unseen(cover.told(book.connection, revision, revision.c.id, [number]))
    said = {"by": by, "revision": str(number), "files": ", ".join(gone), LINES: _empty_of(book, number)}
    book.enter(PURGE, said, at=now, rows=rows)


def _empty_of(book: Book, number: int) -> str:
    """Take the words of the lines that tell of a revision: whoever has all the rest could guess from their digests.

    Which lines that are, and which earlier ones did so before.
    """
    without_key = (history.c.key == "", history.c.event.in_(("apply", PURGE)), history.c.content.is_not(None))
    found = book.connection.execute(select(history.c.seq, history.c.content).where(*without_key)).all()
    told = {line.seq: said for line in found if (said := json.loads(line.content)).get("revision") == str(number)}
    for seq in told:
        book.connection.execute(update(history).where(history.c.seq == seq).values(content=None, salt=None))
    return spans({*told, *(seq for said in told.values() for seq in numbers(said.get(LINES, "")))})
