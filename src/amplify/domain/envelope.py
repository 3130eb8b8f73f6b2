"""The sealed request, what it is made unique with, and the network's proof."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

from amplify.domain.key import Key

_TID = "234567abcdefghijklmnopqrstuvwxyz"
_CLOCK_ID_BITS = 10

#: In the proof of a receipt: what people should know of how the post is shown.
REMARK = "remark"

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A nonce stored when the delivery's row is made and never changed; `made_at` is campaign time.

    `renewals` counts definite refusals: only they give a new Idempotency-Key, because some servers
    remember a refusal under the old one (platforms: Pleroma).
    """

    key: Key
    nonce: str
    made_at: datetime
    renewals: int = 0

    @property
    def idempotency_key(self) -> str:
        return f"{self.nonce}-{self.renewals}"

    @property
    def tid(self) -> str:
        """The Bluesky record key: 13 characters of base32-sortable, microseconds then a clock id (atproto TID)."""
        spread = int.from_bytes(sha256(self.nonce.encode()).digest()[:8], "big")
        second = int(self.made_at.timestamp())
        micros = second * 1_000_000 + spread % 1_000_000
        number = (micros << _CLOCK_ID_BITS) | (spread >> 32) % (1 << _CLOCK_ID_BITS)
        return "".join(_TID[(number >> shift) & 31] for shift in range(60, -1, -5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A request that can be sent again byte for byte. It holds no secret; `sealed_at` is campaign time.

    `staged` is what the server calls the pictures that it was given ahead, by their mark. `printed` are the versions of
    the figures in it, by their ids. `repeatable`: sending it again changes nothing, however late (an edit). `boosts`:
    what the network calls the post that it shows again. `settles`: something follows once it is public, such as a pin.
    """

    key: Key
    network: str
    sealed_at: datetime
    request: Mapping[str, Json]
    staged: Mapping[str, Json] = field(default_factory=dict)
    printed: tuple[str, ...] = ()
    repeatable: bool = False
    boosts: str = ""
    settles: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What an account's server calls the pictures that it was given ahead, by their mark."""

    account: str
    refs: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The network's proof that a post is public. `proof` is what replies to it need (a Bluesky CID)."""

    remote_id: str
    url: str
    at: datetime
    proof: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parents:
    """The first and the previous post of the thread that an envelope goes on with, or what it changes (`parent`).

    `said` is what that one says in public, as far as the ledger knows; empty where nobody knows.
    """

    root: Receipt
    parent: Receipt
    said: str = ""
