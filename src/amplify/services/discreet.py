"""A publisher that tells no secret, whatever it is made of: nothing that it raises or returns goes on as it is.

Client libraries quote addresses with tokens, servers and proxies repeat what they were sent, plug-ins are strangers'. Here
is the one place behind which a text may be stored, shown and sent on.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime

from amplify.domain.envelope import Envelope, Json, Parents, Receipt, Ticket
from amplify.domain.rendition import Limits, Rendition
from amplify.domain.secrecy import Secrecy
from amplify.domain.traits import Traits
from amplify.ports.darkroom import Picture
from amplify.ports.errors import (
    CannotTell,
    LookFailed,
    NotSent,
    OutcomeUnknown,
    PublishError,
    Rejected,
    Throttled,
    Unauthorized,
    Unavailable,
    Unfinished,
    Unstaged,
)
from amplify.ports.ledger import LedgerError
from amplify.ports.publisher import NO_PICTURES, Identity, Publisher, Replay, Settles
from amplify.ports.traits import HasTraits
from amplify.ports.upkeep import Counts, Measures, Withdraws
from amplify.services.believable import not_a_receipt, not_sealed

_KINDS: tuple[type[PublishError], ...] = (Unauthorized, Unavailable, Unstaged, NotSent)
_REPEATED = "the server repeats a secret of ours in its answer, so nothing of that answer is believed"


class Broke(Exception):
    """A publisher raised what it must not; the message says what, without secrets."""

    def __repr__(self) -> str:
        return str(self)


@contextmanager
def discreetly(secrets: Callable[[], Collection[str]]) -> Iterator[None]:
    """Whatever is raised inside is raised again as one of ours, its words without the secrets and without its causes.

    Which secrets there are is asked only then.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whoever wrote the publisher may raise anything
        raise _told(error, Secrecy.of(secrets())) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discreet:
    """`inner` stays in here. `given` are the secrets that it was connected with, `besides` those of the others."""

    inner: Publisher = field(repr=False)
    given: frozenset[str] = field(repr=False)
    besides: Callable[[], Collection[str]] = field(default=frozenset, repr=False)

    @property
    def secrets(self) -> Collection[str]:
        """Those that it was given, by us and by its server."""
        # asked for at every request: isinstance(…, HoldsSecrets) takes twenty times as long
        return self.given.union(getattr(self.inner, "secrets", ()))

    @property
    def identity(self) -> Identity:
        return self.inner.identity

    @property
    def limits(self) -> Limits:
        return self.inner.limits

    @property
    def replay(self) -> Replay:
        return self.inner.replay

    @property
    def traits(self) -> Traits:
        """None, where the publisher tells none."""
        with discreetly(self._known):
            told = self.inner.traits if isinstance(self.inner, HasTraits) else {}
            secrecy = Secrecy.of(self._known())
            return {secrecy.struck_out(str(name)): secrecy.struck_out(str(word)) for name, word in told.items()}

    def check_name(self) -> None:
        """Raises LedgerError where the account is called by a secret: its name is shown, stored and exported."""
        if self._repeats(asdict(self.identity)):
            raise LedgerError(f"{_REPEATED}; see whether `server` is right, and who answers there")

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        with discreetly(self._known):
            sealed = self.inner.prepare(rendition, ticket, now, parents)
        if odd := not_sealed(sealed, rendition.key):
            raise Broke(odd)
        return sealed

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:
        with discreetly(self._known):
            staged = await self.inner.stage(envelope, pictures)
        if odd := not_sealed(staged, envelope.key):
            raise Broke(odd)
        if self._repeats(dict(staged.staged)):
            raise Unavailable(_REPEATED)
        return staged

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        with discreetly(self._known):
            receipt = await self.inner.publish(envelope, pictures)
        if odd := not_a_receipt(receipt):
            raise OutcomeUnknown(f"{odd}. The post may be public")
        if self._repeats(_words(receipt)):
            raise OutcomeUnknown(f"{_REPEATED}. The post may be public")
        return receipt

    async def settle(self, envelope: Envelope, receipt: Receipt) -> None:
        """Nothing, where the network has nothing to settle."""
        with discreetly(self._known):
            if isinstance(self.inner, Settles):
                await self.inner.settle(envelope, receipt)

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:
        """Raises CannotTell, also where the publisher itself is broken: could not look is not there."""
        try:
            with discreetly(self._known):
                receipt = await self.inner.find(envelope, taken)
        except CannotTell:
            raise
        except Exception as error:  # noqa: BLE001 - one post that cannot be looked for must not keep the others waiting
            raise CannotTell(f"it could not be looked for: {error}") from None
        if receipt is not None and (odd := not_a_receipt(receipt)):
            raise CannotTell(odd)
        if receipt is not None and self._repeats(_words(receipt)):
            raise CannotTell(_REPEATED)
        return receipt

    async def withdraw(self, envelope: Envelope | None, receipt: Receipt) -> str:
        """Raises Rejected where the network cannot."""
        if not isinstance(self.inner, Withdraws):
            raise Rejected(f"amplify cannot delete on {self.identity.network}: delete it by hand: {receipt.url}")
        with discreetly(self._known):
            stays = await self.inner.withdraw(envelope, receipt)
        return Secrecy.of(self._known()).struck_out(stays)

    @property
    def at_once(self) -> int:
        """None, where the network tells no counts."""
        return self.inner.at_once if isinstance(self.inner, Measures) else 0

    async def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """Nothing, where the network tells no counts."""
        with discreetly(self._known):
            return await self.inner.measure(receipts) if isinstance(self.inner, Measures) else {}

    async def close(self) -> None:
        """Never raises: nobody could do anything about it, and others wait to be closed."""
        with suppress(Exception):
            await self.inner.close()

    def _known(self) -> Collection[str]:
        return {*self.secrets, *self.besides()}

    def _repeats(self, answer: Mapping[str, object]) -> bool:
        return Secrecy.of(self._known()).told_by(_as_json(answer))


def _words(receipt: Receipt) -> Mapping[str, object]:
    return {"remote_id": receipt.remote_id, "url": receipt.url, "proof": dict(receipt.proof)}


def _told(error: Exception, secrecy: Secrecy) -> Exception:
    said = secrecy.struck_out(str(error))
    if isinstance(error, Rejected):
        return Rejected(*map(secrecy.struck_out, error.problems))
    if isinstance(error, Throttled):
        return Throttled(said, error.until, error.reading, _clean(error.staged, secrecy))
    if isinstance(error, Unfinished):
        return Unfinished(said, _clean(error.staged, secrecy))
    if isinstance(error, CannotTell):
        return LookFailed(said) if isinstance(error, LookFailed) else CannotTell(said)
    if isinstance(error, PublishError):
        kind = next((kind for kind in _KINDS if isinstance(error, kind)), None)
        receipt = error.receipt if isinstance(error, OutcomeUnknown) else None
        return kind(said) if kind is not None else OutcomeUnknown(said, _believed(receipt, secrecy))
    return Broke(f"{type(error).__name__}: {said}")


def _believed(receipt: Receipt | None, secrecy: Secrecy) -> Receipt | None:
    odd = receipt is None or not_a_receipt(receipt) or secrecy.told_by(_as_json(_words(receipt)))
    return None if odd else receipt


def _as_json(answer: Mapping[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False, default=str)


def _clean(staged: Mapping[str, Json], secrecy: Secrecy) -> Mapping[str, Json]:
    """Nothing of what repeats a secret: then all of it is given anew."""
    return {} if secrecy.told_by(_as_json(dict(staged))) else staged
