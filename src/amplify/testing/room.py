"""A look-alike of a room with a webhook, as Mattermost has it: who knows the address may post, and nobody may look.

It answers with one word and tells no number of a message, so only its wall knows what stands there.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from aiohttp import web

from amplify.testing.premises import Premises, Refused
from amplify.testing.resident import Resident
from amplify.testing.wall import Hung, WallEntity, WallPost

_LONGEST = 16383
_LINK = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)]")
_RETRY_AFTER = "3"
_WORDS = {
    400: "Invalid webhook.",
    401: "Invalid or expired session, please login again.",
    403: "You do not have the appropriate permissions.",
    404: "Sorry, we could not find the page.",
    413: "Request Entity Too Large",
    429: "limit exceeded",
}


class RoomLookAlike:
    def __init__(self, premises: Premises) -> None:
        self._on = premises
        self._kept: list[dict[str, Any]] = premises.memory.section("apprise").setdefault("messages", [])

    def routes(self) -> Iterable[web.RouteDef]:
        return (web.post("/hooks/{token}", self._post),)

    def wall(self) -> Iterator[Hung]:
        residents = {resident.name: resident for resident in self._on.residents}
        for message in self._kept:
            gone = Resident(network="apprise", channels=(), name=message["room"], secret="")
            resident = residents.get(message["room"], gone)
            yield (
                message["number"],
                WallPost(
                    network="apprise",
                    account=resident.name,
                    channels=resident.channels,
                    remote_id=str(message["number"]),
                    url=f"{self._on.url}/posts/{message['number']}",
                    text=message["text"],
                    entities=tuple(_links(message["text"])),
                    language=resident.language,
                    at=message["at"],
                    extra={"shown_as": message["shown_as"]},
                ),
            )

    def refusal(self, status: int) -> web.Response:
        said = {"id": "api.context", "message": _WORDS.get(status, "Refused"), "status_code": status}
        return web.json_response(said, status=status, headers={"Retry-After": _RETRY_AFTER} if status == 429 else {})  # noqa: PLR2004

    async def _post(self, request: web.Request) -> web.Response:
        room = next((one for one in self._on.residents if one.secret == request.match_info["token"]), None)
        if room is None:
            raise Refused(self.refusal(400))
        try:
            said = await request.json()
        except ValueError:
            raise Refused(self.refusal(400)) from None
        text = str(said.get("text", ""))
        if not text or len(text) > _LONGEST:
            raise Refused(self.refusal(413))
        number = self._on.memory.next_number()
        about = {"number": number, "room": room.name, "at": self._on.today().isoformat()}
        self._kept.append({**about, "text": text, "shown_as": str(said.get("username", ""))})
        self._on.memory.save()
        return web.Response(text="ok")


def _links(text: str) -> Iterator[WallEntity]:
    """What readers can click on: bare addresses."""
    for found in _LINK.finditer(text):
        yield WallEntity(kind="link", start=found.start(), end=found.end(), value=found[0])
