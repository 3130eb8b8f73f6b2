"""Signing in to a Mastodon server: an application with few rights, a page to say yes on, a code to paste (OAuth 2.0).

The code is pasted, so that it works on a machine without a browser. The rights are asked for by name, each explained.
"""

import asyncio
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

from amplify.domain.loopback import on_this_machine
from amplify.domain.server_address import address_of
from amplify.ports.errors import Rejected, Throttled, Unauthorized, Unavailable
from amplify.ports.publisher import Access
from amplify.ports.sign_in import Granted, Interviewer
from amplify.publishers.failures import Row
from amplify.publishers.mastodon_server import Server, introduction

_NAME = "amplify"
_PASTED = "urn:ietf:wg:oauth:2.0:oob"
_WHO, _WHO_BEFORE = "profile", "read:accounts"
_RIGHTS: Mapping[str, str] = {
    _WHO: "who the account is, and nothing else about it",
    _WHO_BEFORE: "who the account is; servers before 4.3 know no smaller right for that",
    "read:statuses": "to look whether a post is public when an answer was lost, and to count boosts and replies",
    "write:statuses": "to publish, edit and delete posts",
    "write:media": "to give the server pictures",
}
_MORE = "write:accounts"
_MORE_FOR = "to pin posts and to switch the automation label on; it could change the profile too"
#: Servers of that version and younger know the right to read nothing but the profile.
_KNOWS_PROFILE = (4, 3)
_TRIES = 3
_NO_MASTODON = "That is no Mastodon server: type what stands behind the second @ of the account"
_LATER = Row(429, "", Throttled)
_INTRODUCTION = (_LATER, *(Row(status, "", Unauthorized, _NO_MASTODON) for status in (200, 404, 405, 406, 410)))
_REGISTER = (
    _LATER,
    Row(403, "", Unauthorized, "The server lets no applications in: ask who runs it"),
    Row(404, "", Unauthorized, _NO_MASTODON),
    Row(422, "", Unauthorized, "The server does not take these rights: ask who runs it"),
)
_WRONG_CODE = (
    _LATER,
    *(
        Row(status, "", Rejected, "The code is wrong, too old or used already: say yes once more, copy the new code")
        for status in (400, 401)
    ),
    Row(403, "", Unauthorized, "The server refuses the account: sign in with a browser and see why"),
)


async def sign_in(
    person: Interviewer,
    known: Mapping[str, str],
    access_for: Callable[[Mapping[str, str]], Access],
) -> Granted:
    """`server` and `token`. Raises PublishError."""
    settings = {"server": known.get("server") or _server(person), "token": ""}
    access = access_for(settings)
    line = Server(
        url=settings["server"],
        token="",
        timeout=access.timeout,
        connect_timeout=access.connect_timeout,
        way=access.way,
        meter=access.meter,
    )
    rights = await _wanted(line, person)
    app = await line.ask(lambda client: _register(client, rights), _REGISTER, Unavailable)
    token = await _token(line, app, rights, person)

    async def take_back() -> None:
        await replace(line, token=token).ask(lambda client: _revoke(client, app), (_LATER,), Unavailable)

    return Granted(settings={**settings, "token": token}, take_back=take_back)


def _server(person: Interviewer) -> str:
    """In the one spelling; a bare name is understood."""
    while True:
        said = person.ask("Which server is the account on? Its address, such as mastodon.social").strip()
        address = address_of(said if "://" in said else f"https://{said}")
        if address is None or ("." not in address.host and not on_this_machine(address.spelled)):
            person.say(f"“{said}” is not the address of a server. Copy what stands behind the second @ of the account.")
        elif address.scheme != "https" and not on_this_machine(address.spelled):
            person.say("A server is reached by https only: everybody on the way could read the secret.")
        else:
            return address.spelled


async def _wanted(line: Server, person: Interviewer) -> list[str]:
    """The rights to ask for, as few as the server knows. Raises PublishError."""
    await asyncio.to_thread(import_module, "mastodon")  # takes a while, which is not the server's fault
    told, _ = await line.ask(introduction, _INTRODUCTION, Unavailable)
    version = re.match(r"(\d+)\.(\d+)", str(told.get("version", "")))
    if version is None:
        raise Unauthorized(_NO_MASTODON)
    leaves_out = _WHO_BEFORE if (int(version[1]), int(version[2])) >= _KNOWS_PROFILE else _WHO
    asked = {name: why for name, why in _RIGHTS.items() if name != leaves_out}
    person.say("amplify asks for these rights, and for no others:")
    for name, why in asked.items():
        person.say(f"  {name}: {why}")
    if person.agrees(f"One more, {_MORE}, {_MORE_FOR}. Ask for it as well?"):
        return [*asked, _MORE]
    return [*asked]


def _register(client: Any, rights: list[str]) -> tuple[str, str]:
    name, secret = client.create_app(
        _NAME,
        scopes=rights,
        redirect_uris=_PASTED,
        api_base_url=client.api_base_url,
        session=client.session,
        request_timeout=client.request_timeout,
    )
    return str(name), str(secret)


def _revoke(client: Any, app: tuple[str, str]) -> None:
    client.client_id, client.client_secret = app
    client.revoke_access_token(allow_http=on_this_machine(client.api_base_url))


async def _token(line: Server, app: tuple[str, str], rights: list[str], person: Interviewer) -> str:
    """Raises PublishError where three codes were wrong."""
    state = secrets.token_urlsafe(16)
    here = on_this_machine(line.url)

    def page(client: Any) -> str:
        client.client_id, client.client_secret = app
        asked = {"scopes": rights, "redirect_uris": _PASTED, "state": state, "lang": "en", "allow_http": here}
        return str(client.auth_request_url(skip_server_info=True, **asked))

    address = await line.ask(page, (), Unavailable)
    for left in reversed(range(_TRIES)):
        person.say("Open this page in any browser, signed in as the campaign's account, and say yes:")
        person.say(address)
        code = _code(person, state)

        def exchange(client: Any, code: str = code) -> str:
            client.client_id, client.client_secret = app
            return str(client.log_in(code=code, scopes=rights, redirect_uri=_PASTED, allow_http=here))

        try:
            return await line.ask(exchange, _WRONG_CODE, Unavailable)
        except Rejected as wrong:
            if not left:
                raise Unauthorized(str(wrong)) from None
            person.say(f"{wrong}.")
    raise Unauthorized("no code was right")


def _code(person: Interviewer, state: str) -> str:
    """The code, also out of a whole address; one that belongs to another attempt is refused."""
    while True:
        said = person.ask_secret("The code that the page shows (or the whole address that it leads to)").strip()
        if "://" not in said and "?" not in said:
            return said
        told = parse_qs(urlsplit(said).query)
        if told.get("state", [state]) != [state]:
            person.say("That address belongs to another attempt. Open the page above, and copy what comes then.")
        elif told.get("code"):
            return told["code"][0]
        else:
            person.say("There is no code in that address. Say yes on the page, then copy what comes.")
