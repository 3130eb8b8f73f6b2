"""What coordinators are told about, looked at together: deliveries in trouble, halted channels, brakes."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.domain.notice import About, Concern
from amplify.domain.post import PERSON
from amplify.domain.rendition import BY_TWO
from amplify.domain.stop import Stop
from amplify.ports.author import Folder
from amplify.ports.figure_source import Notebook
from amplify.ports.ledger import Ledger
from amplify.ports.reaching import Away
from amplify.services.numbers import concerns
from amplify.services.revision_copy import Copy
from amplify.services.status import told_stop

_ABOUT = {
    State.UNCONFIRMED: About.UNCONFIRMED,
    State.FAILED: About.FAILED,
    State.MISSED: About.MISSED,
    State.HELD: About.HELD,
}
_BECAME = {
    State.PUBLISHED: "public, and there is a receipt",
    State.APPROVED: "not public; it goes out if it is still in time",
    State.PLANNED: "not public; it waits for a yes",
}
_FILE = "the file STOP"
#: What is told when the register of protected persons cannot be used, and when it can again.
REGISTER = "the register of protected persons"
#: A server that is away for less is no news.
_AWHILE = timedelta(minutes=10)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`rows` are those in trouble. `halted` is channel → reason, `at_work` the channels that are connected.

    `file` is empty or says why nothing leaves although no stop in the ledger says so. `copy` is the revision in force,
    where it can be read. `away` are the channels that could not be connected for a while. `numbers` are what people should
    know about figures.
    """

    rows: Sequence[Delivery]
    halted: Mapping[str, str]
    at_work: Collection[str]
    stops: Sequence[Stop]
    file: str
    copy: Copy | None
    away: Sequence[Away] = ()
    numbers: Sequence[Concern] = ()

    def concerns(self) -> Iterator[Concern]:
        """All that is so now."""
        if self.file:
            yield Concern(about=About.BRAKE, subject=_FILE, what=self.file)
        for stop in self.stops:
            if stop.lifted_at is None:
                yield Concern(about=About.BRAKE, subject=str(stop.id), what=told_stop(stop))
        for channel, reason in self.halted.items():
            yield Concern(about=About.HALTED, subject=channel, what=channel, why=reason)
        for row in self.rows:
            yield self._about(row)
        for one in self.away:
            yield Concern(about=About.UNCONNECTED, subject=one.channel, what=one.channel, why=one.why)
        yield from self.numbers

    def ends(self, topics: Iterable[str], ledger: Ledger) -> Mapping[str, str]:
        """Which of these topics are over, with the sentence that tells so. Raises LedgerError."""
        now = {concern.topic for concern in self.concerns()}
        said = {topic: self._end(topic, ledger) for topic in topics if ":" in topic and topic not in now}
        return {topic: sentence for topic, sentence in said.items() if sentence is not None}

    def _about(self, row: Delivery) -> Concern:
        """Of a post about a person, a risky one, or one that nobody can look up, no more than the key."""
        about, person = _ABOUT[row.state], self._is_guarded(row)
        by_key = person or about is About.UNCONFIRMED
        return Concern(
            about=about,
            subject=str(row.key),
            mark=_mark(row),
            what=str(row.key) if by_key else _named(row.key),
            where="" if by_key else row.key.channel,
            why="" if person else row.reason,
        )

    def _is_guarded(self, row: Delivery) -> bool:
        wanted = self.copy.wanted.get(row.key) if self.copy is not None else None
        return wanted is None or wanted.post.kind in PERSON or row.digest.endswith(BY_TWO)

    def _end(self, topic: str, ledger: Ledger) -> str | None:
        """Empty where nobody needs to hear of it; None where it is not known to be over."""
        about, _, subject = topic.partition(":")
        if about == About.LEDGER:
            return "the ledger can be used again"
        if about == About.BRAKE:
            return self._lifted(subject)
        if about == About.HALTED:
            return self._goes_on(subject, "no longer halted")
        if about == About.UNCONNECTED:
            return self._goes_on(subject, "connected")
        if about == About.UNCONFIRMED:
            row = ledger.delivery(Key.parse(subject))
            return _became(row) if row is not None else ""
        return ""

    def _goes_on(self, channel: str, how: str) -> str | None:
        if self.copy is not None and channel not in self.copy.written.channels:
            return ""
        return f"{channel} is {how}" if channel in self.at_work else None

    def _lifted(self, subject: str) -> str:
        if subject == _FILE:
            return "the file STOP is gone"
        if subject == REGISTER:
            return f"{REGISTER} can be used again"
        stop = next((stop for stop in self.stops if str(stop.id) == subject), None)
        return f"lifted: {told_stop(stop)}" if stop is not None else ""


def look(
    ledger: Ledger,
    folder: Folder,
    copy: Copy | None,
    notebook: Notebook,
    *,
    stuck: Mapping[str, str],
    connected: Collection[str],
    machine: datetime,
) -> Scene:
    """Raises LedgerError."""
    accounts = ledger.accounts()
    halted = {name: account.halted for name, account in accounts.items() if account.halted}
    if copy is not None:
        halted = {name: reason for name, reason in halted.items() if name in copy.written.channels}
    halted |= stuck
    return Scene(
        rows=ledger.deliveries(_ABOUT),
        halted=halted,
        at_work=connected,
        stops=ledger.stops(),
        file=_stop_file(folder),
        copy=copy,
        away=[one for one in ledger.away() if one.channel not in halted and one.since <= machine - _AWHILE],
        numbers=[*concerns(ledger.proposals(), copy.written.sources if copy is not None else {}, notebook)],
    )


def _stop_file(folder: Folder) -> str:
    try:
        names = folder.stop_files()
    except OSError:
        return "the campaign's folder cannot be looked into"
    return f"the file {', '.join(names)} lies in the campaign's folder" if names else ""


def _named(key: Key) -> str:
    part = f".{key.part}" if key.part else ""
    return f"{key.post}{part}{f' ({key.occurrence})' if key.occurrence else ''}"


def _became(row: Delivery) -> str | None:
    if row.state is State.SENDING:
        return None
    return f"{row.key} is {_BECAME.get(row.state, f'{row.state} now')}"


def _mark(row: Delivery) -> str:
    """The same for as long as it is the same thing: a reason that only counts on is no other one."""
    said: tuple[object, ...] = (row.due,)
    if row.state is State.UNCONFIRMED:
        said = (row.begun_at or row.lost_at,)
    elif row.state is State.FAILED:
        said = (row.due, row.digest)
    elif row.state is State.HELD:
        said = (row.due, _DIGITS.sub("", row.reason))
    return sha256(repr(said).encode()).hexdigest()[:12]
