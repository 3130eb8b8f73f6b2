"""What is kept of a Bluesky session, and who may go on with it.

A kept session outlives its password in the settings. So it counts only for the server, handle and password
that it was opened with: whoever changes the password wants to hear now whether the new one is right.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import scrypt
from typing import Any

from amplify.ports.publisher import Access, Keepsake

#: Slow on purpose: a password must not be guessed from what lies in the file.
_COST, _BLOCK, _SIDE_BY_SIDE = 2**14, 8, 1
#: Handle, DID, two tokens, server: what the SDK makes of a session.
_PARTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The place where sessions are kept for one `owner`: a digest of server, handle and password."""

    keep: Keepsake = field(repr=False)
    owner: str = field(repr=False)

    @classmethod
    def by(cls, access: Access) -> "Kept":
        """For the account that `access` signs in to. Takes a moment of work."""
        server, handle, password = (access.settings[name] for name in ("server", "handle", "password"))
        salt = json.dumps([server.rstrip("/"), handle.lower()]).encode()
        digest = scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_SIDE_BY_SIDE)
        return cls(keep=access.keep, owner=digest.hex())

    def load(self) -> str:
        """The session that is kept for this owner, or nothing; what makes no sense is forgotten."""
        text = self.keep.load()
        if not text:
            return ""
        try:
            said = json.loads(text)
            owner, session = str(said["owner"]), str(said["session"])
        except (ValueError, KeyError, TypeError):
            owner, session = self.owner, ""
        if owner != self.owner:
            return ""
        if session.count(":::") != _PARTS - 1:
            self.forget()
            return ""
        return session

    def save(self, session: str) -> None:
        self.keep.save(json.dumps({"owner": self.owner, "session": session}))

    def forget(self) -> None:
        self.keep.save("")


def end_of(token: str) -> datetime | None:
    """When a token says that it ends; None where it does not say so in the usual form."""
    return moment_in(claims_of(token), "exp")


def claims_of(token: str) -> Mapping[str, Any]:
    """What a token says of itself; nothing where it is not of the usual form."""
    packed = token.split(".")[1] if token.count(".") == 2 else ""  # noqa: PLR2004  header, claims, seal
    try:
        claims = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


def moment_in(claims: Mapping[str, Any], name: str) -> datetime | None:
    """None where there is no such moment, or none that a calendar has."""
    try:
        return datetime.fromtimestamp(claims[name], UTC)
    except (ValueError, KeyError, TypeError, OverflowError, OSError):
        return None
