"""Numbers as people bring them up to date: proposed, doubted, confirmed, and only then printed."""

import re
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from amplify.bootstrap import open_app
from amplify.domain.figure import Source
from amplify.domain.proposal import Proposal

from .conftest import SECRETS, Said, Town

FIGURES = """\
# Our numbers.
prisoners:
  definition_id: viasna-current-held
  label: {en: Political prisoners recognised}
  kind: stock
  unit: persons
  value: 1254  # from the list
  as_of: 2025-12-12
  source: {name: Viasna, url: "https://prisoners.spring96.org/en"}
  limits: {min: 800, max: 3000}
persecuted:
  definition_id: criminally-persecuted
  label: {en: Persecuted in criminal cases}
  kind: cumulative
  value: 4649
  as_of: 2023-05-21
  source: {name: Appeal}
  breakdown: [{key: women, value: 965}]
convicted:
  definition_id: viasna-convicted
  label: {en: Convicted}
  kind: cumulative
  value: 4690
  as_of: 2024-03-31
  source: {name: Viasna}
deaths:
  label: {en: Killed since 2020}
  kind: cumulative
  value: 22
  as_of: 2023-05-21
  source: {name: Appeal}
  limits: {max_step: 3, people: 2}
  entered_by: editor
  confirmed_by: reviewer
"""
POST = """\
id: number
kind: statement
at: D-1 12:00
channels: [mastodon-en]
text:
  en: "{{ figure.prisoners.line }}"
"""
REVIEW = ("--source-name", "Viasna", "--source-url", "https://spring96.org/en/news/119261")


@pytest.fixture
def town(town: Town) -> Town:
    town.write("config/figures.yaml", FIGURES)
    town.write("posts/number.yaml", POST)
    return town


def set_(town: Town, figure: str, number: str, day: str, *words: str, by: str = "editor") -> Said:
    return town.amplify("figures", "set", figure, number, "--as-of", day, *REVIEW, *words, "--by", by)


def printed(town: Town) -> str:
    (shown,) = town.amplify("preview", "number", "--json").json
    text: str = shown["text"]
    return text


def file(town: Town) -> str:
    return (town.root / "config/figures.yaml").read_text()


def test_the_real_drop_of_123_in_a_day_waits_for_a_second_person_and_then_passes(town: Town):
    asked = set_(town, "prisoners", "1131", "2025-12-13")
    assert asked.code == 1
    assert "1131 (2025-12-13) after 1254 (2025-12-12): 123 less, 9.8 %; up to 5 % at once is usual" in asked.err
    assert "--reason" in asked.err

    waits = set_(town, "prisoners", "1131", "2025-12-13", "--reason", "123 people were released on 13 December")
    assert waits.code == 0
    assert "It waits for a second person; until then 1254 of 12 Dec 2025 (Viasna) stays." in waits.out
    assert "Reviewer compares it with the source: `amplify figures confirm 1 --by NAME`" in waits.out
    assert file(town) == FIGURES
    assert "1,254" in printed(town)

    own = town.amplify("figures", "confirm", "prisoners", "--by", "editor")
    assert own.code == 1
    assert "editor has proposed it, and somebody else must look at it too" in own.err
    assert "reviewer may" in own.err

    done = town.amplify("figures", "confirm", "prisoners", "--by", "reviewer")
    assert done.code == 0
    assert "prisoners is 1131 of 13 Dec 2025 (Viasna) now; before it was 1254 of 12 Dec 2025 (Viasna)." in done.out
    assert "1,131 (as of 13 December 2025; Viasna)" in printed(town)
    assert "  value: 1131  # from the list\n" in file(town)
    assert "- {as_of: 2025-12-12, value: 1254, source: {name: Viasna" in file(town)
    assert file(town).endswith(FIGURES[FIGURES.index("persecuted:") :])
    assert town.json("check")["ok"] is True
    assert town.amplify("verify").code == 0


def test_a_usual_number_is_in_force_at_once_where_one_person_is_enough(town: Town):
    said = town.json("figures", "set", "prisoners", "1250", "--as-of", "2026-01-31", *REVIEW, "--by", "editor")
    assert (said["state"], said["waits_for"]) == ("confirmed", [])
    (figure, *_) = town.json("figures")["figures"]
    assert (figure["value"], figure["version"], figure["confirmed_by"]) == (1250, said["version"], "editor")
    assert town.json("figures")["proposals"] == []


def test_where_the_campaign_asks_two_people_every_number_waits(town: Town):
    town.change("config/campaign.yaml", "rules:\n", "rules:\n  figure_people: 2\n")
    town.write(
        "config/figures.yaml",
        FIGURES.replace("  limits: {min", "  entered_by: editor\n  confirmed_by: reviewer\n  limits: {min"),
    )
    said = set_(town, "prisoners", "1250", "2026-01-31")
    assert "Nothing about it is doubtful; every new number of this figure needs two people." in said.out
    assert town.amplify("figures", "confirm", "1", "--by", "editor").code == 1
    assert town.json("figures", "confirm", "1", "--by", "reviewer")["state"] == "confirmed"
    assert "1,250" in printed(town)


def test_every_death_is_confirmed_by_two(town: Town):
    assert "It waits for a second person" in set_(town, "deaths", "23", "2026-01-31").out
    assert "needs two people" in town.amplify("figures", "confirm", "deaths", "--by", "editor").err
    assert town.amplify("figures", "confirm", "deaths", "--by", "reviewer").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("prisoners", "4.649*", "2026-01-31"), "“4.649*” can be read as 4649 or as 4.649 (a fraction)"),
        (("prisoners", "1,250", "2026-01-31"), "1250 or as 1.250 (a fraction)"),
        (("prisoners", "1250", "31.01.26"), "write year-month-day with four digits for the year"),
        (("prisoners", "1250", "2028-01-31"), "2028-01-31 is still to come (today is 2027-05-14)"),
        (("prisoners", "799", "2026-01-31"), "799 is less than 800, the least that is likely"),
        (("prisoners", "1250", "2025-12-01"), "2025-12-01 is before 2025-12-12"),
        (("persecuted", "4648", "2026-01-31"), "this figure only ever grows, and 4648 is less than 4649"),
        (("prisoners", "1300", "2025-12-15", "--qualifier", "more_than"),
         "“more than 1300” is not true: Viasna counted exactly 1254 on 2025-12-12"),
        (("persecuted", "4690", "2024-03-31", "--definition", "viasna-convicted"), "that is the figure convicted"),
        (("persecuted", "4690", "2024-03-31", "--definition", "elsewhere"), "write a new figure into config/figures.yaml"),
        (("persecuted", "4690", "2024-03-31"), "4690 of 2024-03-31 is what convicted says"),
        (("nobody", "7", "2026-01-31"), "there is no figure nobody"),
        (("prisoners", "1254", "2025-12-12", "--part", "women"), "write its name and its number: women=965"),
        (("prisoners", "1254", "2025-12-12", "--part", "women=1255"), "the part `women` (1255) is more than the whole"),
        (("prisoners", "1250", "2026-01-31", "--corrects", "prisoners:2025-12-12:00000000"), "has no version"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_refused_and_nothing_is_kept(town: Town, words: tuple[str, ...], told: str):
    said = set_(town, *words[:3], *words[3:])
    assert said.code in {1, 2}
    assert told in said.err
    assert file(town) == FIGURES
    assert town.json("figures")["proposals"] == []


def test_the_appeal_s_more_than_1500_fails_against_an_exact_1496(town: Town):
    town.change(
        "config/figures.yaml", "value: 1254  # from the list\n  as_of: 2025-12-12", "value: 1496\n  as_of: 2023-05-31"
    )
    said = set_(town, "prisoners", "1500", "2023-06-01", "--qualifier", "more_than")
    assert "“more than 1500” is not true: Viasna counted exactly 1496 on 2023-05-31" in said.err


def test_who_is_no_coordinator_proposes_nothing(town: Town):
    assert "stranger is no coordinator" in set_(town, "prisoners", "1250", "2026-01-31", by="stranger").err


def test_a_wrong_number_is_rejected_with_a_reason_and_the_old_one_stays(town: Town):
    set_(town, "prisoners", "1131", "2025-12-13", "--reason", "released")
    assert town.amplify("figures", "confirm", "1", "--reject", "--by", "reviewer").code == 2
    said = town.amplify("figures", "confirm", "1", "--reject", "--reason", "the page says 1231", "--by", "reviewer")
    assert "Number 1 is rejected; prisoners stays 1254 of 12 Dec 2025 (Viasna)." in said.out
    again = town.amplify("figures", "confirm", "1", "--by", "reviewer")
    assert "the last one, 1, was rejected by reviewer" in again.err
    assert file(town) == FIGURES


def test_of_several_that_wait_one_is_named_by_its_number_and_the_rest_are_closed_by_it(town: Town):
    set_(town, "deaths", "23", "2026-01-31")
    set_(town, "deaths", "24", "2026-02-28")
    assert "2 numbers wait for deaths" in town.amplify("figures", "confirm", "deaths", "--by", "reviewer").err
    assert town.json("figures", "confirm", "2", "--by", "reviewer")["state"] == "confirmed"
    assert town.json("figures")["proposals"] == []


def test_a_wrong_number_is_corrected_by_naming_its_version(town: Town):
    wrong = town.json("figures", "set", "prisoners", "1245", "--as-of", "2026-01-31", *REVIEW, "--by", "editor")
    assert "for 2026-01-31 Viasna said 1245 before, and now 1255" in set_(town, "prisoners", "1255", "2026-01-31").err
    said = set_(town, "prisoners", "1255", "2026-01-31", "--corrects", wrong["version"])
    assert said.code == 0
    (series,) = town.json("figures", "history", "prisoners")["series"]
    assert [(v["value"], v["corrected"]) for v in series["versions"]] == [(1254, False), (1245, True), (1255, False)]


def test_a_part_that_is_not_given_again_is_told(town: Town):
    said = set_(town, "persecuted", "4700", "2024-01-31")
    assert "It has no part women any more: posts that print it are held." in said.out
    assert set_(town, "persecuted", "4800", "2024-05-31", "--part", "women=990").code == 0
    assert "breakdown: [{key: women, value: 990}]" in file(town)


def test_a_range_has_a_period(town: Town):
    words = ("figures", "set", "prisoners", "--range", "171900", "143600", "--as-of", "2026-01-31", *REVIEW)
    assert "the smaller number comes first" in town.amplify(*words, "--by", "editor").err
    assert (
        "say one of the two"
        in town.amplify("figures", "set", "prisoners", "--as-of", "2026-01-31", *REVIEW, "--by", "editor").err
    )


def test_show_says_everything_and_names_the_versions(town: Town):
    said = town.amplify("figures", "show", "deaths").out
    for words in (
        "22 as of 21 May 2023",
        "3 more or less at once",
        "2 must look at every new number",
        "deaths:2023-05-21:",
    ):
        assert words in said
    assert town.json("figures", "show", "deaths")["limits"]["max_step"] == 3


def test_check_knows_the_day_and_what_waits(town: Town):
    set_(town, "deaths", "23", "2026-01-31")
    found = town.json("figures", "check")["problems"]
    assert {(p["code"], p["severity"]) for p in found} == {("stale", "warning"), ("waits", "warning")}
    town.change("config/figures.yaml", "as_of: 2025-12-12", "as_of: 2028-12-12")
    said = town.amplify("figures", "check")
    assert said.code == 1
    assert "error: prisoners: 2028-12-12 is still to come" in said.out


def test_a_number_typed_into_the_file_is_confirmed_there(town: Town):
    jump = "  history: [{as_of: 2025-11-30, value: 1500, source: {name: Viasna}}]\n  limits: {min"
    town.change("config/figures.yaml", "  limits: {min", jump)
    said = town.amplify("figures", "confirm", "prisoners", "--by", "reviewer")
    assert said.code == 1
    assert "246 less" in said.err
    assert "writes `confirmed_by: …` there" in said.err


def test_history_is_drawn_with_days_and_sources_and_definitions_apart(town: Town):
    set_(town, "prisoners", "1250", "2026-01-31")
    set_(town, "prisoners", "1240", "2026-02-28", "--qualifier", "about")
    picture = town.root / "figures.svg"
    said = town.amplify("figures", "history", "prisoners", "persecuted", "convicted", "--svg", str(picture)).out
    for words in (
        "Political prisoners recognised",
        "●",
        "○",
        "2025-12-12",
        "28 Feb 2026  about 1240  Viasna",
        "Appeal",
    ):
        assert words in said
    svg = ET.fromstring(picture.read_text())  # noqa: S314 - our own file
    space = "{http://www.w3.org/2000/svg}"
    assert svg.get("role") == "img"
    title, about = svg.find(f"{space}title"), svg.find(f"{space}desc")
    assert title is not None
    assert title.text == "Political prisoners recognised; Persecuted in criminal cases; Convicted"
    assert about is not None
    assert "28 Feb 2026: about 1240 (Viasna)" in (about.text or "")
    lines = [len((line.get("points") or "").split()) for line in svg.iter(f"{space}polyline")]
    assert lines == [3, 1, 1]
    leads = {link.text: link.get("href") for link in svg.iter(f"{space}a")}
    assert leads["31 Jan 2026: 1250 (Viasna)"] == REVIEW[-1]
    texts = {text.text for text in svg.iter(f"{space}text")}
    assert "21 May 2023: 4649 (Appeal)" in texts
    assert "stock, persons, viasna-current-held; an open dot is not an exact number" in texts


def test_the_worker_s_files_are_those_that_confirm_has_written(town: Town):
    """Confirming is an edit like any other: the plan shows which posts change their text."""
    town.json("apply")
    set_(town, "prisoners", "1250", "2026-01-31")
    (change,) = [c for c in town.json("plan")["changes"] if c["post"] == "number"]
    assert change["action"] == "reword"
    assert "1,250" in change["text"]


def test_what_a_source_has_proposed_counts_as_nobody_s(town: Town):
    _fetched(town, 1131, "2025-12-13", doubts=("123 less",))
    one = town.amplify("figures", "confirm", "prisoners", "--by", "editor")
    assert "say why that is true with --reason" in one.err
    mine = town.json("figures", "confirm", "prisoners", "--reason", "123 were released", "--by", "editor")
    assert (mine["state"], mine["waits_for"]) == ("open", ["reviewer"])
    assert town.json("figures", "confirm", "prisoners", "--by", "reviewer")["state"] == "confirmed"
    assert re.search(r"entered_by: editor\n  confirmed_by: reviewer\n", file(town))


def test_a_usual_number_of_a_source_needs_one_person(town: Town):
    _fetched(town, 1250, "2025-12-31")
    assert town.json("figures", "confirm", "prisoners", "--by", "editor")["state"] == "confirmed"
    assert "1,250" in printed(town)


def _fetched(town: Town, value: int, day: str, doubts: tuple[str, ...] = ()) -> None:
    """As a source proposes it."""
    app = open_app(town.root, environ=SECRETS)
    seen: dict[str, Any] = {
        "by": "viasna-list",
        "fetched": True,
        "counted": "rows with status=active",
        "doubts": doubts,
    }
    source = Source(name="Viasna", url="https://prisoners.spring96.org/en/table")
    at = datetime(2027, 5, 14, 7, tzinfo=UTC)
    app.ledger.propose(
        Proposal(figure="prisoners", value=value, as_of=date.fromisoformat(day), source=source, at=at, **seen)
    )
    app.close()


def test_a_file_that_cannot_be_changed_safely_is_left_alone_and_the_number_waits(town: Town):
    by_reference = FIGURES.replace('source: {name: Viasna, url: "https://prisoners.spring96.org/en"}', "source: *v")
    text = "other:\n  label: {en: Other}\n  value: 7\n  as_of: 2025-12-12\n  source: &v {name: Viasna}\n" + by_reference
    town.write("config/figures.yaml", text)
    said = set_(town, "prisoners", "1250", "2026-01-31")
    assert said.code == 1
    assert "`source` is a reference" in said.err
    assert file(town) == text
    assert [p["value"] for p in town.json("figures")["proposals"]] == [1250]
