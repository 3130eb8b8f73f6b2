"""A Mastodon that others wrote: accounts on it, and their walls as anybody may read them, without signing in."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import count
from types import MappingProxyType

from amplify.domain.feature import Feature
from amplify.testing.resident import Resident
from amplify.testing.wall import WallEntity, WallPost
from servers.asking import get, submit


class MastodonMock:
    network = "mastodon"
    cannot_show: Mapping[str, str] = MappingProxyType(
        {
            "test_links_and_marks_are_where_they_were_laid_out": "it takes a bracket behind a link into the link",
            "test_a_picture_that_the_server_has_thrown_away_is_told_and_staged_again": "it cannot be told to forget",
        }
    )
    cannot_show_features: Mapping[Feature, str] = MappingProxyType(
        {
            Feature.MENTION: "it knows nobody on another server",
            Feature.ANIMATION: "it takes every film for a video",
        }
    )

    def __init__(self, url: str) -> None:
        self.url = url
        self._number = count(1)

    def sign_up(self, _: str) -> Resident:
        """A new account that nobody else uses; the server chooses its token."""
        name = f"campaign_{next(self._number)}"
        email, password = f"{name}@campaign.test", "never used again"
        address = f"{self.url}/api/v1/accounts"
        token = submit(
            address, "mock_token", username=name, email=email, password=password, agreement="true", locale="en"
        )
        return Resident(network="mastodon", channels=("here",), name=name, secret=token["access_token"])

    def wall(self, resident: Resident, _: str) -> list[WallPost]:
        """In the order in which the posts were made."""
        account = get(f"{self.url}/api/v1/accounts/lookup", acct=resident.name)["id"]
        address = f"{self.url}/api/v1/accounts/{account}/statuses"
        told, pinned = get(address, limit="40"), {one["id"] for one in get(address, pinned="true")}
        return [_shown(status, resident, pinned=status["id"] in pinned) for status in reversed(told)]


def _shown(status: dict, resident: Resident, *, pinned: bool) -> WallPost:
    page = _Page()
    page.feed(status["content"])
    page.close()
    extra = {"visibility": status["visibility"], "warning": status["spoiler_text"]}
    if status["media_attachments"]:
        extra |= {"media": [_medium(one) for one in status["media_attachments"]], "sensitive": status["sensitive"]}
    if pinned:
        extra["pinned"] = True
    if status["poll"]:
        extra["poll"] = {"options": [option["title"] for option in status["poll"]["options"]]}
    if status["quote"]:
        extra["quotes"] = status["quote"]["quoted_status"]["id"]
    if status["reblog"]:
        extra["boosts"] = status["reblog"]["id"]
    if status["quote_approval_policy"] not in (None, "public"):
        extra["quoting"] = status["quote_approval_policy"]
    if status["edited_at"]:
        extra["edited_at"] = status["edited_at"]
    return WallPost(
        network="mastodon",
        account=resident.name,
        channels=resident.channels,
        remote_id=status["id"],
        url=status["url"],
        text=page.text,
        entities=(*page.links, *_tags(page.text, [tag["name"] for tag in status["tags"]])),
        language=status["language"] or "",
        at=status["created_at"],
        reply_to=status["in_reply_to_id"] or "",
        extra=extra,
    )


def _medium(one: dict) -> dict:
    focus = (one["meta"] or {}).get("focus")
    point = {"focus": (focus["x"], focus["y"])} if focus else {}
    sort = {"image": "picture", "gifv": "animation"}.get(one["type"], one["type"])
    return {"alt": one["description"] or "", "url": one["url"], "sort": sort, **point}


def _tags(text: str, names: list[str]) -> list[WallEntity]:
    """This server tells which tags it has understood, and does not mark them in the text."""
    written = [found for name in names for found in re.finditer(f"#({re.escape(name)})", text, re.IGNORECASE)]
    return [WallEntity(kind="tag", start=tag.start(), end=tag.end(), value=tag[1]) for tag in written]


class _Page(HTMLParser):
    """The content of a status as a reader sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.links: list[WallEntity] = []
        self._open: tuple[int, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p" and self.text:
            self.text += "\n\n"
        if tag == "br":
            self.text += "\n"
        if tag == "a":
            self._open = (len(self.text), dict(attrs)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open is not None:
            start, value = self._open
            self.links.append(WallEntity(kind="link", start=start, end=len(self.text), value=value))

    def handle_data(self, data: str) -> None:
        self.text += data
