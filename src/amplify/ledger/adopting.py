"""A ledger of an amplify whose lines said nothing of rows: from here on they do, and it begins with what is there."""

from sqlalchemy import Connection, select

from amplify.ledger import cover
from amplify.ledger.book import Book
from amplify.ledger.schema import account, approval, delivery, resume_vote, revision, stop

#: The first schema whose lines do.
TELLS_OF_ROWS = 4


def adopt(connection: Connection) -> None:
    """Write down the rows as they are, each delivery on a line of its own, so that it can be purged alone.

    No clock is asked: the lines bear the time of the last one.
    """
    book = Book(connection)
    at = book.newest
    for key in connection.execute(select(delivery.c.key).order_by(delivery.c.key)).scalars():
        of_it = cover.told(connection, delivery, delivery.c.key, [key])
        yeses = cover.told(connection, approval, approval.c.key, [key])
        book.enter("adopt", {}, at=at, key=key, rows=cover.unseen({**of_it, **yeses}))
    others = {
        name: digest
        for table in (revision, stop, resume_vote, account)
        for name, digest in cover.told(connection, table).items()
    }
    book.enter("adopt", {}, at=at, rows=cover.unseen(others))
    book.close()
