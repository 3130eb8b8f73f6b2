"""docs/servers.md: what becomes of posts on servers that speak Mastodon's API and are not Mastodon.

Each quirk was measured on a real server. Run this file to write the page anew (`make differing`): every cell is what the
wall of a look-alike with that quirk shows afterwards, and what a person is told.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from amplify.domain.envelope import REMARK, Envelope, Parents, Receipt
from amplify.domain.picture import Shown, digest_of
from amplify.domain.poll import Poll
from amplify.domain.rendition import Onto
from amplify.domain.richtext import RichText, plain
from amplify.ports.darkroom import Picture
from amplify.ports.errors import NotSent, OutcomeUnknown, Rejected, Unauthorized, Unavailable
from amplify.ports.publisher import NO_PICTURES, Access, Publisher
from amplify.publishers import installed
from amplify.testing.faults import Rule
from amplify.testing.manners import Manners
from amplify.testing.publisher_site import Site
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from docs.pages import ROOT

PAGE = ROOT / "docs" / "servers.md"
NOW = datetime(2027, 5, 21, 7, tzinfo=UTC)
SENDS = r"/api/v1/statuses$"
#: As the quarantine does it: looked for, and sent again only when it is not there.
_TRIES = 2

#: What was measured → how the look-alike is told to be so.
QUIRKS: Mapping[str, Mapping[str, Any]] = {
    "as Mastodon": {},
    "ignores the Idempotency-Key": {"honours_idempotency": False},
    "answers a repeated key with 500 (Mastodon 4.6)": {"replay_answers_500": True},
    "keeps a refusal under its key, for anybody (Pleroma)": {"keeps_refusals": True},
    "counts addresses in full, and says 23": {"counts_urls_in_full": True},
    "refuses what is too long with 400": {"over_limit_status": 400, "counts_urls_in_full": True},
    "takes 5000 letters": {"longest": 5000},
    "takes 60 letters": {"longest": 60},
    "shows a post without a visibility to fewer people": {"usual_visibility": "unlisted"},
    "shows the account's posts to fewer people": {"silences": True},
    "refuses languages that it does not know": {"languages": ("en", "de")},
    "forgets every language": {"drops_languages": True},
    "boosts twice": {"boosts_twice": True, "honours_idempotency": False},
    "says 400 where a picture is in a post already": {"gone_pictures_answer": 400},
    "looks at pictures for a while (202, 206)": {"looks_at_pictures": 1},
    "publishes without the pictures that it does not have": {"misses_pictures": False},
    "has ids that are no numbers (ULID)": {"ulid_ids": True},
    "refuses a poll beside a text where yes or no belongs": {"polls_want_booleans": True},
    "says 400 in plain words to a wrong token": {"bad_token_answers_400": True},
    "says 500 and a page to a picture that it does not take": {"takes_png": False},
    "cannot edit (404)": {"edits_answer_404": True},
    "cannot delete (404)": {"deletes_answer_404": True},
    "has no newer address for what it is (v2)": {"lacks_v2": True},
    "says yes and keeps nothing": {"hides_posts": True},
}
ONCE = "once"


@dataclass(slots=True)
class Stage:
    """An account on a server with one quirk, and posts that were made there."""

    site: Site
    publisher: Publisher
    number: int = 0

    def sealed(self, said: RichText, **more: Any) -> Envelope:
        self.number += 1
        return self.site.sealed(self.publisher, said, f"post-{self.number}", **more)

    async def published(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        """As the worker does it: what was lost sight of is looked for, and goes again where it is not there."""
        taken = {post.remote_id for post in self.site.wall()}
        for left in reversed(range(_TRIES)):
            staged = await self.publisher.stage(envelope, pictures)
            try:
                return await self.publisher.publish(staged, pictures)
            except OutcomeUnknown:
                found = await self.publisher.find(staged, taken)
                if found is not None:
                    return found
                if not left:
                    raise
        raise AssertionError("it ends before")

    def lose_the_next_answer(self, path: str = SENDS) -> None:
        self.site.faults.add(Rule(what="drop_after", path=path, method="POST"))

    def whole(self, words: str, receipt: Receipt, **wanted: object) -> str:
        """“once”, or what is wrong: twice, nowhere, or less than was sent without a word about it."""
        posts = [post for post in self.site.wall() if post.text == words]
        if len(posts) != 1:
            return f"{len(posts)} TIMES"
        shown = {"language": posts[0].language, **posts[0].extra}
        less = [
            name
            for name, value in {"visibility": "public", "language": "be", **wanted}.items()
            if shown.get(name) != value
        ]
        remark = receipt.proof.get(REMARK, "")
        if less and not remark:
            return f"LESS IN SILENCE: {', '.join(less)}"
        return f"{ONCE}; told: {remark}" if remark else ONCE


async def _text(on: Stage) -> str:
    return on.whole("A lamp", await on.published(on.sealed(plain("A lamp"))))


async def _link(on: Stage) -> str:
    words = f"Lamps {'a' * 430} https://lamps.example/{'b' * 80}"
    return on.whole(words, await on.published(on.sealed(plain(words))))


async def _picture(on: Stage) -> str:
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "navy").save(drawn, "PNG")
    made = Picture(data=drawn.getvalue(), mime="image/png", width=64, height=48)
    shown = Shown(path="posts/media/lamp.png", digest=digest_of(made.data), alt="A lamp")
    on.lose_the_next_answer()
    receipt = await on.published(on.sealed(plain("A drawing"), pictures=(shown,)), {shown.mark: made})
    (post,) = [post for post in on.site.wall() if post.text == "A drawing"]
    return on.whole("A drawing", receipt) if len(post.extra["media"]) == 1 else "WITHOUT ITS PICTURE"


async def _poll(on: Stage) -> str:
    poll = Poll(options=("Yes", "No"), lasts=timedelta(days=1))
    receipt = await on.published(on.sealed(plain("A question"), wishes={"poll": poll}))
    return on.whole("A question", receipt)


async def _lost(on: Stage) -> str:
    on.lose_the_next_answer()
    return on.whole("A lost lamp", await on.published(on.sealed(plain("A lost lamp"))))


async def _after_a_refusal(on: Stage) -> str:
    """What was refused once goes out when it is put right, under a key of its own."""
    on.site.faults.add(Rule(what="status", path=SENDS, method="POST", arg=422, body={"error": "Validation failed"}))
    try:
        await on.published(on.sealed(plain("Put right")))
    except Rejected:
        again = on.sealed(plain("Put right"))
        return on.whole("Put right", await on.published(again))
    return "NOT REFUSED"


async def _boost(on: Stage) -> str:
    shown = await on.published(on.sealed(plain("Shown again")))
    sealed = on.sealed(plain(""), parents=Parents(root=shown, parent=shown), wishes={"onto": Onto.BOOST})
    on.lose_the_next_answer(r"/reblog$")
    await on.published(sealed)
    boosts = [post for post in on.site.wall() if post.extra.get("boosts") == shown.remote_id]
    return ONCE if len(boosts) == 1 else f"{len(boosts)} TIMES"


async def _edit(on: Stage) -> str:
    wrong = await on.published(on.sealed(plain("Wrong")))
    parents = Parents(root=wrong, parent=wrong, said="Wrong")
    right = on.sealed(plain("Right"), parents=parents, settings={"as": "edit"})
    await on.published(right)
    return on.whole("Right", wrong)  # how it is shown was told of the post itself


async def _delete(on: Stage) -> str:
    made = await on.published(on.sealed(plain("Taken back")))
    await on.publisher.withdraw(None, made)
    return ONCE if not any(post.text == "Taken back" for post in on.site.wall()) else "STILL THERE IN SILENCE"


async def _token(on: Stage) -> str:
    try:
        await on.site.connect(settings={"token": "another"})
    except Unauthorized as refused:
        return ONCE if "Check" in str(refused) or "token" in str(refused) else f"UNCLEAR: {refused}"
    return "LET IN"


SCENES: Mapping[str, Callable[[Stage], Awaitable[str]]] = {
    "a text": _text,
    "a text with a long address": _link,
    "a picture whose answer is lost": _picture,
    "a poll": _poll,
    "a text whose answer is lost": _lost,
    "a text that was refused and put right": _after_a_refusal,
    "a boost whose answer is lost": _boost,
    "an edit": _edit,
    "taking back": _delete,
    "a wrong token": _token,
}


async def outcomes(quirk: Mapping[str, Any]) -> dict[str, str]:
    """By scene: “once”, “once; told: …”, “refused: …”, or a word in capitals for what must never be."""
    resident = Resident(network="mastodon", channels=("here",), name="campaign", secret="7:secret-of-the-page")
    sandbox = await Sandbox.open([resident], now=lambda: NOW, manners=Manners(**quirk))
    access = Access(
        channel="here",
        language="be",
        settings=sandbox.settings("here"),
        timeout=timedelta(seconds=5),
        connect_timeout=timedelta(seconds=2),
    )
    site = Site(
        network=installed()["mastodon"],
        access=access,
        secret=resident.secret,
        wall=sandbox.walls,
        faults=sandbox.faults,
        leave=sandbox.close,
        sent=int,
        now=lambda: NOW,
        sends=SENDS,
        refusal=422,
    )
    try:
        stage = Stage(site=site, publisher=await site.connect())
        return {name: await _played(scene, stage) for name, scene in SCENES.items()}
    finally:
        await site.close()
        await sandbox.close()


async def _played(scene: Callable[[Stage], Awaitable[str]], stage: Stage) -> str:
    before = len(stage.site.wall())
    try:
        return await scene(stage)
    except (NotSent, OutcomeUnknown) as refused:
        stage.site.faults.clear()
        kind = (
            "waits"
            if isinstance(refused, Unavailable)
            else "asks"
            if isinstance(refused, OutcomeUnknown)
            else "refused"
        )
        more = len(stage.site.wall()) - before
        return f"{kind}: {refused}" if more <= 1 else f"{more} TIMES, and then {kind}"


def is_right(outcome: str) -> bool:
    return outcome == ONCE or outcome.startswith((f"{ONCE}; told: ", "refused: ", "waits: ", "asks: "))


HEAD = """\
# Servers that speak Mastodon's API

GoToSocial, Pleroma, Akkoma, Pixelfed and others speak Mastodon's API, each a little otherwise. amplify is tried on look-alikes with
every difference that was measured on real servers: ten things are done there, and the wall is looked at afterwards. Each is
there **once**, or it is refused in a sentence; where a server shows less than was sent, you are told. Nothing is ever there
twice, and nothing is lost in silence.

What a server can do is asked when amplify connects (its limits, polls, pictures, quotes), not concluded from its name. No server
is asked to publish later by itself, because some publish at once. What they say when they want us to slow down, each in its
own way: [limits](limits.md).

This table is made by the tests (`make differing`).

| the server | once, as on Mastodon | otherwise |
|---|---|---|
"""


def row(quirk: str, came: Mapping[str, str]) -> str:
    same = [name for name, outcome in came.items() if outcome == ONCE]
    others: dict[str, list[str]] = {}
    for name, outcome in came.items():
        if outcome != ONCE:
            others.setdefault(outcome, []).append(name)
    told = [f"{', '.join(names)}: {_cell(outcome)}" for outcome, names in others.items()]
    once = "everything" if not others else f"{len(same)} of {len(came)}"
    return f"| {quirk} | {once} | {'<br>'.join(told)} |"


def _cell(outcome: str) -> str:
    return outcome.replace("|", "\\|").replace("`", "").replace("\n", " ")


async def page() -> str:
    rows = [row(name, await outcomes(quirk)) for name, quirk in QUIRKS.items()]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(asyncio.run(page()), encoding="utf-8")
