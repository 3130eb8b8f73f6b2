"""Many deliveries become few lines, and what most of them share is said once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from amplify.documents.agenda import Agenda, agenda
from amplify.documents.agenda_line import abridged
from amplify.domain.campaign import Campaign
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.key import Key
from amplify.domain.plan import Action, Change, Intent, Plan
from amplify.domain.post import Kind, Part, Post
from amplify.domain.problem import Place
from amplify.domain.wanted import Wanted

DUE = datetime(2027, 5, 21, 7, tzinfo=UTC)
PLACE = Place(file="posts/all.yaml")
CAMPAIGN = Campaign(name="Lamps", edition="1", zone="Europe/Vienna", day=date(2027, 5, 21), languages=("en", "de"))


def lines(*changes: Change) -> Agenda:
    intents = {}
    for change in changes:
        key = change.key
        post = Post(id=key.post, kind=Kind.CALL, parts=(Part(place=PLACE),), place=PLACE, channels=(key.channel,))
        channel = Channel(
            name=key.channel, network="mastodon", language=key.channel.rpartition("-")[2], links=LinkPolicy.FULL
        )
        wanted = Wanted(
            key=key, former=None, post=post, part=post.parts[0], position=0, channel=channel, due=DUE, days_left=0
        )
        intents[key] = Intent(
            wanted=wanted, account="a", waits=tuple(r for r in change.reasons if r.startswith("needs"))
        )
    plan = Plan(changes=changes, waiting=0)
    return agenda(plan, CAMPAIGN, channels=["mastodon-en"], intents=intents, known={}, loads=(), zones=["Asia/Tokyo"])


def new(
    post: str = "lamp", channel: str = "mastodon-en", *reasons: str, due: datetime = DUE, text: str = "A"
) -> Change:
    key = Key(edition="1", post=post, channel=channel)
    return Change(key=key, action=Action.CREATE, due=due, text=text, reasons=reasons)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["telegram-ru", "telegram-be", "bluesky-en"], "bluesky-en, telegram-be, -ru"),
        (["main"], "main"),
        (["a-b", "main", "main-en"], "a-b, main, main-en"),
    ],
)
def test_channels_that_begin_alike_are_written_shortly(names: list[str], words: str) -> None:
    assert abridged(names) == words


def test_what_differs_only_in_the_channel_is_one_line_in_the_first_language() -> None:
    made = lines(new(channel="mastodon-de", text="Eine Lampe"), new(channel="mastodon-en", text="A lamp"))
    (line,) = made.sections[0].lines
    assert (line.text, line.deliveries, made.where(line.channels)) == ("A lamp", 2, "mastodon-de, -en")


def test_another_reason_or_time_is_another_line() -> None:
    made = lines(
        new(), new("lamp", "mastodon-de", "too early"), new(channel="bluesky-de", due=DUE + timedelta(hours=1))
    )
    assert [line.channels for line in made.sections[0].lines] == [("mastodon-en",), ("mastodon-de",), ("bluesky-de",)]


def test_what_most_wait_for_is_said_once_and_an_exception_says_so_itself() -> None:
    made = lines(*(new(f"post-{n}", "mastodon-en", f"needs {2 if n == 3 else 1} approvals") for n in range(5)))
    (section,) = made.sections
    assert section.shared == ("each needs 1 approvals unless it says otherwise",)
    assert [made.remarks(line) for line in section.lines] == [[], [], [], ["needs 2 approvals"], []]


def test_a_wall_far_away_says_when_it_shows_another_day() -> None:
    made = lines(new())
    assert made.elsewhere(DUE) == ["16:00"]
    assert made.elsewhere(DUE + timedelta(hours=9)) == ["01:00 (Sat)"]
