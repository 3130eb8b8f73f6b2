"""What is not installed on this machine, or in vain: channels whose network lacks something, packages that cannot be used."""

from collections.abc import Iterable, Mapping

from amplify.domain.channel import Channel
from amplify.domain.problem import Place, Problem, Severity
from amplify.ports.missing import MayLack
from amplify.ports.plugin import Plugin
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


def in_vain(broken: Iterable[Plugin]) -> list[Problem]:
    """A warning for each package that is installed and cannot be used; a channel that needs it is an error already."""
    return [
        Problem(
            severity=Severity.WARNING,
            code="plugin-left-out",
            message=f"the {one.known} is left out: {one.broken}",
            place=Place(file=CHANNELS_FILE),
        )
        for one in broken
    ]


def _missing(network: object) -> str:
    return network.missing if isinstance(network, MayLack) else ""
