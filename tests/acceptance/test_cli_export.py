"""amplify export as people type it: evidence without names, without persons, without secrets."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from amplify.bootstrap import open_app
from amplify.domain.delivery import Event, State
from amplify.domain.envelope import Receipt
from amplify.ports.ledger import Outcome
from amplify.testing.ledger_scenes import ACCOUNT, LEASE, begin
from protecting import protect

from .conftest import NOW, SECRETS, Town

FIGURES = """\
lamps:
  label: {en: Lamps lit so far}
  value: 1496
  qualifier: more_than
  unit: cases
  as_of: 2027-05-10
  source: {name: The lamp office, url: "https://lantern.example/lamps"}
"""
POSTS = """\
- id: morning
  kind: statement
  at: D-2 09:00
  channels: [mastodon-en]
  text:
    en: |
      <b>{{ figure.lamps.value }}</b> lamps & more, "we" say.
- id: put-right
  kind: correction
  corrects: morning
  at: D-2 12:00
  channels: [mastodon-en]
  text: {en: It was the street lamps too.}
- id: somebody
  kind: profile
  person: p-1
  at: D-2 15:00
  channels: [telegram-en]
  text: {en: The lamplighter Lampa Lighter turns forty.}
- id: waits
  kind: statement
  at: D 09:00
  channels: [mastodon-en]
  text: {en: Nobody has read this yet.}
"""
SENT = ["2027/morning@mastodon-en", "2027/put-right@mastodon-en", "2027/somebody@telegram-en"]


def publish(town: Town, *keys: str) -> None:
    app = open_app(town.root, environ=SECRETS)
    for row in app.ledger.deliveries((State.APPROVED,)):
        if str(row.key) in keys:
            taken = app.ledger.claim(row, worker="first", account=ACCOUNT, lease_until=NOW + LEASE, now=NOW)
            begun = begin(app.ledger, taken, now=row.due)
            url = f"https://town.example/{row.key.post}"
            receipt = Receipt(remote_id=f"id-{row.key.post}", url=url, at=row.due, proof={"cid": "bafy"})
            app.ledger.record(begun, Outcome(event=Event.CONFIRM, now=row.due + timedelta(seconds=1), receipt=receipt))
    app.close()


@pytest.fixture
def sent(town: Town) -> Town:
    """Three posts have gone out, and afterwards the figure was written anew."""
    town.write("config/figures.yaml", FIGURES)
    town.write("posts/all.yaml", POSTS)
    protect(town.root, consents={"p-1": {"name": "Lampa Lighter"}})
    town.json("apply")
    for by in ("reviewer", "editor"):
        town.json("approve", "--all", "--by", by, "--yes")
    publish(town, *SENT)
    town.change("config/figures.yaml", "1496", "1600")
    town.json("apply")
    return town


def exported(town: Town, *words: str) -> tuple[dict, dict[str, dict]]:
    """The line of the record, and those of the deliveries by key."""
    said = town.amplify("export", *words)
    assert said.code == 0, said.err
    record, *deliveries = map(json.loads, said.out.splitlines())
    assert record.pop("type") == "record"
    assert {one.pop("type") for one in deliveries} <= {"delivery"}
    return record, {one["key"]: one for one in deliveries}


def test_what_went_out_is_told_with_the_figures_of_then(sent: Town):
    record, told = exported(sent)
    assert list(told) == SENT
    assert (record["campaign"], record["zone"], record["names"], record["full"]) == (
        "Lantern Night",
        "Europe/Vienna",
        False,
        False,
    )
    one = told[SENT[0]]
    assert one["text"] == '<b>1,496</b> lamps & more, "we" say.'
    assert (one["url"], one["remote_id"], one["proof"]) == (
        "https://town.example/morning",
        "id-morning",
        {"cid": "bafy"},
    )
    assert (one["due"], one["published_at"]) == ("2027-05-19T09:00:00+02:00", "2027-05-19T09:00:01+02:00")
    assert (one["kind"], one["network"], one["language"], one["state"]) == ("statement", "mastodon", "en", "published")
    (figure,) = one["figures"]
    assert (figure["value"], figure["qualifier"], figure["as_of"]) == (1496, "more_than", "2027-05-10")
    assert (figure["source"], figure["source_url"]) == ("The lamp office", "https://lantern.example/lamps")
    assert one["revision"] == 1
    assert one["approved"] == [
        {"by": "approver-1", "at": "2027-05-14T09:00:00+02:00"},
        {"by": "approver-2", "at": "2027-05-14T09:00:00+02:00"},
    ]


def test_names_are_told_only_where_somebody_asks_for_them(sent: Town):
    assert not re.search("editor|reviewer", sent.amplify("export").out)
    _, told = exported(sent, "--names")
    assert [yes["by"] for yes in told[SENT[0]]["approved"]] == ["reviewer", "editor"]
    assert {line["by"] for line in told[SENT[0]]["lines"]} == {None, "reviewer", "editor"}


def test_a_text_about_a_person_is_left_out_unless_somebody_asks_for_it(sent: Town):
    for words in ((), ("--format", "html"), ("--names",)):
        assert "lamplighter" not in sent.amplify("export", *words).out
    _, told = exported(sent)
    assert (told[SENT[2]]["text"], told[SENT[2]]["digest"]) == (None, None)
    assert "about a person" in told[SENT[2]]["left_out"]
    _, told = exported(sent, "--full")
    assert told[SENT[2]]["text"] == "The lamplighter Lampa Lighter turns forty."


def test_a_correction_and_what_it_corrects_name_each_other(sent: Town):
    _, told = exported(sent)
    assert told[SENT[0]]["corrected_by"] == [SENT[1]]
    assert told[SENT[1]]["corrects"] == SENT[0]


def test_what_was_withdrawn_is_told_so(sent: Town):
    app = open_app(sent.root, environ=SECRETS)
    (row,) = [row for row in app.ledger.deliveries((State.PUBLISHED,)) if str(row.key) == SENT[0]]
    app.ledger.record(row, Outcome(event=Event.WITHDRAW, now=NOW + timedelta(days=9), by="editor"))
    app.close()
    _, told = exported(sent)
    assert told[SENT[0]]["state"] == "withdrawn"
    assert told[SENT[0]]["withdrawn"] == {"by": "approver-2", "at": "2027-05-23T09:00:00+02:00"}
    assert "Withdrawn by" in sent.amplify("export", "--format", "html").out


@pytest.mark.parametrize("form", ["jsonl", "html"])
def test_every_hash_can_be_checked_against_the_record(sent: Town, form: str):
    before = sent.amplify("export", "--format", form).out
    sent.json("apply")
    hashes = set(re.findall(r"\b[0-9a-f]{64}\b", before)) - {
        one["digest"] for one in exported(sent, "--full")[1].values()
    }
    assert len(hashes) > len(SENT)
    for one in hashes:
        assert sent.json("verify", "--noted", one)["ok"] is True
    assert sent.amplify("verify", "--noted", "f" * 64).code == 1


def test_what_was_erased_is_told_by_whom_and_who_had_approved_it_stays(sent: Town):
    sent.set_clock(NOW + timedelta(days=30))
    sent.json("purge", "--post", "morning", "--by", "reviewer", "--yes")
    _, told = exported(sent, "--full")
    one = told[SENT[0]]
    assert (one["text"], one["left_out"]) == (None, "its words were erased")
    assert one["erased"] == {"by": "approver-1", "at": "2027-06-13T09:00:00+02:00"}
    assert [yes["by"] for yes in one["approved"]] == ["approver-1", "approver-2"]
    assert (one["url"], one["remote_id"]) == ("https://town.example/morning", "id-morning")
    assert (one["figures"], one["pictures"], one["kind"]) == (None, None, "statement")
    assert told[SENT[1]]["text"] == "It was the street lamps too."
    assert told[SENT[1]]["corrects"] == SENT[0]
    page = sent.amplify("export", "--format", "html").out
    assert "its words were erased" in page
    assert "1,496" not in page


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_runs_nothing_asks_nobody_and_says_the_words_as_they_were(sent: Town):
    page = sent.amplify("export", "--format", "html")
    assert page.code == 0
    read = Tags()
    read.feed(page.out)
    assert not {tag for tag, _ in read.seen} & {"script", "img", "iframe", "object", "form", "link", "base", "video"}
    assert not [name for _, attrs in read.seen for name in attrs if name.startswith("on") or name in {"src", "style"}]
    assert "url(" not in page.out
    policy = next(attrs["content"] for _, attrs in read.seen if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    words = "".join(read.words)
    assert '<b>1,496</b> lamps & more, "we" say.' in words
    for told in ("more than 1,496 cases", "10 May 2027", "The lamp office", "approver-1", "19 May 2027 09:00:01"):
        assert told in words
    links = {attrs["href"] for tag, attrs in read.seen if tag == "a"}
    assert {"https://town.example/morning", "https://lantern.example/lamps"} <= links
    assert "waits" not in words


@pytest.mark.parametrize("words", [(), ("--full", "--names"), ("--format", "html", "--full", "--names"), ("--json",)])
def test_no_secret_is_in_any_export(sent: Town, words: tuple[str, ...]):
    said = sent.amplify("export", *words)
    assert said.code == 0
    assert not [secret for secret in SECRETS.values() if secret in said.out + said.err]


def test_a_secret_that_got_into_a_post_gets_into_no_export(sent: Town):
    """As when a token is made of words that have been public before."""
    sent.change("config/channels.yaml", "T_TELEGRAM", "T_LATE")
    before, SECRETS["T_LATE"] = dict(SECRETS), "street lamps too"
    try:
        for form in ("jsonl", "html"):
            said = sent.amplify("export", "--format", form, str(sent.root / f"out.{form}"))
            assert said.code == 1
            assert "a password or token of telegram-en, so nothing was written" in said.err.replace("\n", " ")
            assert "street lamps too" not in said.err
            assert not (sent.root / f"out.{form}").exists()
    finally:
        del SECRETS["T_LATE"]
    assert before == SECRETS


def test_a_file_is_private_and_never_written_over(sent: Town):
    file = sent.root / "out.jsonl"
    said = sent.json("export", str(file))
    assert (said["deliveries"], said["last"]) == (3, sent.json("verify")["last"])
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == sent.amplify("export").out
    again = sent.amplify("export", str(file))
    assert (again.code, "never writes over another file" in again.err) == (1, True)


def test_json_is_one_value(sent: Town):
    said = sent.json("export")
    assert said["record"]["last"] == sent.json("verify")["last"]
    assert [one["key"] for one in said["deliveries"]] == SENT


def test_a_record_that_is_not_whole_is_not_exported(sent: Town):
    with closing(sqlite3.connect(sent.root / "var" / "amplify.db")) as raw, raw:
        raw.execute("UPDATE approval SET who = 'nobody' WHERE id = 1")
    said = sent.amplify("export")
    assert (said.code, said.out) == (1, "")
    assert "the approval 1 was changed" in said.err


def test_what_nobody_can_tell_any_more_is_left_out(sent: Town):
    """A ledger put back from a copy does not know from which revision a post went out, nor who had approved it."""
    copy = sent.json("backup")["file"]
    sent.set_clock(NOW + timedelta(days=7, hours=3))
    sent.json("restore", copy, "--by", "editor", "--yes")
    sent.json("resolve", "2027/waits@mastodon-en", "--published", "https://town.example/waits", "--by", "editor")
    _, told = exported(sent)
    one = told["2027/waits@mastodon-en"]
    assert (one["revision"], one["approved"], one["figures"], one["text"]) == (None, [], None, None)
    assert "nobody can tell" in one["left_out"]
    assert [yes["by"] for yes in told[SENT[0]]["approved"]] == ["approver-1", "approver-2"]
