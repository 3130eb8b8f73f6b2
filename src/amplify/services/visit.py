"""A connection to an account for what a person does there now, beside a worker or without one.

Nothing is written down about the account: whatever is wrong with it is told to the person, and halts no channel. An
account that lost its automation label publishes nothing more, but what it has published can be taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from amplify.domain.channel import Channel
from amplify.ports.errors import PublishError
from amplify.ports.ledger import Account, LedgerError
from amplify.ports.publisher import Access, Network
from amplify.services.discreet import Broke, Discreet, discreetly
from amplify.services.reach import secrets_in


class Unreached(Exception):
    """The account cannot be asked now; the message says why, without secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a visit needs: the channel, its network, its secrets filled in, and who has answered there before."""

    channel: Channel
    network: Network
    access: Access
    known: Account | None

    async def begin(self) -> Discreet:
        """Sign in, and see that it is the same account. Raises Unreached."""
        given = secrets_in(self.access, self.network)
        try:
            with discreetly(lambda: given):
                publisher = Discreet(inner=await self.network.connect(self.access), given=given)
        except (PublishError, Broke) as error:
            raise Unreached(str(error)) from None
        try:
            publisher.check_name()
        except LedgerError as error:
            await publisher.close()
            raise Unreached(str(error)) from None
        who = publisher.identity
        if self.known is not None and self.known.id not in ("", who.id):
            await publisher.close()
            raise Unreached(f"behind {self.channel.name} answers {who.name}, but it belongs to {self.known.name}")
        return publisher


Errands = Mapping[str, Errand | str]
"""By channel; a sentence in the place of what cannot be visited."""
