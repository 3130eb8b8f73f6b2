"""What a person has taken back: deleted where it was public, cancelled where it still waited.

The files still say it, and must not bring it back by themselves: only a new text or a new time does, and a new yes.
"""

from amplify.domain.delivery import Delivery, State

TAKEN_BACK = "taken back by"


def is_taken_back(row: Delivery) -> bool:
    """Whether it was cancelled by a person, and not because it was no longer written."""
    return row.state is State.CANCELLED and row.reason.startswith(TAKEN_BACK)
