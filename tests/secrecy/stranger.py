"""A publisher that somebody else has written, without care: whatever goes wrong in it tells the token.

Its channels' languages choose what goes wrong. It is installed as strangers' are, by an entry point on the path.
"""

import logging
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from amplify.domain.envelope import Envelope
from amplify.domain.rendition import Layout, Limits
from amplify.ports.errors import CannotTell, Rejected, Unauthorized, Unavailable
from amplify.ports.publisher import Field, Identity, Replay

_LIMITS = Limits(text=500, unit="characters")
_NEVER = Replay()


@dataclass(frozen=True)
class Stranger:
    name: str = "stranger"
    port: int = 1
    fields: tuple = (Field(name="token", secret=True),)
    variants: dict = field(default_factory=dict)
    features: frozenset = frozenset()
    defaults: Limits = _LIMITS

    def lay_out(self, body, *_):
        length = len(body.text)
        return Layout(text=body.text, entities=(), length=length, limit=500, unit="characters", too_long="")

    async def connect(self, access):
        token = access.settings["token"]
        logging.getLogger("stranger").error("GET https://stranger.example/?token=%s", token)
        warnings.warn(f"the token {token} is old", stacklevel=1)
        match access.language:
            case "sv":
                raise RuntimeError(f"GET https://stranger.example/?token={token} failed")
            case "nb":
                raise Unavailable(f"https://stranger.example/?token={token} cannot be reached")
            case "da":
                raise Unauthorized(f"{token} is refused")
        return Account(token, access.language)


@dataclass(frozen=True)
class Account:
    token: str
    language: str
    limits: Limits = _LIMITS
    replay: Replay = _NEVER

    @property
    def identity(self):
        shown = f"@{self.token}" if self.language == "is" else f"@{self.language}"
        return Identity(network="stranger", id=self.language, name=shown, url="https://s.example/", automated=True)

    def prepare(self, rendition, _, now, *__):
        if self.language == "fr":
            raise KeyError(f"no {self.token} here")
        return Envelope(key=rendition.key, network="stranger", sealed_at=now, request={"text": rendition.text})

    async def stage(self, envelope, *_):
        if self.language == "it":
            raise Rejected(f"nothing with {self.token}", f"and nothing with {self.token!r}")
        return envelope

    async def publish(self, *_):
        raise ValueError(f"POST https://stranger.example/{self.token}/post: half an answer")

    async def find(self, *_):
        if self.language == "es":
            raise OSError(5, f"GET https://stranger.example/{self.token}/posts")
        raise CannotTell(f"GET https://stranger.example/{self.token}/posts tells nothing")

    async def close(self):
        if self.language == "es":
            raise RuntimeError(f"cannot sign {self.token} out")


STRANGER = Stranger()


def install(where: Path) -> None:
    """Put it where a Python that has `where` on its path finds it."""
    (where / "stranger-1.dist-info").mkdir(parents=True)
    (where / "stranger-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1\n")
    entry = "[amplify.publishers]\nstranger = stranger:STRANGER\n"
    (where / "stranger-1.dist-info" / "entry_points.txt").write_text(entry)
    (where / "stranger.py").write_text(Path(__file__).read_text())
