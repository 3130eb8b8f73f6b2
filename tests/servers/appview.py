"""Bluesky's whole network: accounts on its server, and what people see in their apps, as the AppView tells it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from amplify.testing.resident import Resident
from servers.asking import get, post
from servers.bluesky import Pds

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The posts from the first one down, and the rule about answers, as apps are given them."""

    posts: list[dict[str, Any]]
    gate: dict[str, Any]


class AppView(Pds):
    def __init__(self, url: str, told_at: str) -> None:
        super().__init__(url)
        self._told_at = told_at

    def thread(self, uri: str, parts: int, *, gated: bool = False) -> Thread:
        """A post and what answers it; waits until so many are known there, and a rule about answers."""

        def look() -> Thread | None:
            told = get(f"{self._told_at}/xrpc/app.bsky.feed.getPostThread", uri=uri, depth="50")
            posts, gate = _downwards(told["thread"]), told.get("threadgate", {})
            return Thread(posts=posts, gate=gate) if len(posts) >= parts and bool(gate) >= gated else None

        return _until(look)

    def seen(self, uri: str) -> dict[str, Any]:
        """One post as apps are given it; waits until it is known there."""

        def look() -> dict[str, Any] | None:
            found = get(f"{self._told_at}/xrpc/app.bsky.feed.getPosts", uris=uri)["posts"]
            return found[0] if found else None

        return _until(look)

    def answer(self, who: Resident, to: dict[str, Any], text: str) -> str:
        """Somebody answers a post, by an app that does not care for rules; where that is stored."""
        session = post(f"{self.url}/xrpc/com.atproto.server.createSession", identifier=who.name, password=who.secret)
        above = {"uri": to["uri"], "cid": to["cid"]}
        record = {
            "$type": "app.bsky.feed.post",
            "text": text,
            "createdAt": "2027-05-21T07:00:00.000Z",
            "reply": {"root": above, "parent": above},
        }
        stored = post(
            f"{self.url}/xrpc/com.atproto.repo.createRecord",
            bearer=session["accessJwt"],
            repo=session["did"],
            collection=record["$type"],
            record=record,
        )
        return stored["uri"]


def _until(look: Callable[[], Told | None]) -> Told:
    """What `look` finds at last: the AppView hears of a post a little later."""
    wrong: Exception = TimeoutError("the AppView has not heard of it")
    for _ in range(100):
        try:
            found = look()
        except AssertionError as error:
            wrong, found = error, None
        if found is not None:
            return found
        time.sleep(0.1)
    raise wrong


def _downwards(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Fails where two posts answer the same one."""
    replies = shown.get("replies", [])
    assert len(replies) <= 1
    return [shown["post"], *(_downwards(replies[0]) if replies else [])]
