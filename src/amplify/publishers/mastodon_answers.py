"""What a Mastodon server says of a post, read with care: the client library makes words of whatever it is told."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from amplify.domain.envelope import REMARK, Json, Receipt


def receipt(status: Mapping[str, Any]) -> Receipt:
    """Raises KeyError, ValueError or TypeError where the answer is not a post."""
    at = status["created_at"]
    at = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    address = status["url"] or status["uri"]
    if not is_id(status["id"]) or not isinstance(address, str) or not address:
        raise ValueError("an answer without an id or an address")
    return Receipt(remote_id=str(status["id"]), url=address, at=at.astimezone(UTC))


def remarked(made: Receipt, status: Mapping[str, Any], sent: Mapping[str, Json], media: int) -> Receipt:
    """A server may show a post otherwise than it was sent, and say so only in its answer: people should know."""
    asked, shown = str(sent["visibility"]), str(status.get("visibility") or sent["visibility"])
    told = []
    if shown != asked:
        told.append(f"the server shows it as “{shown}”, not “{asked}”: see whether the account is limited")
    if str(status.get("language") or "").split("-")[0] != sent["language"]:
        told.append(f"the server does not keep that it is in “{sent['language']}”")
    if len(status.get("media_attachments") or ()) < media:
        told.append("the server shows it without all of its pictures: look at it, and take it back if it must not stay")
    return replace(made, proof={**made.proof, REMARK: "; ".join(told)}) if told else made


def in_place(status: Mapping[str, Any], sent: Mapping[str, Json]) -> bool:
    """Whether a post has the parent, the quotation and the warning of the one that was sent."""
    quoted = ((status.get("quote") or {}).get("quoted_status") or {}).get("id") or ""
    if str(quoted) != str(sent.get("quoted_status_id") or ""):
        return False
    return all(
        str(status.get(name) or "").strip() == str(sent.get(name) or "").strip()
        for name in ("in_reply_to_id", "spoiler_text")
    )


def words(source: Mapping[str, Any]) -> str:
    """The text as it was sent. Raises TypeError where there is none: no post of ours is empty."""
    text = source["text"]
    if not isinstance(text, str) or not text.strip():
        raise TypeError("an answer without a text")
    return text.strip()


def is_id(id: object) -> bool:
    """A number, or a long word on servers of other makers; the client library makes words of whatever it is told."""
    return not isinstance(id, bool) and re.fullmatch(r"\d+|\w{10,}", str(id)) is not None
