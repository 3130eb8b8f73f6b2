"""Who made a server that does not say so in its version: the nodeinfo document tells, two harmless requests.

It is followed to nowhere but the server itself, and nothing depends on what it says.
"""

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

from amplify.ports.errors import PublishError, Unavailable
from amplify.publishers.mastodon_server import Server

_WHERE = "/.well-known/nodeinfo"
_ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}", re.IGNORECASE)


async def known_better(server: Server, own_id: str) -> Server:
    """With what its ids are like, and who made it. Never raises."""
    told = {**server.traits, "ids": _kind(own_id)}
    if "software" in told:
        return replace(server, traits=told)
    try:
        name, version = await server.ask(_nodeinfo, (), Unavailable)
    except PublishError:
        name, version = "unknown", told["version"]
    return replace(server, traits={"software": name, **told, "version": version})


def _kind(id: str) -> str:
    if id.isdecimal():
        return "numbers"
    return "ULIDs" if _ULID.fullmatch(id) else "words"


def _nodeinfo(client: Any) -> tuple[str, str]:
    """Raises where there is none, or it lies elsewhere."""
    home = client.api_base_url
    links = _read(client, urljoin(home, _WHERE))["links"]
    address = [urljoin(home, str(link["href"])) for link in links if "nodeinfo" in str(link["rel"])][-1]
    if urlsplit(address)[:2] != urlsplit(home)[:2]:
        raise LookupError("it lies on another server")
    software = _read(client, address)["software"]
    return str(software["name"]), str(software["version"])


def _read(client: Any, address: str) -> Any:
    """Without the token, which is nobody's business there."""
    said = client.session.get(address, timeout=client.request_timeout, auth=lambda request: request)
    if said.status_code != HTTPStatus.OK:
        raise LookupError(f"it answered {said.status_code}")
    return said.json()
