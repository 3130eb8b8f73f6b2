"""Slots that have passed, and what a ledger cannot know: whether it was published when that was before the ledger began.

A ledger that is made anew, because the old one was lost, sees the files of a campaign that has run before. What it
finds past is missed, and whoever wants it to go out all the same is told to look at the account.
"""

from datetime import datetime

from amplify.domain.delivery import SEALED, Delivery

LATE = "its time has passed; `amplify now` sends it"
WRITTEN_LATE = "its time had passed when it was first written; `amplify now` sends it"
UNKNOWN = (
    "its time had passed, and this ledger is new and does not know what was published before: look at the account "
    "first; `amplify restore` brings a backup back"
)
#: Where somebody has given it a new time in the files.
BEFORE_A_YES = (
    "this ledger is new and does not know whether it was published before: look at the account before you say yes"
)


def may_be_public(row: Delivery, began: datetime) -> bool:
    """Whether it may have been published before `began`, the ledger's first revision, as far as that ledger knows.

    A new slot ends that: whoever gives it one is told to look.
    """
    return row.state not in SEALED and row.due < began
