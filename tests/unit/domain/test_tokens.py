"""What looks like a secret, and what does not."""

import pytest

from amplify.domain.tokens import token_in

# put together here, so that no file of this repository looks as if it had one
TELEGRAM = "123456789:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
BLUESKY = "abcd-" + "efg2-hijk-lmn3"
MASTODON = "Zx9" + "kQ-_aB" * 6 + "rT4w"
SESSION = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiJsYW1wIn0.c2lnbmF0dXJlLW9mLWl0"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"token: {TELEGRAM}", "Telegram"),
        (f"https://api.example/bot{TELEGRAM}/getMe", "Telegram"),
        (f'password: "{BLUESKY}"', "Bluesky"),
        (f"Bearer {SESSION}", "session"),
        (f"AMPLIFY_X={MASTODON}", "access token"),
    ],
)
def test_secrets_are_known_by_their_looks(line: str, kind: str) -> None:
    assert kind in token_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "id: come-here-with-lamp",
        "at: 2027-05-21 09:00",
        f"digest: {'0a1b' * 16}",
        "token: ${AMPLIFY_MASTODON_EN_TOKEN}",
        "https://lantern.example/a-page/that-has-a-Long-Name-and-2-Numbers-in-it-somewhere",
        "1234-5678-1234-5678-1234",
        "🕯 Мы помним каждое имя, и будем помнить",
    ],
)
def test_words_days_and_digests_are_none(line: str) -> None:
    assert token_in(line) == ""
