"""From what hangs on a wall to what is drawn: the same cards as in the preview."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlsplit

from amplify.documents.posts.seen import Button, Face, LinkCard, Quoted, SeenPicture, SeenPoll, SeenPost
from amplify.domain.picture import Sort
from amplify.domain.rendition import Entity
from amplify.testing.resident import Resident
from amplify.testing.wall import WallPost

_HANDLES = {"mastodon": "@{}@mastodon.example", "bluesky": "@{}"}


def anchor(post: WallPost) -> str:
    """Where the post stands in the page; the account is in it because Telegram's numbers are a channel's own."""
    place = post.remote_id.rpartition("/")[2]
    words = f"{post.network}-{post.account.removeprefix('@')}-{place}"
    return "".join(sign if sign.isalnum() else "-" for sign in words)


def face(resident: Resident) -> Face:
    return Face(name=resident.shown_as, handle=_HANDLES.get(resident.network, "{}").format(resident.name))


def seen(post: WallPost, resident: Resident, near: Mapping[str, WallPost], zone: tzinfo | None) -> SeenPost:
    """`near` are the posts of the same wall, by id: what is replied to is among them, or is gone."""
    if post.extra.get("boosts") and post.network != "telegram":
        return _again(post, resident, near, zone)
    extra, card = post.extra, post.extra.get("card")
    replies = extra.get("replies")
    return SeenPost(
        anchor=anchor(post),
        network=post.network,
        face=face(resident),
        at=datetime.fromisoformat(post.at).astimezone(zone),
        text=post.text,
        entities=tuple(Entity(kind=e.kind, start=e.start, end=e.end, value=e.value) for e in post.entities),
        language=post.language,
        warning=str(extra.get("warning", "")),
        visibility=str(extra.get("visibility", "public")),
        # from the page's own server: it has all pictures, and the page may load from nowhere else
        pictures=tuple(
            SeenPicture(
                address=urlsplit(shown["url"]).path, alt=shown["alt"] or "Photo", sort=shown.get("sort", Sort.PICTURE)
            )
            for shown in extra.get("media", ())
        ),
        link_card=_link_card(card) if card else None,
        labels=(
            *map(str, extra.get("labels", ())),
            *(f"#{tag}" for tag in extra.get("tags", ())),
            *([f"replies: {', '.join(replies)}"] if replies else ()),
            *([f"quoting: {extra['quoting']}"] if extra.get("quoting") else ()),
            *([f"topic {extra['topic']}"] if extra.get("topic") else ()),
            *([f"link shown: {extra['preview']}"] if extra.get("preview", "none") != "none" else ()),
        ),
        buttons=tuple(Button(url=each["url"], label=each["text"]) for each in extra.get("buttons", ())),
        quoted=_quoted(post.reply_to, resident, near) if post.network == "telegram" and post.reply_to else None,
        quotes=_quoted(str(extra["quotes"]), resident, near) if extra.get("quotes") else None,
        forwarded_from=str(extra.get("forwarded_from") or ""),
        silent=bool(extra.get("silent")),
        protected=bool(extra.get("protected")),
        poll=_poll(extra["poll"]) if extra.get("poll") else None,
        pinned=bool(extra.get("pinned")),
        sensitive=bool(extra.get("sensitive")),
        edited=_moment(extra.get("edited_at"), zone),
        earlier=tuple(map(str, extra.get("earlier", ()))),
    )


def _poll(poll: Mapping[str, Any]) -> SeenPoll:
    lasts = poll.get("lasts")
    return SeenPoll(
        options=tuple(poll["options"]),
        several=bool(poll.get("several")),
        hidden=bool(poll.get("hidden")),
        lasts=timedelta(seconds=lasts) if lasts else None,
    )


def _moment(at: object, zone: tzinfo | None) -> datetime | None:
    return datetime.fromisoformat(str(at)).astimezone(zone) if at else None


def _link_card(card: Mapping[str, str]) -> LinkCard:
    picture = SeenPicture(address=urlsplit(card["picture"]).path, alt="") if card.get("picture") else None
    return LinkCard.to(card["uri"], card["title"], card["description"], picture)


def _again(post: WallPost, resident: Resident, near: Mapping[str, WallPost], zone: tzinfo | None) -> SeenPost:
    """The earlier post, in a place of its own."""
    earlier = near.get(str(post.extra["boosts"]))
    if earlier is None:
        earlier = replace(post, text="This post is gone.", extra={})
    return replace(seen(earlier, resident, near, zone), anchor=anchor(post), again=True, pinned=False)


def _quoted(remote_id: str, resident: Resident, near: Mapping[str, WallPost]) -> Quoted:
    parent = near.get(remote_id)
    if parent is None:
        return Quoted(name=resident.shown_as, text="This post is gone.")
    return Quoted(name=resident.shown_as, text=parent.text, target=anchor(parent))
