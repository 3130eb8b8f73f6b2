"""Connect a channel: fill in its secrets, ask the server who we are, bind that to the channel."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from amplify.domain.channel import Channel
from amplify.domain.loopback import nobody_follows
from amplify.ports.errors import PublishError, Throttled, Unauthorized
from amplify.ports.ledger import Ledger, LedgerError
from amplify.ports.publisher import Access, Identity, Network
from amplify.services.discreet import Discreet, discreetly
from amplify.services.proven import proven
from amplify.services.traits import traits_of
from amplify.services.voices import second_voice


class OutOfReach(Exception):
    """The channel cannot be used now. `halted`: a person must do something; otherwise it is worth trying again.

    `throttled` is the server's word where it does not let anybody in for a while.
    """

    def __init__(self, message: str, *, halted: bool, throttled: Throttled | None = None) -> None:
        super().__init__(message)
        self.halted = halted
        self.throttled = throttled


async def reach(
    channel: Channel,
    access: Access,
    networks: Mapping[str, Network],
    ledger: Ledger,
    channels: Mapping[str, Channel],
    now: Callable[[], datetime],
    besides: Callable[[], Collection[str]] = frozenset,
) -> Discreet:
    """A connected publisher whose account is bound in the ledger, and which tells no secret, nor one of those `besides`.

    `channels` are all that are written. Raises OutOfReach.
    """
    network = networks[channel.network]
    given = secrets_in(access, network)
    access = replace(access, proven=await asyncio.to_thread(proven, ledger, channel.name))
    try:
        with discreetly(lambda: {*given, *besides()}):
            publisher = Discreet(inner=await network.connect(access), given=given, besides=besides)
    except Unauthorized as error:
        await asyncio.to_thread(ledger.halt, channel.name, str(error), now())
        raise OutOfReach(str(error), halted=True) from error
    except PublishError as error:
        throttled = error if isinstance(error, Throttled) else None
        raise OutOfReach(str(error), halted=False, throttled=throttled) from error
    who = publisher.identity
    at_home = nobody_follows(channel.network, access.settings.get("server", ""), who.url)
    try:
        publisher.check_name()
        if not at_home:
            _admit(channel, who)
        await asyncio.to_thread(_bind, channel, access, publisher, ledger, now())
        if not at_home:
            await asyncio.to_thread(_silence, channel, who, ledger, channels, now())
    except LedgerError as error:
        await publisher.close()
        await asyncio.to_thread(ledger.halt, channel.name, str(error), now())
        raise OutOfReach(str(error), halted=True) from error
    return publisher


def secrets_in(access: Access, network: Network) -> frozenset[str]:
    """What is set of a channel's passwords and tokens."""
    given = (said for one in network.fields if one.secret and (said := access.settings.get(one.name)))
    return frozenset({*given, *access.way.secrets})


def _admit(channel: Channel, who: Identity) -> None:
    """Raises LedgerError where the account may not speak as what it is."""
    if who.network != channel.network:
        raise LedgerError(f"the publisher of {channel.network} leads to {who.network}: uninstall it")
    if not (who.id and who.name):
        raise LedgerError(
            f"the publisher of {channel.network} does not say which account it has: update or uninstall it"
        )
    if not who.automated:
        raise LedgerError(
            f"{who.name} does not say that it is automated, so nothing is published there: switch the automation label "
            f"on {who.label}, then start the worker again"
        )


def _bind(channel: Channel, access: Access, publisher: Discreet, ledger: Ledger, now: datetime) -> None:
    """Raises LedgerError where the channel is somebody else's."""
    who = publisher.identity
    try:
        limits, traits = publisher.limits, traits_of(publisher)
        ledger.bind(channel.name, id=who.id, name=who.name, url=who.url, limits=limits, traits=traits, now=now)
    except LedgerError:
        access.keep.save("")  # whatever is kept is another account's: the next one to connect signs in
        raise


def _silence(channel: Channel, who: Identity, ledger: Ledger, channels: Mapping[str, Channel], now: datetime) -> None:
    """Halt what would be a second voice; looked at once all are bound who may be one. Raises LedgerError where it is this."""
    silent = second_voice(channel, who, channels, ledger.accounts())
    for name, told in silent.items():
        if name != channel.name:
            ledger.halt(name, told, now)
    if channel.name in silent:
        raise LedgerError(silent[channel.name])
