"""The tools that every verb works with, handed over as one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from amplify.domain.channel import Channel
from amplify.domain.rendition import Limits
from amplify.domain.wanted import Wanted, expand
from amplify.domain.written import Written
from amplify.ports.author import Author
from amplify.ports.clock import Clock, Recurrence
from amplify.ports.ledger import Account
from amplify.ports.protection import Protection, Settled
from amplify.ports.publisher import Network
from amplify.services.pictures import Pictures
from amplify.services.splitting import split


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    author: Author
    networks: Mapping[str, Network]
    recurrence: Recurrence
    clock: Clock
    pictures: Pictures
    day_only: bool = False
    protection: Protection = Settled()  # noqa: RUF009 - it is frozen and says nothing

    def settled(self) -> Self:
        """The same with the register of protected persons as it is now, for work that must see one and the same."""
        return replace(self, protection=Settled(self.protection.read()))

    def wanted(self, written: Written) -> Iterator[Wanted]:
        """Every delivery that is written, cut into parts where it has to be; of a demo, those of the campaign's day."""
        for wanted in expand(written, self.recurrence.wall_times):
            if not self.day_only or wanted.days_left == 0:
                yield from split(wanted, written, self.author, self.networks)

    def limits(self, channel: Channel, accounts: Mapping[str, Account]) -> Limits:
        """Those last read from the channel's server, else the network's defaults."""
        account, defaults = accounts.get(channel.name), self.networks[channel.network].defaults
        known = account.limits if account is not None else None
        if known is None:
            return defaults
        if known.pictures is None:  # read by an amplify that did not ask for them
            known = replace(known, caption=defaults.caption, pictures=defaults.pictures)
        return known if known.budgets else replace(known, budgets=defaults.budgets)


def account_of(channel: Channel, accounts: Mapping[str, Account]) -> str:
    """What tells channels of one account together: who answered, or what is written until somebody has."""
    account = accounts.get(channel.name)
    return account.id if account is not None else channel.account_hint
