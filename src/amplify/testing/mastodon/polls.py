"""A poll as the look-alike is asked for one, judges it and shows it. Nobody votes here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from amplify.testing.mastodon.instance import POLLS
from amplify.testing.mastodon.submission import refuse


def read_poll(said: object) -> dict[str, Any] | None:
    """What is kept of it. Raises Refused."""
    if not said:
        return None
    if not isinstance(said, dict) or not isinstance(said.get("options"), list):
        raise refuse(422, "Validation failed: Poll options can't be blank")
    options = [str(option).strip() for option in said["options"]]
    if not all(options) or len(options) < 2:  # noqa: PLR2004  choosing takes two
        raise refuse(422, "Validation failed: Poll options must have more than one item")
    if len(options) > POLLS["max_options"]:
        raise refuse(422, f"Validation failed: Poll options can't contain more than {POLLS['max_options']} items")
    if any(len(option) > POLLS["max_characters_per_option"] for option in options):
        raise refuse(422, "Validation failed: Poll options are too long")
    if len({option.casefold() for option in options}) < len(options):
        raise refuse(422, "Validation failed: Poll options contain duplicate items")
    lasts = int(said.get("expires_in") or 0)
    if not POLLS["min_expiration"] <= lasts <= POLLS["max_expiration"]:
        raise refuse(422, "Validation failed: Poll expires at is too soon or too far into the future")
    several, hidden = said.get("multiple") is True, said.get("hide_totals") is True
    return {"options": options, "lasts": lasts, "several": several, "hidden": hidden}


def poll_json(poll: Mapping[str, Any], id: str, created_at: str) -> dict[str, Any]:
    ends = datetime.fromisoformat(created_at) + timedelta(seconds=poll["lasts"])
    return {
        "id": id,
        "expires_at": ends.isoformat(),
        "expired": False,
        "multiple": poll["several"],
        "votes_count": 0,
        "voters_count": 0,
        "voted": True,
        "own_votes": [],
        "options": [{"title": option, "votes_count": None if poll["hidden"] else 0} for option in poll["options"]],
        "emojis": [],
    }
