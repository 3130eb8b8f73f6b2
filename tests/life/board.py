"""A network in one process whose every request can go wrong, and which knows what the public really sees.

Four kinds of server, as the networks behave: `keyed` stores a post under the key that it was sent with (Bluesky),
`replaying` answers a repeated Idempotency-Key with the first post (Mastodon), `careless` does not, `blind` shows a
bot nothing of what it has posted (Telegram).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from amplify.domain.envelope import Envelope, Json, Parents, Receipt, Ticket
from amplify.domain.key import Key
from amplify.domain.rendition import Limits, Rendition
from amplify.ports.darkroom import Picture
from amplify.ports.errors import (
    CannotTell,
    OutcomeUnknown,
    PublishError,
    Rejected,
    Throttled,
    Unauthorized,
    Unavailable,
)
from amplify.ports.publisher import NO_PICTURES, Identity, Replay

#: What a worker waits for an answer; whatever was sent has landed, or never will, within this.
TIMEOUT = timedelta(seconds=60)
QUARANTINE = timedelta(seconds=75)


class Fate(StrEnum):
    """What becomes of one request."""

    ANSWERED = "answered"
    REFUSED = "refused"
    THROTTLED = "throttled"
    UNAUTHORIZED = "unauthorized"
    NOT_REACHED = "not reached"
    LOST_BEFORE = "lost before it arrived"
    LOST_AFTER = "published, the answer lost"
    LOST_LATE = "lost, and published later"
    BUG = "published, and we stumble"
    KILLED_BEFORE = "the process killed before it arrived"
    KILLED_AFTER = "published, the process killed"
    KILLED_LATE = "the process killed, and published later"


_REFUSALS: Mapping[Fate, Callable[[datetime], PublishError]] = {
    Fate.REFUSED: lambda _: Rejected("no"),
    Fate.THROTTLED: lambda until: Throttled("later", until),
    Fate.UNAUTHORIZED: lambda _: Unauthorized("who are you?"),
    Fate.NOT_REACHED: lambda _: Unavailable("no such host"),
}


class Killed(BaseException):
    """SIGKILL, as far as code can tell: nothing runs after it."""


@dataclass(frozen=True, slots=True)
class Post:
    """What the public sees; `mark` is what the server tells repeated requests by."""

    key: Key
    channel: str
    text: str
    mark: str
    at: datetime


@dataclass(slots=True)
class Board:
    """`machine` tells true time. `on_request` hears of every request before it leaves."""

    machine: Callable[[], datetime]
    on_request: Callable[[Envelope], None]
    posts: list[Post] = field(default_factory=list)
    late: list[tuple[datetime, str, Envelope]] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)

    def land(self) -> None:
        """What was on its way until now is public."""
        due = [each for each in self.late if each[0] <= self.machine()]
        self.late = [each for each in self.late if each[0] > self.machine()]
        for _, kind, envelope in due:
            self.publish(kind, envelope)

    def publish(self, kind: str, envelope: Envelope) -> Post:
        mark = str(envelope.request["mark"])
        if kind in {"keyed", "replaying"}:
            for post in self.posts:
                if (post.channel, post.mark) == (envelope.key.channel, mark):
                    return post
        post = Post(envelope.key, envelope.key.channel, str(envelope.request["text"]), mark, self.machine())
        self.posts.append(post)
        return post

    def seen(self, key: Key) -> list[Post]:
        return [post for post in self.posts if post.key == key]

    def on_its_way(self, key: Key) -> bool:
        return any(envelope.key == key for _, _, envelope in self.late)


@dataclass(frozen=True, slots=True)
class Account:
    """A publisher on the board."""

    channel: str
    kind: str
    board: Board
    limits: Limits

    @property
    def identity(self) -> Identity:
        return Identity(network=self.kind, id=f"id-{self.channel}", name=self.channel, url=f"https://{self.channel}")

    @property
    def replay(self) -> Replay:
        return Replay(safe_for=timedelta(hours=1) if self.kind in {"keyed", "replaying"} else timedelta())

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        del parents
        mark = ticket.tid if self.kind == "keyed" else ticket.idempotency_key
        request: dict[str, Json] = {"text": rendition.text, "mark": mark}
        return Envelope(key=rendition.key, network=self.kind, sealed_at=now, request=request)

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:
        del pictures
        return envelope

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        del pictures
        self.board.on_request(envelope)
        fate = self.board.fates.pop(0) if self.board.fates else Fate.ANSWERED
        if fate in _REFUSALS:
            raise _REFUSALS[fate](self.board.machine() + timedelta(minutes=5))
        if fate in {Fate.LOST_LATE, Fate.KILLED_LATE}:
            self.board.late.append((self.board.machine() + TIMEOUT, self.kind, envelope))
        elif fate not in {Fate.LOST_BEFORE, Fate.KILLED_BEFORE}:
            post = self.board.publish(self.kind, envelope)
            if fate is Fate.ANSWERED:
                return self._receipt(post)
        if fate in {Fate.KILLED_BEFORE, Fate.KILLED_AFTER, Fate.KILLED_LATE}:
            raise Killed
        raise ValueError("a bug of ours") if fate is Fate.BUG else OutcomeUnknown("no answer")

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:
        if self.kind == "blind":
            raise CannotTell("a bot cannot look")
        if self.board.fates and self.board.fates[0] is Fate.NOT_REACHED:
            self.board.fates.pop(0)
            raise CannotTell("no such host")
        for post in self.board.posts:
            if post.channel != self.channel or self._receipt(post).remote_id in taken:
                continue
            same = (
                post.mark == envelope.request["mark"] if self.kind == "keyed" else post.text == envelope.request["text"]
            )
            if same:
                return self._receipt(post)
        return None

    async def close(self) -> None:
        pass

    def _receipt(self, post: Post) -> Receipt:
        number = self.board.posts.index(post)
        return Receipt(remote_id=f"{number}", url=f"https://{self.channel}/{number}", at=post.at)
