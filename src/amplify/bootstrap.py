"""The composition root: one open_app(), plain arguments, no globals. Whatever is heavy is made when first used."""

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from amplify.config.settings import NoSecret, Settings

if TYPE_CHECKING:
    from amplify.config.plugged import Plugged
    from amplify.domain.channel import Channel
    from amplify.domain.written import Written
    from amplify.ledger.copies import Restored
    from amplify.ports.author import Author, Folder
    from amplify.ports.channels_file import ChannelsFile
    from amplify.ports.clock import Clock, Recurrence
    from amplify.ports.darkroom import Darkroom
    from amplify.ports.figure_source import FigureSource, Notebook
    from amplify.ports.figures_file import FiguresFile
    from amplify.ports.ledger import Account, Ledger
    from amplify.ports.notifier import Heartbeat, Memory, Notifier
    from amplify.ports.protection import Protection
    from amplify.ports.publisher import Access, Network
    from amplify.services.gather import Gatherer
    from amplify.services.workshop import Workshop

#: In the folder of a demo: the addresses of its look-alikes, and its squeezed clock.
SANDBOX_FILE = "sandbox.json"
CLOCK_FILE = "clock.json"
#: Where `amplify backup` puts copies, unless it is told otherwise.
BACKUPS = Path("var", "backups")


class NoCampaign(Exception):
    """There is no campaign in this folder; the message says what to do."""


@dataclass(frozen=True)
class App:
    """Everything that an entrance needs for the campaign in `root`.

    `sandbox` are the addresses of a rehearsal's look-alikes: where there are any, every channel leads there.
    """

    root: Path
    settings: Settings
    sandbox: Mapping[str, str] | None
    day_only: bool = False

    @cached_property
    def folder(self) -> "Folder":
        from amplify.authoring.folder import Folder as OnDisk

        return OnDisk(self.root, secrets=self.secrets_set, keys=self._secret_keys)

    @cached_property
    def figures_file(self) -> "FiguresFile":
        from amplify.authoring.writing.figures_file import FiguresOnDisk

        return FiguresOnDisk(self.root)

    @cached_property
    def channels_file(self) -> "ChannelsFile":
        from amplify.authoring.writing.channels_file import ChannelsOnDisk

        return ChannelsOnDisk(self.root)

    @cached_property
    def clock(self) -> "Clock":
        """The machine's, or the squeezed one that a demo has left in the folder."""
        from amplify.clockwork.clocks import SqueezedClock, SystemClock

        squeezed = self.root / "var" / CLOCK_FILE
        return SqueezedClock(squeezed) if squeezed.exists() else SystemClock()

    @cached_property
    def plugged(self) -> "Plugged":
        from amplify.config.plugged import Plugged

        return Plugged()

    @cached_property
    def networks(self) -> "Mapping[str, Network]":
        return self.plugged.networks

    @cached_property
    def figure_sources(self) -> "Mapping[str, FigureSource]":
        return self.plugged.kinds

    @cached_property
    def notebook(self) -> "Notebook":
        from amplify.figure_sources.notebook import FileNotebook

        return FileNotebook(self.root / "var" / "sources.json")

    @cached_property
    def gatherer(self) -> "Gatherer":
        from amplify.config.ways import ELSEWHERE, way_to
        from amplify.figure_sources.fetching import HttpFetcher
        from amplify.services.gather import Gatherer

        at_home, way = self.settings.sources_here, way_to(ELSEWHERE, self.settings)
        fetcher = HttpFetcher(now=self.clock.now, at_home=at_home, way=way)
        return Gatherer(kinds=self.figure_sources, fetcher=fetcher, proposals=self.ledger, clock=self.clock)

    @cached_property
    def recurrence(self) -> "Recurrence":
        from amplify.clockwork.apscheduler_clock import CronRecurrence

        return CronRecurrence()

    @cached_property
    def author(self) -> "Author":
        from amplify.authoring import open_author

        return open_author(self.networks, self.recurrence, self.figure_sources, self.plugged.left_out)

    @cached_property
    def darkroom(self) -> "Darkroom":
        from amplify.imaging.darkroom import PillowDarkroom

        return PillowDarkroom()

    @cached_property
    def protection(self) -> "Protection":
        """The register of protected persons, read anew at every look."""
        from amplify.ports.protection import Settled

        if self.settings.protected is None:
            return Settled()
        from amplify.authoring.protected_file import ProtectedFile

        return ProtectedFile(self.settings.protected, self.root)

    @cached_property
    def workshop(self) -> "Workshop":
        from amplify.imaging.cards.press import ResvgCardPress
        from amplify.services.pictures import Pictures
        from amplify.services.workshop import Workshop

        return Workshop(
            author=self.author,
            networks=self.networks,
            recurrence=self.recurrence,
            clock=self.clock,
            pictures=Pictures(folder=self.folder, darkroom=self.darkroom, cards=ResvgCardPress()),
            day_only=self.day_only,
            protection=self.protection,
        )

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The campaign's files as they are now. Raises OSError."""
        return self.folder.files()

    @cached_property
    def written(self) -> "Written":
        """What the files say now."""
        return self.author.read(self.files)

    @cached_property
    def ledger(self) -> "Ledger":
        """The campaign's ledger, made where there is none. Raises LedgerError."""
        from amplify.ledger import open_ledger

        return open_ledger(self.settings.ledger, campaign=self._campaign_name)

    def ledger_if_any(self) -> "Ledger | None":
        """The ledger where one has been made: looking never makes one. Raises LedgerError."""
        path = self.settings.ledger.removeprefix("sqlite:///")
        if path != self.settings.ledger and not Path(path).exists():
            from amplify.ledger.place import check_not_lost

            check_not_lost(Path(path))
            return None
        return self.ledger if self.written.campaign is not None else None

    def back_up(self, target: Path) -> int:
        """Copy the ledger while it is in use; how many lines its record has. Raises LedgerError."""
        from amplify.ledger import back_up

        return back_up(self.settings.ledger, target, campaign=self._campaign_name)

    def copies(self) -> list[Path]:
        """The copies of the ledger that lie in their usual places. Raises LedgerError."""
        from amplify.ledger import copies_beside

        backups = (self.root / BACKUPS).glob("*.db")
        return sorted([*copies_beside(self.settings.ledger), *backups])

    def restore(self, source: Path, *, by: str) -> "Restored":
        """Put a copy in the ledger's place. Raises LedgerError, and then nothing has changed."""
        from amplify.ledger import restore

        now, machine = self.clock.now(), self.clock.machine()
        return restore(self.settings.ledger, source, campaign=self._campaign_name, by=by, now=now, machine=machine)

    def accounts(self) -> "Mapping[str, Account]":
        ledger = self.ledger_if_any()
        return ledger.accounts() if ledger is not None else {}

    def access(self, channel: "Channel") -> "Access":
        """What connecting to a channel needs. Raises NoSecret naming what is not set."""
        from amplify.config.accesses import access_to

        rehearsed = self._rehearsed(channel)
        return access_to(channel, self.networks[channel.network], self.settings, self.root, rehearsed)

    def secrets(self) -> Mapping[str, Collection[str]]:
        """Channel → what is set of its passwords and tokens."""
        found: dict[str, list[str]] = {}
        for name, channel in self.written.channels.items():
            with suppress(NoSecret):
                access, fields = self.access(channel), self.networks[channel.network].fields
                set_here = [access.settings[one.name] for one in fields if one.secret and access.settings.get(one.name)]
                found[name] = [*set_here, *access.way.secrets]
        return found

    def unset_secrets(self, channels: "Mapping[str, Channel]") -> Mapping[str, str]:
        """Channel → what is not set."""
        unset = {}
        for name, channel in channels.items():
            try:
                self.access(channel)
            except NoSecret as missing:
                unset[name] = str(missing)
        return unset

    def recipients(self) -> "Sequence[tuple[Notifier, Memory]]":
        """Who gets notices, each with the memory of what they were told. A rehearsal tells nobody."""
        from amplify.notices.recipients import recipients

        addresses = self.settings.notices if self.sandbox is None else ()
        return recipients(addresses, self.root / "var" / "notices", self.settings.own_way) if addresses else ()

    def heartbeat(self) -> "Heartbeat | None":
        """What waits for signs of life, if anything does; never for those of a rehearsal."""
        from amplify.notices.by_courier import UrlHeartbeat

        address = self.settings.heartbeat if self.sandbox is None else ""
        return UrlHeartbeat(address=address, way=self.settings.own_way) if address else None

    def close(self) -> None:
        if "ledger" in self.__dict__:
            self.ledger.close()

    def secrets_set(self, channels: bytes) -> Collection[str]:
        """What may stand in no file, although somebody could have typed it there."""
        from amplify.domain.secrecy import pieces

        addresses = self.settings.addresses
        parts = {piece for address in addresses for piece in pieces(address)}
        return addresses | parts | self.settings.named_in(channels.decode(errors="replace"))

    def _secret_keys(self) -> Collection[str]:
        return {field.name for network in self.networks.values() for field in network.fields if field.secret}

    @property
    def _campaign_name(self) -> str:
        from amplify.ports.ledger import LedgerError

        if self.written.campaign is None:
            raise LedgerError("config/campaign.yaml cannot be used; `amplify check` says why")
        return self.written.campaign.name

    def _rehearsed(self, channel: "Channel") -> Mapping[str, str]:
        if self.sandbox is None:
            return {}
        from amplify.testing.rehearsal import rehearsed

        return rehearsed(channel, self.written.channels.values(), self.sandbox)


def open_app(root: Path, *, sandbox: Mapping[str, str] | None = None, environ: Mapping[str, str] | None = None) -> App:
    """The campaign in `root`; with `sandbox`, its rehearsal, with a ledger of its own.

    A folder in which a demo was played stays a rehearsal: it leads to its sandbox and nowhere else.
    Raises NoCampaign, BadSetting.
    """
    root = root.resolve()
    if not (root / "config" / "campaign.yaml").exists():
        told = f"there is no campaign in {root}: config/campaign.yaml is missing; `amplify init DIR` makes one"
        raise NoCampaign(told)
    settings = Settings.read(root, environ)
    if sandbox is not None:
        return App(root=root, settings=settings.rehearsing(root), sandbox=sandbox)
    stage = root / "var" / SANDBOX_FILE
    if stage.exists():
        own = Settings.read(root, {**settings.environ, "AMPLIFY_LEDGER": ""})
        return App(root=root, settings=own, sandbox=json.loads(stage.read_text()), day_only=True)
    return App(root=root, settings=settings, sandbox=None)
