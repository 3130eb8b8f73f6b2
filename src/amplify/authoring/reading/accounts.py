"""Limits that no campaign can switch off, as far as files tell: accounts and gaps.

Servers on this machine, where nobody follows, are exempt.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import combinations

from amplify.authoring.reading.findings import error, on_channel
from amplify.authoring.reading.nodes import Node, place_of
from amplify.domain.campaign import Campaign
from amplify.domain.channel import Channel
from amplify.domain.loopback import nobody_follows
from amplify.domain.problem import Problem

_LEAST_GAP = timedelta(minutes=5)


def shared_accounts(channels: Mapping[str, Channel], node: Node) -> Iterator[Problem]:
    """Two channels of one account and language; a second account for one language of a network."""
    for first, second in combinations(channels.values(), 2):
        place = place_of(node, second.name)
        same_account = first.account_hint == second.account_hint
        if same_account and first.language == second.language:
            told = f"channels {first.name} and {second.name} are one account in one language"
            yield on_channel(error("duplicate-channel", told, place, "remove one of them"), second.name)
        elif (
            not same_account
            and first.network == second.network
            and first.base_language == second.base_language
            and not (_on_loopback(first) and _on_loopback(second))
        ):
            told = f"{first.name} and {second.name} are two {first.network} accounts in one language ({first.base_language})"
            hint = "one account per network and language: more would look like many voices; remove one channel"
            yield on_channel(error("second-account", told, place, hint), second.name)


def too_fast(campaign: Campaign, channels: Mapping[str, Channel], node: Node) -> Iterator[Problem]:
    """A gap between posts that would make the campaign a nuisance."""
    if campaign.rules.per_account.least_gap < _LEAST_GAP and not all(map(_on_loopback, channels.values())):
        told = "an account rests at least 5 minutes between two posts"
        yield error(
            "out-of-range", told, place_of(node, "rules", "per_account", "least_gap"), "write `least_gap: 5m` or more"
        )


def _on_loopback(channel: Channel) -> bool:
    return nobody_follows(channel.network, channel.settings.get("server", ""))
