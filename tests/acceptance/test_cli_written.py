"""What is written, seen from the terminal: check, preview, plan, apply."""

import os
import pty
import re
import subprocess
import sys

import pytest

from .conftest import NOW, SECRETS, Town

BROKEN = """\
- id: first
  kind: qoute
  at: D 09:00
  channels: all
  text: {en: One lamp.}
- id: second
  kind: quote
  at: D 25:00
  channels: [mastodon-en, mastodn]
  text:
    en: {{ days_left }}
  colour: red
"""


def test_every_problem_is_told_with_its_place(town: Town):
    town.write("posts/all.yaml", BROKEN)
    said = town.amplify("check", "--json")
    assert said.code == 1
    assert said.json["ok"] is False
    problems = said.json["problems"]
    for problem in problems:
        assert set(problem) == {"severity", "code", "file", "line", "column", "message", "hint"}
    errors = {problem["line"]: problem for problem in problems if problem["severity"] == "error"}
    assert errors[2]["column"] == 9
    assert "qoute" in errors[2]["message"]
    assert errors[11]["file"] == "posts/all.yaml"
    told = town.amplify("check").out
    assert "posts/all.yaml:2:9: error:" in told
    assert "\x1b" not in told


def test_a_campaign_that_is_right_says_so_and_by_whose_limits(town: Town):
    said = town.amplify("check")
    assert said.code == 0
    assert "Nothing is wrong in 2 posts." in said.out
    assert "default limit" in said.out
    assert town.json("check") == {"ok": True, "problems": []}


def test_an_unset_secret_is_a_warning(town: Town):
    town.change("config/channels.yaml", "${T_BLUESKY}", "${T_NOWHERE}")
    said = town.amplify("check", "--json")
    assert said.code == 0
    (problem,) = said.json["problems"]
    assert (problem["severity"], problem["code"]) == ("warning", "secret-unset")


def test_preview_counts_as_each_network_does(town: Town):
    seen = {one["network"]: one for one in town.json("preview", "evening")}
    bluesky, telegram, mastodon = seen["bluesky"], seen["telegram"], seen["mastodon"]
    assert set(bluesky) == {
        *("key", "post", "channel", "network", "language", "due", "text", "length", "limit", "unit"),
        *("entities", "media", "link_card", "buttons", "poll", "shows", "pin", "digest", "problems", "warnings"),
    }
    assert bluesky["key"] == "2027/evening@bluesky-en"
    assert bluesky["due"] == "2027-05-21T19:00:00+02:00"
    for one, encoding, width in ((bluesky, "utf-8", 1), (telegram, "utf-16-le", 2), (mastodon, "utf-32-le", 4)):
        spans = {e["kind"]: e for e in one["entities"]}
        shown = one["text"].encode(encoding)
        for kind, words in (("tag", "#LanternNight"), ("link", None), ("bold", "a lamp")):
            if kind in spans:
                found = shown[spans[kind]["start"] * width : spans[kind]["end"] * width].decode(encoding)
                assert words is None or found == words
        assert spans["link"]["value"] == "https://lantern.example/come"
    assert {e["kind"] for e in telegram["entities"]} == {"bold", "link", "tag"}
    assert (bluesky["limit"], mastodon["limit"], telegram["limit"]) == (300, 500, 4096)


def test_preview_ends_with_one_on_a_problem_and_says_it(town: Town):
    town.change("posts/all.yaml", "Two days to go", "Two days to go " * 40)
    said = town.amplify("preview", "--json", "morning")
    assert said.code == 1
    (one,) = said.json
    assert one["text"] == one["digest"] == ""
    assert "too long for Mastodon" in one["problems"][0]
    assert "problem: " in town.amplify("preview", "morning").out


def test_preview_of_one_post_on_one_channel_for_people(town: Town):
    said = town.amplify("preview", "evening", "--channel", "bluesky-en").out
    assert "bluesky-en  evening  Fri 21 May 2027 19:00" in said
    assert re.search(r"\d+ of 300 graphemes", said)
    assert "The invitation → https://lantern.example/come" in said
    assert "needs 2 approvals" in said
    assert not re.search("[│╭─]", said)


def test_preview_guesses_a_mistyped_name(town: Town):
    assert "did you mean `evening`?" in town.amplify("preview", "evenning").err
    assert "did you mean `bluesky-en`?" in town.amplify("preview", "--channel", "blusky-en").err


def test_what_is_applied_is_no_longer_in_the_plan(town: Town):
    first = town.json("plan")
    assert {change["action"] for change in first["changes"]} == {"create"}
    assert set(first["changes"][0]) == {"key", "post", "channel", "action", "due", "text", "reasons"}
    assert first["summary"]["create"] == 4
    assert town.amplify("plan", "--exit-code").code == 2
    assert town.json("apply")["revision"] == 1
    second = town.json("plan")
    assert {change["action"] for change in second["changes"]} == {"keep"}
    assert town.amplify("plan", "--exit-code").code == 0
    assert "Nothing to apply: " in town.amplify("plan").out


def test_looking_makes_no_ledger(town: Town):
    for words in (["check"], ["plan"], ["preview"], ["status"]):
        town.json(*words)
    assert not (town.root / "var/amplify.db").exists()


def test_a_reworded_and_a_moved_post_show_what_was(applied: Town):
    applied.change("posts/all.yaml", "Two days to go", "Three days to go")
    applied.change("posts/all.yaml", "at: D 19:00", "at: D 20:00")
    said = applied.amplify("plan").out
    assert "Wednesday 19 May 2027" in said
    assert "[-Two-] {+Three+} days to go," in said
    assert "was Fri 21 May 19:00" in said
    assert "4 deliveries: 3 to move, 1 to reword." in said
    assert "\x1b" not in said


def test_a_change_that_is_no_delivery_is_still_to_be_applied(applied: Town):
    applied.change("config/campaign.yaml", "reviewer: {}", "reviewer: {}, helper: {}")
    assert applied.amplify("plan", "--exit-code").code == 2
    assert "`amplify apply` takes them" in applied.amplify("plan").out


def test_a_campaign_that_cannot_be_used_is_one_sentence(town: Town):
    town.change("config/campaign.yaml", "day: 2027-05-21", "day: tomorrow")
    assert town.amplify("check").code == 1
    for words in (["plan"], ["preview"], ["apply"], ["status"], ["verify"]):
        said = town.amplify(*words)
        assert said.code == 1
        assert said.err == "Error: config/campaign.yaml cannot be used; `amplify check` says why\n"


@pytest.mark.parametrize(
    ("words", "width", "colour"),
    [(["preview", "morning"], 40, True), (["plan"], 40, False), (["status", "--all"], 100, True)],
)
def test_a_terminal_is_never_overrun_and_reads_without_colour(
    applied: Town, words: list[str], width: int, colour: bool
):
    applied.change("posts/all.yaml", "Two days to go", "灯りを持って来てください " * 8)
    said = on_terminal(applied, *words, width=width, colour=colour)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said)
    assert "morning" in plain
    assert max(cells(line) for line in plain.splitlines()) <= width
    assert colour is bool(re.search(r"\x1b\[[0-9;]*3[0-7]", said))


def on_terminal(town: Town, *words: str, width: int, colour: bool) -> str:
    """What a terminal of that width is sent."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, **SECRETS, "COLUMNS": str(width), "TERM": "xterm", "LINES": "200"}
    environ |= {} if colour else {"NO_COLOR": "1"}
    command = [sys.executable, "-m", "amplify", *words, "--campaign", str(town.root)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL, env=environ):
        os.close(theirs)
        said = b""
        try:
            while chunk := os.read(ours, 65536):
                said += chunk
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return said.decode()


def cells(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line.rstrip("\r"))


def test_now_is_a_week_before_the_day(town: Town):
    town.change("posts/all.yaml", "at: D-2 09:00", "at: D-7 08:59")
    (late,) = [change for change in town.json("plan")["changes"] if change["post"] == "morning"]
    assert late["action"] == "blocked"
    assert late["due"] < NOW.isoformat().replace("+00:00", "+02:00").replace("T07", "T09")
