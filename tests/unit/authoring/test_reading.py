"""What the reader takes from files, and what it holds when something is wrong."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amplify.domain.campaign import Caps, Pause, QuietHours, Rules
from amplify.domain.channel import LinkPolicy
from amplify.domain.figure import Qualifier
from amplify.domain.problem import Severity
from amplify.domain.written import Written
from amplify.ports.author import Author

Read = Callable[..., Written]
CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be]
"""
POST = b"id: evening\nkind: quote\nat: D 9:00\nchannels: mastodon-en\ntext:\n  en: Come with a lamp\n"
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${TOKEN_EN}"}
mastodon-be: {network: mastodon, language: be, server: "https://town.example", token: "${TOKEN_BE}"}
"""


def codes(written: Written) -> set[str]:
    return {problem.code for problem in written.problems}


def test_a_campaign_that_is_right_is_read_whole(read: Read):
    written = read()
    campaign = written.campaign
    assert campaign is not None
    assert (campaign.name, campaign.edition, campaign.zone) == ("Lantern Night", "2027", "Europe/Vienna")
    assert campaign.day == date(2027, 5, 21)
    assert campaign.languages == ("en", "be")
    assert campaign.all_tags == {"LanternNight", "LightALamp"}
    assert campaign.handles("mastodon") == {"@mayor@town.example"}
    assert campaign.links["petition"].url == "https://lantern.example/petition_2027"
    assert campaign.rules == Rules()
    assert [post.id for post in written.posts] == ["evening"]
    assert written.posts[0].channels == ("mastodon-en", "telegram-en")


def test_rules_are_read_with_their_units(read: Read):
    rules = """\
rules:
  approval: {people: 2, figures: exact}
  resume: 3
  late: 6h
  quiet_hours: {from: 23:00, to: 6:30}
  per_account: {a_day: 3, on_day: 5, least_gap: 90m}
  tags: {mastodon: 2}
  figure_max_age: 30d
  pauses: [{from: 2027-05-03 08:00, until: 2027-05-06 07:00, kinds: [quote], reason: mourning}]
"""
    campaign = read({"config/campaign.yaml": CAMPAIGN + rules}).campaign
    assert campaign is not None
    assert campaign.rules == Rules(
        people=2,
        resume=3,
        late=timedelta(hours=6),
        quiet_hours=QuietHours(since=time(23), until=time(6, 30)),
        per_account=Caps(a_day=3, on_day=5, least_gap=timedelta(minutes=90)),
        tags={"mastodon": 2, "bluesky": 3, "telegram": 3},
        figure_max_age=timedelta(days=30),
        pauses=(
            Pause(
                since=datetime(2027, 5, 3, 6, tzinfo=UTC),
                until=datetime(2027, 5, 6, 5, tzinfo=UTC),
                kinds=frozenset({"quote"}),
                reason="mourning",
            ),
        ),
    )


def test_belarusian_channels_name_sources_without_links_unless_told_otherwise(read: Read):
    channels = read().channels
    assert channels["mastodon-be"].links is LinkPolicy.NAME_ONLY
    assert channels["mastodon-en"].links is LinkPolicy.FULL
    full = read({"config/channels.yaml": CHANNELS.replace('"${TOKEN_BE}"', '"${TOKEN_BE}", links: full')}).channels
    assert full["mastodon-be"].links is LinkPolicy.FULL


def test_no_means_norwegian_and_not_false(read: Read):
    written = read(
        {
            "config/campaign.yaml": CAMPAIGN.replace("[en, be]", "[en, no]"),
            **dict.fromkeys(["config/figures.yaml", "config/excerpts.yaml", "config/events.yaml"]),
            "config/channels.yaml": CHANNELS.replace("language: be", "language: no"),
            "posts/day.yaml": "id: evening\nkind: quote\nat: D 9:00\nchannels: all\ntext:\n  en: Come.\n  no: Kom.\n",
        }
    )
    assert written.problems == ()
    assert written.posts[0].parts[0].text == {"en": "Come.", "no": "Kom."}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(read: Read):
    text = b"\xef\xbb\xbfid: evening\r\nkind: quote\r\nat: D 9:00\r\nchannels: telegram\r\ntext:\r\n  en: |\r\n    One\r\n    Two\r\n"
    written = read({"posts/day.yaml": text})
    assert written.problems == ()
    assert written.posts[0].parts[0].text["en"] == "One\nTwo"


def test_figures_are_read_as_records(read: Read):
    lamps, guests = read().figures["lamps"], read().figures["guests"]
    assert (lamps.value, lamps.qualifier, lamps.as_of) == (1496, Qualifier.MORE_THAN, date(2027, 5, 1))
    assert lamps.breakdown == {"red": 965}
    assert (guests.low, guests.high, guests.bounds.max_age_days) == (143600, 171900, 1095)


def test_a_figure_that_is_not_confirmed_is_kept_back_and_told(read: Read):
    figure = "lamps: {label: {en: Lamps}, value: 7, as_of: 2027-05-01, source: {name: Wick}, status: proposed}\n"
    written = read({"config/figures.yaml": figure})
    assert written.figures["lamps"].held == "is `proposed`"
    assert [(p.severity, p.code) for p in written.problems] == [(Severity.WARNING, "not-confirmed")]


@pytest.mark.parametrize(
    "broken", ["edition: 2027 # x\nlangauges: [en]", "{{", "name: a\nname: b", "rules: {late: soon}", "[1, 2]"]
)
def test_nothing_is_sent_by_guessed_rules(read: Read, broken: str):
    assert read({"config/campaign.yaml": broken}).campaign is None


def test_a_wrong_link_spoils_only_what_uses_it(read: Read):
    links = 'links: {petition: {url: "http://lantern.example", label: {en: Sign}}, map: {url: "https://m.example", label: {en: Map}}}\n'
    written = read({"config/campaign.yaml": CAMPAIGN + "hashtags: {core: [LanternNight]}\n" + links})
    assert written.campaign is not None
    assert set(written.campaign.links) == {"map"}
    assert written.held_posts == {"evening"}


def test_a_wrong_channel_is_held_and_the_others_go_on(read: Read):
    written = read({"config/channels.yaml": CHANNELS.replace("${TOKEN_BE}", "a-real-secret")})
    assert written.held_channels == {"mastodon-be"}
    assert set(written.channels) == {"mastodon-en"}
    assert not any("a-real-secret" in str(problem) for problem in written.problems)


def test_one_account_may_speak_two_languages_but_not_one_language_twice(read: Read):
    def held(second: str) -> frozenset[str]:
        first = 'a: {network: mastodon, language: en, server: "http://127.0.0.1:8000", token: "${A}"}\n'
        return read({"config/channels.yaml": first + second, "posts/day.yaml": None}).held_channels

    assert held('b: {network: mastodon, language: be, server: "http://127.0.0.1:8000", token: "${A}"}\n') == set()
    assert held('b: {network: mastodon, language: en, server: "http://127.0.0.1:8000", token: "${A}"}\n') == {"b"}
    assert held('b: {network: mastodon, language: en, server: "http://127.0.0.1:8001", token: "${B}"}\n') == set()
    assert held('b: {network: mastodon, language: en-GB, server: "https://town.example", token: "${B}"}\n') == {"b"}


def test_a_file_without_a_readable_id_is_held_as_a_whole(read: Read):
    written = read({"posts/more.yaml": "- kind: quote\n"})
    assert written.unread == {"posts/more.yaml"}
    assert [post.id for post in written.posts] == ["evening"]


def test_a_renamed_post_that_is_wrong_is_held_under_both_names(read: Read):
    written = read({"posts/day.yaml": "id: night\nformerly: evening\nkind: quote\n"})
    assert written.held_posts == {"night", "evening"}


def test_two_posts_of_one_name_hold_each_other(read: Read):
    twin = "id: evening\nkind: quote\nat: D 9:00\nchannels: telegram\ntext: {en: Come.}\n"
    written = read({"posts/a.yaml": twin})
    assert (written.posts, written.held_posts, codes(written)) == ((), {"evening"}, {"duplicate-id"})


def test_without_channels_everything_from_them_is_held_and_nothing_else_is_complained_of(read: Read):
    written = read({"config/channels.yaml": "a: [\n"})
    assert written.unread == {"config/channels.yaml"}
    assert len(written.problems) == 1


def test_files_for_later_are_left_alone_and_strangers_are_told(read: Read):
    written = read({"config/partners.yaml": "{{", "posts/media/notes.yaml": "{{", "config/campain.yaml": "a: b"})
    assert [str(p) for p in written.problems] == [
        "config/campain.yaml:1:1: warning: amplify does not read this file (did you mean `config/campaign.yaml`?)"
    ]


def test_a_bomb_of_aliases_does_not_go_off(read: Read):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{f'*{a}, ' * 9}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    written = read({"posts/bomb.yaml": bomb})
    assert written.unread == {"posts/bomb.yaml"}
    assert codes(written) == {"too-many-aliases"}


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 100_000, "\x00", "? [a]\n: b", "a: &x [*x]", "--- a\n--- b", "- " * 5000]
)
def test_nothing_that_is_written_makes_reading_fail(read: Read, text: str):
    for file in ("config/campaign.yaml", "config/channels.yaml", "config/figures.yaml", "posts/day.yaml"):
        assert read({file: text}).problems


@given(
    st.binary(max_size=60),
    st.integers(0, 400),
    st.sampled_from(["config/campaign.yaml", "config/channels.yaml", "posts/day.yaml"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_slips_into_a_file_is_a_problem_and_never_a_crash(author: Author, slip: bytes, at: int, file: str):
    files = {
        "config/campaign.yaml": CAMPAIGN.encode(),
        "config/channels.yaml": CHANNELS.encode(),
        "posts/day.yaml": POST,
    }
    files[file] = files[file][:at] + slip + files[file][at:]
    written = author.read(files)
    assert "unexpected" not in codes(written)
    assert written.posts or written.problems
