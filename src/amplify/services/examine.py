"""Look at a channel's account: who answers, what it may do, what its server asks. Nothing is bound and nothing halted.

A worker may be at work meanwhile: this is a connection of its own, for a person who wants to know.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

from amplify.domain.channel import Channel
from amplify.domain.rendition import Limits
from amplify.domain.secrecy import Secrecy
from amplify.domain.traits import Traits
from amplify.ports.clock import Clock
from amplify.ports.errors import PublishError, Throttled, Unavailable
from amplify.ports.examining import Examined, Examines, Observation, Rules, Standing, note, wrong
from amplify.ports.ledger import Account, LedgerError
from amplify.ports.publisher import Access, Identity, Network, Publisher
from amplify.services import by_hand
from amplify.services.discreet import Broke, Discreet, discreetly
from amplify.services.meter import LedgerMeter
from amplify.services.observed import about_account, about_clock, about_ledger, about_rules, about_secret
from amplify.services.reach import secrets_in
from amplify.services.rules_read import Past
from amplify.services.traits import traits_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A channel to be looked at. `access` is a sentence where a secret is not set.

    `meter` counts where there is a ledger, so that a server that asked us to wait is not asked.
    """

    channel: Channel
    network: Network
    access: Access | str
    meter: LedgerMeter | None = None

    async def connect(self, access: Access) -> Publisher:
        """Raises PublishError."""
        if self.meter is None:
            return await self.network.connect(access)
        if (until := await self.meter.shut_until()) is not None:
            raise Unavailable(f"Its server lets nobody in before {until:%H:%M} UTC. Look again after that")
        try:
            publisher = await self.network.connect(replace(access, meter=self.meter))
        except Throttled as error:
            await self.meter.shut(error)
            raise
        self.meter.belongs_to(publisher.identity.id, publisher.limits.budgets)
        return publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was seen of one channel, without secrets, the worst first."""

    channel: Channel
    identity: Identity | None = None
    limits: Limits | None = None
    server: str = ""
    version: str = ""
    traits: Traits = field(default_factory=dict)
    rules: Rules | None = None
    observations: Sequence[Observation] = ()

    @property
    def is_wrong(self) -> bool:
        return any(one.standing is Standing.WRONG for one in self.observations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examiner:
    """`channels` are all that are written, `accounts` and `past` what the ledger knows of them."""

    channels: Mapping[str, Channel]
    accounts: Mapping[str, Account]
    past: Past
    clock: Clock
    secrets: frozenset[str] = field(default=frozenset(), repr=False)

    async def examine(self, case: Case) -> Findings:
        """Never raises: what fails is a finding."""
        known = about_ledger(self.accounts.get(case.channel.name), self.clock.machine())
        if isinstance(case.access, str):
            return _only(case.channel, wrong("secret", case.access, ""), *known)
        try:
            async with connected(case, self.secrets) as (publisher, secrets):
                return await self._seen(case, case.access, publisher, secrets, known)
        except (PublishError, Broke, LedgerError) as error:
            return _only(case.channel, wrong("connection", by_hand.said(error), ""), *known)

    async def _seen(
        self, case: Case, access: Access, publisher: Publisher, secrets: frozenset[str], known: Iterable[Observation]
    ) -> Findings:
        """Raises PublishError or Broke."""
        channel, now, began = case.channel, self.clock.now(), self.clock.machine()
        examined = Examined(observations=[note("rights", "This network does not tell what the account may do")])
        with discreetly(lambda: secrets):
            traits = traits_of(publisher)
            if isinstance(publisher, Examines):
                examined = await publisher.examine()
        secrecy = Secrecy.of(secrets)
        rules = _clean_rules(examined.rules, secrecy)
        server = examined.server or access.settings.get("server", "")
        found = [
            *about_account(channel, publisher.identity, self.channels, self.accounts, server),
            *known,
            *(_clean(one, secrecy) for one in examined.observations),
            *about_rules(channel.name, rules, self.past.read.get(channel.name)),
            *about_secret(examined.since or self.past.bound.get(channel.name), now),
            *about_clock(examined.clock, began, self.clock.machine()),
        ]
        return Findings(
            channel=channel,
            identity=publisher.identity,
            limits=publisher.limits,
            server=secrecy.struck_out(server),
            version=secrecy.struck_out(examined.version),
            traits={secrecy.struck_out(name): secrecy.struck_out(word) for name, word in traits.items()},
            rules=rules,
            observations=worst_first(found),
        )


@asynccontextmanager
async def connected(
    case: Case, besides: frozenset[str] = frozenset()
) -> AsyncIterator[tuple[Publisher, frozenset[str]]]:
    """The publisher itself, and what its words must not tell. Raises PublishError, Broke or LedgerError."""
    if isinstance(case.access, str):
        raise LedgerError(case.access)
    given = secrets_in(case.access, case.network)
    with discreetly(lambda: given | besides):
        publisher = await case.connect(case.access)
    try:
        guarded = Discreet(inner=publisher, given=given, besides=lambda: besides)
        guarded.check_name()
        yield publisher, besides.union(guarded.secrets)
    finally:
        with suppress(Exception):
            await publisher.close()


def _only(channel: Channel, *found: Observation) -> Findings:
    return Findings(channel=channel, observations=worst_first(found))


def _clean(one: Observation, secrecy: Secrecy) -> Observation:
    """A server may repeat what it was sent."""
    return replace(one, told=secrecy.struck_out(one.told), advice=secrecy.struck_out(one.advice))


def _clean_rules(rules: Rules | None, secrecy: Secrecy) -> Rules | None:
    if rules is None:
        return None
    return Rules(lines=tuple(map(secrecy.struck_out, rules.lines)), url=secrecy.struck_out(rules.url))


def worst_first(found: Iterable[Observation]) -> Sequence[Observation]:
    """In the order in which they were found, where they stand alike."""
    return sorted(found, key=lambda one: one.standing.rank)
