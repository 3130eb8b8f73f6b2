"""One spelling for the address of a server, so that two spellings are never taken for two servers."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_HTTPS = 443


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """`around` is what stands before and behind the host and should not: a user, a path, a question."""

    scheme: str
    host: str
    around: str

    @property
    def spelled(self) -> str:
        return f"{self.scheme}://{self.host}"


def address_of(written: str) -> Address | None:
    """None where it is no address of a server."""
    text = written.strip()
    if not re.match(r"https?://[\w\[]", text, re.IGNORECASE):
        return None
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port and (parts.scheme, parts.port) != ("https", _HTTPS) else ""
        name = parts.hostname or ""
        name = name if ":" in name else name.encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    if not name:
        return None
    around = [f"{parts.username}@" if parts.username is not None else "", parts.path.rstrip("/"), parts.query]
    host = f"[{name}]" if ":" in name else name
    return Address(scheme=parts.scheme, host=f"{host}{port}", around=" ".join(filter(None, [*around, parts.fragment])))


def canonical(server: str) -> str:
    """The one spelling: small letters, no slash, no usual port, letters beyond ASCII as DNS has them."""
    address = address_of(server)
    return address.spelled if address is not None else server
