"""`ports.author.Author` over the files of a campaign."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from amplify.authoring.linting.lint import lint
from amplify.authoring.reading.reader import Reader
from amplify.authoring.typesetting.press import Compiled
from amplify.authoring.typesetting.rendering import compile_template
from amplify.authoring.typesetting.typesetter import Job, set_type
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

#: More texts than a large campaign has.
_COMPILED = 4096


def _remembered() -> Compiled:
    compiled: Compiled = lru_cache(maxsize=_COMPILED)(compile_template)
    return compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAuthor:
    """Remembers compiled templates, by their source; nothing else."""

    networks: Mapping[str, Network]
    recurrence: Recurrence
    kinds: Mapping[str, FigureSource] = field(default_factory=dict)
    compiled: Compiled = field(default_factory=_remembered)

    def read(self, files: Mapping[str, bytes]) -> Written:
        return Reader(networks=self.networks, recurrence=self.recurrence, files=files, kinds=self.kinds).read()

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
        return set_type(job, self.compiled)

    def vet(self, written: Written, channel: Channel, layout: Layout, besides: Collection[str]) -> frozenset[str]:
        if written.campaign is None:
            return frozenset()
        return vet(written.campaign, written.excerpts, channel, layout, besides)

    def lint(self, subject: Subject) -> tuple[Finding, ...]:
        return lint(subject)
