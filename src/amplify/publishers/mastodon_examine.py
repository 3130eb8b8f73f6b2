"""What a Mastodon account may do, as its server tells it; and the automation label.

Which rights a token has is told by Mastodon since 4.3 and by few others. Elsewhere two harmless looks tell as much as
can be known without posting: whether own posts can be read, and whether the token reads what it has no business with.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from amplify.ports.errors import PublishError, Unauthorized, Unavailable
from amplify.ports.examining import Examined, Observation, Rules, note, wrong
from amplify.publishers.failures import Row
from amplify.publishers.mastodon_rights import rights
from amplify.publishers.mastodon_server import Server, introduction

_BY_HAND = (
    "The token may not change the profile. Sign in with a browser and tick it under Preferences → Public profile: "
    "“This is an automated account”"
)
_LOOK_THERE = "See on the server which scopes the application has"
#: What is asked here is never a matter of life: only that the token is refused is.
_LOOK = (Row(401, "", Unauthorized),)
_LABEL = (Row(403, "", Unauthorized, _BY_HAND), *_LOOK)


async def examine(server: Server, own_id: str) -> Examined:
    """Raises PublishError."""
    me, scopes = await server.ask(_told, _LOOK, Unavailable)
    observations = [*_standing(me), *(rights(scopes) if scopes else await _tried(server, own_id))]
    told, clock = await server.ask(introduction, _LOOK, Unavailable)
    lines = tuple(_line(rule) for rule in _listed(told.get("rules") or await _asked(server, _rules)))
    return Examined(
        version=str(told.get("version") or ""),
        clock=clock,
        rules=Rules(lines=lines, url=f"{server.url}/about"),
        observations=observations,
    )


async def set_label(server: Server) -> None:
    """Raises PublishError."""
    await server.ask(lambda client: client.account_update_credentials(bot=True), _LABEL, Unavailable)


def _standing(me: dict[str, Any]) -> Sequence[Observation]:
    """What the server's moderators, or the owner, have done to the account."""
    write = "Sign in with a browser, and write to the server's administrators"
    found = []
    if me.get("suspended"):
        found.append(wrong("account", "The server has suspended the account", write))
    if me.get("limited"):
        found.append(wrong("account", "The server has limited the account: few people see its posts", write))
    if me.get("moved"):
        found.append(wrong("account", "The account has moved to another one", "Write the new one's channel instead"))
    return found


def _told(client: Any) -> tuple[dict[str, Any], Sequence[str]]:
    """The account, and the scopes of the token where the server tells any."""
    me = dict(client.account_verify_credentials())
    try:
        said = client.app_verify_credentials().get("scopes")
    except Exception:  # noqa: BLE001 - a server that does not know the question has not told
        said = None
    return me, [str(scope) for scope in said] if isinstance(said, list) else str(said or "").split()


async def _tried(server: Server, own_id: str) -> Sequence[Observation]:
    """Where nothing is told of rights."""
    found = []
    if await _asked(server, lambda client: _reads_own(client, own_id)) is False:
        found.append(next(iter(rights(("profile", "write:statuses", "write:media")))))
    told = "The server does not tell which rights the token has"
    if await _asked(server, lambda client: isinstance(client.filters_v2(), list)):
        found.append(
            note("rights", f"{told}, and shows it the account's filters: it may read more than it needs", _LOOK_THERE)
        )
    elif not found:
        found.append(note("rights", f"{told}; what could be tried without posting works", _LOOK_THERE))
    return found


async def _asked(server: Server, work: Any) -> Any:
    """The answer, False where the token may not, None where it could not be had."""
    try:
        return await server.ask(work, (Row(403, "", Unauthorized),), Unavailable)
    except Unauthorized:
        return False
    except PublishError:
        return None


def _reads_own(client: Any, own_id: str) -> bool:
    """Its newest post as it was written takes the right; raises where it does not have it."""
    for status in client.account_statuses(own_id, limit=1):
        client.status_source(status["id"])
    return True


def _rules(client: Any) -> list[Any]:
    return list(client.instance_rules())


def _listed(told: Any) -> list[dict[str, Any]]:
    rules = told if isinstance(told, list) else []
    return [dict(rule) for rule in rules if isinstance(rule, Mapping) and rule.get("text")]


def _line(rule: Mapping[str, Any]) -> str:
    hint = f"({rule['hint']})" if rule.get("hint") else ""
    return " ".join(f"{rule['text']} {hint}".split())
