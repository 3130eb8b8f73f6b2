"""What can go wrong between us and a network, sorted by consequence first.

PublishError
  NotSent            nothing became public, and we know it
    Rejected           the content will never be accepted
    Unauthorized       the account is refused: halt the channel, keep its queue
    Throttled          come back at a time
    Unavailable        the server was not reached
    Unfinished           it has been given something, and is not done with it
    Unstaged           the server no longer has what was staged: stage it again
  OutcomeUnknown     it may be public; find out before trying again

A 5xx, a reset, a read timeout, a garbled success and any bug of ours after the request began are
OutcomeUnknown (platforms: error classification). Messages are for coordinators and never hold a secret.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from amplify.domain.envelope import Json


class PublishError(Exception):
    """A publication that did not end in a receipt."""


class NotSent(PublishError):
    """Nothing became public, and we know it."""


class Rejected(NotSent):
    """The content will never be accepted; `problems` lists everything that is wrong with it."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems: Sequence[str] = problems


class Unauthorized(NotSent):
    """The account is refused: the channel halts and keeps its queue."""


class Throttled(NotSent):
    """The server asks to come back at `until` (machine time)."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class Unavailable(NotSent):
    """The server was not reached: no byte of the request was read."""


class Unfinished(Unavailable):
    """The server has been given `staged`, and not all of it, or is still busy with it: that is not given again."""

    def __init__(self, message: str, staged: Mapping[str, Json]) -> None:
        super().__init__(message)
        self.staged = staged


class Unstaged(NotSent):
    """The server no longer has, or no longer gives out, what was staged: it must be staged again.

    Only a first request proves by it that nothing is public: a picture can be used once, so a later
    request may be told this because an earlier one has arrived.
    """


class OutcomeUnknown(PublishError):
    """It may be public; find out before trying again."""


class CannotTell(Exception):
    """Whether a post is public could not be seen: “could not look” is not “not there”."""


class LookFailed(CannotTell):
    """The look itself failed, by a time-out or a server that is down: another one may see it."""
