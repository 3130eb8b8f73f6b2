"""Try whether an account's server remembers a repeated request, and write down what came of it, for its version only."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from amplify.domain.loopback import nobody_follows
from amplify.domain.secrecy import Secrecy
from amplify.ports.clock import Clock
from amplify.ports.errors import PublishError
from amplify.ports.ledger import Account, Ledger, LedgerError
from amplify.ports.noting import Deed
from amplify.ports.proving import Proof, ProvesReplay
from amplify.ports.publisher import Access
from amplify.services import by_hand
from amplify.services.discreet import Broke, discreetly
from amplify.services.examine import Case, connected
from amplify.services.proven import NO, YES


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """`remembers` is None where nothing could be found out."""

    channel: str
    told: str
    remembers: bool | None = None


async def prove_replay(case: Case, ledger: Ledger, clock: Clock, known: Mapping[str, Account], *, by: str) -> Tried:
    """Never raises: what fails is told."""
    name = case.channel.name
    try:
        account, proof = await _proof(case, ledger, known.get(name))
    except (PublishError, Broke, LedgerError) as error:
        return Tried(channel=name, told=by_hand.said(error))
    said = {"by": by, "account": account, "version": proof.version, "remembers": YES if proof.remembers else NO}
    await asyncio.to_thread(ledger.note, Deed.REPLAY_TRIED, name, said, now=clock.now())
    return Tried(channel=name, told=proof.told, remembers=proof.remembers)


async def _proof(case: Case, ledger: Ledger, known: Account | None) -> tuple[str, Proof]:
    """Raises PublishError, Broke or LedgerError."""
    stops = await asyncio.to_thread(ledger.stops)
    if any(stop.lifted_at is None and stop.channel in ("", case.channel.name) for stop in stops):
        raise LedgerError("publishing is stopped, so nothing is tried: `amplify resume` first")
    async with connected(case) as (publisher, secrets):
        who = publisher.identity
        server = case.access.settings.get("server", "") if isinstance(case.access, Access) else ""
        if known is not None and known.id not in ("", who.id):
            raise LedgerError(f"{who.name} answers there, but the channel belongs to {known.name}: nothing was tried")
        if not who.automated and not nobody_follows(case.channel.network, server, who.url):
            raise LedgerError(f"{who.name} does not say that it is automated, so nothing is tried: see the label first")
        if not isinstance(publisher, ProvesReplay):
            raise LedgerError(f"there is nothing to try on {case.channel.network}")
        with discreetly(lambda: secrets):
            proof = await publisher.prove_replay()
        secrecy = Secrecy.of(secrets)
        return who.id, Proof(
            version=secrecy.struck_out(proof.version), remembers=proof.remembers, told=secrecy.struck_out(proof.told)
        )
