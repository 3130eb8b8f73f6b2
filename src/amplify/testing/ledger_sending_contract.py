"""What every ledger promises to the worker: one claim, one send, and nothing begun that was forbidden."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier

import pytest

from amplify.domain.delivery import Delivery, Event, ImpossibleMove, State
from amplify.ports.ledger import Changed, Ledger, LedgerError, Outcome, Update
from amplify.testing.ledger_scenes import (
    ACCOUNT,
    LEASE,
    NOON,
    approved,
    begin,
    claimed,
    look,
    lost,
    named,
    new,
    planned,
    published,
    receipt,
    sealed,
    sending,
    staged,
    take_in,
    yes,
)

Handle = Callable[[], Ledger]
THREADS = 8
POSTS = 12


def _stop(ledger: Ledger, _: Delivery) -> None:
    ledger.stop(reason="an arrest", by="editor", now=NOON, channel="telegram-be", except_posts=frozenset())


def _resume(ledger: Ledger, _: Delivery) -> None:
    ledger.resume(by="editor", now=NOON, people=1)


def _apply(ledger: Ledger, _: Delivery) -> None:
    take_in(ledger)


def _approve(ledger: Ledger, other: Delivery) -> None:
    ledger.approve(other, yes(other, "reviewer"), enough=lambda _: False)


def _revoke(ledger: Ledger, other: Delivery) -> None:
    ledger.revoke(other.key, by="editor", now=NOON)


def _revise(ledger: Ledger, other: Delivery) -> None:
    ledger.record(other, Outcome(event=Event.REVISE, now=NOON))


BRAKES = [_stop, _resume, _apply, _approve, _revoke, _revise]


class SendingPromises:
    def test_each_delivery_is_claimed_once_however_many_race_for_it(self, ledger: Ledger, open_handle: Handle) -> None:
        rows = [approved(ledger, named(f"post-{number}")) for number in range(POSTS)]
        start = Barrier(THREADS)

        def race(worker: str) -> list[str]:
            won = []
            with closing(open_handle()) as handle:
                start.wait()
                for row in rows:
                    try:
                        won.append(str(claimed(handle, row, worker=worker).key))
                    except Changed:
                        continue
            return won

        with ThreadPoolExecutor(THREADS) as threads:
            won = [key for keys in threads.map(race, [f"worker-{n}" for n in range(THREADS)]) for key in keys]
        assert sorted(won) == sorted(str(row.key) for row in rows)
        assert ledger.verify() == ""

    @pytest.mark.parametrize("brake", BRAKES, ids=lambda brake: brake.__name__.strip("_"))
    def test_a_claim_does_not_begin_after_what_can_forbid_it(
        self, ledger: Ledger, open_handle: Handle, brake: Callable[[Ledger, Delivery], None]
    ) -> None:
        other = planned(ledger, named("other"))
        row = approved(ledger, named())
        _stop(ledger, other)
        judged = ledger.facts(row.key, ACCOUNT, NOON).epoch
        row = claimed(ledger, row)
        with closing(open_handle()) as somebody:
            brake(somebody, other)
        with pytest.raises(Changed):
            begin(ledger, row, epoch=judged)
        assert look(ledger, row.key) == row

    def test_a_new_slot_forbids_what_was_judged_before(self, ledger: Ledger) -> None:
        row = claimed(ledger, approved(ledger, named()))
        missed = ledger.record(planned(ledger, named("other")), Outcome(event=Event.MISS, now=NOON))
        epoch = ledger.epoch()
        ledger.record(missed, Outcome(event=Event.RENEW, now=NOON))
        with pytest.raises(Changed):
            begin(ledger, row, epoch=epoch)

    def test_begin_makes_the_envelope_durable_and_counts_an_attempt(self, ledger: Ledger) -> None:
        row = sending(ledger, named())
        assert look(ledger, row.key) == row
        assert (row.state, row.attempts, row.begun_at, row.account) == (State.SENDING, 1, NOON, ACCOUNT)
        assert row.envelope == sealed(row)

    def test_an_account_sends_one_post_at_a_time(self, ledger: Ledger) -> None:
        rows = [claimed(ledger, approved(ledger, named(post))) for post in ("one", "two")]
        begin(ledger, rows[0])
        with pytest.raises(Changed):
            begin(ledger, rows[1])
        assert look(ledger, rows[1].key).state is State.CLAIMED

    def test_a_claim_that_was_given_up_does_not_begin(self, ledger: Ledger) -> None:
        row = claimed(ledger, approved(ledger, named()))
        freed = ledger.record(row, Outcome(event=Event.RELEASE, now=NOON))
        claimed(ledger, freed, worker="second")
        with pytest.raises(Changed):
            begin(ledger, row)

    @pytest.mark.parametrize("event", [Event.CLAIM, Event.BEGIN])
    def test_there_is_no_other_way_into_a_send(self, ledger: Ledger, event: Event) -> None:
        row = approved(ledger, named())
        row = row if event is Event.CLAIM else claimed(ledger, row)
        with pytest.raises(ImpossibleMove):
            ledger.record(row, Outcome(event=event, now=NOON))

    def test_a_step_that_life_has_not_changes_nothing(self, ledger: Ledger) -> None:
        row = published(ledger, named())
        with pytest.raises(ImpossibleMove):
            ledger.record(row, Outcome(event=Event.ABSENT, now=NOON))
        with pytest.raises(ImpossibleMove):
            ledger.record(lost(ledger, sending(ledger, named("two"))), Outcome(event=Event.CONFIRM, now=NOON))
        assert look(ledger, row.key) == row

    def test_a_row_that_was_seen_before_somebody_wrote_is_refused(self, ledger: Ledger) -> None:
        row = approved(ledger, named())
        fresh = ledger.remark(row, "quiet hours")
        assert (fresh.state, fresh.reason) == (State.APPROVED, "quiet hours")
        with pytest.raises(Changed):
            claimed(ledger, row)
        with pytest.raises(Changed):
            ledger.remark(row, "other")
        with pytest.raises(Changed):
            ledger.record(row, Outcome(event=Event.HOLD, now=NOON))
        with pytest.raises(Changed):
            ledger.approve(row, yes(row), enough=lambda _: True)
        assert look(ledger, row.key) == fresh

    def test_what_was_not_sent_is_no_attempt_and_no_post_for_the_gaps(self, ledger: Ledger) -> None:
        row = sending(ledger, named())
        assert [sent.key for sent in ledger.facts(row.key, ACCOUNT, NOON).sent] == [row.key]
        later = NOON + timedelta(minutes=5)
        row = ledger.record(row, Outcome(event=Event.NOT_SENT, now=NOON, reason="busy", not_before=later))
        assert (row.state, row.attempts, row.not_before, row.worker) == (State.APPROVED, 0, later, "")
        assert ledger.facts(row.key, ACCOUNT, NOON).sent == []
        assert ledger.next_due(["mastodon-en"], NOON) is None
        assert ledger.next_due(["mastodon-en"], later) == row

    def test_what_may_be_public_counts_for_the_gaps(self, ledger: Ledger) -> None:
        row = lost(ledger, sending(ledger, named("stand", part="one")))
        sent = ledger.facts(row.key, ACCOUNT, NOON).sent
        assert [(one.key, one.thread, one.begun_at) for one in sent] == [(row.key, named("stand"), NOON)]
        assert ledger.facts(row.key, ACCOUNT, NOON + timedelta(seconds=1)).sent == []
        assert ledger.facts(row.key, "another", NOON).sent == []

    def test_a_replay_keeps_since_when_it_may_be_public(self, ledger: Ledger) -> None:
        row = lost(ledger, sending(ledger, named()), at=NOON + LEASE)
        again = ledger.record(row, Outcome(event=Event.REPLAY, now=NOON + timedelta(hours=1)))
        assert (again.state, again.attempts, again.envelope) == (State.SENDING, 2, row.envelope)
        assert (again.begun_at, again.lost_at) == (NOON, NOON + LEASE)

    def test_a_replay_is_refused_when_something_that_forbids_a_send_has_moved(self, ledger: Ledger) -> None:
        row = lost(ledger, sending(ledger, named()))
        epoch = ledger.epoch()
        ledger.stop(reason="second thoughts", by="editor", now=NOON, channel="", except_posts=frozenset())
        with pytest.raises(Changed):
            ledger.record(row, Outcome(event=Event.REPLAY, now=NOON, epoch=epoch))
        assert look(ledger, named()).state is State.UNCONFIRMED

    def test_the_proof_is_kept(self, ledger: Ledger) -> None:
        row = published(ledger, named())
        assert (row.receipt, row.published_at) == (receipt(), NOON + timedelta(seconds=1))
        assert ledger.remote_ids(ACCOUNT) == {"1101"}
        assert ledger.remote_ids("another") == frozenset()

    def test_only_a_definite_refusal_renews_the_idempotency_key(self, ledger: Ledger) -> None:
        row = sending(ledger, named())
        ticket = row.ticket
        refused = ledger.record(row, Outcome(event=Event.REFUSE, now=NOON, reason="too long", refused=True))
        take_in(ledger, (), [Update(key=row.key, version=refused.version, event=Event.RENEW, due=NOON + LEASE)])
        after = look(ledger, row.key)
        assert after.ticket.idempotency_key == f"{ticket.nonce}-1"
        assert (after.ticket.tid, after.ticket.nonce, after.ticket.made_at) == (ticket.tid, ticket.nonce, NOON)
        assert (after.state, after.reason, after.not_before, after.lost_at) == (State.PLANNED, "", None, None)

    def test_a_ticket_outlives_every_other_step(self, ledger: Ledger) -> None:
        row = lost(ledger, sending(ledger, named()))
        ticket = row.ticket
        for event in (Event.ABSENT, Event.REVISE, Event.CANCEL, Event.RENEW):
            row = ledger.record(row, Outcome(event=event, now=NOON))
            assert row.ticket == ticket
        assert planned(ledger, named("other")).ticket.nonce != ticket.nonce

    def test_the_next_one_due_is_the_earliest_on_its_channels(self, ledger: Ledger) -> None:
        second = approved(ledger, named("thread", part="b"), position=1)
        first = approved(ledger, named("thread", part="a"))
        early = approved(ledger, named("early", channel="mastodon-de"), due=NOON - LEASE)
        elsewhere = approved(ledger, named("else", channel="bluesky-en"), due=NOON - 2 * LEASE)
        planned(ledger, named("unasked"), due=NOON - 3 * LEASE)
        lane = ["mastodon-en", "mastodon-de"]
        assert ledger.next_due(lane, NOON) == early
        assert ledger.next_due(lane, NOON, skip=[early.key]) == first
        assert ledger.next_due(lane, NOON, [early.key, first.key]) == second
        assert ledger.next_due(lane, NOON, {early.key, first.key, second.key}) is None
        assert ledger.next_due([], NOON) is None
        assert list(ledger.deliveries((State.APPROVED,))) == [elsewhere, early, first, second]
        assert list(ledger.deliveries((State.APPROVED,), NOON - LEASE)) == [elsewhere, early]

    def test_leases_of_workers_that_are_gone_are_void(self, ledger: Ledger) -> None:
        with pytest.raises(LedgerError):
            ledger.expire(worker="second", machine=NOON, now=NOON)
        held = claimed(ledger, approved(ledger, named("one")))
        sent = sending(ledger, named("two"))
        ledger.hold("second")
        mine = claimed(ledger, approved(ledger, named("three")), worker="second")
        assert {row.key for row in ledger.expire(worker="second", machine=NOON, now=NOON)} == {held.key, sent.key}
        assert (look(ledger, held.key).state, look(ledger, held.key).worker) == (State.APPROVED, "")
        after = look(ledger, sent.key)
        assert (after.state, after.lost_at, after.envelope) == (State.UNCONFIRMED, NOON, sent.envelope)
        assert look(ledger, mine.key) == mine
        freed = ledger.expire(worker="second", machine=NOON + LEASE, now=NOON)
        assert [(row.key, row.state) for row in freed] == [(mine.key, State.APPROVED)]

    def test_what_was_staged_is_kept_until_the_server_has_lost_it(self, ledger: Ledger) -> None:
        row, epoch = approved(ledger, named()), ledger.epoch()
        kept = ledger.keep_staged(row, staged())
        assert (kept.staged, kept.state) == (staged(), State.APPROVED)
        with pytest.raises(Changed):
            ledger.keep_staged(row, staged())
        assert ledger.epoch() == epoch
        sent = begin(ledger, claimed(ledger, kept), epoch=epoch)
        assert (look(ledger, row.key).staged, sent.envelope) == (staged(), sealed(row))
        again = ledger.record(lost(ledger, sent), Outcome(event=Event.ABSENT, now=NOON))
        assert (again.staged, again.envelope) == (staged(), None)
        refused = begin(ledger, claimed(ledger, again))
        gone = ledger.record(refused, Outcome(event=Event.NOT_SENT, now=NOON, unstaged=True))
        assert (look(ledger, row.key), gone.staged) == (gone, None)

    def test_a_row_that_is_not_known_is_said_so(self, ledger: Ledger) -> None:
        assert ledger.delivery(named("nobody")) is None
        with pytest.raises(LedgerError, match="nobody"):
            ledger.facts(named("nobody"), ACCOUNT, NOON)

    def test_a_new_row_can_begin_its_life_held_or_missed(self, ledger: Ledger) -> None:
        take_in(ledger, [new(named(state.value), state=state) for state in (State.HELD, State.MISSED)])
        assert {row.state for row in ledger.deliveries()} == {State.HELD, State.MISSED}
