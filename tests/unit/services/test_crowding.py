"""`plan` and `check` say where a schedule is too much for the server of an account."""

from datetime import UTC, datetime, timedelta

from amplify.domain.budget import Word
from amplify.services.apply import apply
from amplify.services.check import check
from amplify.services.plan import plan

ROOMY = """\
name: A test campaign
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en]
hashtags: {core: [Belarus]}
coordinators: {one: {}, two: {}}
rules: {per_account: {a_day: 48, on_day: 48, least_gap: 5m}}
"""
TOO_MANY = "mastodon-en: 320 posts and boosts between 14:00 and 17:00 on 21 May, the server takes 300: 20 would be late"


def threads(number: int, parts: int, first: str = "14:05") -> str:
    """As many threads, five minutes apart, on the campaign's day."""
    hour, minute = map(int, first.split(":"))
    begins = [timedelta(hours=hour, minutes=minute + 5 * at) for at in range(number)]
    return "".join(
        f"- id: thread-{at}\n  kind: thread\n  at: D {str(begin)[:-3].zfill(5)}\n  channels: [mastodon-en]\n  thread:\n"
        + "".join(f"    - {{id: p{part}, text: {{en: Say {at} and {part}}}}}\n" for part in range(parts))
        for at, begin in enumerate(begins)
    )


def told(app, ledger=None) -> list[tuple[str, str]]:
    """Each change that a crowd is told of."""
    changes = plan(app.written, app.workshop, ledger).plan.changes
    return [(str(c.key), reason) for c in changes for reason in c.reasons if "would be late" in reason]


def test_what_fits_is_not_spoken_of(written) -> None:
    assert told(written(threads(30, 10), config__campaign=ROOMY)) == []


def test_those_that_would_be_late_say_so_with_the_whole_account_s_number(written) -> None:
    app = written(threads(32, 10), config__campaign=ROOMY)
    late = told(app)
    assert {reason for _, reason in late} == {TOO_MANY}
    assert [key for key, _ in late] == [
        f"2027/thread-{at}.p{part}@mastodon-en" for at in (30, 31) for part in range(10)
    ]


def test_check_says_it_once(written) -> None:
    app = written(threads(32, 10), config__campaign=ROOMY)
    (problem,) = [p for p in check(app.written, app.workshop, None, {}) if "would be late" in p.message]
    assert problem.message == TOO_MANY
    assert problem.severity == "warning"


def test_it_goes_by_what_the_server_itself_has_told(written, clock) -> None:
    app = written(threads(6, 10), config__campaign=ROOMY)
    limits = app.networks["mastodon"].defaults
    app.ledger.bind("mastodon-en", id="1@s", name="@c", url="https://s.example/@c", limits=limits, now=clock.now())
    assert told(app, app.ledger) == []
    app.ledger.heed(Word(account="1@s", budget=limits.budgets[0].id, most=50))
    assert {reason for _, reason in told(app, app.ledger)} == {
        "mastodon-en: 60 posts and boosts between 14:00 and 17:00 on 21 May, the server takes 50: 10 would be late"
    }


def test_what_is_over_is_not_spoken_of(written, clock) -> None:
    app = written(threads(32, 10), config__campaign=ROOMY)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    assert told(app, app.ledger)
    clock.pass_by(datetime(2027, 5, 21, 15, 1, tzinfo=UTC) - clock.now())
    assert told(app, app.ledger) == []
