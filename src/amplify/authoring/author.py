"""`ports.author.Author` over the files of a campaign."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING

from amplify.authoring.linting.lint import lint
from amplify.authoring.reading.reader import Reader, Surroundings, is_of_posts
from amplify.authoring.typesetting.typesetter import Job, set_type, wording_of
from amplify.authoring.typesetting.vetting import vet
from amplify.domain.channel import Channel
from amplify.domain.finding import Finding
from amplify.domain.lint import Subject
from amplify.domain.post import Part, Post
from amplify.domain.rendition import Layout
from amplify.domain.written import Written
from amplify.ports.author import Typeset, UnusableText
from amplify.ports.clock import Recurrence
from amplify.ports.figure_source import FigureSource
from amplify.ports.publisher import Network

if TYPE_CHECKING:
    from amplify.authoring.typesetting.press import Compiled

#: More texts than a large campaign has.
_COMPILED = 4096
#: More than one slot has.
_LATELY = 256


def _remembered() -> "Compiled":
    @lru_cache(maxsize=_COMPILED)
    def compiled(name: str, source: str) -> CodeType:
        from amplify.authoring.typesetting.engine import compile_template

        return compile_template(name, source)

    return compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAuthor:
    """Remembers compiled templates, by their source, and what it set last: most texts go to several networks at once."""

    networks: Mapping[str, Network]
    recurrence: Recurrence
    kinds: Mapping[str, FigureSource] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    compiled: "Compiled" = field(default_factory=_remembered)
    around: list[tuple[Mapping[str, bytes], Surroundings]] = field(default_factory=list, repr=False)
    lately: dict[tuple[object, ...], tuple[Job, Typeset]] = field(default_factory=dict, repr=False)

    def read(self, files: Mapping[str, bytes]) -> Written:
        reader = Reader(
            networks=self.networks,
            recurrence=self.recurrence,
            files=files,
            kinds=self.kinds,
            left_out=self.left_out,
        )
        around = {name: data for name, data in files.items() if not is_of_posts(name)}
        known, surroundings = self.around[0] if self.around else ({}, None)
        if surroundings is None or known != around:
            surroundings = reader.around()
            self.around[:] = [(around, surroundings)]
        return reader.read(surroundings)

    def typeset(
        self,
        written: Written,
        post: Post,
        part: Part,
        channel: Channel,
        values: Mapping[str, str],
        days_left: int,
        event: str = "",
    ) -> Typeset:
        if written.campaign is None:
            hint = "`amplify check` says what is wrong with it"
            raise UnusableText("config/campaign.yaml cannot be used", code="no-campaign", hint=hint)
        job = Job(
            written=written,
            campaign=written.campaign,
            post=post,
            part=part,
            channel=channel,
            values=values,
            days_left=days_left,
            event=event,
        )
        return self._set(job)

    def _set(self, job: Job) -> Typeset:
        """Raises UnusableText."""
        wording = wording_of(job)
        if wording is None:
            return set_type(job, self.compiled)
        kept = self.lately.get(wording)
        if kept is None:
            if len(self.lately) >= _LATELY:
                self.lately.clear()
            kept = self.lately[wording] = job, set_type(job, self.compiled)  # with the job: its identity is taken
        return kept[1]

    def vet(self, written: Written, channel: Channel, layout: Layout, besides: Collection[str]) -> frozenset[str]:
        if written.campaign is None:
            return frozenset()
        return vet(written.campaign, written.excerpts, channel, layout, besides)

    def lint(self, subject: Subject) -> tuple[Finding, ...]:
        return lint(subject)
