"""What a Bluesky password may do, as the session that it opened tells, and where its server's terms are."""

from collections.abc import Iterator, Mapping
from typing import Any

from amplify.ports.errors import Unauthorized
from amplify.ports.examining import Examined, Observation, Rules, good, note, wrong
from amplify.publishers.bluesky_kept import claims_of
from amplify.publishers.bluesky_session import Session
from amplify.publishers.failures import Row

_LOOK = (Row(401, "", Unauthorized),)
_TOPIC = "rights"
_SCOPES = "com.atproto."
_ANEW = (
    "Make an app password under Settings → Privacy and security → App passwords, without access to direct messages, and "
    "give it to `amplify channels add CHANNEL`"
)
#: What links of a server are called in words.
_TERMS = (("termsOfService", "Terms of service"), ("privacyPolicy", "Privacy policy"))


async def examine(session: Session) -> Examined:
    """Raises PublishError."""
    told = await session.described(_LOOK)
    return Examined(
        server=session.home,
        clock=session.ear.date,
        rules=_rules(told.get("links")),
        observations=[_rights(claims_of(session.tokens[0]) if session.tokens else {})],
    )


def _rights(claims: Mapping[str, Any]) -> Observation:
    match str(claims.get("scope")).removeprefix(_SCOPES):
        case "appPass":
            return good(_TOPIC, "An app password without access to direct messages")
        case "appPassPrivileged":
            return wrong(
                _TOPIC, "The app password may read and write direct messages", f"{_ANEW}; then delete this one"
            )
        case "access":
            told = "This is the account's own password: whoever steals it has the whole account"
            return wrong(_TOPIC, told, f"{_ANEW}; then change the account's own")
        case _:
            told = "The server does not tell whether this is an app password"
            return note(_TOPIC, told, "Look under Settings → Privacy and security → App passwords")


def _rules(links: object) -> Rules | None:
    """Bluesky's servers do not list rules: they name pages."""
    lines = tuple(_named(links if isinstance(links, dict) else {}))
    return Rules(lines=lines, url=lines[0].rpartition(" ")[2]) if lines else None


def _named(links: Mapping[str, Any]) -> Iterator[str]:
    for name, words in _TERMS:
        if isinstance(links.get(name), str) and links[name].strip():
            yield f"{words}: {links[name].strip()}"
