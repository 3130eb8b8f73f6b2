"""What a coordinator writes for Telegram alone: several buttons, an album, a thread as one message, how a link is shown."""

import json
from typing import Any

from amplify.bootstrap import open_app
from amplify.services.stub import stub

from .conftest import SECRETS, Town

WRITTEN = """\
- id: appeal
  kind: thread
  at: D 10:00
  channels: [telegram-en, mastodon-en]
  numbered: true
  link: invitation
  tags: [core]
  on:
    telegram: {joined: true, preview: large, button: [map, songs]}
  thread:
    - id: lamps
      text:
        en: |
          💡 Clean **your lamps**.
    - id: river
      text:
        en: |
          Then come to the river.
"""
LINKS = """\
  invitation: {url: "https://lantern.example/come", label: {en: The invitation}}
  map: {url: "https://lantern.example/map", label: {en: The map}}
  songs: {url: "https://lantern.example/songs", label: {en: The songs}}
"""


def written(town: Town, text: str = WRITTEN) -> None:
    town.change("config/campaign.yaml", LINKS.splitlines()[0] + "\n", LINKS)
    town.write("posts/all.yaml", text)


def parsed(entry: bytes) -> Any:
    return json.loads(entry.decode().strip().removeprefix("- "))


def problem(town: Town) -> dict[str, str]:
    """The only one that `check` tells."""
    (found,) = town.amplify("check", "--json").json["problems"]
    return found


def test_a_thread_is_one_message_on_telegram_and_a_thread_elsewhere(town: Town):
    written(town)
    assert town.json("check") == {"ok": True, "problems": []}
    seen = {one["key"]: one["text"] for one in town.json("preview")}
    assert seen["2027/appeal@telegram-en"] == (
        "💡 Clean your lamps.\n\nThen come to the river.\n\nThe invitation\n\n#LanternNight"
    )
    assert set(seen) == {
        *("2027/appeal@telegram-en", "2027/appeal.lamps@mastodon-en", "2027/appeal.river@mastodon-en"),
    }
    assert seen["2027/appeal.lamps@mastodon-en"].startswith("💡 Clean your lamps. 1/2")


def test_buttons_stand_in_the_order_in_which_they_are_written(town: Town):
    written(town)
    said = town.amplify("preview", "appeal", "--channel", "telegram-en").out
    first, second = (line.strip() for line in said.splitlines() if "button:" in line)
    assert first.endswith("The map → https://lantern.example/map")
    assert second.endswith("The songs → https://lantern.example/songs")


def test_what_telegram_takes_only_apart_is_refused_at_check(town: Town):
    written(town, WRITTEN.replace("  link: invitation\n", ""))
    told = problem(town)
    assert told["code"] == "unsupported"
    assert told["message"] == "appeal on telegram-en: there is no link whose `preview` could be shown"


def test_a_single_post_is_not_joined_and_a_part_neither(town: Town):
    part = WRITTEN.replace("    - id: river\n", "    - id: river\n      on: {telegram: {joined: true}}\n")
    written(town, part)
    assert "about the whole thread" in problem(town)["message"]
    single = "- {id: one, kind: call, at: D 10:00, channels: all, text: {en: Come.}, on: {telegram: {joined: true}}}\n"
    town.write("posts/all.yaml", single)
    assert "makes one message of a thread" in problem(town)["message"]


def test_a_button_may_be_a_list_and_a_topic_may_not(town: Town):
    written(town, WRITTEN.replace("preview: large", "topic: [7, 8]"))
    assert problem(town)["message"] == "`topic` needs a single text"


def test_the_joined_message_is_what_a_correction_names(town: Town):
    fix = """\
- id: appeal-fix
  kind: correction
  corrects: appeal
  at: D 12:00
  channels: [telegram-en]
  text: {en: "💡 Clean your lamps, all of them, and come."}
"""
    written(town, WRITTEN + fix)
    assert town.json("check")["ok"]


def test_what_is_left_of_an_erased_thread_is_still_one_message_there(town: Town):
    written(town)
    read = open_app(town.root, environ=SECRETS).written
    left = parsed(stub(read.posts[0], ("en",)))
    assert left["on"] == {"telegram": {"joined": "true"}}
    assert [part["id"] for part in left["thread"]] == ["lamps", "river"]
