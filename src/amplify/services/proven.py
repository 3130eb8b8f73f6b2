"""What the record knows of a server's memory for requests, tried once by a person (prove_replay.py)."""

from amplify.ports.ledger import Ledger
from amplify.ports.noting import Deed

YES = "yes"
NO = "no"


def proven(ledger: Ledger, channel: str) -> str:
    """The version of the channel's server that was last seen to remember a request; empty where none was."""
    said = ledger.noted(Deed.REPLAY_TRIED, channel)
    return said.get("version", "") if said.get("remembers") == YES else ""
