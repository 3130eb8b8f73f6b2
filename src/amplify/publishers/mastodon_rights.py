"""What a Mastodon token may do, in words: what is missing, and what is more than amplify needs.

Servers name rights by scopes, wide ones and their parts. Whoever steals a token has all of them.
"""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from amplify.ports.examining import Observation, good, note, wrong

_TOPIC = "rights"
#: What each right is for, by the scope to ask for; any of the scopes behind it gives that right.
_NEEDED: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "profile": ("see whose token it is", frozenset({"profile", "read:accounts", "read"})),
        "read:statuses": ("look whether a post is public when an answer got lost", frozenset({"read"})),
        "write:statuses": ("post, and take posts back", frozenset({"write"})),
        "write:media": ("add pictures", frozenset({"write"})),
    }
)
#: Pins and the automation label take it.
_PROFILE = "write:accounts"
_FINE = frozenset({*_NEEDED, "read:accounts", _PROFILE})
#: What reaches other people, or everything.
_HARMFUL: Mapping[str, str] = MappingProxyType(
    {
        "read": "read all that the account sees, direct messages too",
        "write": "do all that a person can with the account, also follow and write to others",
        "follow": "follow and block people",
        "write:follows": "follow people",
        "write:blocks": "block people",
        "write:mutes": "mute people",
        "write:conversations": "change direct messages",
        "write:reports": "report people",
        "read:notifications": "read who has answered or written",
    }
)
_ANEW = (
    f"`amplify channels add CHANNEL` makes a token with {', '.join(_NEEDED)}, and no other scope; then delete the old one "
    "on the server"
)


def rights(scopes: Collection[str]) -> Iterator[Observation]:
    """What is to be said about a token with these scopes."""
    missing = {name: what for name, (what, wider) in _NEEDED.items() if not {name, *wider} & set(scopes)}
    too_many = [scope for scope in scopes if scope not in _FINE]
    harmful = {scope: _harm(scope) for scope in too_many if _harm(scope)}
    if missing:
        told = "; ".join(f"{what} ({name})" for name, what in missing.items())
        yield wrong(_TOPIC, f"The token may not {told}", _ANEW)
    if harmful:
        told = "; ".join(f"{what} ({name})" for name, what in harmful.items())
        yield wrong(_TOPIC, f"The token may do more than post: {told}", _ANEW)
    elif too_many:
        yield note(_TOPIC, f"The token may do more than amplify needs: {', '.join(sorted(too_many))}", _ANEW)
    if not missing and not too_many:
        besides = ", and change the profile (for pins and the label)" if _PROFILE in scopes else ""
        yield good(_TOPIC, f"The token may post, add pictures and look at posts{besides}; nothing else")


def _harm(scope: str) -> str:
    return "moderate the server" if scope.startswith("admin") else _HARMFUL.get(scope, "")
