"""What a ledger promises about the channels that do not answer."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

from amplify.ports.ledger import Ledger
from amplify.ports.reaching import Away
from amplify.testing.ledger_scenes import NOON


class ReachingPromises:
    def test_a_channel_is_away_since_the_first_try_and_for_the_last_reason(
        self, ledger: Ledger, open_handle: Callable[[], Ledger]
    ) -> None:
        lines = list(ledger.history())
        ledger.miss("telegram-en", "no such host", NOON)
        ledger.miss("mastodon-en", "busy", NOON)
        ledger.miss("telegram-en", "the proxy is down", NOON + timedelta(minutes=10))
        ledger.close()
        with closing(open_handle()) as again:
            assert list(again.away()) == [
                Away(channel="mastodon-en", since=NOON, why="busy"),
                Away(channel="telegram-en", since=NOON, why="the proxy is down"),
            ]
            assert list(again.history()) == lines
            assert again.verify() == ""

    def test_a_channel_that_answers_is_not_away(self, ledger: Ledger) -> None:
        ledger.miss("telegram-en", "no such host", NOON)
        ledger.meet("telegram-en")
        ledger.meet("mastodon-en")
        assert list(ledger.away()) == []
        ledger.miss("telegram-en", "busy", NOON + timedelta(hours=1))
        assert [one.since for one in ledger.away()] == [NOON + timedelta(hours=1)]
