"""By whose limits texts were measured: those last read from a server, or the network's defaults."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from amplify.cli.screen import styled
from amplify.domain.channel import Channel
from amplify.ports.ledger import Account

if TYPE_CHECKING:
    from rich.text import Text


def whose_limit(channel: str, accounts: Mapping[str, Account]) -> str:
    """For one channel, in words."""
    account = accounts.get(channel)
    if account is None or account.limits is None:
        return "the network's default limit, as its server has not been asked yet"
    if account.limits.read_at is None:
        return "the network's own limit"
    return f"its server's limit, read {account.limits.read_at:%d %b %Y}"


def whose_limits(channels: Mapping[str, Channel], accounts: Mapping[str, Account]) -> list["Text"]:
    """One line for each kind of limit."""
    by_whose: dict[str, list[str]] = {}
    for name in channels:
        by_whose.setdefault(whose_limit(name, accounts), []).append(name)
    return [styled(f"Measured by {whose}: {', '.join(names)}.", "dim") for whose, names in by_whose.items()]
