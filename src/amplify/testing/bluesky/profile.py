"""What an account says about itself, in a record of its own."""

from collections.abc import Mapping
from typing import Any

from amplify.testing.bluesky.repository import Repository
from amplify.testing.resident import Resident

PROFILE = "app.bsky.actor.profile"


def profile_json(resident: Resident, stands: Mapping[str, Any]) -> dict[str, Any]:
    """The record as it `stands`, and automated where its owner says so from the beginning."""
    said = {"$type": PROFILE, "displayName": resident.shown_as} | dict(stands)
    if resident.automated:
        said["labels"] = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "bot"}]}
    return said


def pinned_in(repository: Repository) -> str:
    """The address of the post that the account keeps on top, or nothing."""
    profile = repository.get(PROFILE, "self")
    return str(profile.value.get("pinnedPost", {}).get("uri", "")) if profile is not None else ""
