"""Whether a channel's server is this machine, where nobody follows and the limits of design 8 do not apply."""

from amplify.domain.channel import Channel
from amplify.domain.loopback import nobody_follows
from amplify.ports.ledger import Account


def on_loopback(channel: Channel, account: Account | None) -> bool:
    """`account` is who answered behind the channel, if anybody has."""
    public = account.url if account is not None else ""
    return nobody_follows(channel.network, channel.settings.get("server", ""), public)
