"""Networks that do not fit this amplify: each says another thing of the port, or has not all of it."""

from dataclasses import dataclass
from types import SimpleNamespace

from made_up.package.src.notice_boards.square import Square


@dataclass(frozen=True, slots=True, kw_only=True)
class Fediverse(Square):
    name: str = "fediverse"


NEWER = Fediverse(port=2)
OLDER = Fediverse(port=0)
UNNUMBERED = SimpleNamespace(name="fediverse")
HALF = SimpleNamespace(
    name="fediverse", port=1, fields=(), variants={}, features=frozenset(), connect=Fediverse().connect
)
