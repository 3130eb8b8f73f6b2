"""A connection to an account for what a person does there now, beside a worker or without one.

Whatever is wrong with the account is told to the person, and halts no channel; only what its server takes in a while is
counted with all else. An account that lost its automation label publishes nothing more, but what it has published can
be taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from amplify.domain.channel import Channel
from amplify.ports.clock import Clock
from amplify.ports.errors import PublishError, Throttled
from amplify.ports.ledger import Account, Ledger, LedgerError
from amplify.ports.publisher import Access, Network
from amplify.services.by_hand import said
from amplify.services.discreet import Broke, Discreet, discreetly
from amplify.services.meter import LedgerMeter
from amplify.services.reach import secrets_in


class Unreached(Exception):
    """The account cannot be asked now; the message says why, without secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a visit needs: the channel, its network, its secrets filled in, and who has answered there before.

    `besides` are the secrets of the campaign's other channels: no answer may tell them either.
    """

    channel: Channel
    network: Network
    access: Access
    known: Account | None
    ledger: Ledger
    clock: Clock
    besides: frozenset[str] = field(default=frozenset(), repr=False)

    async def begin(self) -> Discreet:
        """Sign in, and see that it is the same account. Raises Unreached and LedgerError."""
        given = secrets_in(self.access, self.network)
        budgets = self.network.defaults.budgets
        meter = LedgerMeter(ledger=self.ledger, clock=self.clock, door=self.channel.account_hint, budgets=budgets)
        if (until := await meter.shut_until()) is not None:
            minutes = -(-(until - self.clock.machine()).total_seconds() // 60)
            raise Unreached(f"its server lets nobody in for now: say it again in {minutes:.0f} min")
        try:
            with discreetly(lambda: given | self.besides):
                inner = await self.network.connect(replace(self.access, meter=meter))
        except (PublishError, Broke) as error:
            if isinstance(error, Throttled):
                await meter.shut(error)
            raise Unreached(said(error)) from None
        publisher = Discreet(inner=inner, given=given, besides=lambda: self.besides)
        meter.belongs_to(publisher.identity.id, publisher.limits.budgets)
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
