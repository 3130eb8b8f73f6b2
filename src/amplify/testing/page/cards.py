"""One post in the manner of its network: a Mastodon card, a Bluesky post, a bubble of a Telegram channel."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from html import escape
from urllib.parse import urlsplit

from amplify.testing.page.icons import icon
from amplify.testing.page.richtext import outward, to_html
from amplify.testing.resident import Resident
from amplify.testing.wall import WallPost

_SEEN_BY = {
    "public": "public",
    "unlisted": "quiet public: not in timelines",
    "private": "followers only",
    "direct": "mentioned people only",
}
_HUES = 360
_BEGINNING = 90


def anchor(post: WallPost) -> str:
    """Where the post stands in the page; the account is in it because Telegram's numbers are a channel's own."""
    place = post.remote_id.rpartition("/")[2]
    words = f"{post.network}-{post.account.removeprefix('@')}-{place}"
    return "".join(sign if sign.isalnum() else "-" for sign in words)


def portrait(resident: Resident) -> str:
    """A coloured disc with the account's initials."""
    words = [word for word in resident.shown_as.replace("_", " ").replace(".", " ").split() if word[0].isalnum()]
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"
    hue = sum(ord(sign) * place for place, sign in enumerate(resident.name, 7)) % _HUES
    return f'<span class="portrait" style="--hue:{hue}" aria-hidden="true">{escape(initials)}</span>'


def card(post: WallPost, resident: Resident, near: Mapping[str, WallPost], zone: tzinfo | None) -> str:
    """`near` are the posts of the same wall, by id: what is replied to is among them, or is gone."""
    if post.network == "mastodon":
        return _mastodon(post, resident, zone)
    if post.network == "bluesky":
        return _bluesky(post, resident, zone)
    return _telegram(post, resident, near, zone)


def moment(at: str, zone: tzinfo | None, pattern: str) -> str:
    local = datetime.fromisoformat(at).astimezone(zone)
    return f'<time datetime="{local.isoformat(timespec="seconds")}">{escape(local.strftime(pattern))}</time>'


def _mastodon(post: WallPost, resident: Resident, zone: tzinfo | None) -> str:
    text, warning = _text(post), str(post.extra.get("warning", ""))
    text += _pictures(post)
    if warning:
        text = f"<details><summary><span>{escape(warning)}</span> <em>show more</em></summary>{text}</details>"
    visibility = str(post.extra.get("visibility", "public"))
    return (
        f'{portrait(resident)}<div class="body"><header><b>{escape(resident.shown_as)}</b>'
        f'<span class="handle">@{escape(resident.name)}@mastodon.example</span>'
        f'<span class="meta">{icon(visibility, _SEEN_BY.get(visibility, escape(visibility)))}'
        f"{_permalink(post, zone)}</span></header>{text}{_actions('reply', 'boost', 'like')}</div>"
    )


def _bluesky(post: WallPost, resident: Resident, zone: tzinfo | None) -> str:
    marks = "".join(f'<span class="label">{escape(str(label))}</span>' for label in post.extra.get("labels", ()))
    embed = ""
    if preview := post.extra.get("card"):
        words = (
            f'<span class="host">{escape(urlsplit(preview["uri"]).hostname or "")}</span>'
            f"<b>{escape(preview['title'])}</b><span>{escape(preview['description'])}</span>"
        )
        embed = outward(preview["uri"], words, "card")
    if replies := post.extra.get("replies"):
        marks += f'<span class="label">replies: {escape(", ".join(replies))}</span>'
    return (
        f'{portrait(resident)}<div class="body"><header><b>{escape(resident.shown_as)}</b>'
        f'<span class="handle">@{escape(resident.name)}</span><span class="meta">{_permalink(post, zone)}</span></header>'
        f"{_text(post)}{_pictures(post)}{embed}{marks}{_actions('reply', 'boost', 'heart')}</div>"
    )


def _telegram(post: WallPost, resident: Resident, near: Mapping[str, WallPost], zone: tzinfo | None) -> str:
    quoted = ""
    if post.reply_to:
        parent = near.get(post.reply_to)
        begins = parent.text.partition("\n")[0][:_BEGINNING] if parent else "a message that is gone"
        target = f' href="#{anchor(parent)}"' if parent else ""
        quoted = f'<a class="quoted"{target}><b>{escape(resident.shown_as)}</b><span>{escape(begins)}</span></a>'
    if origin := post.extra.get("forwarded_from"):
        quoted = f'<span class="quoted"><b>Forwarded from {escape(str(origin))}</b></span>{quoted}'
    silent = icon("silent", "sent without a sound") if post.extra.get("silent") else ""
    edited = "edited " if post.extra.get("edited_at") else ""
    kept = icon("private", "cannot be forwarded") if post.extra.get("protected") else ""
    buttons = "".join(
        outward(button["url"], f"{escape(button['text'])}{icon('open')}", "button") for button in post.extra["buttons"]
    )
    return (
        f'<div class="bubble"><b class="name">{escape(resident.shown_as)}</b>{quoted}{_pictures(post)}{_text(post)}'
        f'<span class="meta">{kept}{silent}{edited}{_permalink(post, zone, "%H:%M")}</span></div>'
        + (f'<div class="buttons">{buttons}</div>' if buttons else "")
    )


def _text(post: WallPost) -> str:
    lang = f' lang="{escape(post.language)}"' if post.language else ""
    return f'<div class="text"{lang} dir="auto">{to_html(post)}</div>'


def _pictures(post: WallPost) -> str:
    """From the page's own server: it has all pictures, and the page may load from nowhere else."""
    drawn = ""
    for shown in post.extra.get("media", ()):
        place, alt = escape(urlsplit(shown["url"]).path), escape(shown["alt"] or "Photo")
        drawn += f'<img class="picture" src="{place}" alt="{alt}" title="{alt}">'
    return drawn


def _permalink(post: WallPost, zone: tzinfo | None, pattern: str = "%d %b, %H:%M") -> str:
    return f'<a class="when" href="#{anchor(post)}">{moment(post.at, zone, pattern)}</a>'


def _actions(*names: str) -> str:
    return f'<div class="actions" aria-hidden="true">{"".join(icon(name) for name in names)}</div>'
