"""Who made a server, as most of the fediverse tells it: a link, and the document that it leads to."""

from collections.abc import Iterable
from http import HTTPStatus

from aiohttp import web

from amplify.testing.manners import Manners

HERE = "/nodeinfo/2.0"
SOFTWARE = {"name": "friendica", "version": "2024.12"}
_KIND = "http://nodeinfo.diaspora.software/ns/schema/2.0"


def nodeinfo_routes(manners: Manners) -> Iterable[web.RouteDef]:
    async def link(request: web.Request) -> web.Response:
        if not manners.nodeinfo or "Authorization" in request.headers:  # a token is nobody's business here
            return web.Response(status=HTTPStatus.NOT_FOUND, text="not found")
        return web.json_response({"links": [{"rel": _KIND, "href": manners.nodeinfo}]})

    async def document(request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            return web.Response(status=HTTPStatus.NOT_FOUND, text="not found")
        return web.json_response({"version": "2.0", "software": SOFTWARE})

    return (web.get("/.well-known/nodeinfo", link), web.get(HERE, document))
