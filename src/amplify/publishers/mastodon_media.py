"""Giving a Mastodon server pictures, and waiting until it has seen through them.

Ordinary servers are done with a picture at once. A film takes them a while: they answer 202 and want to be asked again,
because an attachment that is not ready is refused at the due instant, when nobody has time to wait.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from amplify.domain.budget import Use
from amplify.domain.envelope import Json
from amplify.ports.darkroom import Picture
from amplify.ports.errors import Rejected, Throttled, Unavailable, Unfinished
from amplify.publishers.mastodon_server import Server
from amplify.publishers.pictures import NAMES
from amplify.publishers.refusals import MASTODON as REFUSALS
from amplify.publishers.refusals import MASTODON_PICTURES as GIVING

_ASK_AGAIN = 0.5
#: Under this name stands the id of a picture that the server has not seen through.
_BUSY = "busy"


async def staged_again(
    server: Server,
    known: Mapping[str, Json],
    new: Sequence[tuple[str, str, Picture]],
    focus: Mapping[str, tuple[float, float]],
) -> dict[str, Json]:
    """What the server has of a post's pictures when it has been given the `new` ones and has seen through all.

    `focus` are points that stay in view, by the marks of their pictures. Raises PublishError; Unfinished where the
    server has some of them, or is still busy.
    """
    staged = dict(known)
    try:
        for mark, alt, picture in new:
            staged[mark] = await _given(server, picture, alt, focus.get(mark))
        async with asyncio.timeout(server.timeout.total_seconds()):
            for mark, ref in staged.items():
                staged[mark] = await _seen_through(server, ref)
    except TimeoutError:
        raise Unfinished("Mastodon: the server has not finished with the picture in time", staged) from None
    except Unavailable as error:
        raise Unfinished(str(error), staged) from None
    except Throttled as error:
        raise Throttled(str(error), error.until, error.reading, staged) from None
    return staged


async def is_there(server: Server, ref: Json) -> bool:
    """Whether the server still has what it was given. Raises PublishError."""
    number = _number(ref)
    try:
        await server.ask(lambda client: _told(client.media(number)), REFUSALS, Unavailable)
    except Rejected:
        return False
    return True


async def _given(server: Server, picture: Picture, alt: str, focus: tuple[float, float] | None) -> Json:
    """The server's id of a picture; in a table while it cannot be attached yet. Raises PublishError."""
    name = NAMES[picture.mime]

    def upload(client: Any) -> tuple[str, bool]:
        point = {"focus": focus} if focus is not None else {}
        media = client.media_post(picture.data, mime_type=picture.mime, description=alt, file_name=name, **point)
        return _told(media)

    number, ready = await server.ask(upload, GIVING, Unavailable, Use.UPLOAD)
    return number if ready else {_BUSY: number}


async def _seen_through(server: Server, ref: Json) -> Json:
    """The id, as soon as it can be attached. Raises PublishError."""
    if not (isinstance(ref, dict) and _BUSY in ref):
        return ref
    number, ready = _number(ref), False
    while not ready:
        await asyncio.sleep(_ASK_AGAIN)
        _, ready = await server.ask(lambda client: _told(client.media(number)), REFUSALS, Unavailable)
    return number


def _number(ref: Json) -> str:
    return str(ref[_BUSY] if isinstance(ref, dict) else ref)


def _told(media: Mapping[str, Any]) -> tuple[str, bool]:
    """Its id, and whether it is ready: a picture that has an address is."""
    return str(media["id"]), bool(media.get("url"))
