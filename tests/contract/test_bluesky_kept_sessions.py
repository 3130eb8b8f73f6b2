"""Bluesky sessions outlive the process: one sign-in, one renewal at a time, and nobody else's."""

import asyncio
import json
import logging
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amplify.config.keepsakes import keepsake
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.envelope import Ticket
from amplify.domain.key import Key
from amplify.domain.rendition import Rendition
from amplify.domain.richtext import plain
from amplify.ports.errors import NotSent, OutcomeUnknown, Unauthorized, Unavailable
from amplify.ports.publisher import Access, HoldsSecrets, Publisher
from amplify.publishers.bluesky import BLUESKY
from amplify.services.reach import OutOfReach, reach
from amplify.testing.doors import kept
from amplify.testing.faults import Rule
from amplify.testing.memory_ledger import MemoryLedger
from amplify.testing.resident import Resident
from amplify.testing.sandbox import DOORS, Sandbox

PASSWORD = "canary-0f3a-9c7e-51d2"
NOW = datetime(2027, 5, 21, 7, tzinfo=UTC)
SIGN_IN, RENEW, WHO, PUT = "createSession", "refreshSession", "getSession", "putRecord"
CHANNEL = Channel(name="here", network="bluesky", language="be", links=LinkPolicy.FULL)


@dataclass
class Place:
    """A server whose clock can be put forward, an account on it, and a folder in which sessions are kept."""

    folder: Path
    sandbox: Sandbox
    ahead: timedelta
    ports: dict[str, int]
    opened: list[Publisher] = field(default_factory=list)

    @classmethod
    @asynccontextmanager
    async def found(cls, folder: Path) -> AsyncIterator["Place"]:
        with kept(DOORS) as ports:
            place = cls(folder, None, timedelta(), ports)
            await place.begin()
            try:
                yield place
            finally:
                await place.leave()
                await place.sandbox.close()

    async def begin(self, password: str = PASSWORD) -> None:
        resident = Resident(network="bluesky", channels=("here",), name="campaign.example", secret=password)
        self.sandbox = await Sandbox.open(
            [resident],
            now=lambda: NOW,
            ports=self.ports,
            machine=self.clock,
        )

    def clock(self) -> float:
        return (datetime.now(UTC) + self.ahead).timestamp()

    async def revoke(self, password: str = PASSWORD) -> None:
        """The server starts again at the same address and knows none of its sessions any more."""
        await self.sandbox.close()
        await self.begin(password)

    def access(self, **settings: str) -> Access:
        """As a process of its own would have it."""
        return Access(
            channel="here",
            language="be",
            settings={**self.sandbox.settings("here"), "password": PASSWORD, **settings},
            timeout=timedelta(seconds=10),
            connect_timeout=timedelta(seconds=2),
            keep=keepsake(self.folder, "bluesky", ["https://server.example", "campaign.example"]),
        )

    async def connect(self, **settings: str) -> Publisher:
        publisher = await BLUESKY.connect(self.access(**settings))
        self.opened.append(publisher)
        return publisher

    async def leave(self) -> None:
        while self.opened:
            await self.opened.pop().close()

    def asked(self, what: str) -> int:
        return self.order().count(what)

    def order(self) -> list[str]:
        """What was asked, but for the account's profile, which is looked at whenever an account is connected."""
        asked = [request.path.rpartition(".")[2] for request in self.sandbox.requests()]
        return [what for what in asked if what != "getRecord"]

    @property
    def files(self) -> Sequence[Path]:
        return [path for path in self.folder.iterdir() if path.suffix != ".lock"]

    @property
    def kept(self) -> str:
        (file,) = self.files
        return file.read_text()

    @property
    def tokens(self) -> list[str]:
        return json.loads(self.kept)["session"].split(":::")[2:4]


async def post(publisher: Publisher, name: str) -> None:
    key = Key(edition="2027", post=name, channel="here")
    layout = BLUESKY.lay_out(plain(f"Post {name}"), {}, publisher.limits)
    rendition = Rendition(key=key, network="bluesky", channel="here", language="be", due=NOW, layout=layout)
    sealed = publisher.prepare(rendition, Ticket(key=key, nonce=name, made_at=NOW), NOW, None)
    await publisher.publish(await publisher.stage(sealed))


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with Place.found(tmp_path / "var" / "keepsakes") as place:
        yield place


async def test_two_hundred_posts_of_twenty_runs_need_one_sign_in(place):
    for run in range(20):
        publisher = await place.connect()
        for number in range(10):
            await post(publisher, f"p{run}-{number}")
        await place.leave()
    assert len(place.sandbox.walls()) == 200
    assert place.asked(SIGN_IN) == 1
    assert place.asked(RENEW) == 0


async def test_two_channels_of_one_account_that_connect_together_sign_in_once(place):
    first, second = await asyncio.gather(place.connect(), place.connect())
    assert first.identity == second.identity
    assert place.asked(SIGN_IN) == 1


async def test_a_session_that_is_about_to_end_is_renewed_before_the_post_leaves(place):
    place.ahead = -timedelta(minutes=110)
    publisher = await place.connect()
    place.ahead = timedelta()
    await post(publisher, "one")
    await post(publisher, "two")
    assert place.order()[-3:] == [RENEW, PUT, PUT]


async def test_a_session_that_has_ended_at_the_server_is_renewed_without_the_password(place):
    publisher = await place.connect()
    place.ahead = timedelta(hours=3)
    await post(publisher, "one")
    assert place.order() == [SIGN_IN, PUT, RENEW, PUT]
    await post(await place.connect(), "two")
    assert place.order()[4:] == [WHO, PUT]
    assert len(place.sandbox.walls()) == 2


async def test_two_processes_that_find_it_ended_at_the_same_moment_renew_it_once(place):
    both = [await place.connect(), await place.connect()]
    place.ahead = timedelta(hours=3)
    await asyncio.gather(*(post(publisher, f"p{number}") for number, publisher in enumerate(both)))
    assert (place.asked(RENEW), place.asked(SIGN_IN)) == (1, 1)
    assert len(place.sandbox.walls()) == 2


async def test_a_renewal_whose_answer_was_lost_is_made_up_for(place):
    publisher = await place.connect()
    place.ahead = timedelta(hours=3)
    place.sandbox.faults.add(Rule(what="drop_after", path=RENEW))
    with pytest.raises(Unavailable):
        await post(publisher, "one")
    await post(publisher, "one")
    assert place.asked(SIGN_IN) == 1
    assert len(place.sandbox.walls()) == 1


async def test_a_revoked_session_takes_one_new_sign_in_for_all(place):
    both = [await place.connect(), await place.connect()]
    await place.revoke()
    await asyncio.gather(*(post(publisher, f"p{number}") for number, publisher in enumerate(both)))
    assert place.asked(SIGN_IN) == 1
    assert len(place.sandbox.walls()) == 2
    await post(await place.connect(), "third")
    assert place.asked(SIGN_IN) == 1


async def test_a_session_revoked_between_two_runs_takes_one_new_sign_in(place):
    await place.connect()
    await place.revoke()
    await post(await place.connect(), "one")
    assert place.asked(SIGN_IN) == 1
    assert len(place.sandbox.walls()) == 1


async def test_a_sign_in_that_failed_for_the_server_s_sake_is_made_up_for(place):
    publisher = await place.connect()
    await place.revoke()
    place.sandbox.faults.add(Rule(what="status", arg=500, path=SIGN_IN, count=2))
    for _ in range(2):
        with pytest.raises(Unavailable):
            await post(publisher, "one")
    await post(publisher, "one")
    assert len(place.sandbox.walls()) == 1


async def test_a_revoked_session_and_another_password_are_unauthorized_in_words(place):
    publisher = await place.connect()
    await place.revoke("another-password")
    for attempt in (post(publisher, "one"), place.connect()):
        with pytest.raises(Unauthorized, match="Invalid identifier or password"):
            await attempt
    assert place.asked(SIGN_IN) == 2
    assert not place.sandbox.walls()
    assert not place.files


async def test_a_new_password_is_tried_at_once_though_the_session_is_good(place):
    await place.connect()
    with pytest.raises(Unauthorized):
        await place.connect(password="mistyped")
    await post(await place.connect(), "one")
    assert place.asked(SIGN_IN) == 2


async def test_a_session_is_shown_to_no_other_server(place):
    await place.connect()
    async with Place.found(place.folder) as other:
        await other.connect()
        assert other.order() == [SIGN_IN]


async def test_a_session_whose_account_has_got_another_handle_is_not_gone_on_with(place):
    await place.connect()
    said = {"did": "did:plc:moved", "handle": "moved.example", "active": True}
    place.sandbox.faults.add(Rule(what="status", arg=200, path=WHO, body=said))
    publisher = await place.connect()
    assert publisher.identity.name == "@campaign.example"
    assert place.asked(SIGN_IN) == 2


async def test_a_session_of_another_account_than_the_bound_one_is_discarded(place):
    ledger = MemoryLedger()
    name, url = "@campaign.example", "https://b.example"
    ledger.bind("here", id="did:plc:bound", name=name, url=url, limits=BLUESKY.defaults, now=NOW)
    with pytest.raises(OutOfReach) as told:
        await reach(CHANNEL, place.access(), {"bluesky": BLUESKY}, ledger, {}, lambda: NOW)
    assert told.value.halted
    assert not place.files


@pytest.mark.parametrize("broken", [b"\xff\xfe", b"{", b"[]", b'{"owner": "x"}', b"0"])
async def test_a_keepsake_that_cannot_be_read_is_replaced(place, broken):
    await place.connect()
    place.files[0].write_bytes(broken)
    await place.connect()
    await place.connect()
    assert place.asked(SIGN_IN) == 2


async def test_where_nothing_can_be_kept_posts_go_out_all_the_same(place, caplog):
    place.folder.parent.mkdir()
    place.folder.write_text("in the way")
    await post(await place.connect(), "one")
    await post(await place.connect(), "two")
    assert place.asked(SIGN_IN) == 2
    assert "signs in anew" in caplog.text


async def test_what_is_kept_is_private_and_never_told(place, caplog):
    caplog.set_level(logging.DEBUG)
    publisher = await place.connect()
    (file,) = place.files
    assert file.stat().st_mode & 0o777 == 0o600
    assert place.folder.stat().st_mode & 0o777 == 0o700
    given, said = set(place.tokens), [repr(publisher), str(file)]
    place.ahead = timedelta(hours=3)
    await post(publisher, "one")
    given |= set(place.tokens)
    assert len(given) == 4
    for token in place.tokens:
        echo = {"error": "InvalidRequest", "message": f"no {token}"}
        place.sandbox.faults.add(Rule(what="status", arg=400, path=PUT, body=echo))
        place.sandbox.faults.add(Rule(what="html", path=PUT))
        for number in range(2):
            with pytest.raises((NotSent, OutcomeUnknown)) as failed:
                await post(publisher, f"again-{number}")
            said += traceback.format_exception(failed.value)
    said += [repr(await place.connect()), repr(place.access()), caplog.text]
    assert not [token for token in (*given, PASSWORD) if token[:40] in "".join(said) or token[-40:] in "".join(said)]


async def test_the_tokens_in_use_are_told_to_whoever_guards_the_texts(place):
    publisher = await place.connect()
    assert isinstance(publisher, HoldsSecrets)
    assert list(publisher.secrets) == place.tokens
