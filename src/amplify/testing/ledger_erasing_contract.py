"""What every ledger promises when words are to be forgotten: they are, and everything that proves stays."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from amplify.domain.delivery import Event, State
from amplify.domain.key import Key
from amplify.ports.ledger import Ledger, LedgerError, Outcome
from amplify.testing.ledger_scenes import (
    NOON,
    approved,
    look,
    lost,
    named,
    new,
    planned,
    published,
    receipt,
    sending,
    take_in,
    yes,
)

LATER = NOON + timedelta(days=30)


def erase(ledger: Ledger, *keys: Key) -> None:
    ledger.erase(keys, {}, by="reviewer", now=LATER)


class ErasingPromises:
    def test_erased_words_are_gone_and_what_proves_the_post_stays(self, ledger: Ledger) -> None:
        before = published(ledger, named())
        erase(ledger, before.key)
        after = look(ledger, before.key)
        assert (after.text, after.envelope) == ("", None)
        assert "erased by reviewer" in after.reason
        assert after.digest not in ("", before.digest)
        assert after.receipt == before.receipt == receipt()
        kept = replace(before, text="", envelope=None, digest=after.digest, reason=after.reason, version=after.version)
        assert after == kept
        assert ledger.verify() == ""

    def test_a_yes_loses_its_words_and_keeps_who_gave_it_and_when(self, ledger: Ledger) -> None:
        row = planned(ledger, named())
        ledger.approve(row, yes(row, note="her name is spelt right"), enough=lambda _: False)
        ledger.record(row, Outcome(event=Event.MISS, now=NOON))
        erase(ledger, row.key)
        (kept,) = ledger.approvals([row.key])[row.key]
        assert (kept.by, kept.at, kept.text, kept.note) == ("editor", NOON, "", "")
        assert kept.digest == look(ledger, row.key).digest

    def test_the_record_says_what_was_erased_by_whom_and_when(self, ledger: Ledger) -> None:
        row = published(ledger, named())
        other = published(ledger, named("other", channel="bluesky-en"), "1102")
        erase(ledger, row.key)
        *emptied, last = ledger.history(row.key)
        assert [line.event for line in emptied] == ["create", "approve", "claim", "begin", "confirm"]
        assert all(line.detail == {} for line in emptied)
        assert (last.event, last.at, last.detail["by"]) == ("purge", LATER, "reviewer")
        assert [who for who, _ in json.loads(last.detail["approved"])] == ["editor"]
        assert ledger.history(other.key)[-1].detail["url"] == "https://mastodon.example/@c/1102"
        assert ledger.verify() == ""

    def test_what_is_erased_can_be_worked_with_and_erased_again(self, ledger: Ledger) -> None:
        row = planned(ledger, named())
        ledger.record(row, Outcome(event=Event.MISS, now=NOON))
        erase(ledger, row.key)
        ledger.record(look(ledger, row.key), Outcome(event=Event.RENEW, now=LATER))
        ledger.record(look(ledger, row.key), Outcome(event=Event.MISS, now=LATER))
        assert ledger.verify() == ""
        erase(ledger, row.key)
        assert [line.event for line in ledger.history(row.key) if line.detail] == ["purge", "purge"]
        assert ledger.verify() == ""

    def test_what_waits_or_may_be_public_keeps_its_words_and_so_does_everything_with_it(self, ledger: Ledger) -> None:
        done = published(ledger, named("done"))
        held = ledger.record(approved(ledger, named("held")), Outcome(event=Event.HOLD, now=NOON))
        waiting = [planned(ledger, named("one")), approved(ledger, named("two")), held]
        asked = lost(ledger, sending(ledger, named("three")))
        for row in [*waiting, asked]:
            with pytest.raises(LedgerError, match=str(row.state)):
                erase(ledger, done.key, row.key)
            assert look(ledger, row.key) == row
        with pytest.raises(LedgerError, match="nobody"):
            erase(ledger, done.key, named("nobody"))
        assert look(ledger, done.key) == done

    def test_a_revision_keeps_the_files_that_it_is_left(self, ledger: Ledger) -> None:
        first, second = take_in(ledger), take_in(ledger, [new(named(), state=State.MISSED)])
        kept = {path: content for path, content in first.files.items() if path != "posts/day.yaml"}
        ledger.erase((), {first.id: kept}, by="reviewer", now=LATER)
        thinned = ledger.revision(first.id)
        assert thinned is not None
        assert (thinned.files, thinned.at, thinned.by) == (kept, first.at, first.by)
        assert ledger.revision() == ledger.revision(second.id) == second
        last = ledger.history()[-1]
        applied = next(line for line in ledger.history() if line.event == "apply")
        told = {"by": "reviewer", "revision": str(first.id), "files": "posts/day.yaml", "lines": str(applied.seq)}
        assert (last.event, last.key, last.detail) == ("purge", "", told)
        assert ledger.verify() == ""

    def test_what_a_revision_had_cannot_be_guessed_from_its_lines_however_often_it_is_thinned(
        self, ledger: Ledger
    ) -> None:
        first, second = take_in(ledger), take_in(ledger, [new(named(), state=State.MISSED)])
        for kept in ({"posts/media/quote.png": b"7"}, {}):
            ledger.erase((), {first.id: kept}, by="reviewer", now=LATER)
            assert ledger.verify() == ""
        lines = [line for line in ledger.history() if not line.key]
        assert [(line.event, bool(line.detail)) for line in lines] == [
            ("apply", False),
            ("apply", True),
            ("purge", False),
            ("purge", True),
        ]
        assert lines[-1].detail["lines"] == f"{lines[0].seq},{lines[2].seq}"
        assert ledger.revision() == second
