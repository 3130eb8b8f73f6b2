"""How a PDS answers: its error documents, and reading what was asked."""

import json
from typing import Any

from aiohttp import web

from amplify.testing.premises import Refused

_NAMES = {
    400: ("InvalidRequest", "Invalid request"),
    401: ("AuthenticationRequired", "Authentication Required"),
    403: ("Forbidden", "Forbidden"),
    404: ("XRPCNotSupported", "XRPCNotSupported"),
    413: ("PayloadTooLarge", "request entity too large"),
    429: ("RateLimitExceeded", "Rate Limit Exceeded"),
    500: ("InternalServerError", "Internal Server Error"),
    501: ("MethodNotImplemented", "Method Not Implemented"),
    502: ("UpstreamFailure", "Upstream Failure"),
    503: ("NotEnoughResources", "Not Enough Resources"),
}


def refuse(status: int, error: str = "", message: str = "", headers: dict[str, str] | None = None) -> Refused:
    """Without words, the usual ones for the status."""
    usual = _NAMES.get(status, ("InternalServerError", "Internal Server Error"))
    said = {"error": error or usual[0], "message": message or usual[1]}
    return Refused(web.json_response(said, status=status, headers=headers))


async def body_of(request: web.Request, *needed: str) -> dict[str, Any]:
    """The JSON object that was sent, with every field that is needed. Raises Refused."""
    try:
        said = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise refuse(400, "InvalidRequest", "Request body must be valid JSON") from None
    if request.content_type != "application/json":
        raise refuse(400, "InvalidRequest", "Wrong request encoding (Content-Type): expected application/json")
    if not isinstance(said, dict):
        raise refuse(400, "InvalidRequest", "Input must be an object")
    for name in needed:
        if name not in said:
            raise refuse(400, "InvalidRequest", f'Input must have the property "{name}"')
    return said


def asked(request: web.Request, *needed: str) -> dict[str, str]:
    """The query's parameters. Raises Refused."""
    for name in needed:
        if not request.query.get(name):
            raise refuse(400, "InvalidRequest", f'Error: Params must have the property "{name}"')
    return dict(request.query)
