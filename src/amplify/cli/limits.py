"""By whose limits texts were measured: those last read from a server, or the network's defaults."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from amplify.cli.screen import styled
from amplify.services.looking.checked import OWN, limits_read

if TYPE_CHECKING:
    from rich.text import Text

    from amplify.ports.ledger import Account


def whose_limit(channel: str, accounts: "Mapping[str, Account]") -> str:
    """For one channel, in words."""
    return _in_words(limits_read([channel], accounts)[channel])


def whose_limits(read: Mapping[str, str]) -> list["Text"]:
    """The same lines, beside what counts."""
    return [styled(line, "dim") for line in limits_told(read)]


def limits_told(read: Mapping[str, str]) -> list[str]:
    """One line for each kind of limit; `read` as in `limits_read`."""
    by_whose: dict[str, list[str]] = {}
    for name, when in read.items():
        by_whose.setdefault(_in_words(when), []).append(name)
    return [f"Measured by {whose}: {', '.join(names)}." for whose, names in by_whose.items()]


def _in_words(read: str) -> str:
    if not read:
        return "the network's default limit, as its server has not been asked yet"
    if read == OWN:
        return "the network's own limit"
    return f"its server's limit, read {datetime.fromisoformat(read):%d %b %Y}"
