"""What a ledger can be made to forget, for good and with a line that says so: a part of the ledger."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from amplify.domain.delivery import Delivery
from amplify.domain.key import Key


class Forgets(Protocol):
    """The record stays whole: lines cover digests of what they say, not the words."""

    def hush(self, key: Key, *, now: datetime) -> Delivery:
        """Forget the words of a delivery that is held, and those of every yes to it, which no longer stand.

        Raises LedgerError where it is not held.
        """
        ...

    def erase(
        self, keys: Collection[Key], files: Mapping[int, Mapping[str, bytes]], *, by: str, now: datetime
    ) -> Sequence[Delivery]:
        """Forget the words of deliveries that are public or ended; give revisions these files instead of their own.

        Texts, envelopes, notes, what lines say of them and what they were hashed with are gone from the disk; the
        record stays whole, and says who has done it. Raises LedgerError where one waits or the record is not
        whole, and then nothing is forgotten; also where the file is in use, and then bytes are left in it.
        """
        ...
