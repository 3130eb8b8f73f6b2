"""Servers on this machine, where nobody follows: what no campaign can switch off does not hold for them.

Only a plain address counts: a name that somebody has pointed here may lead elsewhere tomorrow, and programs disagree
about where an address with a backslash, or an @ before its first slash, leads.
"""

import re
from ipaddress import ip_address

_PLAIN = re.compile(r"https?://(?:localhost|(?P<four>127\.[\d.]+)|\[::1\])(?::\d{1,5})?(?:/[^\s\\]*)?", re.IGNORECASE)
#: Networks whose accounts live on the server itself. A Bot API server on this machine leads to Telegram all the same.
_AT_HOME = frozenset({"mastodon", "bluesky"})


def on_this_machine(address: str) -> bool:
    """Whether an `http(s)://…` leads to this machine, and cannot lead anywhere else."""
    found = _PLAIN.fullmatch(address)
    if found is None:
        return False
    try:
        return found["four"] is None or ip_address(found["four"]).is_loopback
    except ValueError:
        return False


def nobody_follows(network: str, server: str, public: str = "") -> bool:
    """Whether an account on `server` can have no followers.

    `public` is where its server says that people read it, if it has been asked: a server of this machine may stand
    behind a name that all the world knows.
    """
    return network in _AT_HOME and on_this_machine(server) and (not public or on_this_machine(public))
