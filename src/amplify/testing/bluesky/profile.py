"""What an account says about itself, in a record of its own."""

from typing import Any

from amplify.testing.resident import Resident

PROFILE = "app.bsky.actor.profile"


def profile_json(resident: Resident) -> dict[str, Any]:
    """The record, with the label that its owner has switched on."""
    said: dict[str, Any] = {"$type": PROFILE, "displayName": resident.shown_as}
    if resident.automated:
        said["labels"] = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "bot"}]}
    return said
