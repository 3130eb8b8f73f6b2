"""What followers see: one post on one account's wall, and the order in which all of them appeared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

#: A number that rises over all networks, and the post that got it.
Hung: TypeAlias = "tuple[int, WallPost]"


@dataclass(frozen=True, slots=True, kw_only=True)
class WallEntity:
    """A stretch of the text in the network's own unit: code points, UTF-8 bytes or UTF-16 units."""

    kind: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WallPost:
    """`text` is what the network keeps of what was sent. `at` is campaign time, ISO 8601.

    `extra` holds what only this network knows: visibility and warning; card, labels and who may reply;
    silent, protected and buttons. Where there are pictures it holds `media`: the alt text and the address of each,
    and the `sort` of those that move. A `poll` has options, several, hidden, and for how many seconds it `lasts`.
    """

    network: str
    account: str
    channels: tuple[str, ...]
    remote_id: str
    url: str
    text: str
    entities: tuple[WallEntity, ...] = ()
    language: str = ""
    at: str
    reply_to: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def in_order(walls: Iterable[Iterable[Hung]]) -> list[WallPost]:
    """The posts of all networks in the order in which they became public."""
    return [post for _, post in sorted((hung for wall in walls for hung in wall), key=lambda hung: hung[0])]
