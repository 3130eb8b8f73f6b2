"""One post as the look-alike keeps it, and as Mastodon's API and the walls show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from amplify.testing.mastodon.polls import poll_json
from amplify.testing.mastodon.text import entities, to_html
from amplify.testing.resident import Resident
from amplify.testing.wall import WallPost

#: Mastodon's own words for what it was given.
_SORTS = {"image": "picture", "gifv": "animation", "video": "video"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`number` orders it among the posts of all networks; times are campaign time, ISO 8601 in UTC.

    `earlier` is what it said before each edit, the oldest first. `quotes` and `boosts` are ids of other posts; one that
    boosts has no words of its own. `quoting` is who may quote it.
    """

    id: str
    number: int
    account: str
    text: str
    warning: str
    visibility: str
    sensitive: bool
    language: str
    in_reply_to: str
    created_at: str
    media: list[dict[str, Any]] = field(default_factory=list)
    edited_at: str = ""
    earlier: list[dict[str, Any]] = field(default_factory=list)
    poll: dict[str, Any] | None = None
    quotes: str = ""
    quoting: str = "public"
    boosts: str = ""
    pinned: bool = False


def account_json(resident: Resident, id: str, url: str, posts: int) -> dict[str, Any]:
    profile = f"{url}/@{resident.name}"
    picture = f"{url}/avatar.svg"
    return {
        "id": id,
        "username": resident.name,
        "acct": resident.name,
        "display_name": resident.shown_as,
        "locked": False,
        "bot": False,
        "discoverable": False,
        "indexable": False,
        "group": False,
        "created_at": "2023-01-01T00:00:00.000Z",
        "note": "",
        "url": profile,
        "uri": f"{url}/users/{resident.name}",
        "avatar": picture,
        "avatar_static": picture,
        "header": picture,
        "header_static": picture,
        "followers_count": 0,
        "following_count": 0,
        "statuses_count": posts,
        "last_status_at": None,
        "hide_collections": True,
        "noindex": True,
        "emojis": [],
        "roles": [],
        "fields": [],
    }


def status_json(
    status: Status,
    account: Mapping[str, Any],
    *,
    parents_account: str | None,
    replies: int,
    url: str,
    quoted: Mapping[str, Any] | None = None,
    boosted: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """`parents_account` is the id of the account that wrote what this one replies to."""
    tags = [e.value for e in entities(status.text) if e.kind == "tag"]
    return {
        "id": status.id,
        "created_at": status.created_at,
        "in_reply_to_id": status.in_reply_to or None,
        "in_reply_to_account_id": parents_account,
        "sensitive": status.sensitive,
        "spoiler_text": status.warning,
        "visibility": status.visibility,
        "language": status.language,
        "uri": f"{url}/users/{account['username']}/statuses/{status.id}",
        "url": f"{url}/@{account['username']}/{status.boosts or status.id}",
        "replies_count": replies,
        "reblogs_count": 0,
        "favourites_count": 0,
        "quotes_count": 0,
        "edited_at": status.edited_at or None,
        "favourited": False,
        "reblogged": False,
        "muted": False,
        "bookmarked": False,
        "pinned": status.pinned,
        "content": to_html(status.text, f"{url}/tags"),
        "filtered": [],
        "reblog": dict(boosted) if boosted else None,
        "application": {"name": "amplify", "website": None},
        "account": dict(account),
        "media_attachments": status.media,
        "mentions": [],
        "tags": [{"name": tag.lower(), "url": f"{url}/tags/{tag.lower()}"} for tag in tags],
        "emojis": [],
        "quote": {"state": "accepted", "quoted_status": dict(quoted)} if quoted else None,
        "card": None,
        "poll": poll_json(status.poll, status.id, status.created_at) if status.poll else None,
    }


def wall_post(status: Status, resident: Resident, url: str) -> WallPost:
    extra: dict[str, Any] = {"visibility": status.visibility, "warning": status.warning}
    if status.media:
        extra |= {"media": [_shown(one) for one in status.media], "sensitive": status.sensitive}
    beside = {
        "poll": status.poll,
        "quotes": status.quotes,
        "quoting": status.quoting if status.quoting != "public" else "",
        "boosts": status.boosts,
        "pinned": status.pinned,
    }
    extra |= {name: value for name, value in beside.items() if value}
    if status.edited_at:
        extra |= {"edited_at": status.edited_at, "earlier": [before["text"] for before in status.earlier]}
    return WallPost(
        network="mastodon",
        account=resident.name,
        channels=resident.channels,
        remote_id=status.id,
        url=f"{url}/@{resident.name}/{status.boosts or status.id}",
        text=status.text,
        entities=entities(status.text),
        language=status.language,
        at=status.created_at,
        reply_to=status.in_reply_to,
        extra=extra,
    )


def _shown(media: Mapping[str, Any]) -> dict[str, Any]:
    focus = media["meta"].get("focus")
    point = {"focus": (focus["x"], focus["y"])} if focus else {}
    sort = _SORTS[media["type"]]
    return {"alt": media["description"] or "", "url": media["url"], "sort": sort, **point}
