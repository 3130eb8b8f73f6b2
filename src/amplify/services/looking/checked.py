"""The whole answer of `check`, as it can be kept. Nothing heavy is loaded for reading one again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amplify.domain.problem import Place, Problem, Severity

if TYPE_CHECKING:
    from amplify.ports.ledger import Account

#: In place of an instant: the network has the same limits everywhere.
OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`posts` is how many can be read. `limits`: channel → when its server's were read, OWN or nothing.

    It holds from `since` until the instant `until`.
    """

    problems: list[Problem]
    posts: int
    limits: Mapping[str, str]
    since: datetime
    until: datetime

    def as_bytes(self, mark: str) -> bytes:
        """`mark` stands for all that the answer depends on."""
        data = {
            "mark": mark,
            "problems": problems_as_data(self.problems),
            "posts": self.posts,
            "limits": dict(self.limits),
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
        }
        return json.dumps(data, ensure_ascii=False).encode()


def kept(data: bytes | None, mark: str, now: datetime) -> Checked | None:
    """The answer that was kept, if it is the one to `mark` and holds; whatever is damaged is none."""
    try:
        said = json.loads(data or b"{}")
        if said.get("mark") != mark:
            return None
        checked = Checked(
            problems=list(problems_of(said["problems"])),
            posts=int(said["posts"]),
            limits={str(channel): str(read) for channel, read in said["limits"].items()},
            since=instant_of(said["since"]),
            until=instant_of(said["until"]),
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
    return checked if checked.since <= now < checked.until else None


def limits_read(channels: Iterable[str], accounts: Mapping[str, "Account"]) -> dict[str, str]:
    """By channel: the instant at which its server's limits were read, `own` for the network's, or nothing."""
    read = {}
    for channel in channels:
        limits = accounts[channel].limits if channel in accounts else None
        read[channel] = "" if limits is None else limits.read_at.isoformat() if limits.read_at is not None else OWN
    return read


def instant_of(text: str) -> datetime:
    """Raises TypeError or ValueError, also where it has no offset."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return at


def problems_as_data(problems: Iterable[Problem]) -> list[list[Any]]:
    return [
        [p.severity.value, p.code, p.message, p.place.file, p.place.line, p.place.column, p.hint, p.post, p.channel]
        for p in problems
    ]


def problems_of(data: Iterable[Any]) -> tuple[Problem, ...]:
    """Raises TypeError or ValueError."""
    return tuple(
        Problem(
            severity=Severity(severity),
            code=str(code),
            message=str(message),
            place=Place(file=str(file), line=int(line), column=int(column)),
            hint=str(hint),
            post=None if post is None else str(post),
            channel=None if channel is None else str(channel),
        )
        for severity, code, message, file, line, column, hint, post, channel in data
    )
