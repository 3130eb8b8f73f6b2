"""Giving a Mastodon server a picture, and waiting until it has seen through it.

Ordinary servers are done with a picture at once. Others answer 202 and want to be asked again: an attachment
that is not ready is refused at the due instant, when nobody has time to wait.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from amplify.ports.darkroom import Picture
from amplify.ports.errors import Rejected, Unavailable
from amplify.publishers.mastodon_server import Server
from amplify.publishers.pictures import NAMES
from amplify.publishers.refusals import MASTODON as REFUSALS

_ASK_AGAIN = 0.5


async def uploaded(server: Server, picture: Picture, alt: str) -> str:
    """The server's id of a picture that can be attached. Raises PublishError."""
    name = NAMES[picture.mime]

    def upload(client: Any) -> tuple[str, bool]:
        return _told(client.media_post(picture.data, mime_type=picture.mime, description=alt, file_name=name))

    number, ready = await server.ask(upload, REFUSALS, Unavailable)
    try:
        async with asyncio.timeout(server.timeout.total_seconds()):
            while not ready:
                await asyncio.sleep(_ASK_AGAIN)
                _, ready = await server.ask(lambda client: _told(client.media(number)), REFUSALS, Unavailable)
    except TimeoutError:
        raise Unavailable("Mastodon: the server has not finished with the picture in time") from None
    return number


async def is_there(server: Server, number: str) -> bool:
    """Whether the server still has what it was given. Raises PublishError."""
    try:
        await server.ask(lambda client: _told(client.media(number)), REFUSALS, Unavailable)
    except Rejected:
        return False
    return True


def _told(media: Mapping[str, Any]) -> tuple[str, bool]:
    """Its id, and whether it is ready: a picture that has an address is."""
    return str(media["id"]), bool(media.get("url"))
