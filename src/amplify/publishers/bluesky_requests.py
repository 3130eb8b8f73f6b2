"""The HTTP requests of the atproto SDK: heard, never redirected, never sent over a connection that may be dead."""

from typing import Any

from amplify.ports.publisher import Access
from amplify.publishers.answers import Ear
from amplify.publishers.lines import leading


def heard(access: Access, ear: Ear) -> Any:
    """What the SDK asks with; `ear` takes down every answer."""
    import httpx
    from atproto_client.request import AsyncRequest

    async def forget(_: httpx.Request) -> None:
        ear.forget()

    async def listen(response: httpx.Response) -> None:
        ear.hear(response.status_code, response.headers)
        ear.body = await response.aread()

    return AsyncRequest(
        timeout=httpx.Timeout(access.timeout.total_seconds(), connect=access.connect_timeout.total_seconds()),
        limits=httpx.Limits(max_keepalive_connections=0),
        max_redirects=0,
        event_hooks={"request": [forget], "response": [listen]},
        **leading(access.way),
    )
