"""Whether a channel's server is this machine, where nobody follows and the limits of design 8 do not apply."""

from urllib.parse import urlsplit

from amplify.domain.channel import Channel

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def on_loopback(channel: Channel) -> bool:
    return urlsplit(channel.settings.get("server", "")).hostname in _LOOPBACK
