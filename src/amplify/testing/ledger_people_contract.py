"""What every ledger promises to people: their files, their yeses, their brake, their accounts."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from amplify.domain.approval import people_missing
from amplify.domain.delivery import Event, ImpossibleMove, State
from amplify.domain.rendition import Limits
from amplify.ports.ledger import Changed, Ledger, LedgerError, Outcome, Update
from amplify.ports.noting import Deed
from amplify.testing.ledger_scenes import (
    ACCOUNT,
    NOON,
    WORDS,
    approved,
    claimed,
    look,
    lost,
    named,
    new,
    planned,
    published,
    sending,
    take_in,
    yes,
)

LIMITS = Limits(text=500, unit="characters", per_url=23, read_at=NOON)
URL = "https://mastodon.example/@c"


class PeoplePromises:
    # what is written

    def test_a_revision_keeps_every_file_to_the_byte(self, ledger: Ledger) -> None:
        assert ledger.revision() is None
        applied = take_in(ledger)
        assert ledger.revision() == applied
        assert applied.files["posts/media/quote.png"] == bytes(range(256))
        assert ledger.revision_id() == applied.id == 1

    def test_an_update_changes_what_it_brings_and_nothing_else(self, ledger: Ledger) -> None:
        row = approved(ledger, named())
        later = NOON + timedelta(hours=1)
        take_in(ledger, (), [Update(key=row.key, version=row.version, event=Event.REVISE, due=later, digest="new")])
        after = look(ledger, row.key)
        assert (after.state, after.due, after.digest) == (State.PLANNED, later, "new")
        assert (after.slot, after.text, after.file, after.ticket) == (row.slot, row.text, row.file, row.ticket)

    @pytest.mark.parametrize("spoilt", ["stale", "known", "unknown", "epoch", "impossible"])
    def test_a_revision_is_taken_whole_or_not_at_all(self, ledger: Ledger, spoilt: str) -> None:
        row, other = planned(ledger, named("one")), planned(ledger, named("two"))
        made = [new(named("three"))]
        good = Update(key=row.key, version=row.version, event=Event.REVISE, text="other words")
        bad = {
            "stale": Update(key=other.key, version=other.version - 1, event=Event.REVISE),
            "unknown": Update(key=named("nobody"), version=1, event=Event.REVISE),
            "impossible": Update(key=other.key, version=other.version, event=Event.BEGIN),
        }
        updates = [good, bad[spoilt]] if spoilt in bad else [good]
        made += [new(other.key)] if spoilt == "known" else []
        before = (ledger.epoch(), ledger.revision_id(), ledger.deliveries(), ledger.history())
        epoch = before[0] - 1 if spoilt == "epoch" else before[0]
        with pytest.raises(ImpossibleMove if spoilt == "impossible" else Changed):
            ledger.apply({}, made, updates, epoch=epoch, now=NOON, by="editor")
        assert (ledger.epoch(), ledger.revision_id(), ledger.deliveries(), ledger.history()) == before

    def test_files_never_touch_what_may_be_public(self, ledger: Ledger) -> None:
        rows = [published(ledger, named("one")), lost(ledger, sending(ledger, named("two")))]
        rows.append(sending(ledger, named("three")))
        for row in rows:
            for event in (Event.REVISE, Event.CANCEL, Event.WITHDRAW, Event.ABSENT):
                with pytest.raises(Changed):
                    take_in(ledger, (), [Update(key=row.key, version=row.version, event=event)])
            assert look(ledger, row.key) == row

    # approvals

    def test_a_yes_counts_for_the_words_it_was_given_to(self, ledger: Ledger) -> None:
        row = planned(ledger, named())
        with pytest.raises(Changed):
            ledger.approve(row, yes(row, digest="other words"), enough=lambda _: True)
        assert ledger.approvals([row.key]) == {}
        assert look(ledger, row.key).state is State.PLANNED

    def test_the_same_person_counts_once(self, ledger: Ledger) -> None:
        row = planned(ledger, named())
        for by in ("editor", "editor"):
            row = ledger.approve(row, yes(row, by), enough=lambda stand: people_missing(WORDS, 2, stand) == 0)
        assert row.state is State.PLANNED
        row = ledger.approve(row, yes(row, "reviewer"), enough=lambda stand: people_missing(WORDS, 2, stand) == 0)
        assert row.state is State.APPROVED
        assert [one.by for one in ledger.approvals([row.key, named("nobody")])[row.key]] == ["editor", "reviewer"]

    def test_a_yes_keeps_its_note_and_what_was_said_yes_to(self, ledger: Ledger) -> None:
        row = planned(ledger, named())
        ledger.approve(row, yes(row, note="the date is checked"), enough=lambda _: False)
        (kept,) = ledger.approvals([row.key])[row.key]
        assert kept == yes(row, note="the date is checked")
        assert (kept.text, kept.due) == (row.text, NOON)
        assert ledger.history(row.key)[-1].detail["note"] == "the date is checked"

    def test_a_yes_to_earlier_words_is_kept_for_comparison(self, ledger: Ledger) -> None:
        row = planned(ledger, named())
        ledger.approve(row, yes(row), enough=lambda _: False)
        update = Update(key=row.key, version=row.version, event=Event.REVISE, digest="new", text="Other words.")
        take_in(ledger, (), [update])
        row = look(ledger, row.key)
        ledger.approve(row, yes(row, "reviewer", digest="new"), enough=lambda _: False)
        said = [(one.by, one.text) for one in ledger.approvals([row.key])[row.key]]
        assert said == [("editor", "Solidarity, in words."), ("reviewer", "Other words.")]

    def test_a_yes_taken_back_makes_it_planned_again(self, ledger: Ledger) -> None:
        for row in (approved(ledger, named("one")), claimed(ledger, approved(ledger, named("two")))):
            after = ledger.revoke(row.key, by="reviewer", now=NOON)
            assert (after.state, after.worker, after.lease_until) == (State.PLANNED, "", None)
            assert "reviewer" in after.reason
            assert ledger.approvals([row.key]) == {}

    def test_taking_a_yes_back_does_not_free_what_is_held(self, ledger: Ledger) -> None:
        row = approved(ledger, named())
        row = ledger.record(row, Outcome(event=Event.HOLD, now=NOON, reason="the figure is old"))
        after = ledger.revoke(row.key, by="reviewer", now=NOON)
        assert (after.state, after.reason) == (State.HELD, "the figure is old")

    def test_what_is_hushed_keeps_no_words_and_no_yes_and_the_record_stays_whole(self, ledger: Ledger) -> None:
        row = ledger.record(approved(ledger, named()), Outcome(event=Event.HOLD, now=NOON, reason="protected entry 7"))
        after = ledger.hush(row.key, now=NOON)
        assert (after.state, after.text, after.digest, after.reason) == (State.HELD, "", "", "protected entry 7")
        assert ledger.delivery(row.key) == after
        assert ledger.approvals([row.key]) == {}
        assert ledger.verify() == ""
        with pytest.raises(LedgerError):
            ledger.hush(approved(ledger, named("other")).key, now=NOON)

    def test_what_may_be_public_is_neither_approved_nor_revoked(self, ledger: Ledger) -> None:
        row = sending(ledger, named())
        with pytest.raises(LedgerError):
            ledger.revoke(row.key, by="editor", now=NOON)
        with pytest.raises(LedgerError):
            ledger.approve(row, yes(row, "reviewer"), enough=lambda _: True)
        with pytest.raises(LedgerError):
            ledger.revoke(named("nobody"), by="editor", now=NOON)

    def test_what_may_be_public_can_lose_its_yes_and_stays_what_it_is(self, ledger: Ledger) -> None:
        for row in (lost(ledger, sending(ledger, named("one"))), sending(ledger, named("two"))):
            after = ledger.revoke(row.key, by="editor", now=NOON, anyway=True)
            assert (after.state, after.envelope) == (row.state, row.envelope)
            assert ledger.approvals([row.key]) == {}
        with pytest.raises(LedgerError):
            ledger.revoke(published(ledger, named("three", channel="telegram-en")).key, by="e", now=NOON, anyway=True)
        assert ledger.verify() == ""

    # the brake

    def test_going_on_takes_as_many_different_people_as_the_rules_say(self, ledger: Ledger) -> None:
        stop = ledger.stop(reason="an arrest", by="editor", now=NOON, channel="", except_posts=frozenset({"safety"}))
        assert list(ledger.stops()) == [stop]
        assert [ledger.resume(by=by, now=NOON, people=2) for by in ("editor", "editor")] == [1, 1]
        assert ledger.stops()[0].lifted_at is None
        later = NOON + timedelta(hours=1)
        assert ledger.resume(by="reviewer", now=later, people=2) == 0
        lifted = replace(stop, resumed_by=frozenset({"editor", "reviewer"}), lifted_at=later)
        assert list(ledger.stops()) == [lifted]

    def test_a_yes_to_going_on_does_not_count_for_a_later_stop(self, ledger: Ledger) -> None:
        ledger.stop(reason="an arrest", by="editor", now=NOON, channel="", except_posts=frozenset())
        ledger.resume(by="editor", now=NOON, people=2)
        ledger.stop(reason="a death", by="reviewer", now=NOON, channel="mastodon-en", except_posts=frozenset())
        assert ledger.resume(by="reviewer", now=NOON, people=2) == 1
        assert all(stop.lifted_at is None for stop in ledger.stops())
        assert ledger.resume(by="editor", now=NOON, people=2) == 0
        assert all(stop.lifted_at == NOON for stop in ledger.stops())

    def test_where_nothing_is_stopped_nobody_is_needed(self, ledger: Ledger) -> None:
        assert ledger.resume(by="editor", now=NOON, people=2) == 0
        assert list(ledger.stops()) == []

    # accounts

    def test_another_identity_behind_a_channel_is_refused(self, ledger: Ledger) -> None:
        ledger.bind("mastodon-en", id=ACCOUNT, name="campaign", url=URL, limits=LIMITS, now=NOON)
        with pytest.raises(LedgerError, match="mastodon-en"):
            ledger.bind("mastodon-en", id="somebody-else", name="else", url=URL, limits=LIMITS, now=NOON)
        assert ledger.accounts()["mastodon-en"].id == ACCOUNT

    def test_a_halted_channel_goes_on_once_its_account_answers(self, ledger: Ledger) -> None:
        ledger.halt("mastodon-en", "the token was refused", NOON)
        halted = ledger.accounts()["mastodon-en"]
        assert (halted.id, halted.halted) == ("", "the token was refused")
        bound = ledger.bind("mastodon-en", id=ACCOUNT, name="campaign", url=URL, limits=LIMITS, now=NOON)
        assert (bound.id, bound.halted, bound.limits) == (ACCOUNT, "", LIMITS)

    def test_a_throttled_account_is_throttled_on_all_its_channels(self, ledger: Ledger) -> None:
        for channel, who in {"mastodon-en": ACCOUNT, "mastodon-de": ACCOUNT, "bluesky-en": "did:plc:1"}.items():
            ledger.bind(channel, id=who, name="campaign", url=URL, limits=LIMITS, now=NOON)
        ledger.throttle(ACCOUNT, NOON, NOON)
        until = {name: account.throttled_until for name, account in ledger.accounts().items()}
        assert until == {"mastodon-en": NOON, "mastodon-de": NOON, "bluesky-en": None}
        again = ledger.bind("mastodon-en", id=ACCOUNT, name="campaign", url=URL, limits=LIMITS, now=NOON)
        assert again.throttled_until == NOON

    def test_the_record_tells_who_answered_behind_a_channel_and_when_it_was_halted(self, ledger: Ledger) -> None:
        """A line where something has changed: an account answers at every connect."""
        for _ in range(2):
            ledger.bind("mastodon-en", id=ACCOUNT, name="campaign", url=URL, limits=LIMITS, now=NOON)
        for _ in range(2):
            ledger.halt("mastodon-en", "the token was refused", NOON)
        told = [(line.event, line.key, line.at) for line in ledger.history()]
        assert told == [("bind", "mastodon-en", NOON), ("halt", "mastodon-en", NOON)]
        assert ledger.verify() == ""

    def test_a_server_that_is_another_than_it_was_is_a_line_that_says_how(self, ledger: Ledger) -> None:
        bind = partial(ledger.bind, "mastodon-en", id=ACCOUNT, name="campaign", url=URL, limits=LIMITS, now=NOON)
        before = {"software": "Mastodon", "version": "4.5.0", "text limit": "500"}
        now = {**before, "version": "4.6.0", "text limit": "300", "films": "no"}
        bind(traits=before)
        bind(traits=before)
        assert dict(bind(traits=now).traits) == now
        assert dict(ledger.accounts()["mastodon-en"].traits) == now
        told = [line.detail.get("changed", "") for line in ledger.history()]
        assert told == ["", "version 4.6.0 instead of 4.5.0, text limit 300 instead of 500"]
        assert ledger.verify() == ""

    def test_what_somebody_did_about_an_account_is_a_line_and_changes_nothing_else(self, ledger: Ledger) -> None:
        row, epoch = approved(ledger, named()), ledger.epoch()
        ledger.note(Deed.RULES_READ, "mastodon-en", {"by": "editor", "rules": "Be kind.\nSay who you are."}, now=NOON)
        line = ledger.history()[-1]
        assert (line.event, line.key, line.at) == ("rules_read", "mastodon-en", NOON)
        assert dict(line.detail) == {"by": "editor", "rules": "Be kind.\nSay who you are."}
        assert (ledger.epoch(), look(ledger, row.key), ledger.accounts()) == (epoch, row, {})
        assert ledger.verify() == ""

    def test_what_was_noted_last_of_a_channel_is_at_hand(self, ledger: Ledger) -> None:
        for channel, by in (("mastodon-en", "editor"), ("mastodon-de", "reviewer"), ("mastodon-en", "reviewer")):
            ledger.note(Deed.RULES_READ, channel, {"by": by}, now=NOON)
        assert ledger.noted(Deed.RULES_READ, "mastodon-en") == {"by": "reviewer"}
        assert ledger.noted(Deed.LABEL_ON, "mastodon-en") == {}
