"""The project's own campaign: every word of it holds against the appeal, the rules, and the caps."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from acceptance.conftest import Town
from amplify.bootstrap import open_app
from amplify.domain.excerpt import Risk, joined
from amplify.domain.written import Written
from protecting import protect

PROJECT = Path(__file__).parents[2]
LANGUAGES = {"en", "de", "be", "ru"}
#: What goes stale by itself, and what a checkout cannot have.
EXPECTED = ("days old", "is not set")

#: Nobody: words to see whether the templates hold.
FILLED_IN = """\
- id: profile-of-nobody
  kind: profile
  person: p-1
  at: D-7 12:00
  channels: [mastodon, bluesky]
  template: profile
  with:
    name: {en: Lantern Keeper, de: Lantern Keeper, be: Лантэрн Кіпер, ru: Лантерн Кипер}
    role: {en: keeper of lamps, de: hütet Lampen, be: захавальнік лямпаў, ru: хранитель ламп}
    detained_on: {en: 1 May 2020, de: 1. Mai 2020, be: 1 мая 2020, ru: 1 мая 2020}
    sentence: {en: three nights, de: drei Nächte, be: тры ночы, ru: три ночи}
    source: {en: Lamp Office, de: Lampenamt, be: Упраўленне лямпаў, ru: Управление ламп}
    profile: "https://lantern.example/keeper_1"
    letter: "https://lantern.example/letters"
  differs: {be: these pages are not linked, ru: these pages are not linked}
  tags: [core]
- id: correction-of-nothing
  kind: correction
  at: D-7 15:00
  channels: all
  template: correction
  with:
    which: political_prisoners
    written_on: {en: 14 May 2027, de: 14. Mai 2027, be: 14 мая 2027, ru: 14 мая 2027}
    wrong: {en: one, de: eins, be: адзін, ru: один}
    reason: {en: a slip of the pen, de: ein Tippfehler, be: памылка друку, ru: опечатка}
"""
SIGNATURES = """
petition_signatures:
  label: {en: Petition signatures, de: Unterschriften, be: Подпісаў, ru: Подписей}
  value: 7
  as_of: 2027-05-27
  source: {name: Lamp Office}
"""


@pytest.fixture
def copy(tmp_path: Path) -> Town:
    """The campaign elsewhere, in the spring before the day."""
    made = Town(tmp_path / "copy")
    for room in ("config", "posts"):
        copytree(PROJECT / room, made.root / room)
    made.set_clock(datetime(2027, 4, 1, 7, tzinfo=UTC))
    protect(made.root, consents={"p-1": {"name": "Lantern Keeper"}})
    return made


@pytest.fixture(scope="module")
def written() -> Iterator[Written]:
    app = open_app(PROJECT, environ={})
    yield app.written
    app.close()


def unexpected(town: Town) -> list[str]:
    problems: list[dict[str, Any]] = town.amplify("check", "--json").json["problems"]
    return [
        f"{p['file']}:{p['line']}: {p['message']}"
        for p in problems
        if p["severity"] == "error" or not any(words in p["message"] for words in EXPECTED)
    ]


def test_every_quotation_stands_in_the_appeal(written: Written):
    appeal = joined((PROJECT / "docs" / "appeal.txt").read_text(encoding="utf-8"))
    assert sorted(written.excerpts) == [f"E{number:02}" for number in range(1, 19)]
    assert [one.id for one in written.excerpts.values() if joined(one.verbatim) not in appeal] == []


def test_what_may_be_quoted_can_be_quoted_in_every_language(written: Written):
    quotable = [one for one in written.excerpts.values() if not one.instead and one.risk is Risk.NORMAL]
    assert {one.id: {one.language, *one.translations} for one in quotable} == {one.id: LANGUAGES for one in quotable}


def test_every_number_has_a_source_and_its_history_is_in_order(written: Written):
    for figure in written.figures.values():
        assert all(version.source.name for version in (figure, *figure.history))
        assert set(figure.label) == LANGUAGES
    held = [version.value for version in written.figures["political_prisoners"].history]
    assert held == [169, 876, 1111, 1437, 1452, 1500, 1500]


def test_the_campaign_has_no_problem_but_that_its_figures_are_old(copy: Town):
    assert unexpected(copy) == []


def test_what_is_a_draft_today_fits_once_it_is_filled_in(copy: Town):
    for name in ("posts/events.yaml", "posts/afterwards.yaml"):
        copy.write(name, (copy.root / name).read_text().replace("  draft: true\n", ""))
    events = (copy.root / "config/events.yaml").read_text()
    assert "status: confirmed" not in events.replace("`status: confirmed`", "")
    place = "  what: {en: Vigil, de: Mahnwache, be: Пільнаванне, ru: Бдение}\n  place: {en: Old pier, de: Alte Mole, be: Стары прычал, ru: Старый причал}\n"
    copy.write("config/events.yaml", events.replace("  status: proposed\n", place))
    copy.write("config/figures.yaml", (copy.root / "config/figures.yaml").read_text() + SIGNATURES)
    copy.write("posts/filled-in.yaml", FILLED_IN)
    assert unexpected(copy) == []
    texts = {p["key"]: p["text"] for p in copy.amplify("preview", "--json").json}
    assert "Tbilisi 18:00, Kyiv 18:00" in texts["2027/events-list@bluesky-en"]
    assert "Vienna, 18:00: Vigil, Old pier" in texts["2027/events-list@mastodon-en"]
    assert texts["2027/city@bluesky-de#berlin"].startswith("Berlin: 21. Mai 2027, 18:00 Uhr (Ortszeit). Mahnwache")


def test_an_event_that_nobody_has_confirmed_holds_its_posts(copy: Town):
    text = (copy.root / "posts/events.yaml").read_text()
    copy.write("posts/events.yaml", text.replace("  draft: true\n", ""))
    held = [p for p in copy.amplify("check", "--json").json["problems"] if p["severity"] == "error"]
    assert {p["code"] for p in held} == {"not-confirmed"}
    for city in ("tbilisi", "kyiv", "vilnius", "warsaw", "berlin", "vienna", "london"):
        assert any(f"event {city} is `proposed`" in p["message"] for p in held)
