"""A coordinator's jobs, written as YAML by hand and played to the walls of the three networks."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from amplify.domain.delivery import State
from amplify.testing.pictures import measured

from .playing import Job, marked, when

Open: TypeAlias = Callable[[str, str], Awaitable[Job]]
PETITION = "https://belarusforum.org/en/news/appeals/we-urge-the-immediate-release-political-prisoners-in-belarus"


@pytest.fixture
async def job(tmp_path: Path) -> AsyncIterator[Open]:
    """Opens a job of jobs/ at a time in Vienna."""
    opened = []

    async def open_(name: str, now: str) -> Job:
        opened.append(await Job.open(name, tmp_path / name, now))
        return opened[-1]

    yield open_
    for one in opened:
        await one.close()


async def test_a_countdown_says_the_right_number_each_day_and_a_missed_day_never_comes_later(job: Open):
    play = await job("countdown", "2023-05-16 12:00")
    play.take_up("countdown")
    await play.start()
    for now in ("2023-05-17 09:00", "2023-05-18 09:00"):
        await play.reach(now)
    await play.stop()  # the laptop is closed over Friday
    await play.reach("2023-05-20 08:00", leaving={"countdown"})
    await play.start()
    await play.reach("2023-05-20 20:00")
    await play.reach("2023-05-22 09:00")

    words = "Days until the Day of Solidarity with Political Prisoners in Belarus (21 May)"
    mastodon = play.wall("mastodon-en")
    assert [(when(post), post.text.partition("\n")[0]) for post in mastodon] == [
        ("17 May 09:00", f"{words}: 4"),
        ("18 May 09:00", f"{words}: 3"),
        ("20 May 20:00", "Tomorrow is the Day of Solidarity with Political Prisoners in Belarus."),
    ]
    assert [text.partition("\n")[0].rpartition(" ")[2] for text in play.texts("telegram-de")] == ["4", "3", "Belarus."]
    assert [post.text for post in play.wall("bluesky-en")][1] == (
        f"{words}: 3\n\nSign and share the petition\n\n#FreePoliticalPrisoners #Belarus"
    )
    assert marked(play.wall("bluesky-en")[1]) == [
        ("link", "Sign and share the petition", PETITION),
        ("tag", "#FreePoliticalPrisoners", "FreePoliticalPrisoners"),
        ("tag", "#Belarus", "Belarus"),
    ]
    assert ("bold", "Tag der Solidarität", "") in marked(play.wall("telegram-de")[0])
    assert all(post.extra["silent"] for post in play.wall("telegram-de"))
    assert {post.language for post in play.wall("mastodon-de")} == {"de"}
    missed = [row for row in play.json("status", "--all")["deliveries"] if row["state"] == "missed"]
    assert {row["key"].partition("#")[2] for row in missed} == {"D-2 09:00"}
    assert len(missed) == 4


async def test_the_figure_of_the_day_comes_in_two_languages_at_two_times_and_a_stale_one_is_held(job: Open):
    play = await job("figure-of-the-day", "2023-05-20 18:00")
    (warned,) = [p for p in play.json("check")["problems"] if p["code"] == "rule"]
    assert "figure political_prisoners is of 2023-02-27: 83 days old, 45 allowed" in warned["message"]
    play.take_up("criminal-cases", "prisoners", by=("editor", "reviewer"))
    await play.start()
    for now in ("09:00", "12:00", "18:00", "20:00"):
        await play.reach(f"2023-05-21 {now}")

    english = "Persecuted in politically motivated criminal cases: 4,649 (as of 21 May 2023; Urgent Appeal)"
    belarusian = (
        "Пераследаваныя ў палітычна матываваных крымінальных справах: 4649 (на 21 мая 2023\u202fг.; Urgent Appeal)"
    )
    tags = "#FreePoliticalPrisoners #Belarus"
    for channel, line, parts, at in (
        ("mastodon-en", english, "Women: 965. Minors: 7.", "21 May 09:00"),
        ("telegram-en", english, "Women: 965. Minors: 7.", "21 May 09:00"),
        ("bluesky-be", belarusian, "Жанчыны: 965. Непаўналетнія: 7.", "21 May 18:00"),
        ("telegram-be", belarusian, "Жанчыны: 965. Непаўналетнія: 7.", "21 May 18:00"),
    ):
        (post,) = play.wall(channel)
        assert (when(post), post.text) == (at, f"{line}\n\n{parts}\n\n{tags}")
        assert post.language == channel[-2:]
        assert [words for kind, words, _ in marked(post) if kind == "tag"] == tags.split()
    assert set(play.states("prisoners").values()) <= {"held", "missed"}
    assert all("figure political_prisoners is of 2023-02-27" in reason for reason in play.reasons("prisoners"))
    assert "83 days old, 45 allowed" in play.does("status")


async def test_a_quote_card_carries_its_whole_wording_for_those_who_do_not_see_it(job: Open):
    play = await job("quote-card", "2023-05-20 18:00")
    play.take_up("moral-obligation")
    await play.start()
    await play.reach("2023-05-21 11:00")

    quote = "“The moral obligation of the free world is to release the people who fight for freedom and democracy in Belarus!”"
    credit = "From the Urgent Appeal, 21 May, Day of Solidarity with Political Prisoners in Belarus"
    walls = [post for name in ("mastodon-en", "bluesky-en", "telegram-en") for post in play.wall(name)]
    assert [(post.network, post.text, when(post)) for post in walls] == [
        (network, f"{quote}\n\n{credit}\n\n#FreeThemAll #Belarus", "21 May 11:00")
        for network in ("mastodon", "bluesky", "telegram")
    ]
    mastodon, bluesky, telegram = walls
    alts = [post.extra["media"][0]["alt"] for post in walls]
    assert quote in alts[0]
    assert alts[0].endswith("From the Urgent Appeal, via Statements & BelarusContextBulletin (belarus-diaspora.at)")
    assert alts == [alts[0], alts[0], ""]  # a bot cannot give Telegram an alt text; the words are below the picture
    assert (mastodon.extra["warning"], mastodon.extra["visibility"]) == ("political imprisonment", "public")
    assert bluesky.extra["replies"] == ["followerRule"]
    assert [(b["text"], b["url"]) for b in telegram.extra["buttons"]] == [
        ("Read the appeal", "https://belarus-diaspora.at/all-categories-de/news/political-prisoners-2")
    ]
    assert ("italic", "Urgent Appeal", "") in marked(telegram)
    for post in walls:
        print_ = measured(play.sandbox.picture(post.extra["media"][0]["url"]))
        assert print_ is not None
        assert (print_.width, print_.height) == (1200, 630)


async def test_the_thread_of_the_appeal_hangs_together_on_both_networks(job: Open):
    play = await job("thread", "2023-05-20 18:00")
    play.take_up("appeal")
    await play.start()
    await play.reach("2023-05-21 10:00")

    for channel in ("mastodon-en", "bluesky-en"):
        wall = play.wall(channel)
        assert [text.split("\n")[0][:40] for text in play.texts(channel)] == [
            "“Today on 21 May on Day of Solidarity wi",
            "Political prisoners recognised: more tha",
            "“We appeal to the leaders of the Europea",
            "Sign and share the petition" + (f": {PETITION}"[:13] if channel == "mastodon-en" else ""),
        ]
        assert wall[0].text.endswith("in Belarus.” 1/4\n\n#FreePoliticalPrisoners #Belarus")
        assert wall[1].text.endswith("more than 1,500 (as of 21 May 2023; Viasna) 2/4")
        assert wall[3].text.endswith("via Statements & BelarusContextBulletin (belarus-diaspora.at) 4/4")
        assert [post.reply_to for post in wall] == ["", *(post.remote_id for post in wall[:-1])]
        assert {when(post) for post in wall} == {"21 May 10:00"}
        assert ("link", PETITION) in {(kind, value or words) for kind, words, value in marked(wall[3])}
    assert {post.extra["visibility"] for post in play.wall("mastodon-en")} == {"unlisted"}


async def test_seven_groups_are_called_one_a_day(job: Open):
    play = await job("seven-groups", "2023-05-14 09:00")
    play.take_up("call")
    await play.start()
    for day in range(14, 21):
        await play.reach(f"2023-05-{day} 18:00")

    groups = ["Trade unions", "Journalists", "Scientists", "Athletes", "Musicians", "Opinion leaders"]
    for channel in ("mastodon-en", "telegram-en"):
        wall = play.wall(channel)
        assert [post.text.partition(":")[0] for post in wall] == [*groups, "People of good will"]
        assert [when(post) for post in wall] == [f"{day} May 18:00" for day in range(14, 21)]
        assert all("#FreePoliticalPrisoners #TimeToAct" in post.text for post in wall)
    assert PETITION in play.texts("mastodon-en")[0]
    assert ("link", "Sign the petition", PETITION) in marked(play.wall("telegram-en")[0])


async def test_an_emergency_stops_the_morning_lets_the_urgent_words_through_and_goes_on_quietly(job: Open):
    play = await job("emergency", "2027-05-19 20:00")
    play.take_up("good-morning", "one-day", "where", "this-evening", by=("first",))
    await play.start()

    await play.reach("2027-05-20 08:05")
    play.does("stop", "--reason", "sad news", "--by", "first", "--except", "sad-news")
    play.now_write("urgent.yaml")
    play.change(
        "config/campaign.yaml",
        "  # pauses are written here when something has happened\n",
        "  pauses: [{from: D-1 08:00, until: D 06:00, kinds: [countdown, quote, thanks], reason: sad news}]\n",
    )
    play.take_up("sad-news", by=("first",))
    await play.reach("2027-05-20 08:40")
    assert play.states("sad-news") == {"mastodon-en": "planned", "telegram-en": "planned"}
    play.does("approve", "sad-news", "--by", "second", "--yes")
    await play.reach("2027-05-20 08:41")
    await play.reach("2027-05-20 09:00", leaving={"good-morning"})
    play.does("resume", "--by", "second")
    assert "STOPPED" in play.does("status")
    play.does("resume", "--by", "third")
    await play.reach("2027-05-20 11:00")
    await play.reach("2027-05-20 12:00", leaving={"one-day"})
    await play.reach("2027-05-20 15:00")
    await play.reach("2027-05-20 20:00", leaving={"this-evening"})
    await play.reach("2027-05-21 07:30")

    for channel in ("mastodon-en", "telegram-en"):
        assert [(when(post), post.text.partition(".")[0]) for post in play.wall(channel)] == [
            ("20 May 08:41", "Sad news has reached us this morning"),
            ("20 May 15:00", "Bring your lamp to the bridge tomorrow at nine"),
        ]
    assert play.reasons("good-morning") == {"its time fell into a stop"}
    for silenced in ("one-day", "this-evening"):
        assert set(play.states(silenced).values()) == {"missed"}
        assert all(reason.endswith("posts of kind countdown pause: sad news") for reason in play.reasons(silenced))


async def test_a_correction_answers_what_was_wrong_wherever_that_is_public(job: Open):
    play = await job("correction", "2027-05-17 12:00")
    play.take_up("lamps", "walk")
    await play.start()
    await play.reach("2027-05-18 10:00")
    await play.reach("2027-05-18 12:00")
    wrong = {channel: play.wall(channel) for channel in ("mastodon-en", "bluesky-en", "telegram-en")}

    await play.reach("2027-05-18 13:00")
    play.change("config/figures.yaml", "1230      # typed wrongly, as it turns out: the committee counted 1203", "1203")
    play.now_write("correction.yaml")
    told = [problem["message"] for problem in play.json("check")["problems"]]
    assert any("already public; editing the file changes nothing there" in message for message in told)
    assert any("telegram-en: walk.when is not public here, so there is nothing to correct" in each for each in told)
    play.take_up("lamps-corrected", "walk-corrected")
    await play.reach("2027-05-18 14:00")
    await play.reach("2027-05-18 15:00")

    line = "Lamps on the bridge last year: 1,203 (as of 2 May 2027; Lantern Night committee)"
    for channel, before in wrong.items():
        wall = play.wall(channel)
        assert wall[: len(before)] == before
        lamps = wall[len(before)]
        assert lamps.text == (
            f"Correction. On 18 May we wrote 1,230 lamps. Correct is:\n\n{line}\n\nWe had swapped two digits."
        )
        assert "1,230" in before[0].text
        assert (lamps.reply_to, when(lamps)) == (before[0].remote_id, "18 May 14:00")
    for channel in ("mastodon-en", "bluesky-en"):
        _, where, at_eight, _, _, walk = play.wall(channel)
        assert (at_eight.reply_to, walk.reply_to) == (where.remote_id, at_eight.remote_id)
        assert "eight in the evening" in walk.text
    assert play.states("walk-corrected")["telegram-en"] == "held"
    told = play.does("status")
    assert "walk.when is not public here, so there is nothing to correct" in told
    assert "Name in posts/correction.yaml only channels where it is public" in told


async def test_events_in_six_cities_are_announced_by_the_clocks_of_each(job: Open):
    play = await job("six-cities", "2027-05-20 12:00")
    assert play.json("check")["problems"] == []
    play.take_up("tomorrow", "today")
    await play.start()
    await play.reach("2027-05-20 18:00")
    for hour in range(15, 21):
        await play.reach(f"2027-05-21 {hour}:00")

    tomorrow, *today = play.wall("mastodon-en")
    assert (
        tomorrow.text
        == """\
Lantern Night is tomorrow. Local times:

Tbilisi, 19:00: Lamps on the bridge
Kyiv, 19:00
Vienna, 19:00–21:00: Walk by the river
London, 19:00
Reykjavík, 19:00
New York, 17:00: Lamps in the park

#LanternNight"""
    )
    assert "Wien, 19:00–21:00 Uhr: Spaziergang am Fluss" in play.texts("mastodon-de")[0]
    assert [(when(post), post.text.partition(".")[0]) for post in today] == [
        ("21 May 15:00", "Today, Tbilisi, 19:00: Lamps on the bridge"),
        ("21 May 16:00", "Today, Kyiv, 19:00"),
        ("21 May 17:00", "Today, Vienna, 19:00–21:00: Walk by the river"),
        ("21 May 18:00", "Today, London, 19:00"),
        ("21 May 19:00", "Today, Reykjavík, 19:00"),
        ("21 May 20:00", "Today, New York, 17:00: Lamps in the park"),
    ]
    assert [post.text for post in play.wall("telegram-en")[1:]] == [post.text for post in today]


async def test_next_years_edition_is_planned_anew_and_touches_nothing_of_the_old_one(job: Open):
    play = await job("next-year", "2023-05-20 12:00")
    play.take_up("tomorrow", "moral-obligation", "prisoners")
    await play.start()
    for now in ("2023-05-20 18:00", "2023-05-21 09:00", "2023-05-21 12:00"):
        await play.reach(now)
    old = [(post.remote_id, post.text) for post in play.sandbox.walls()]
    assert len(old) == 9

    await play.reach("2024-05-01 10:00")
    play.change("config/campaign.yaml", "day: 2023-05-21", "day: 2024-05-21")
    assert {change["action"] for change in play.json("plan")["changes"]} == {
        "published"
    }  # a new day alone is no edition
    play.change("config/campaign.yaml", 'edition: "2023"', 'edition: "2024"')
    planned = [change for change in play.json("plan")["changes"] if change["key"].startswith("2024/")]
    assert [change["action"] for change in planned] == ["create"] * 9
    assert {problem["code"] for problem in play.json("check")["problems"]} == {"rule"}  # not a word about last year
    stale = next(change for change in planned if change["post"] == "prisoners")
    assert "figure political_prisoners is of 2023-05-21: 366 days old, 45 allowed" in stale["reasons"]
    play.does("apply")

    await play.reach("2024-05-20 18:00")  # nobody has said yes to it yet: last year's yes is void
    assert [(post.remote_id, post.text) for post in play.sandbox.walls()] == old
    play.does("approve", "moral-obligation", "--by", "editor", "--yes")
    await play.reach("2024-05-21 09:00")
    walls = [(post.remote_id, post.text) for post in play.sandbox.walls()]
    assert walls[:9] == old
    assert [when(post) for post in play.sandbox.walls()][9:] == ["21 May 09:00"] * 3
    assert {text for _, text in walls[9:]} == {text for _, text in old if "moral obligation" in text}
    await play.until(lambda: sum(row.state is State.MISSED for row in play.rows()) == 3)  # what nobody said yes to
    told = play.json("status", "--all")
    assert told["counts"] | {"published": 12, "missed": 3, "planned": 3} == told["counts"]
