"""Channels whose network cannot work on this machine, because something that it needs is not installed."""

from collections.abc import Mapping

from amplify.domain.channel import Channel
from amplify.domain.problem import Place, Problem, Severity
from amplify.ports.missing import MayLack
from amplify.ports.publisher import Network
from amplify.services.check import CHANNELS_FILE


def lacking(channels: Mapping[str, Channel], networks: Mapping[str, Network]) -> list[Problem]:
    """A warning for each of them: it is this machine that lacks something, and another one may publish."""
    return [
        Problem(
            severity=Severity.WARNING,
            code="not-installed",
            message=f"{name} cannot publish from this machine: {missing}",
            place=Place(file=CHANNELS_FILE),
            channel=name,
        )
        for name, channel in channels.items()
        if (missing := _missing(networks.get(channel.network)))
    ]


def _missing(network: object) -> str:
    return network.missing if isinstance(network, MayLack) else ""
