"""The life of a delivery under everything that can happen to it, in any order.

A worker that is killed at every step, requests whose answers are lost or that land late, two clocks, edits, brakes,
yeses and people who answer: Hypothesis chooses, and after every step the promise must hold. What leaves is judged
by a book of its own, which knows nothing of the ledger.
"""

import asyncio
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from amplify.domain.delivery import SEALED, State
from amplify.ports.ledger import LedgerError
from amplify.services.approve import revoke
from amplify.services.brake import resume, stop
from amplify.services.now import now as at_once
from amplify.services.resolve import resolve
from life.board import Fate, Killed
from life.world import BEGIN, FATES, KILLS, MANY, NUMBER, PEOPLE, WORDS, World


class Life(World, RuleBasedStateMachine):
    """Hypothesis chooses what happens next."""

    def __init__(self) -> None:
        RuleBasedStateMachine.__init__(self)
        World.__init__(self)

    # what is written

    @initialize()
    def begin(self) -> None:
        self.start_a_worker()
        self.write(3, PEOPLE, [], None)

    @precondition(lambda self: len(self.written) < MANY)
    @rule(
        minutes=st.sampled_from([0, 1, 3, 10]),
        who=st.sampled_from([PEOPLE, PEOPLE, PEOPLE[:1]]),
        fates=FATES,
        kill_at=KILLS,
    )
    def write(self, minutes: int, who: tuple[str, ...], fates: list[Fate], kill_at: tuple[str, int] | None) -> None:
        """A new post, people say yes to it, and what its requests will meet."""
        self.trouble(fates, kill_at)
        name = f"post-{len(self.posts)}"
        self.posts.append(name)
        at = self.clock.now() + timedelta(minutes=minutes + 1)
        self.written[name] = (WORDS[0], f"{at:%Y-%m-%d %H:%M}")
        self.take()
        self.yes(name, who)

    @rule(number=NUMBER, words=st.sampled_from(WORDS), minutes=st.sampled_from([None, -60, 2, 10]))
    def edit(self, number: int, words: str, minutes: int | None) -> None:
        post = self.post(number)
        old_words, slot = self.written.get(post, (WORDS[0], f"{BEGIN:%Y-%m-%d %H:%M}"))
        if minutes is not None:
            slot = f"{self.clock.now() + timedelta(minutes=minutes):%Y-%m-%d %H:%M}"
        self.written[post] = (words or old_words, slot)
        self.take()

    @rule(number=NUMBER)
    def delete(self, number: int) -> None:
        self.written.pop(self.post(number), None)
        self.take()

    # what people say

    @rule(number=NUMBER, who=st.sampled_from([PEOPLE, PEOPLE[:1], PEOPLE[1:]]))
    def say_yes(self, number: int, who: tuple[str, ...]) -> None:
        self.yes(self.post(number), who)

    @rule(number=NUMBER, by=st.sampled_from(PEOPLE))
    def say_now(self, number: int, by: str) -> None:
        post = self.post(number)
        before = {row.key: row.version for row in self.rows_of(post)}
        try:
            rows = at_once(post, self.in_force(), self.app.workshop, self.ledger, by=by, via="cli")
        except LedgerError:
            return
        for row in rows:
            assert row.key in before
            self.yeses.setdefault((row.key, row.text, row.due), set()).add(by)

    @rule(number=NUMBER)
    def take_back(self, number: int) -> None:
        for row in self.rows_of(self.post(number)):
            try:
                revoke([row.key], self.app.workshop, self.ledger, by="one")
            except LedgerError:
                continue
            for words in [words for words in self.yeses if words[0] == row.key]:
                del self.yeses[words]

    @rule(rounds=st.integers(1, 4))
    def stop_for_a_while(self, rounds: int) -> None:
        stop(self.ledger, self.clock, reason="a trial", by="one")
        self.stopped = True
        for _ in range(rounds):
            self.work()
        for by in PEOPLE[:2]:
            self.stopped = resume(self.ledger, self.clock, self.in_force(), by=by) > 0

    @rule(rounds=st.integers(1, 4))
    def lay_down_the_file_stop_for_a_while(self, rounds: int) -> None:
        (self.root / "STOP").touch()
        for _ in range(rounds):
            self.work()
        (self.root / "STOP").unlink()

    @rule()
    def answer_for_what_was_lost(self) -> None:
        """A person looks, and tells the truth; nobody can see what is still on its way."""
        for row in self.ledger.deliveries((State.UNCONFIRMED,)):
            if self.board.on_its_way(row.key):
                continue
            there = self.board.seen(row.key)
            url = f"https://{row.key.channel}/{self.board.posts.index(there[0])}" if there else ""
            resolve(row.key, self.ledger, published=url, by="two", now=self.clock.now())

    # what happens

    @rule(span=st.sampled_from([61, 76, 300, 310, 600, 2820]))
    def time_passes(self, span: int) -> None:
        self.pass_by(span)

    @rule(step=st.sampled_from([-7200, -600, 600, 1800]))
    def somebody_sets_the_clock(self, step: int) -> None:
        self.clock.step += timedelta(seconds=step)

    @rule(fates=FATES, kill_at=KILLS)
    def trouble(self, fates: list[Fate], kill_at: tuple[str, int] | None) -> None:
        """What the next requests will meet, and where the process will be killed."""
        self.board.fates = fates
        self.kill_at = kill_at

    @invariant()
    def work(self) -> None:
        """The worker works all the time: a round of every lane after every step, twenty seconds later."""
        self.pass_by(20)
        try:
            asyncio.run(self.round())
        except Killed:
            self.kill_at = None
            self.start_a_worker()

    @precondition(lambda self: self.workers < 30)
    @rule()
    def kill(self) -> None:
        self.start_a_worker()

    # the promise

    @invariant()
    def nothing_left_that_must_not(self) -> None:
        assert self.wrong == []

    @invariant()
    def never_twice(self) -> None:
        for key in self.known:
            assert len(self.board.seen(key)) <= 1, f"{key} is public twice"

    @invariant()
    def what_is_believed_is_true(self) -> None:
        for row in self.ledger.deliveries():
            public = bool(self.board.seen(row.key))
            if row.state is State.PUBLISHED:
                assert public, f"{row.key} is published, says the ledger, and is not"
            if row.state not in SEALED:
                assert not public, f"{row.key} is {row.state}, says the ledger, and is public"
                assert not self.board.on_its_way(row.key), f"{row.key} is {row.state} and on its way"

    @invariant()
    def nothing_is_forgotten(self) -> None:
        rows = {row.key for row in self.ledger.deliveries()}
        assert rows == self.known
        assert self.ledger.verify() == ""


Life.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=40,
    deadline=None,
    report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
TestLife = Life.TestCase
