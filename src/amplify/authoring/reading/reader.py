"""A campaign's files as one Written: everything that is right, and every problem of what is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from amplify.authoring.nearest import nearest
from amplify.authoring.reading.accounts import too_fast
from amplify.authoring.reading.campaign import CAMPAIGN_FILE, read_campaign
from amplify.authoring.reading.channels import CHANNELS_FILE, read_channels
from amplify.authoring.reading.events import EVENTS_FILE, read_events
from amplify.authoring.reading.excerpts import EXCERPTS_FILE, read_excerpts
from amplify.authoring.reading.figures import FIGURES_FILE, read_figures
from amplify.authoring.reading.findings import error, warning
from amplify.authoring.reading.letters import decode
from amplify.authoring.reading.nodes import Node, Table
from amplify.authoring.reading.posts import read_posts, unexpected
from amplify.authoring.reading.sources import SOURCES_FILE, read_sources
from amplify.authoring.reading.tree import Unreadable, parse
from amplify.authoring.reading.typed_numbers import typed_numbers
from amplify.authoring.reading.words import Known
from amplify.authoring.reading.world import World
from amplify.authoring.template_names import ENDING, FOLDER
from amplify.domain.campaign import Campaign
from amplify.domain.channel import Channel
from amplify.domain.event import Event
from amplify.domain.excerpt import Excerpt
from amplify.domain.figure import Figure
from amplify.domain.picture import FOLDER as MEDIA
from amplify.domain.problem import Place, Problem
from amplify.domain.recipe import Recipe
from amplify.domain.written import Written
from amplify.ports.clock import Recurrence
from amplify.ports.figure_source import FigureSource
from amplify.ports.publisher import Network

_READ = (CAMPAIGN_FILE, CHANNELS_FILE, FIGURES_FILE, EXCERPTS_FILE, EVENTS_FILE, SOURCES_FILE)
#: Without these there is nothing to send, or nowhere: an empty one is an accident.
_NEVER_EMPTY = (CAMPAIGN_FILE, CHANNELS_FILE)
#: A part of the campaign's folder that nothing reads yet.
_LATER = ("config/partners.yaml",)


_E = TypeVar("_E")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """All that is written besides posts, which many posts can be read against."""

    world: World
    written: Written
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Reader:
    """Reads one campaign once. What one document does wrong never keeps another from being read."""

    networks: Mapping[str, Network]
    recurrence: Recurrence
    files: Mapping[str, bytes]
    kinds: Mapping[str, FigureSource] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    campaign_node: Node | None = None

    def read(self, around: Surroundings) -> Written:
        """The posts, against all else that was read before."""
        self.problems, self.unread = list(around.problems), set(around.written.unread)
        posts = read_posts(self._post_files(), around.world)
        written = around.written
        self.problems += typed_numbers(posts.posts.values(), written.templates, written.figures)
        return replace(
            written,
            posts=tuple(posts.posts.values()),
            problems=tuple(sorted({*self.problems, *posts.problems}, key=_order)),
            unread=frozenset(self.unread | posts.unread),
            held_posts=frozenset(posts.held),
            ids=frozenset(posts.places),
            former=frozenset(posts.former),
            corrected=frozenset(posts.corrected),
        )

    def around(self) -> Surroundings:
        """Everything but posts."""
        templates = self._templates()
        media = {file: self.files[file].decode("ascii", "replace") for file in self.files if file.startswith(MEDIA)}
        campaign = self._campaign()
        channels, held = self._channels(campaign)
        campaign = self._unhurried(campaign, channels)
        known = Known(languages=campaign.languages if campaign else (), networks=tuple(self.networks))
        events: dict[str, Event] = self._entries(EVENTS_FILE, lambda table: read_events(table, known, campaign))
        world = World(
            networks=self.networks,
            recurrence=self.recurrence,
            campaign=campaign,
            channels=channels,
            held_channels=held | self.left_out,
            channels_known=CHANNELS_FILE not in self.unread,
            templates=templates,
            media=media,
            events=events,
        )
        figures: dict[str, Figure] = self._entries(FIGURES_FILE, lambda table: read_figures(table, known, campaign))
        excerpts: dict[str, Excerpt] = self._entries(EXCERPTS_FILE, lambda table: read_excerpts(table, known))
        sources: dict[str, Recipe] = self._entries(
            SOURCES_FILE, lambda table: read_sources(table, known, figures, self.kinds)
        )
        self._others()
        written = Written(
            campaign=campaign,
            channels=channels,
            figures=figures,
            excerpts=excerpts,
            events=events,
            sources=sources,
            templates=templates,
            media=media,
            unread=frozenset(self.unread),
            held_channels=held,
        )
        return Surroundings(world=world, written=written, problems=tuple(self.problems))

    def _campaign(self) -> Campaign | None:
        if CAMPAIGN_FILE not in self.files:
            told = "this folder has no config/campaign.yaml, so it is not a campaign, and nothing is sent"
            hint = "go to the campaign's folder, or make one with `amplify init DIR`"
            self.problems.append(error("missing-file", told, Place(file=CAMPAIGN_FILE), hint))
            return None
        node = self._parsed(CAMPAIGN_FILE)
        if node is None:
            return None
        self.campaign_node = node
        try:
            campaign, problems = read_campaign(node, tuple(self.networks))
        except Exception as bug:  # noqa: BLE001  read() never raises
            campaign, problems = None, [unexpected(node.place, bug)]
        self.problems += problems
        return campaign

    def _channels(self, campaign: Campaign | None) -> tuple[dict[str, Channel], frozenset[str]]:
        """The channels that are right, and the names of those that are not."""
        if CHANNELS_FILE not in self.files:
            told = "there is no config/channels.yaml, so no post has anywhere to go"
            self.problems.append(error("missing-file", told, Place(file=CHANNELS_FILE), "`amplify init` shows one"))
            self.unread.add(CHANNELS_FILE)
        channels = self._entries(
            CHANNELS_FILE, lambda table: read_channels(table, self.networks, campaign, self.left_out)
        )
        return channels, frozenset(problem.channel for problem in self.problems if problem.channel)

    def _unhurried(self, campaign: Campaign | None, channels: Mapping[str, Channel]) -> Campaign | None:
        """The campaign, unless it would post faster than any campaign may."""
        hurried = list(too_fast(campaign, channels, self.campaign_node)) if campaign and self.campaign_node else []
        self.problems += hurried
        return None if hurried else campaign

    def _entries(self, file: str, read: Callable[[Table], tuple[dict[str, _E], list[Problem]]]) -> dict[str, _E]:
        """The entries of a file that is one table."""
        node = self._parsed(file) if file in self.files else None
        if node is None:
            return {}
        if not isinstance(node, Table):
            told = "`name:` lines belong into this file, each with its own keys below it"
            hint = "begin with a name and `:`, and put its keys below it, two spaces further in, without `-`"
            self.problems += [*node.faults, error("not-a-table", told, node.place, hint)]
            self.unread.add(file)
            return {}
        try:
            entries, problems = read(node)
        except Exception as bug:  # noqa: BLE001  read() never raises
            self.unread.add(file)
            entries, problems = {}, [unexpected(node.place, bug)]
        self.problems += problems
        return entries

    def _post_files(self) -> dict[str, Node]:
        found = {file: self._parsed(file) for file in sorted(self.files) if is_of_posts(file)}
        return {file: node for file, node in found.items() if node is not None}

    def _parsed(self, file: str) -> Node | None:
        """The file's tree; None when it is empty, or cannot be read and is told so."""
        try:
            node = parse(file, self.files[file])
            if node is not None or file not in _NEVER_EMPTY:
                if node is None and not self.files[file].strip():
                    told = "this file is empty"
                    hint = "if that is an accident, undo what emptied it; else remove the file"
                    self.problems.append(warning("empty-file", told, Place(file=file), hint))
                return node
            self.problems.append(
                error(
                    "empty-file", "this file is empty", Place(file=file), "undo what emptied it, or take it from a copy"
                )
            )
        except Unreadable as bad:
            self.problems += bad.problems
        except Exception as bug:  # noqa: BLE001  read() never raises
            self.problems.append(unexpected(Place(file=file), bug))
        self.unread.add(file)
        return None

    def _templates(self) -> dict[str, str]:
        """By name in posts/templates/."""
        templates = {}
        for file in sorted(self.files):
            if file.startswith(FOLDER) and file.endswith(ENDING):
                text, problems = decode(file, self.files[file], tabs=True)
                self.problems += problems
                if problems:
                    self.unread.add(file)
                else:
                    templates[file.removeprefix(FOLDER)] = text
        return templates

    def _others(self) -> None:
        for file in self.files:
            unknown = file.startswith("config/") and file.count("/") == 1 and file not in (*_READ, *_LATER)
            if unknown and file.endswith(".yaml"):
                told = "amplify does not read this file"
                self.problems.append(warning("unknown-file", told, Place(file=file), nearest(file, _READ)))


def is_of_posts(file: str) -> bool:
    return file.startswith("posts/") and file.endswith(".yaml") and not file.startswith((MEDIA, FOLDER))


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.place.file, problem.place.line, problem.place.column, problem.code, problem.message
