"""A channel: an account in one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from amplify.domain.languages import base_of


class LinkPolicy(StrEnum):
    """Whether a channel links. `name_only` names sources in words: a link can be punished in Belarus."""

    FULL = "full"
    NAME_ONLY = "name_only"


#: Languages whose channels name sources only in words unless a coordinator says otherwise (design 8).
NAME_ONLY_LANGUAGES = frozenset({"be", "ru"})
#: Languages whose readers are asked no polls: who answers can be seen (design 8).
NO_POLLS = frozenset({"be", "ru"})


#: What a channel may be called.
NAME = re.compile(r"[a-z0-9-]+")


def secret_name(channel: str, field: str) -> str:
    """What a secret of a channel is called where nobody has called it anything else."""
    return f"AMPLIFY_{channel}_{field}".upper().replace("-", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """`settings` are the network's own keys as written: secret fields still say `${NAME}`.

    `proxy` and `ca` are how its server is reached, as written too; empty where nothing is said.
    """

    name: str
    network: str
    language: str
    links: LinkPolicy
    settings: Mapping[str, str] = field(default_factory=dict)
    proxy: str = ""
    ca: str = ""

    @property
    def base_language(self) -> str:
        return base_of(self.language)

    @property
    def account_hint(self) -> str:
        """Tells channels of one account together before the account has been asked who it is."""
        named = [
            value for name in ("server", "handle", "chat", "token", "address") if (value := self.settings.get(name))
        ]
        return " ".join([self.network, *named])
