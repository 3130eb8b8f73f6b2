"""Tokens: an access token for two hours, and a refresh token that changes with every use.

A used refresh token stays good for two hours more and leads to the same successor, as on a real PDS.
"""

import base64
import hmac
import json
import secrets
from collections.abc import Callable, Collection
from typing import Any

from amplify.testing.bluesky.xrpc import refuse

_ACCESS = ("com.atproto.appPass", "com.atproto.appPassPrivileged", "com.atproto.access")
_REFRESH = "com.atproto.refresh"
_ACCESS_LIVES = 2 * 60 * 60
_REFRESH_LIVES = 90 * 24 * 60 * 60
_GRACE = 2 * 60 * 60
_SERVER = "did:web:look-alike.invalid"


class Sessions:
    """`kept` is the part of the memory that holds the signing key and the refresh tokens given out."""

    def __init__(self, kept: dict[str, Any], machine: Callable[[], float]) -> None:
        self._key = str(kept.setdefault("key", secrets.token_hex(32)))
        self._given: dict[str, Any] = kept.setdefault("given", {})
        self._machine = machine

    def open(self, did: str, scope: str = "") -> dict[str, str]:
        """Both tokens of a new session; an app password opens it, unless `scope` says what else."""
        return self._tokens(did, self._give(did, scope or _ACCESS[0]))

    def refresh(self, authorization: str) -> tuple[str, dict[str, str]]:
        """The account and the next pair of tokens. Raises Refused."""
        claims = self._read(authorization, (_REFRESH,))
        given = self._given.get(claims["jti"])
        if given is None or given["until"] <= self._machine():
            raise refuse(400, "ExpiredToken", "Token has been revoked")
        if not given["next"]:
            given["next"] = self._give(given["did"], given.get("scope", _ACCESS[0]))
            given["until"] = min(given["until"], self._machine() + _GRACE)
        return given["did"], self._tokens(given["did"], given["next"])

    def account(self, authorization: str) -> str:
        """Whose access token this is. Raises Refused."""
        return str(self._read(authorization, _ACCESS)["sub"])

    def _give(self, did: str, scope: str) -> str:
        jti = secrets.token_urlsafe(24)
        self._given[jti] = {"did": did, "scope": scope, "until": self._machine() + _REFRESH_LIVES, "next": ""}
        return jti

    def _tokens(self, did: str, jti: str) -> dict[str, str]:
        now = int(self._machine())
        claims = {"sub": did, "aud": _SERVER, "iat": now}
        given = self._given[jti]
        until = int(given["until"])
        return {
            "accessJwt": self._sign(
                "at+jwt", claims | {"scope": given.get("scope", _ACCESS[0]), "exp": now + _ACCESS_LIVES}
            ),
            "refreshJwt": self._sign("refresh+jwt", claims | {"scope": _REFRESH, "exp": until, "jti": jti}),
        }

    def _sign(self, kind: str, claims: dict[str, Any]) -> str:
        signed = f"{_packed({'typ': kind, 'alg': 'HS256'})}.{_packed(claims)}"
        return f"{signed}.{self._seal(signed)}"

    def _seal(self, signed: str) -> str:
        return _base64(hmac.digest(self._key.encode(), signed.encode(), "sha256"))

    def _read(self, authorization: str, scopes: Collection[str]) -> dict[str, Any]:
        scheme, _, token = authorization.partition(" ")
        if scheme != "Bearer" or not token:
            raise refuse(401, "AuthMissing", "Authentication Required")
        signed, _, seal = token.rpartition(".")
        if not hmac.compare_digest(seal.encode(), self._seal(signed).encode()):
            raise refuse(400, "InvalidToken", "Token could not be verified")
        packed = signed.partition(".")[2]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
        if claims["scope"] not in scopes:
            raise refuse(400, "InvalidToken", "Bad token scope")
        if claims["exp"] <= self._machine():
            raise refuse(400, "ExpiredToken", "Token has expired")
        return claims


def _packed(said: dict[str, Any]) -> str:
    return _base64(json.dumps(said, separators=(",", ":")).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
