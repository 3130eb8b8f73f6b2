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
from datetime import datetime, timedelta
from types import MappingProxyType

from amplify.domain.budget import Reading
from amplify.domain.envelope import Json, Receipt

NOTHING: Mapping[str, Json] = MappingProxyType({})
_A_MINUTE = timedelta(minutes=1)


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
    """The server asks to come back later: at `until`, as its own clock says, which may be wrong.

    `reading` says better, where there is one, after which wait that is, and what it is about. `staged` is what the server
    has been given before it said so: that is not given again.
    """

    def __init__(
        self,
        message: str,
        until: datetime | None = None,
        reading: Reading | None = None,
        staged: Mapping[str, Json] = NOTHING,
    ) -> None:
        super().__init__(message)
        self.until = until
        self.reading = reading
        self.staged = staged

    def wait(self, now: datetime) -> timedelta:
        """How long the server asks us to wait, counted from `now`: when its answer is here."""
        if self.reading is not None and self.reading.wait is not None:
            return self.reading.wait
        return self.until - now if self.until is not None else _A_MINUTE


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
    """It may be public; find out before trying again.

    `receipt` is what the server said yes with, where it does not show the post: only a person may hold that to be absent.
    """

    def __init__(self, message: str, receipt: Receipt | None = None) -> None:
        super().__init__(message)
        self.receipt = receipt


class CannotTell(Exception):
    """Whether a post is public could not be seen: “could not look” is not “not there”."""


class LookFailed(CannotTell):
    """The look itself failed, by a time-out or a server that is down: another one may see it."""
