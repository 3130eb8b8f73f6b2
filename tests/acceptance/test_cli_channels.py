"""`channels check`, `channels set-label` and `doctor`, as typed: what they tell, and that they change nothing else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from acceptance.conftest import NOW, SECRETS, Said, Town
from amplify.bootstrap import open_app
from amplify.testing.faults import Rule
from amplify.testing.manners import Manners
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

RULES = ("Be kind.", "Automated accounts post at most once an hour.")
TOO_MUCH = ("read", "write", "follow")
LEAST = ("profile", "read:statuses", "write:statuses", "write:media", "write:accounts")


@pytest.fixture
async def sandbox(applied: Town) -> AsyncIterator[Sandbox]:
    """The servers that the town's channels lead to; two accounts do not say yet that they are automated."""
    house = [
        Resident(
            network="mastodon", channels=("mastodon-en",), name="lantern", secret=SECRETS["T_MASTODON"],
            automated=False, rights=LEAST,
        ),
        Resident(
            network="bluesky", channels=("bluesky-en",), name="lantern.example", secret=SECRETS["T_BLUESKY"],
            automated=False,
        ),
        Resident(network="telegram", channels=("telegram-en",), name="@lantern_en", secret=SECRETS["T_TELEGRAM"]),
    ]  # fmt: skip
    opened = await Sandbox.open(house, now=lambda: NOW, manners=Manners(rules=RULES))
    for name, network in (("https://town.example", "mastodon"), ("https://sky.example", "bluesky")):
        applied.change("config/channels.yaml", name, opened.urls[network])
    applied.change(
        "config/channels.yaml", 'chat: "@lantern_en"', f'chat: "@lantern_en", server: "{opened.urls["telegram"]}"'
    )
    yield opened
    await opened.close()


@pytest.fixture
def town_(sandbox: Sandbox, applied: Town) -> Town:  # noqa: ARG001  its servers
    return applied


async def typed(town: Town, *words: str) -> Said:
    return await asyncio.to_thread(town.amplify, *words)


async def test_checking_shows_who_we_are_and_binds_and_halts_nothing(town_: Town, sandbox: Sandbox) -> None:
    sandbox.faults.add(Rule(what="status", arg=401, network="bluesky", path="createSession"))
    said = await typed(town_, "channels", "check")
    assert said.code == 1
    assert "mastodon-en: @lantern@mastodon.example" in said.out
    assert "Bluesky answered 401" in said.out
    assert said.out.rstrip().endswith("Something is wrong with bluesky-en: what stands first there comes first.")
    assert not any(secret in said.out for secret in SECRETS.values())
    app = open_app(town_.root, environ=SECRETS)
    assert app.ledger.accounts() == {}
    assert [line.event for line in app.ledger.history() if line.key.endswith("-en") and "@" not in line.key] == []
    app.close()
    assert sandbox.walls() == []


async def test_rules_are_shown_until_somebody_has_read_them_and_again_when_they_change(
    town_: Town, sandbox: Sandbox
) -> None:
    said = await typed(town_, "channels", "check")
    assert "1.  Be kind." in said.out
    stranger = await typed(town_, "channels", "check", "mastodon-en", "--rules-read", "--by", "nobody")
    assert (stranger.code, "nobody" in stranger.err) == (1, True)
    read = await typed(town_, "channels", "check", "mastodon-en", "telegram-en", "--rules-read", "--by", "editor")
    assert read.out.count("rules: Read by editor now; the record has it.") == 2
    told = (await typed(town_, "channels", "check", "mastodon-en", "--json")).json
    traits = {"software": "Mastodon", "version": "4.6.0", "text limit": "500", "films": "yes"}
    assert told["channels"][0]["traits"].items() >= traits.items()
    assert told["channels"][0]["rules"] == {
        "lines": list(RULES),
        "url": f"{sandbox.urls['mastodon']}/about",
        "read": {"by": "editor", "at": "2027-05-14T09:00:00+02:00"},
    }
    new = {"version": "4.6.0", "domain": "mastodon.example", "rules": [{"id": "1", "text": "No automated accounts."}]}
    sandbox.faults.add(Rule(what="status", arg=200, path="/api/v2/instance", body=new, count=9))
    changed = await typed(town_, "channels", "check", "mastodon-en")
    assert (
        "have changed since editor read them on 14 May 2027: new: “No automated accounts.”; gone: “Be kind.”"
        in changed.out
    )
    assert (await typed(town_, "verify")).code == 0


async def test_a_server_that_repeats_our_secret_is_shown_and_written_down_without_it(
    town_: Town, sandbox: Sandbox
) -> None:
    secret = SECRETS["T_MASTODON"]
    said = {"version": f"4.6.0 {secret}", "rules": [{"id": "1", "text": f"Be kind to {secret}."}]}
    sandbox.faults.add(Rule(what="status", arg=200, path="/api/v2/instance", body=said, count=9))
    read = await typed(town_, "channels", "check", "mastodon-en", "--rules-read", "--by", "editor", "--json")
    assert "Be kind to [secret]." in read.out
    app = open_app(town_.root, environ=SECRETS)
    assert app.ledger.history()[-1].detail["rules"] == "Be kind to [secret]."
    app.close()
    assert secret not in read.out + read.err


async def test_the_label_is_switched_on_seen_and_written_down(town_: Town) -> None:
    said = await typed(town_, "channels", "set-label", "--all", "--by", "reviewer")
    assert said.code == 0, said.out + said.err
    assert said.out.splitlines() == [
        "mastodon-en: @lantern@mastodon.example now says that it is automated.",
        "bluesky-en: @lantern.example now says that it is automated.",
        "telegram-en: the label is on already; nothing was changed.",
    ]
    again = (await typed(town_, "channels", "set-label", "mastodon-en", "--by", "reviewer", "--json")).json
    assert again == {
        "ok": True,
        "labels": [{"channel": "mastodon-en", "became": "was on", "told": again["labels"][0]["told"]}],
    }
    app = open_app(town_.root, environ=SECRETS)
    lines = [(line.key, line.detail["by"]) for line in app.ledger.history() if line.event == "label_on"]
    app.close()
    assert lines == [("mastodon-en", "reviewer"), ("bluesky-en", "reviewer")]


async def test_a_doctor_says_the_worst_first_and_what_to_do(town_: Town) -> None:
    ledger = town_.root / "var" / "amplify.db"
    ledger.chmod(0o644)
    town_.write("notes.txt", f"the token is {SECRETS['T_TELEGRAM']}\n")
    said = await typed(town_, "doctor")
    assert said.code == 1
    first, *_, last = said.out.strip().splitlines()
    assert first.startswith("wrong")
    assert first.endswith("There seems to be a secret that amplify uses in notes.txt, line 1.")
    assert last.startswith("First see to secrets in files: Make a new one")
    assert f"chmod 600 {ledger}" in said.out
    assert "No worker runs on this machine" in said.out
    assert not any(secret in said.out for secret in SECRETS.values())
    (town_.root / "notes.txt").unlink()
    ledger.chmod(0o600)
    better = (await typed(town_, "doctor", "--json")).json
    assert better["ok"], better["first"]
    assert {
        "topic": "mastodon-en",
        "standing": "good",
        "told": "@lantern@mastodon.example answers, and is in order",
        "advice": "",
    } not in better["findings"], "its rules wait"
    assert "rules" in better["first"]


def test_a_doctor_works_without_a_network_and_without_a_ledger(town: Town) -> None:
    said = town.amplify("doctor", "--offline")
    assert said.code == 0, said.out
    assert "Nothing is applied yet" in said.out
    assert not (town.root / "var" / "amplify.db").exists()


def test_a_doctor_tells_of_stops_of_files_and_of_a_clock_that_is_behind(applied: Town) -> None:
    applied.amplify("stop", "--reason", "the figure is wrong", "--by", "editor")
    applied.write("STOP", "")
    applied.write("posts/broken.yaml", "- id: [")
    applied.set_clock(NOW - timedelta(days=1))
    told = {
        (one["topic"], one["standing"]) for one in applied.amplify("doctor", "--offline", "--json").json["findings"]
    }
    assert {("stop", "wrong"), ("files", "wrong"), ("clock", "wrong"), ("backup", "note"), ("notices", "note")} <= told


def test_an_unset_secret_and_an_unknown_channel_are_told_in_a_sentence(town: Town) -> None:
    unset = Town(town.root)
    town.change("config/channels.yaml", "${T_MASTODON}", "${NOT_SET_ANYWHERE}")
    assert "NOT_SET_ANYWHERE is not set" in unset.amplify("channels", "check", "mastodon-en").out
    unknown = unset.amplify("channels", "check", "mastodn-en")
    assert "no channel is called “mastodn-en”; there are bluesky-en, mastodon-en, telegram-en" in unknown.err
    lonely = unset.amplify("channels", "check", "--rules-read")
    assert "--rules-read needs the channels' names, and --by" in lonely.err


async def test_what_nobody_does_again_by_itself_is_not_said_to_go_again(town_: Town, sandbox: Sandbox) -> None:
    sandbox.faults.add(Rule(what="status", arg=503, network="mastodon", path="verify_credentials"))
    said = await typed(town_, "channels", "set-label", "mastodon-en", "--by", "editor")
    assert "say it again in a while" in said.out
    assert "by itself" not in said.out
