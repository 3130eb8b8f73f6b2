"""What a Mastodon server says about itself: both versions of its instance document."""

from collections.abc import Mapping
from typing import Any

from amplify.testing.mastodon.text import PER_URL

VERSION = "4.6.0"
OLDER_VERSION = "4.2.10"
DOMAIN = "mastodon.example"
_WORDS = "A look-alike for rehearsals. Nobody follows here."
STATUSES: Mapping[str, int] = {
    "max_media_attachments": 4,
    "characters_reserved_per_url": PER_URL,
}
MEDIA: Mapping[str, Any] = {
    "description_limit": 10_000,
    "supported_mime_types": ["image/jpeg", "image/png", "image/webp", "video/mp4"],
    "image_size_limit": 16_777_216,
    "image_matrix_limit": 33_177_600,
    "video_size_limit": 103_809_024,
    "video_frame_rate_limit": 120,
    "video_matrix_limit": 8_294_400,
}
POLLS: Mapping[str, int] = {
    "max_options": 4,
    "max_characters_per_option": 50,
    "min_expiration": 300,
    "max_expiration": 2_629_746,
}
ACCOUNTS: Mapping[str, int] = {"max_featured_tags": 10, "max_pinned_statuses": 5}


def instance_v2(url: str, version: str, longest: int) -> dict[str, Any]:
    """The version of the API is told since 4.3."""
    spoken = {"api_versions": {"mastodon": 10}} if version == VERSION else {}
    return spoken | {
        "domain": DOMAIN,
        "title": "Mastodon look-alike",
        "version": version,
        "description": _WORDS,
        "usage": {"users": {"active_month": 0}},
        "thumbnail": {"url": f"{url}/avatar.svg", "blurhash": None, "versions": {}},
        "icon": [],
        "languages": ["en"],
        "configuration": {
            "urls": {"streaming": url.replace("http", "ws", 1)},
            "accounts": dict(ACCOUNTS),
            "statuses": {"max_characters": longest, **STATUSES},
            "media_attachments": dict(MEDIA),
            "polls": dict(POLLS),
            "translation": {"enabled": False},
            "limited_federation": False,
        },
        "registrations": {"enabled": False, "approval_required": False, "message": None},
        "contact": {"email": "", "account": None},
        "rules": [],
    }


def instance_v1(url: str, version: str, longest: int) -> dict[str, Any]:
    return {
        "uri": DOMAIN,
        "title": "Mastodon look-alike",
        "short_description": _WORDS,
        "description": _WORDS,
        "email": "",
        "version": version,
        "urls": {"streaming_api": url.replace("http", "ws", 1)},
        "stats": {"user_count": 0, "status_count": 0, "domain_count": 0},
        "thumbnail": None,
        "languages": ["en"],
        "registrations": False,
        "approval_required": False,
        "invites_enabled": False,
        "configuration": {
            "accounts": dict(ACCOUNTS),
            "statuses": {"max_characters": longest, **STATUSES},
            "media_attachments": dict(MEDIA),
            "polls": dict(POLLS),
        },
        "contact_account": None,
        "rules": [],
    }
