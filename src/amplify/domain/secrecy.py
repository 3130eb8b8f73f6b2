"""Striking secrets out of texts, and seeing whether a text tells one: in every disguise that programs give to words.

Also a part of a long secret counts, because whoever repeats one may cut it short. Of an address only what nobody could
guess does: its password, and what in it has the looks of a token.
"""

import base64
import html
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import quote, quote_plus, unquote

STRUCK_OUT = "[secret]"
_ESCAPE = re.compile("%[0-9A-F]{2}")
#: Shorter ones are words that stand anywhere.
_SHORTEST = 4
#: Of a secret at least twice as long, so many letters in a row are a part.
_PART = 12
#: As many as there are accounts of a large campaign, and some.
_KEPT = 64
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*:(?P<password>[^/?#]*)@)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Secrecy:
    """`whole` are the secrets in all disguises, the longest first; `parts` is every part of the long ones."""

    whole: tuple[str, ...]
    parts: frozenset[str]

    @classmethod
    def of(cls, secrets: Collection[str]) -> "Secrecy":
        """Made once for the same secrets: that takes longer than a look at a text."""
        return _made(frozenset(secrets))

    @classmethod
    def made(cls, secrets: frozenset[str]) -> Self:
        told = {piece for secret in secrets for piece in (pieces(secret) if _ADDRESS.match(secret) else (secret,))}
        whole = {form for secret in {*told, *secrets} if len(secret) >= _SHORTEST for form in _forms(secret)}
        long = {form for secret in told if len(secret) >= 2 * _PART for form in _forms(secret)}
        parts = frozenset(form[at : at + _PART] for form in long for at in range(len(form) - _PART + 1))
        return cls(whole=tuple(sorted(whole, key=len, reverse=True)), parts=parts)

    def told_by(self, text: str) -> bool:
        return any(form in text for form in self.whole) or any(self._places(text))

    def struck_out(self, text: str) -> str:
        for form in self.whole:
            text = text.replace(form, STRUCK_OUT)
        kept, done = "", 0
        for start, end in self._runs(text):
            kept, done = f"{kept}{text[done:start]}{STRUCK_OUT}", end
        return kept + text[done:]

    def _runs(self, text: str) -> Iterator[tuple[int, int]]:
        """Where parts stand, those that touch one another as one."""
        begun = ended = -1
        for at in self._places(text):
            if at > ended:
                if begun >= 0:
                    yield begun, ended
                begun = at
            ended = at + _PART
        if begun >= 0:
            yield begun, ended

    def _places(self, text: str) -> Iterator[int]:
        if not self.parts:
            return
        for at in range(len(text) - _PART + 1):
            if text[at : at + _PART] in self.parts:
                yield at


@lru_cache(maxsize=_KEPT)
def _made(secrets: frozenset[str]) -> Secrecy:
    return Secrecy.made(secrets)


def pieces(address: str) -> Iterator[str]:
    """What in an address is secret by itself. A word, or the name of a host, is not."""
    begins = _ADDRESS.match(address)
    if begins is not None and begins["password"]:
        yield unquote(begins["password"])
    for piece in re.split(r"[/?&=@#,]+", address):
        if len(piece) >= _PART and "." not in piece and any(letter.isdigit() for letter in piece):
            yield unquote(piece)


def _forms(secret: str) -> Iterator[str]:
    """As it is, and as JSON, addresses, forms, HTML, Python and base64 have it."""
    in_json = json.dumps(secret)[1:-1]
    yield from (secret, in_json, json.dumps(secret, ensure_ascii=False)[1:-1], json.dumps(in_json)[1:-1])
    for quoted in (quote(secret), quote(secret, safe=""), quote_plus(secret)):
        yield quoted
        yield _ESCAPE.sub(lambda sign: sign[0].lower(), quoted)
    yield from (html.escape(secret), repr(secret)[1:-1], secret.encode().hex())
    yield from _base64(secret.encode())


def _base64(secret: bytes) -> Iterator[str]:
    """Wherever it begins in what is encoded, without the letters that its neighbours have a share in."""
    for shift in range(3):
        packed = base64.b64encode(bytes(shift) + secret).decode()
        inner = packed[-(-shift * 8 // 6) : (len(secret) + shift) * 8 // 6]
        if len(inner) >= _SHORTEST:
            yield inner
            yield inner.translate(str.maketrans("+/", "-_"))
