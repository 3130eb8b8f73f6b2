"""Switch the automation label of an account on, and look whether it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from amplify.ports.clock import Clock
from amplify.ports.errors import PublishError
from amplify.ports.examining import Labels
from amplify.ports.ledger import Account, Ledger, LedgerError
from amplify.ports.noting import Deed
from amplify.ports.publisher import Identity
from amplify.services import by_hand
from amplify.services.discreet import Broke, discreetly
from amplify.services.examine import Case, connected


class Became(StrEnum):
    """`unseen`: the server took it, and does not show it yet."""

    SET = "set"
    WAS_ON = "was on"
    UNSEEN = "unseen"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    channel: str
    became: Became
    told: str


async def set_label(case: Case, ledger: Ledger, clock: Clock, known: Mapping[str, Account], *, by: str) -> Labelled:
    """Never raises: what fails is told."""
    name = case.channel.name
    try:
        who = await _switched(case, known.get(name))
        if who is None:
            return Labelled(channel=name, became=Became.WAS_ON, told="the label is on already; nothing was changed")
        async with connected(case) as (publisher, _):
            seen = publisher.identity.automated
    except (PublishError, Broke, LedgerError) as error:
        return Labelled(channel=name, became=Became.FAILED, told=by_hand.said(error))
    if not seen:
        told = f"the server took it, and does not show it yet: look in a while, or switch it on by hand {who.label}"
        return Labelled(channel=name, became=Became.UNSEEN, told=told)
    ledger.note(Deed.LABEL_ON, name, {"by": by, "account": who.id, "name": who.name}, now=clock.now())
    return Labelled(channel=name, became=Became.SET, told=f"{who.name} now says that it is automated")


async def _switched(case: Case, known: Account | None) -> Identity | None:
    """Who has it now, None where it was on. Raises PublishError, Broke or LedgerError."""
    async with connected(case) as (publisher, secrets):
        who = publisher.identity
        if known is not None and known.id not in ("", who.id):
            told = f"{who.name} answers there, but the channel belongs to {known.name}: nothing was changed"
            raise LedgerError(told)
        if who.automated:
            return None
        if not isinstance(publisher, Labels):
            raise LedgerError(f"amplify cannot switch it on there: do it by hand {who.label}")
        with discreetly(lambda: secrets):
            await publisher.set_label()
        return who
