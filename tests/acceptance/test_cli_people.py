"""What people say: yes, not any more, now, stop, go on, and what became of a lost post."""

from typing import Any

import pytest

from .conftest import Town

KEY = "2027/morning@mastodon-en"


def state(town: Town, key: str = KEY) -> str:
    return next(row["state"] for row in town.json("status", "--all")["deliveries"] if row["key"] == key)


def asked(town: Town, *words: str) -> Any:
    """The one delivery that a command answers about."""
    (row,) = town.json(*words)["deliveries"]
    return row


def test_two_people_say_yes_to_the_words_that_they_were_shown(applied: Town):
    shown = applied.amplify("approve", "morning", "--by", "editor", typed="y\n")
    assert shown.code == 0
    assert "Two days to go, clean your lamps." in shown.out
    assert "1 more yes needed" in shown.out
    assert state(applied) == "planned"
    assert "needs 1 yes (editor said yes)" in applied.amplify("status", "--all").out
    second = asked(applied, "approve", KEY, "--by", "reviewer", "--yes")
    assert (second["state"], second["still_needed"]) == ("approved", 0)


def test_a_no_approves_nothing(applied: Town):
    assert applied.amplify("approve", "morning", "--by", "editor", typed="n\n").code == 1
    assert applied.json("plan")["summary"]["keep"] == 4
    assert asked(applied, "approve", "morning", "--by", "editor", "--yes")["still_needed"] == 1


def test_where_nobody_answers_nothing_is_approved(applied: Town):
    said = applied.amplify("approve", "morning", "--by", "editor", typed="")
    assert said.code == 2
    assert "add --yes" in said.err


def test_the_same_person_is_not_two(applied: Town):
    for _ in range(2):
        row = asked(applied, "approve", "morning", "--by", "editor", "--yes")
    assert (row["state"], row["still_needed"]) == ("planned", 1)
    assert row["reason"] == "editor has said yes already"


def test_a_digest_is_a_yes_to_these_words_only(applied: Town):
    digest = applied.json("preview", "morning")[0]["digest"]
    assert applied.amplify("approve", "morning", "--by", "editor", "--digest", digest[:7]).code == 2
    wrong = applied.amplify("approve", "morning", "--by", "editor", "--digest", "0" * 8)
    assert wrong.code == 1
    assert "nothing was done" in wrong.err
    row = asked(applied, "approve", "morning", "--by", "editor", "--digest", digest[:8])
    assert (row["digest"], row["still_needed"]) == (digest, 1)


def test_a_digest_takes_one_of_several_channels(applied: Town):
    digest = next(one["digest"] for one in applied.json("preview", "evening") if one["network"] == "bluesky")
    rows = applied.json("approve", "evening", "--by", "editor", "--digest", digest)["deliveries"]
    assert {row["channel"]: row["still_needed"] for row in rows} == {
        "bluesky-en": 1,
        "mastodon-en": 2,
        "telegram-en": 2,
    }


def test_other_words_need_another_yes(applied: Town):
    for name in ("editor", "reviewer"):
        applied.json("approve", "morning", "--by", name, "--yes")
    applied.change("posts/all.yaml", "clean your lamps", "trim your lamps")
    applied.json("apply")
    assert state(applied) == "planned"


def test_until_takes_only_what_is_due_by_then(applied: Town):
    rows = applied.json("approve", "evening", "morning", "--until", "D-2", "--by", "editor", "--yes")["deliveries"]
    assert [row["key"] for row in rows] == [KEY]
    none = applied.amplify("approve", "evening", "--until", "D-1 10:00", "--by", "editor", "--yes")
    assert "Nothing that was named is due until then." in none.out
    assert "write a day or a time" in applied.amplify("approve", "morning", "--until", "soon", "--by", "editor").err


def test_names_that_nobody_knows_are_told(applied: Town):
    assert "editor, reviewer" in applied.amplify("approve", "morning", "--by", "stranger", "--yes").err
    assert "no post or delivery called nothing" in applied.amplify("approve", "nothing", "--by", "editor", "--yes").err
    applied.change("config/campaign.yaml", "reviewer: {}", "reviewer: {}, fresh: {}")
    assert "fresh is new" in applied.amplify("approve", "morning", "--by", "fresh", "--yes").err


def test_what_is_not_applied_cannot_be_approved(town: Town):
    said = town.amplify("approve", "morning", "--by", "editor", "--yes")
    assert said.code == 1
    assert "`amplify apply` comes first" in said.err


def test_a_held_post_is_not_approved_and_says_why(applied: Town):
    applied.change("posts/all.yaml", "at: D-2 09:00", "at: someday")
    applied.json("apply")
    said = applied.amplify("approve", "morning", "--by", "editor", "--yes")
    assert said.code == 1
    assert "held" in said.out
    assert "post morning is wrong" in said.out


def test_revoking_takes_every_yes_back(applied: Town):
    nothing = applied.amplify("revoke", "morning", "--by", "editor", "--yes")
    assert "there is no yes to take back" in nothing.out
    for name in ("editor", "reviewer"):
        applied.json("approve", "morning", "--by", name, "--yes")
    assert applied.amplify("revoke", "morning", "--by", "editor", typed="n\n").code == 1
    assert state(applied) == "approved"
    assert asked(applied, "revoke", "morning", "--by", "editor", "--yes")["still_needed"] == 2
    assert state(applied) == "planned"


def test_now_is_a_new_slot_and_one_yes(applied: Town):
    assert applied.amplify("now", "morning", "--by", "editor", typed="n\n").code == 1
    row = asked(applied, "now", "morning", "--by", "editor", "--yes")
    assert row["due"] == "2027-05-14T09:00:00+02:00"
    assert (row["state"], row["still_needed"]) == ("planned", 1)
    assert asked(applied, "approve", "morning", "--by", "reviewer", "--yes")["state"] == "approved"
    assert applied.json("plan")["summary"]["keep"] == 4


def test_one_stops_and_two_go_on(applied: Town):
    assert applied.json("stop", "--reason", "the date is wrong", "--by", "passer-by")["stopped"] is True
    seen = applied.json("status")
    assert seen["stopped"] is True
    assert seen["brakes"] == ["passer-by stopped it: the date is wrong"]
    assert applied.amplify("status").out.startswith("STOPPED: passer-by stopped it: the date is wrong.")
    assert applied.json("resume", "--by", "editor") == {"stopped": True, "still_needed": 1}
    assert applied.json("resume", "--by", "editor") == {"stopped": True, "still_needed": 1}
    assert applied.json("resume", "--by", "reviewer") == {"stopped": False, "still_needed": 0}
    assert applied.json("status")["brakes"] == []
    assert "Nothing was stopped." in applied.amplify("resume", "--by", "editor").out
    assert applied.amplify("resume", "--by", "passer-by").code == 1


def test_a_stop_of_one_channel_that_spares_a_post(applied: Town):
    said = applied.json("stop", "--reason", "r", "--by", "x", "--channel", "telegram-en", "--except", "evening")
    assert said["brakes"] == ["x stopped it on telegram-en, except evening: r"]
    nowhere = applied.amplify("stop", "--reason", "r", "--by", "x", "--channel", "telegran-en")
    assert nowhere.code == 1
    assert "nothing was stopped" in nowhere.err
    assert "spares nothing" in applied.amplify("stop", "--reason", "r", "--by", "x", "--except", "nothing").out


def test_a_stop_holds_when_posts_are_broken(applied: Town):
    applied.write("posts/all.yaml", "- id: [")
    applied.json("stop", "--reason", "r", "--by", "x")
    assert applied.json("status")["stopped"] is True


@pytest.mark.parametrize("text", ["name: [", None])
def test_a_stop_holds_when_the_campaign_cannot_be_read(applied: Town, text: str | None):
    before = (applied.root / "config/campaign.yaml").read_text()
    if text is None:
        (applied.root / "config/campaign.yaml").unlink()
    else:
        applied.write("config/campaign.yaml", text)
    said = applied.amplify("stop", "--reason", "wrong number", "--by", "x")
    assert said.code == 0
    assert "by the file STOP" in said.out
    assert (applied.root / "STOP").read_text() == "x: wrong number\n"
    applied.write("config/campaign.yaml", before)
    assert applied.json("status")["stopped"] is True
    assert applied.json("resume", "--by", "editor") == {"stopped": True, "still_needed": 0}
    assert "A file STOP still lies in the folder" in applied.amplify("resume", "--by", "editor").out


def unconfirmed(town: Town) -> None:
    for name in ("editor", "reviewer"):
        town.json("approve", "morning", "--by", name, "--yes")
    town.lose_sight_of(KEY)


def test_a_lost_post_shows_the_very_words_to_type(applied: Town):
    unconfirmed(applied)
    said = applied.amplify("status").out
    assert "Needs a hand" in said
    assert f"amplify resolve {KEY} --published URL --by NAME" in said
    assert f"amplify resolve {KEY} --absent --by NAME" in said


def test_a_person_answers_that_it_is_public(applied: Town):
    unconfirmed(applied)
    url = "https://town.example/@lantern/77"
    said = applied.json("resolve", KEY, "--published", url, "--by", "editor")
    assert (said["state"], said["url"]) == ("published", url)
    (row,) = applied.json("status", "--post", "morning")["deliveries"]
    assert (row["url"], row["remote_id"], row["published_at"]) == (url, "77", "2027-05-14T09:00:00+02:00")


def test_a_person_answers_that_it_is_not_there(applied: Town):
    unconfirmed(applied)
    assert applied.json("resolve", KEY, "--absent", "--by", "editor")["state"] == "approved"


def test_an_answer_is_one_of_two_to_a_question_that_is_open(applied: Town):
    for words, told in (
        (["--absent", "--published", "https://town.example/1"], "say one of the two"),
        ([], "say one of the two"),
        (["--published", "town.example/1"], "is not an address"),
        (["--absent"], "only an unconfirmed delivery needs an answer"),
    ):
        said = applied.amplify("resolve", KEY, *words, "--by", "editor")
        assert said.code
        assert told in said.err
    assert "is not a delivery's key" in applied.amplify("resolve", "morning", "--absent", "--by", "editor").err
    assert "knows no delivery" in applied.amplify("resolve", "2027/x@y", "--absent", "--by", "editor").err
    assert "is no coordinator" in applied.amplify("resolve", KEY, "--absent", "--by", "stranger").err


def test_status_answers_programs(applied: Town):
    said = applied.json("status", "--all", "--state", "planned", "--post", "evening")
    assert {"stopped", "deliveries", "counts", "more"} <= set(said)
    assert [row["channel"] for row in said["deliveries"]] == ["bluesky-en", "mastodon-en", "telegram-en"]
    assert set(said["deliveries"][0]) == {
        *("key", "post", "channel", "state", "due", "published_at", "remote_id", "url", "attempts", "reason"),
    }
    assert said["deliveries"][0]["due"] == "2027-05-21T19:00:00+02:00"
    assert said["counts"]["planned"] == 4


def test_the_record_is_whole_and_says_so(applied: Town):
    said = applied.json("verify")
    assert said["ok"] is True
    assert said["lines"] >= 5
    assert said["last"] in applied.amplify("verify").out
