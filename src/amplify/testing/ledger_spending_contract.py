"""What a ledger promises about the counts that keep servers from refusing us."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

from amplify.domain.budget import Spent, Use, Word
from amplify.ports.ledger import Ledger
from amplify.testing.ledger_scenes import ACCOUNT, NOON

HOUR = timedelta(hours=1)


class SpendingPromises:
    def test_what_an_account_has_used_is_counted_by_account_and_use(self, ledger: Ledger) -> None:
        ledger.spend(ACCOUNT, Use.POST, 1, NOON + HOUR)
        ledger.spend(ACCOUNT, Use.UPLOAD, 4, NOON)
        ledger.spend("another", Use.POST, 1, NOON)
        assert list(ledger.spent(ACCOUNT)) == [
            Spent(use=Use.UPLOAD, number=4, at=NOON),
            Spent(use=Use.POST, number=1, at=NOON + HOUR),
        ]
        assert list(ledger.spent("nobody")) == []

    def test_counts_and_words_outlive_the_process_and_leave_no_line(
        self, ledger: Ledger, open_handle: Callable[[], Ledger]
    ) -> None:
        lines = list(ledger.history())
        word = Word(account=ACCOUNT, budget="posts", most=250, until=NOON)
        ledger.spend(ACCOUNT, Use.POST, 1, NOON)
        ledger.heed(word)
        ledger.close()
        with closing(open_handle()) as again:
            assert [one.number for one in again.spent(ACCOUNT)] == [1]
            assert list(again.words(ACCOUNT)) == [word]
            assert list(again.history()) == lines
            assert again.verify() == ""

    def test_the_last_word_of_a_server_counts(self, ledger: Ledger) -> None:
        ledger.heed(Word(account=ACCOUNT, budget="posts", most=300))
        ledger.heed(Word(account=ACCOUNT, budget="uploads", until=NOON))
        ledger.heed(Word(account=ACCOUNT, budget="posts", until=NOON + HOUR))
        ledger.heed(Word(account="another", budget="posts", until=NOON))
        assert {word.budget: (word.most, word.until) for word in ledger.words(ACCOUNT)} == {
            "posts": (None, NOON + HOUR),
            "uploads": (None, NOON),
        }
        assert {word.account for word in ledger.words()} == {ACCOUNT, "another"}
