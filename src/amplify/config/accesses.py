"""What connecting to a channel needs, out of the settings of the process: secrets, patience, what is kept, and the way."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from amplify.config.settings import Settings
from amplify.config.ways import ELSEWHERE, way_to
from amplify.ports.way import STRAIGHT

if TYPE_CHECKING:
    from amplify.domain.channel import Channel
    from amplify.ports.publisher import Access, Network


def access_to(
    channel: "Channel", network: "Network", settings: Settings, root: Path, rehearsed: Mapping[str, str]
) -> "Access":
    """`rehearsed` is what a rehearsal puts in place of the channel's own settings; it takes no proxy.

    Raises NoSecret naming what is not set, or cannot be used.
    """
    from amplify.config.keepsakes import keepsake
    from amplify.ports.publisher import Access

    said = {name: settings.fill(value, channel.name) for name, value in {**channel.settings, **rehearsed}.items()}
    server = said.get("server") or ELSEWHERE
    account = [channel.settings.get(field.name, "") for field in network.fields if not field.secret]
    return Access(
        channel=channel.name,
        language=channel.language,
        settings=said,
        timeout=settings.timeout,
        connect_timeout=settings.connect_timeout,
        keep=keepsake(settings.keepsakes, channel.network, account),
        way=STRAIGHT if rehearsed else way_to(server, settings, proxy=channel.proxy, ca=channel.ca, root=root),
    )
