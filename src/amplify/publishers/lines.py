"""How the client libraries are told which way to take: as `Way` says, and as nothing else says."""

from typing import TYPE_CHECKING, Any

from amplify.ports.way import Way

if TYPE_CHECKING:
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
    led: dict[str, Any] = {"trust_env": False}
    if way.proxy:
        led["proxy"] = way.proxy
    if way.ca:
        import ssl

        led["verify"] = ssl.create_default_context(cafile=way.ca)
    return led
