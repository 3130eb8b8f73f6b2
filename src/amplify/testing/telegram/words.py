"""How the Bot API answers, and how it reads what it is asked."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from amplify.testing.premises import Refused

_USUAL = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot is not a member of the channel chat",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
_RETRY_AFTER = 3


def granted(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refuse(status: int, description: str = "", **parameters: int) -> Refused:
    """Without a description, the usual one for the status."""
    if status == 429:  # noqa: PLR2004 -- Too Many Requests
        parameters = {"retry_after": _RETRY_AFTER} | parameters
        description = f"Too Many Requests: retry after {parameters['retry_after']}"
    said: dict[str, Any] = {
        "ok": False,
        "error_code": status,
        "description": description or _USUAL.get(status, "Error"),
    }
    if parameters:
        said["parameters"] = parameters
    return Refused(web.json_response(said, status=status))


def bad(what: str) -> Refused:
    return refuse(400, f"Bad Request: {what}")


async def read(request: web.Request) -> dict[str, Any]:
    """The parameters, wherever they stand: query, form or JSON. Raises Refused."""
    said: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except json.JSONDecodeError:
            raise bad("can't parse request JSON object") from None
        return said | (body if isinstance(body, dict) else {})
    return said | dict(await request.post())


def flag(said: Mapping[str, Any], name: str) -> bool:
    return str(said.get(name, "")).lower() in ("true", "1", "yes")


def number(said: Mapping[str, Any], name: str) -> int:
    """Zero where there is none, as the Bot API takes it."""
    word = str(said.get(name, ""))
    return int(word) if word.removeprefix("-").isdecimal() and word.isascii() else 0


def nested(said: Mapping[str, Any], name: str, empty: Any) -> Any:
    """A parameter that is JSON inside a form. Raises Refused."""
    value = said.get(name)
    if value is None or value == "":
        return empty
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            raise bad(f"can't parse {name} JSON object") from None
    if type(value) is not type(empty):
        raise bad(f"object expected as {name}" if empty == {} else f"can't parse {name}: expected an Array")
    return value
