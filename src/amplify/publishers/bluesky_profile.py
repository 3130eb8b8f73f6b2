"""What an account says about itself: whether it is automated, by a label in its own profile.

The account's own server has that record; what others have labelled it with is not asked.
"""

from typing import Any

from amplify.ports.errors import PublishError
from amplify.publishers.bluesky_session import Session
from amplify.publishers.refusals import SIGN_IN

_PROFILE = "app.bsky.actor.profile"
_AUTOMATED = "bot"


async def is_automated(session: Session) -> bool:
    """Whether the automation label is on. Raises PublishError."""
    try:
        told = await session.record(session.did, _PROFILE, "self", SIGN_IN)
    except PublishError:
        if session.was_told("RecordNotFound"):
            return False
        raise
    return any(_in(label, "val") == _AUTOMATED for label in _listed(_in(_in(told, "value"), "labels")))


def _listed(labels: Any) -> list[Any]:
    values = _in(labels, "values")
    return values if isinstance(values, list) else []


def _in(table: Any, name: str) -> Any:
    return table.get(name) if isinstance(table, dict) else None
