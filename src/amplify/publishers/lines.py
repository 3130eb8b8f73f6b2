"""How the client libraries are told which way to take: as `Way` says, and as nothing else says."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amplify.ports.way import Way

if TYPE_CHECKING:
    from ssl import SSLContext

    import requests


def lead(session: "requests.Session", way: Way) -> None:
    """For `requests`: neither the environment nor a .netrc of the machine has a say."""
    session.trust_env = False
    if way.proxy:
        session.proxies = {"http": way.proxy, "https": way.proxy}
    if way.ca:
        session.verify = way.ca


def leading(way: Way) -> dict[str, Any]:
    """For `httpx`: arguments of a client."""
    led: dict[str, Any] = {"trust_env": False, "verify": _believing(way.ca, _written(way.ca))}
    if way.proxy:
        led["proxy"] = way.proxy
    return led


def _written(ca: str) -> int:
    """When the file was written: a renewed one is read anew."""
    return Path(ca).stat().st_mtime_ns if ca else 0


@lru_cache(maxsize=8)
def _believing(ca: str, _: int) -> "SSLContext":
    """One for all clients: reading the certificates takes longer than all else that makes one."""
    import ssl

    import httpx

    return ssl.create_default_context(cafile=ca) if ca else httpx.create_ssl_context(trust_env=False)
