"""What an edit makes of a post: it stays the same post, and everybody can read what it said before.

As Mastodon does it, what an edit leaves out is taken away: the warning, the pictures. Only the language stays.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from amplify.testing.mastodon.status import Status
from amplify.testing.mastodon.submission import Submission
from amplify.testing.mastodon.text import to_html


def edited(status: Status, wanted: Submission, media: list[dict[str, Any]], at: str) -> Status:
    """The same where nothing would be changed: Mastodon passes over such an edit in silence."""
    after = replace(
        status,
        text=wanted.text or wanted.warning,
        warning=wanted.warning if wanted.text else "",
        sensitive=wanted.sensitive,
        language=wanted.language,
        media=media,
    )
    if after == status:
        return status
    return replace(after, edited_at=at, earlier=[*status.earlier, _kept(status)])


def history_json(status: Status, account: Mapping[str, Any], url: str) -> list[dict[str, Any]]:
    """Everything that it has said, the oldest first; what it says now is the last."""
    return [
        {
            "content": to_html(said["text"], f"{url}/tags"),
            "spoiler_text": said["warning"],
            "sensitive": said["sensitive"],
            "created_at": said["at"],
            "account": dict(account),
            "media_attachments": said["media"],
            "emojis": [],
        }
        for said in (*status.earlier, _kept(status))
    ]


def _kept(status: Status) -> dict[str, Any]:
    return {
        "text": status.text,
        "warning": status.warning,
        "sensitive": status.sensitive,
        "media": status.media,
        "at": status.edited_at or status.created_at,
    }
