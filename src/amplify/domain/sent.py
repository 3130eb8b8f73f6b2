"""What an account has published lately: the facts that caps and gaps are judged by."""

from dataclasses import dataclass
from datetime import datetime

from amplify.domain.key import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A post that left, or may have: `thread` is the key that all parts of one thread share. Campaign time."""

    key: Key
    thread: Key
    begun_at: datetime
