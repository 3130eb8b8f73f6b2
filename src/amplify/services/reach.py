"""Connect a channel: fill in its secrets, ask the server who we are, bind that to the channel."""

import asyncio
from collections.abc import Mapping

from amplify.domain.channel import Channel
from amplify.ports.errors import PublishError, Unauthorized
from amplify.ports.ledger import Ledger, LedgerError
from amplify.ports.publisher import Access, Network, Publisher


class OutOfReach(Exception):
    """The channel cannot be used now. `halted`: a person must do something; otherwise it is worth trying again."""

    def __init__(self, message: str, *, halted: bool) -> None:
        super().__init__(message)
        self.halted = halted


async def reach(channel: Channel, access: Access, networks: Mapping[str, Network], ledger: Ledger) -> Publisher:
    """A connected publisher whose account is bound in the ledger. Raises OutOfReach."""
    network = networks[channel.network]
    try:
        publisher = await network.connect(access)
    except Unauthorized as error:
        await asyncio.to_thread(ledger.halt, channel.name, str(error))
        raise OutOfReach(str(error), halted=True) from error
    except PublishError as error:
        raise OutOfReach(str(error), halted=False) from error
    who = publisher.identity
    try:
        await asyncio.to_thread(
            ledger.bind, channel.name, id=who.id, name=who.name, url=who.url, limits=publisher.limits
        )
    except LedgerError as error:
        await publisher.close()
        access.keep.save("")  # whatever is kept is another account's: the next one to connect signs in
        await asyncio.to_thread(ledger.halt, channel.name, str(error))
        raise OutOfReach(str(error), halted=True) from error
    return publisher
