"""What posts are read against: everything else that is written, and the networks that are installed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from amplify.authoring.reading.words import Known
from amplify.domain.campaign import Campaign
from amplify.domain.channel import Channel
from amplify.domain.event import Event
from amplify.ports.clock import Recurrence
from amplify.ports.publisher import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """`held_channels` are written, but wrong. `channels_known` is false where nobody can tell which there are."""

    networks: Mapping[str, Network]
    recurrence: Recurrence
    campaign: Campaign | None
    channels: Mapping[str, Channel] = field(default_factory=dict)
    held_channels: frozenset[str] = frozenset()
    channels_known: bool = True
    templates: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)

    @property
    def known(self) -> Known:
        languages = self.campaign.languages if self.campaign else ()
        return Known(languages=languages, networks=tuple(self.networks))
