"""amplify withdraw and amplify measure as they are typed, on posts that are public in a sandbox."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from amplify.bootstrap import App, open_app
from amplify.cli.main import amplify as commands
from amplify.domain.delivery import Event, State
from amplify.domain.envelope import Parents, Receipt
from amplify.domain.key import Key
from amplify.domain.rendition import Onto
from amplify.domain.richtext import plain
from amplify.ports.ledger import Changed, Outcome
from amplify.services.rehearse import approve_all
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, send
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox

from .conftest import Said

LEASE = timedelta(minutes=5)
CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: UTC
day: {day}
languages: [en]
hashtags: {{core: [LanternNight]}}
coordinators: {{editor: {{}}}}
rules: {{approval: {{people: 1}}}}
"""
POSTS = """\
- id: lamps
  kind: statement
  at: D 09:00
  channels: [mastodon-en, bluesky-en]
  text: {en: Light a lamp tonight.}
- id: stand
  kind: thread
  at: D 12:00
  channels: [mastodon-en]
  thread: [{id: one, text: {en: We stand here.}}, {id: two, text: {en: We stay here.}}, {id: three, text: {en: Come.}}]
- id: lamps-again
  kind: statement
  at: D 19:00
  channels: [mastodon-en]
  boosts: lamps
- id: reminder
  kind: statement
  at: D 21:00
  channels: [mastodon-en]
  quotes: lamps
  text: {en: It is time.}
- id: fix
  kind: correction
  at: D 22:00
  channels: [mastodon-en]
  corrects: lamps
  text: {en: Light a candle tonight.}
  on: {mastodon: {as: edit}}
"""
RESIDENTS = (
    Resident(network="mastodon", channels=("mastodon-en",), name="campaign", secret="canary-one"),
    Resident(network="mastodon", channels=("other",), name="somebody", secret="canary-other"),
    Resident(network="bluesky", channels=("bluesky-en",), name="campaign.example", secret="canary-two"),
)
MASTODON = {name: f"2027/{name}@mastodon-en" for name in ("lamps", "lamps-again", "reminder", "fix")}
ONE, TWO, THREE = (f"2027/stand.{part}@mastodon-en" for part in ("one", "two", "three"))


@dataclass(kw_only=True)
class Street:
    """A campaign whose words are all approved, and servers that know it."""

    root: Path
    sandbox: Sandbox
    environ: dict[str, str]
    app: App

    async def amplify(self, *words: str, typed: str | BytesIO | None = None) -> Said:
        on = [*words, "--campaign", str(self.root)]
        runner = CliRunner(env=self.environ)
        done = await asyncio.to_thread(runner.invoke, commands, on, input=typed, prog_name="amplify")
        return Said(code=done.exit_code, out=done.stdout, err=done.stderr)

    async def public(self, named: str, text: str = "", *, like: Mapping[str, Any] | None = None) -> Receipt:
        """What a worker would have done: `named` is on its server, and the ledger has the proof."""
        key, ledger, now = Key.parse(named), self.app.ledger, datetime.now(UTC)
        channel = self.app.written.channels[key.channel]
        site = Site(
            network=self.app.networks[channel.network],
            access=self.app.access(channel),
            secret="",
            wall=self.sandbox.walls,
            faults=self.sandbox.faults,
            sent=int,
            leave=self.sandbox.close,
            now=lambda: now,
            sends="",
            refusal=0,
        )
        publisher = await site.connect()
        known = dict(like or {})
        boosts = known.pop("boosts", "")
        words = plain(text or f"Words of {named.partition('@')[0]}.")
        sealed = site.sealed(publisher, words, f"{key.post}-{key.part}", **known)
        sealed = replace(sealed, key=key, boosts=boosts)
        who = publisher.identity
        ledger.bind(key.channel, id=who.id, name=who.name, url=who.url, limits=publisher.limits, now=now)
        row = ledger.claim(self.row(named), worker="w", account=who.id, lease_until=now + LEASE, now=now)
        row = ledger.begin(row, sealed, epoch=ledger.epoch(), lease_until=now + LEASE, now=now)
        receipt = await send(publisher, sealed)
        ledger.record(row, Outcome(event=Event.CONFIRM, now=now, receipt=receipt))
        await site.close()
        return receipt

    def row(self, named: str) -> Any:
        return self.app.ledger.delivery(Key.parse(named))

    def states(self, *named: str) -> list[str]:
        return [self.row(name).state.value for name in named]

    def texts(self) -> list[str]:
        return [shown.text for shown in self.sandbox.walls()]

    def deletes(self) -> list[str]:
        return [one.path.rpartition("/")[2] for one in self.sandbox.requests() if one.method == "DELETE"]


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    sandbox = await Sandbox.open(RESIDENTS, now=lambda: datetime.now(UTC))
    channels, environ = {}, {"AMPLIFY_TIMEOUT": "5"}
    for resident, secret in ((RESIDENTS[0], "token"), (RESIDENTS[2], "password")):
        settings = settings_for(resident, sandbox.urls)
        environ[f"T_{resident.network.upper()}"] = settings[secret]
        written = settings | {secret: f"${{T_{resident.network.upper()}}}"}
        channels[resident.channels[0]] = {"network": resident.network, "language": "en", **written}
    files = {
        "config/campaign.yaml": CAMPAIGN.format(day=f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"),
        "config/channels.yaml": json.dumps(channels),
        "posts/all.yaml": POSTS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    street = Street(root=tmp_path, sandbox=sandbox, environ=environ, app=open_app(tmp_path, environ=environ))
    assert (await street.amplify("apply")).code == 0
    approve_all(street.app.ledger, street.app.clock, 1)
    yield street
    street.app.close()
    await sandbox.close()


async def test_a_thread_goes_from_its_end_and_what_of_it_waits_never_follows(street: Street) -> None:
    first, second = await street.public(ONE), await street.public(TWO)
    said = await street.amplify("withdraw", "stand", "--by", "editor", "--yes")
    assert (said.code, street.texts()) == (0, [])
    assert street.deletes() == [second.remote_id, first.remote_id]
    assert street.states(ONE, TWO, THREE) == ["withdrawn", "withdrawn", "cancelled"]
    assert f"Cancelled: {THREE}" in said.out
    assert "Still written in posts/all.yaml" in said.out
    assert (await street.amplify("apply")).code == 0
    approve_all(street.app.ledger, street.app.clock, 1)
    assert street.states(ONE, TWO, THREE) == ["withdrawn", "withdrawn", "cancelled"]
    assert street.app.ledger.verify() == ""


async def test_another_text_brings_back_what_was_cancelled_and_needs_a_new_yes(street: Street) -> None:
    await street.amplify("withdraw", "reminder", "--by", "editor", "--yes")
    file = street.root / "posts/all.yaml"
    file.write_text(file.read_text().replace("It is time.", "It is late."))
    await street.amplify("apply")
    assert street.states(MASTODON["reminder"]) == ["planned"]


async def test_what_was_taken_back_and_then_purged_stays_back(street: Street) -> None:
    await street.amplify("withdraw", "reminder", "--by", "editor", "--yes")
    await street.amplify("purge", "--post", "reminder", "--by", "editor", "--yes")
    await street.amplify("apply")
    assert street.states(MASTODON["reminder"]) == ["cancelled"]
    assert street.app.ledger.verify() == ""


async def test_it_asks_first_and_a_no_changes_nothing(street: Street) -> None:
    receipt = await street.public(MASTODON["lamps"])
    said = await street.amplify("withdraw", "lamps", "--by", "editor", typed="n\n")
    assert said.code == 1
    assert receipt.url in said.out
    assert "Delete 1 post for good and cancel 2 deliveries?" in said.out
    assert "Nothing was done." in said.out
    assert len(street.texts()) == 1
    assert street.states(MASTODON["lamps"], "2027/lamps@bluesky-en") == ["published", "approved"]


async def test_boosts_go_along_and_what_has_words_of_its_own_is_named(street: Street) -> None:
    lamps = await street.public(MASTODON["lamps"])
    parents = Parents(root=lamps, parent=lamps)
    boost = {"parents": parents, "wishes": {"onto": Onto.BOOST}, "boosts": lamps.remote_id}
    await street.public(MASTODON["lamps-again"], " ", like=boost)
    await street.public(MASTODON["reminder"], "It is time.", like={"parents": parents, "wishes": {"onto": Onto.QUOTE}})
    said = await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")
    assert said.code == 0
    assert street.texts() == ["It is time."]
    assert street.states(MASTODON["lamps"], MASTODON["lamps-again"]) == ["withdrawn", "withdrawn"]
    assert f"{MASTODON['reminder']} quotes or answers it, and stays" in said.out


async def test_what_would_show_it_again_is_cancelled_and_what_would_quote_it_is_named(street: Street) -> None:
    await street.public(MASTODON["lamps"])
    said = await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")
    assert f"Cancelled: {MASTODON['lamps-again']}" in said.out
    assert f"{MASTODON['reminder']} quotes or answers it, and still waits" in said.out
    assert street.states(*MASTODON.values()) == ["withdrawn", "cancelled", "approved", "approved"]
    traced = await street.amplify("trace", MASTODON["lamps"])
    assert "taken back by editor" in traced.out


async def test_an_edit_goes_with_what_it_has_edited_and_not_alone(street: Street) -> None:
    lamps = await street.public(MASTODON["lamps"])
    edit = {"parents": Parents(root=lamps, parent=lamps), "settings": {"as": "edit"}}
    await street.public(MASTODON["fix"], "Light a candle tonight.", like=edit)
    alone = await street.amplify("withdraw", "fix", "--by", "editor", "--yes")
    assert f"is an edit of {MASTODON['lamps']}: that post would go" in alone.err
    assert street.texts() == ["Light a candle tonight."]
    await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")
    assert (street.texts(), len(street.deletes())) == ([], 1)
    assert street.states(MASTODON["lamps"], MASTODON["fix"]) == ["withdrawn", "withdrawn"]


async def test_what_somebody_has_deleted_by_hand_is_written_down(street: Street) -> None:
    receipt = await street.public(MASTODON["lamps"])
    gone = await street.amplify("measure", "lamps")
    assert "no longer there" not in gone.out
    await by_hand(street, receipt)
    gone = await street.amplify("measure", "lamps")
    assert gone.code == 0
    assert f"{MASTODON['lamps']} is no longer there: {receipt.url}" in gone.out
    said = await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")
    assert (said.code, street.states(MASTODON["lamps"])) == (0, ["withdrawn"])
    again = await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")
    assert (again.code, again.out) == (0, f"Taken back before: {MASTODON['lamps']}.\n")


async def test_what_may_be_public_is_answered_for_first_and_all_else_goes(street: Street) -> None:
    await street.public(ONE)
    ledger, now = street.app.ledger, datetime.now(UTC)
    row = ledger.claim(street.row(TWO), worker="w", account="a", lease_until=now + LEASE, now=now)
    envelope = replace(street.row(ONE).envelope, key=row.key)
    row = ledger.begin(row, envelope, epoch=ledger.epoch(), lease_until=now + LEASE, now=now)
    said = await street.amplify("withdraw", "stand", "--by", "editor", "--yes")
    assert said.code == 1
    assert f"{TWO} is on its way just now" in said.out
    assert street.states(ONE, TWO, THREE) == ["withdrawn", "sending", "cancelled"]
    assert ledger.approvals([row.key]) == {}, "should nothing have been sent, it goes again only with a new yes"
    ledger.record(row, Outcome(event=Event.LOSE_SIGHT, now=now, lost_at=now))
    again = await street.amplify("withdraw", "stand", "--by", "editor", "--yes")
    assert again.code == 1
    assert "answer with `amplify resolve`, then say it again" in again.out


async def test_a_worker_that_has_claimed_it_comes_too_late(street: Street) -> None:
    ledger, now = street.app.ledger, datetime.now(UTC)
    await street.public(ONE)
    epoch = ledger.epoch()
    row = ledger.claim(street.row(TWO), worker="w", account="a", lease_until=now + LEASE, now=now)
    await street.amplify("withdraw", TWO, "--by", "editor", "--yes")
    envelope = replace(street.row(ONE).envelope, key=row.key)
    with pytest.raises(Changed):
        ledger.begin(row, envelope, epoch=epoch, lease_until=now + LEASE, now=now)
    assert street.states(TWO) == ["cancelled"]


async def test_what_goes_out_while_it_asks_is_deleted_too(street: Street) -> None:
    await street.public(ONE)
    loop = asyncio.get_running_loop()

    class Slow(BytesIO):
        """Somebody thinks for a while, and a worker goes on."""

        def read1(self, size: int | None = -1, /) -> bytes:
            asyncio.run_coroutine_threadsafe(street.public(TWO), loop).result()
            return super().read1(size)

    said = await street.amplify("withdraw", "stand", "--by", "editor", typed=Slow(b"y\n"))
    assert (said.code, street.texts()) == (0, [])
    assert street.states(ONE, TWO, THREE) == ["withdrawn", "withdrawn", "cancelled"]


async def test_a_server_that_takes_no_more_is_left_alone_until_it_does(street: Street) -> None:
    for name in (ONE, TWO):
        await street.public(name)
    headers = {"X-RateLimit-Reset": f"{datetime.now(UTC) + timedelta(minutes=10):%Y-%m-%dT%H:%M:%S.000Z}"}
    street.sandbox.faults.add(Rule(what="status", method="DELETE", arg=429, headers=headers))
    said = await street.amplify("withdraw", "stand", "--by", "editor", "--yes")
    assert said.code == 1
    assert said.out.count("STILL THERE") == 2
    assert "The rest may go from" in said.out
    assert street.states(ONE, TWO, THREE) == ["published", "published", "cancelled"]
    asked = len(street.deletes())
    again = await street.amplify("withdraw", "stand", "--by", "editor", "--yes", "--json")
    assert [bool(one["until"]) for one in json.loads(again.out)["left"]] == [True, True]
    assert len(street.deletes()) == asked, "it has been told to wait, and waits"
    assert all(known.throttled_until is None for known in street.app.ledger.accounts().values()), "posts go on"


async def test_an_answer_that_nobody_can_read_is_looked_into(street: Street) -> None:
    await street.public(MASTODON["lamps"])
    street.sandbox.faults.add(Rule(what="drop_after", method="DELETE"))
    said = await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")
    assert (said.code, street.states(MASTODON["lamps"])) == (0, ["withdrawn"])


async def test_where_nobody_can_look_a_person_is_asked_to(street: Street) -> None:
    receipt = await street.public(MASTODON["lamps"])
    street.sandbox.faults.add(
        Rule(what="drop_after", method="DELETE"),
        Rule(what="status", method="GET", path=f"statuses/{receipt.remote_id}", arg=500),
    )
    said = await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")
    assert said.code == 1
    assert "it may still be there: look, then say it again" in said.out
    assert street.states(MASTODON["lamps"]) == ["published"]
    assert (await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")).code == 0


async def test_a_secret_that_is_not_at_hand_keeps_no_other_channel_waiting(street: Street) -> None:
    await street.public(MASTODON["lamps"])
    await street.public("2027/lamps@bluesky-en")
    del street.environ["T_BLUESKY"]
    said = await street.amplify("withdraw", "lamps", "--by", "editor", "--yes")
    assert said.code == 1
    assert "T_BLUESKY is not set" in said.out
    assert street.states(MASTODON["lamps"], "2027/lamps@bluesky-en") == ["withdrawn", "published"]
    measured = await street.amplify("measure", "--json")
    assert measured.code == 1
    assert "T_BLUESKY is not set" in json.loads(measured.out)["trouble"]["bluesky-en"]


async def test_nothing_is_deleted_where_another_account_answers(street: Street) -> None:
    await street.public(MASTODON["lamps"])
    street.environ["T_MASTODON"] = RESIDENTS[1].secret
    said = await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")
    assert said.code == 1
    assert "behind mastodon-en answers @somebody" in said.out
    assert street.deletes() == []
    assert street.app.ledger.accounts()["mastodon-en"].halted == ""


async def test_a_server_that_repeats_secrets_in_its_refusals_tells_none(street: Street) -> None:
    await street.public(MASTODON["lamps"])
    told = {"error": " ".join(resident.secret for resident in RESIDENTS)}
    street.sandbox.faults.add(Rule(what="status", method="DELETE", arg=422, body=told))
    street.sandbox.faults.add(Rule(what="status", method="GET", path=r"/statuses\?", arg=503, body=told))
    for words in (("withdraw", MASTODON["lamps"], "--by", "editor", "--yes"), ("measure", "lamps")):
        said = await street.amplify(*words)
        assert said.code == 1
        assert "[secret]" in said.out
        assert not any(resident.secret in said.out + said.err for resident in (RESIDENTS[0], RESIDENTS[2]))


async def test_what_was_purged_can_still_be_taken_back(street: Street) -> None:
    await street.public(MASTODON["lamps"])
    assert (await street.amplify("purge", "--key", MASTODON["lamps"], "--by", "editor", "--yes")).code == 0
    said = await street.amplify("withdraw", MASTODON["lamps"], "--by", "editor", "--yes")
    assert (said.code, street.texts()) == (0, [])


async def test_measuring_shows_what_has_changed_and_one_account_waits_for_no_other(street: Street) -> None:
    lamps = await street.public(MASTODON["lamps"])
    await street.public("2027/lamps@bluesky-en")
    street.sandbox.faults.add(Rule(what="status", path=r"getPosts", arg=503))
    first = await street.amplify("measure")
    assert first.code == 1
    assert "bluesky-en was not asked to the end: Bluesky answered 503" in first.out
    assert "0 replies, 0 boosts, 0 likes, 0 quotes  first counted" in first.out
    await street.public(MASTODON["reminder"], like={"parents": Parents(root=lamps, parent=lamps)})
    second = await street.amplify("measure", "lamps")
    assert (second.code, "1 reply, 0 boosts, 0 likes, 0 quotes" in second.out) == (0, True)
    assert "+1 reply since" in second.out
    told = json.loads((await street.amplify("measure", "lamps", "--since", "D+1", "--json")).out)
    assert told["measured"] == []
    told = json.loads((await street.amplify("measure", "lamps", "--json")).out)["measured"]
    assert {one["channel"]: len(one["series"]) for one in told} == {"mastodon-en": 3, "bluesky-en": 2}
    assert street.app.ledger.verify() == ""
    assert State.PUBLISHED in {row.state for row in street.app.ledger.deliveries()}


async def by_hand(street: Street, receipt: Receipt) -> None:
    """Somebody deletes it in a browser."""
    app, channel = street.app, street.app.written.channels["mastodon-en"]
    publisher: Any = await app.networks["mastodon"].connect(app.access(channel))
    await publisher.withdraw(None, receipt)
