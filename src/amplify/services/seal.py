"""Seal a delivery and stage its pictures: everything before BEGIN, all of which may be done again.

What the server calls a picture is written down as soon as it is known. So it is given once, ahead of time or
at the send, and a request that has to go again names the same picture, which a server lets be used only once.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from amplify.domain.delivery import Delivery
from amplify.domain.envelope import Envelope, Json, Staged
from amplify.domain.rendition import Onto
from amplify.domain.secrecy import Secrecy
from amplify.ports.darkroom import Picture
from amplify.ports.errors import Rejected
from amplify.ports.publisher import Publisher
from amplify.services.desk import Desk
from amplify.services.weigh import Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An envelope that can leave, its pictures, and the row as it is now."""

    row: Delivery
    envelope: Envelope
    pictures: Mapping[str, Picture]


async def seal(row: Delivery, weighed: Weighed, publisher: Publisher, desk: Desk) -> Sealed:
    """Raises PublishError, LedgerError, and UnusableText where a picture is not the one that was applied."""
    rendition = weighed.rendition
    envelope = publisher.prepare(rendition, row.ticket, desk.clock.now(), weighed.parents)
    boosts = weighed.parents.parent.remote_id if rendition.onto is Onto.BOOST and weighed.parents else ""
    envelope = replace(
        envelope,
        boosts=boosts,
        printed=tuple(sorted({figure.version for figure in rendition.figures})),
    )
    sealed = json.dumps(dict(envelope.request), ensure_ascii=False)
    if _secrecy(desk.secrets()).told_by(sealed):
        raise Rejected("the text contains a password or token of this campaign; take it out")
    limits = publisher.limits.pictures
    pictures = await asyncio.to_thread(desk.workshop.pictures.prints, rendition, limits)
    account = publisher.identity.id
    if row.staged is not None and row.staged.account == account:
        known = {mark: ref for mark, ref in row.staged.refs.items() if mark in pictures}
        envelope = replace(envelope, staged=known)
    envelope = await publisher.stage(envelope, pictures)
    row = await kept(row, envelope.staged, publisher, desk)
    return Sealed(row=row, envelope=envelope, pictures=pictures)


async def kept(row: Delivery, refs: Mapping[str, Json], publisher: Publisher, desk: Desk) -> Delivery:
    """The row with what the server has been given. Raises LedgerError."""
    staged = Staged(account=publisher.identity.id, refs=refs)
    if not refs or staged == row.staged:
        return row
    return await asyncio.to_thread(desk.ledger.keep_staged, row, staged)


@lru_cache(maxsize=1)
def _secrecy(secrets: frozenset[str]) -> Secrecy:
    """Made anew when the secrets change: it takes longer than all the rest."""
    return Secrecy.of(secrets)
