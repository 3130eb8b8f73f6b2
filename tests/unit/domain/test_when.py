"""Times as coordinators write them, and the nights on which clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amplify.clockwork.apscheduler_clock import CronRecurrence
from amplify.domain.post import Repeat
from amplify.domain.when import on_wall, parse_when, resolve

DAY = date(2027, 5, 21)
VIENNA = "Europe/Vienna"


@pytest.mark.parametrize(
    ("written", "label", "instant"),
    [
        ("D 09:00", "D 09:00", "2027-05-21T07:00"),
        ("D-7 9:00", "D-7 09:00", "2027-05-14T07:00"),
        ("d–7 09:00", "D-7 09:00", "2027-05-14T07:00"),
        ("D+1 18:00", "D+1 18:00", "2027-05-22T16:00"),
        ("2027-05-21 09:00", "2027-05-21 09:00", "2027-05-21T07:00"),
        ("2027-05-21T09:00:00+03:00", "2027-05-21 09:00+03:00", "2027-05-21T06:00"),
        ("2027-05-21 09:00Z", "2027-05-21 09:00Z", "2027-05-21T09:00"),
        ("D 09:00 [Europe/Minsk]", "D 09:00[Europe/Minsk]", "2027-05-21T06:00"),
    ],
)
def test_a_time_means_one_instant(written: str, label: str, instant: str) -> None:
    when = parse_when(written)
    assert when.label == label
    assert resolve(when, DAY, VIENNA).at == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "9:00", "tomorrow", "D 25:00", "2027-02-30 09:00", "21.05.2027 09:00", "D-7"])
def test_what_is_no_time_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match="is not a time|there is no"):
        parse_when(written)


def test_a_zone_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="Europe/Viena"):
        parse_when("D 09:00 [Europe/Viena]")


def test_a_skipped_hour_is_taken_after_the_jump_and_told() -> None:
    instant = on_wall(datetime(2027, 3, 28, 2, 30), VIENNA)
    assert instant.at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert "03:30" in instant.warning


def test_a_repeated_hour_is_taken_the_first_time_and_told() -> None:
    instant = on_wall(datetime(2027, 10, 31, 2, 30), VIENNA)
    assert instant.at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert "twice" in instant.warning


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)))
def test_every_other_wall_time_is_what_the_wall_shows(local: datetime) -> None:
    local = local.replace(second=0, microsecond=0)
    instant = on_wall(local, VIENNA)
    shown = instant.at.astimezone(ZoneInfo(VIENNA)).replace(tzinfo=None)
    assert shown == local or (instant.warning and abs(shown - local) == timedelta(hours=1))


def test_a_repeat_across_both_nights_fires_once_for_each_label() -> None:
    repeat = Repeat(every="day 02:30", since=date(2027, 3, 1), until=date(2027, 11, 30))
    firings = list(CronRecurrence().wall_times(repeat))
    instants = [on_wall(local, VIENNA) for _, local in firings]
    assert len({label for label, _ in firings}) == len(firings) == 275
    assert len({instant.at for instant in instants}) == 275
    assert [i.warning[:10] for i in instants if i.warning] == ["2027-03-28", "2027-10-31"]


@pytest.mark.parametrize(
    ("repeat", "labels"),
    [
        ({"every": "monday 09:00"}, ["2027-W14", "2027-W15"]),
        ({"every": "day 05 09:00"}, ["2027-04"]),
        ({"cron": "0 9 * * mon"}, ["2027-W14", "2027-W15"]),
        ({"cron": "30 8 */7 * *"}, None),
    ],
)
def test_the_label_is_the_nominal_period(repeat: dict[str, str], labels: list[str] | None) -> None:
    rule = Repeat(**repeat, since=date(2027, 4, 1), until=date(2027, 4, 14))
    if labels is None:
        with pytest.raises(ValueError, match="twice in 2027-04"):
            list(CronRecurrence().wall_times(rule))
    else:
        assert [label for label, _ in CronRecurrence().wall_times(rule)] == labels


@pytest.mark.parametrize(
    ("repeat", "told"),
    [
        ({"every": "mondays 09:00"}, "mondays"),
        ({"every": "sometimes"}, "not understood"),
        ({"every": "day 32 09:00"}, "does not exist"),
        ({"cron": "0 9 * * 1"}, "by name"),
        ({"cron": "0 9 * *"}, "five"),
        ({"cron": "0 99 * * mon"}, "not a cron line"),
        ({"cron": "0 9 * * mon,thu"}, "twice in 2027-W14"),
    ],
)
def test_a_repeat_that_cannot_be_read_is_refused_in_words(repeat: dict[str, str], told: str) -> None:
    rule = Repeat(**repeat, since=date(2027, 4, 5), until=date(2027, 4, 14))
    with pytest.raises(ValueError, match=told):
        list(CronRecurrence().wall_times(rule))
