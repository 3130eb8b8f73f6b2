"""Whether a server remembers an Idempotency-Key: Mastodon does for an hour, others ignore it, and no version tells which.

So nothing is promised before it was tried, or the operator has given their word (`replay:` in config/channels.yaml). What
is tried is one post under one key, twice: it names nobody, only the account can see it, and it is deleted at once.
"""

import re
import secrets
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta
from typing import Any

from amplify.domain.budget import Use
from amplify.ports.errors import OutcomeUnknown, PublishError, Unavailable
from amplify.ports.proving import Proof
from amplify.ports.publisher import Access, Replay
from amplify.publishers.mastodon_server import Server
from amplify.publishers.refusals import MASTODON as REFUSALS

#: A Mastodon remembers for an hour.
_PROVEN = "50m"
#: Of a maker whose hour nobody knows.
_PROVEN_ELSEWHERE = "10m"
_NEWEST = 20
_NEVER = Replay()


def replay_of(access: Access, claimed: str) -> Replay:
    """By the operator's word, else by what was seen, as long as the server is the one that showed it."""
    if said := access.settings.get("replay"):
        return _for(said)
    if not claimed or access.proven != claimed:
        return _NEVER
    is_mastodon = re.match(r"[4-9]\.\d+\.\d+", claimed) and "compatible" not in claimed
    return _for(_PROVEN if is_mastodon else _PROVEN_ELSEWHERE)


async def prove_replay(server: Server, own_id: str) -> Proof:
    """Raises PublishError where nothing could be posted, or what was made could not be deleted."""
    mark = secrets.token_hex(8)
    try:
        first = await _posted(server, mark)
    except OutcomeUnknown:
        await _deleted(server, await _made(server, own_id, mark))
        raise
    made = {first}
    try:
        with suppress(OutcomeUnknown):  # a Mastodon 4.6 makes no second post and answers 500 all the same
            made.add(await _posted(server, mark))
        seen = await _made(server, own_id, mark)
    except PublishError:
        await _deleted(server, made)
        raise
    made.update(seen)
    await _deleted(server, made)
    remembers = seen == [first] and made == {first}
    return Proof(version=server.claimed, remembers=remembers, told=_told(len(made), seen))


def _told(made: int, seen: list[str]) -> str:
    if made > 1:
        return "the server does not remember a request: the same one made two posts; both are deleted"
    if not seen:
        return "the server does not list the post that was made, so nothing is proven; it is deleted"
    return "the server remembers a request: the same one twice made one post; it is deleted"


async def _posted(server: Server, mark: str) -> str:
    words = f"A test by amplify, {mark}: it names nobody and is deleted at once."

    def post(client: Any) -> str:
        return str(client.status_post(words, visibility="direct", idempotency_key=mark)["id"])

    return await server.ask(post, REFUSALS, OutcomeUnknown, Use.POST)


async def _made(server: Server, own_id: str, mark: str) -> list[str]:
    """The ids of all that there is of it, those that are listed to the account itself."""

    def read(client: Any) -> list[str]:
        page = client.account_statuses(own_id, exclude_reblogs=True, limit=_NEWEST)
        return [str(status["id"]) for status in page if mark in str(status["content"])]

    return await server.ask(read, (), Unavailable)


async def _deleted(server: Server, ids: Collection[str]) -> None:
    """Raises Unavailable where something stays."""
    left = []
    for one in sorted(ids):

        def delete(client: Any, one: str = one) -> None:
            client.status_delete(one)

        try:
            await server.ask(delete, REFUSALS, Unavailable, Use.DELETE)
        except PublishError:
            left.append(one)
    if left:
        told = f"the server did not delete the test ({', '.join(left)}), which only the account itself can see"
        raise Unavailable(f"{told}. Delete it by hand: sign in with a browser")


def _for(said: str) -> Replay:
    return Replay(safe_for=timedelta(minutes=int(said.removesuffix("m"))))
