"""One voice for a language on a network: what the files cannot know before the accounts have said who they are."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from amplify.domain.channel import Channel
from amplify.ports.ledger import Account
from amplify.ports.publisher import Identity


def second_voice(
    channel: Channel, who: Identity, channels: Mapping[str, Channel], accounts: Mapping[str, Account]
) -> Mapping[str, str]:
    """The channels that must be silent if `who` answers behind `channel`, each with the reason: of two, the later one."""
    order = list(channels)
    silent: dict[str, str] = {}
    for name, other in channels.items():
        account = accounts.get(name)
        if name == channel.name or account is None or not account.id or channel.name not in channels:
            continue
        if _is_second(channel, who, other, account):
            later = max(name, channel.name, key=order.index)
            silent[later] = (
                f"{channel.name} ({who.name}) and {name} ({account.name}) speak one language "
                f"({channel.base_language}) on one network, and that would look like many voices; remove one channel"
            )
    return silent


def _is_second(channel: Channel, who: Identity, other: Channel, account: Account) -> bool:
    if channel.base_language != other.base_language:
        return False
    if channel.network == other.network:
        return account.id != who.id or channel.language == other.language
    return bool(who.url) and urlsplit(account.url).netloc == urlsplit(who.url).netloc
