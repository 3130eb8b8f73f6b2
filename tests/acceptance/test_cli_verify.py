"""amplify verify as people type it."""

import sqlite3
from contextlib import closing

from .conftest import Town


def test_a_whole_record_says_its_last_hash(applied: Town):
    said = applied.json("verify")
    assert (said["ok"], said["fault"], said["lines"]) == (True, "", 5)
    assert f"5 lines, the last hash is {said['last']}" in applied.amplify("verify").out


def test_a_hash_that_was_noted_is_found_when_the_record_has_grown(applied: Town):
    noted = applied.json("verify")["last"]
    applied.json("approve", "morning", "--by", "editor", "--yes")
    assert applied.json("verify")["last"] != noted
    said = applied.amplify("verify", "--noted", f" {noted[:12].upper()}")
    assert (said.code, "The hash that you noted is that of line 5" in said.out) == (0, True)
    missing = applied.amplify("verify", "--noted", "0" * 64)
    assert (missing.code, "it has no line with the hash 0000" in missing.out) == (1, True)
    assert applied.amplify("verify", "--noted", noted[:5]).code != 0


def test_a_row_that_was_changed_is_named(applied: Town):
    with closing(sqlite3.connect(applied.root / "var" / "amplify.db")) as raw, raw:
        raw.execute(
            "UPDATE delivery SET due = '2027-05-21T17:01:00.000000+00:00' WHERE key LIKE '%evening@mastodon-en'"
        )
    said = applied.amplify("verify")
    assert said.code == 1
    assert "The record was changed: the delivery 2027/evening@mastodon-en was changed" in said.out
    answered = applied.amplify("verify", "--json")
    assert (answered.code, answered.json["ok"]) == (1, False)


def test_a_file_that_is_damaged_is_told_in_a_sentence(applied: Town):
    path = applied.root / "var" / "amplify.db"
    raw = path.read_bytes()
    path.write_bytes(raw[:4096] + b"\xff" * 4096 + raw[8192:])
    said = applied.amplify("verify")
    assert said.code == 1
    assert "is damaged" in said.err + said.out
    assert "Traceback" not in said.err + said.out
