"""A mutant, read, checked, planned and taken into a ledger, and what was wrong with that."""

import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.fuzz.judging import wrongs
from bench.fuzz.mutants import Mutant, mutant

from amplify.authoring import open_author
from amplify.authoring.folder import Folder
from amplify.clockwork.apscheduler_clock import CronRecurrence
from amplify.imaging.cards.press import ResvgCardPress
from amplify.imaging.darkroom import PillowDarkroom
from amplify.ports.author import Author
from amplify.publishers import installed
from amplify.services.check import check
from amplify.services.pictures import Pictures
from amplify.services.plan import plan
from amplify.services.workshop import Workshop
from amplify.testing.hand_clock import HandClock
from amplify.testing.memory_ledger import MemoryLedger

ROOT = Path(__file__).parents[2]
#: `check` plans by itself: every so many are enough.
_CHECKED = 4
#: So that a thousand do not take all night; every network is there, and every language.
_CHANNELS = ("mastodon-en", "mastodon-be", "bluesky-en", "bluesky-de", "telegram-be", "telegram-ru")


class Mill:
    """Plays mutants of the repository's campaign one after the other."""

    def __init__(self) -> None:
        networks, recurrence, folder = installed(), CronRecurrence(), Folder(ROOT)
        self._author: Author = open_author(networks, recurrence)
        self._workshop = Workshop(
            author=self._author,
            networks=networks,
            recurrence=recurrence,
            clock=HandClock(),
            pictures=Pictures(folder=folder, darkroom=PillowDarkroom(), cards=ResvgCardPress()),
        )
        self._campaign = {**folder.files(), "config/channels.yaml": _fewer(folder.files()["config/channels.yaml"])}

    def mutant(self, number: int) -> Mutant:
        return mutant(number, self._campaign)

    def wrongs(self, made: Mutant) -> list[str]:
        """What is wrong with how it was taken; nothing where it was refused or harmless."""
        try:
            return list(self._played(made.files, checked=made.number % _CHECKED == 0))
        except Exception:  # noqa: BLE001  whatever it is, it is what we look for
            return [traceback.format_exc()]

    def _played(self, files: Mapping[str, bytes], *, checked: bool) -> Iterator[str]:
        written = self._author.read(files)
        yield from (str(problem) for problem in written.problems if problem.code == "unexpected")
        if checked:
            check(written, self._workshop, None, {})
        planned = plan(written, self._workshop, MemoryLedger())
        yield from wrongs(written, {str(one.intent.wanted.key): one.intent for one in planned.surveyed})


def _fewer(channels: bytes) -> bytes:
    """The file with only some of its channels."""
    kept, keeps = [], True
    for line in channels.decode().splitlines(keepends=True):
        if line[0] not in " #\n":
            keeps = line.partition(":")[0] in _CHANNELS
        if keeps:
            kept.append(line)
    return "".join(kept).encode()
