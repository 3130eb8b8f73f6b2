"""An account that lives in the sandbox, and what a channel's entry must say to reach it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """`name` is the Mastodon user name, the Bluesky handle, the Telegram chat or a room; `secret` is never a real one.

    `channels` are the campaign's channels that share the account. `language` is told for Telegram only,
    where a post carries none; leave it empty where channels of several languages share the chat. `automated` is
    whether the account says of itself that it is; `has_topics` makes a Telegram chat a group with topics.
    `rights` are what its secret may do, in the network's own words; by default no more than it takes. `discussed`: a
    group is linked to a Telegram channel, where people comment.
    """

    network: str
    channels: tuple[str, ...]
    name: str
    secret: str
    title: str = ""
    language: str = ""
    automated: bool = True
    has_topics: bool = False
    rights: tuple[str, ...] = ()
    discussed: bool = False

    @property
    def shown_as(self) -> str:
        return self.title or self.name.removeprefix("@")


def settings_for(resident: Resident, urls: Mapping[str, str]) -> dict[str, str]:
    """The settings of a channel's entry that lead to `resident`; `urls` are the sandbox's."""
    server = urls[resident.network]
    match resident.network:
        case "mastodon":
            return {"server": server, "token": resident.secret}
        case "bluesky":
            return {"server": server, "handle": resident.name, "password": resident.secret}
        case "apprise":
            return {"address": f"{server}/hooks/{resident.secret}", "url": urls.get("page", server)}
        case _:
            return {"server": server, "chat": resident.name, "token": resident.secret}


def check_residents(residents: tuple[Resident, ...]) -> None:
    """Raises ValueError where two residents could not be told apart, or a network has no look-alike."""
    names: set[tuple[str, str]] = set()
    tokens: set[str] = set()
    for resident in residents:
        if resident.network not in ("mastodon", "bluesky", "telegram", "apprise"):
            raise ValueError(f"the sandbox has no look-alike of “{resident.network}”")
        if (known := (resident.network, resident.name.casefold())) in names:
            raise ValueError(f"two residents of {resident.network} are called {resident.name}; name one differently")
        names.add(known)
        if resident.network == "mastodon":
            if resident.secret in tokens:
                raise ValueError(f"the Mastodon account {resident.name} has the token of another one")
            tokens.add(resident.secret)
