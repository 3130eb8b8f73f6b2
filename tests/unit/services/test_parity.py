"""What one language of a post says, all say; or the post says why not."""

from collections.abc import Callable

import pytest

from amplify.bootstrap import App
from amplify.services.check import check

CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, de, be]
links:
  list:
    url: "https://lantern.example/list"
    label: {en: The list of lamps, de: Die Liste der Lampen, be: Спіс лямпаў}
    description: {en: On the site of Lantern Town., de: Auf der Seite von Lantern Town., be: На сайце Lantern Town.}
  study:
    url: "https://lantern.example/study"
    label: {en: Read the study, de: Die Studie lesen, be: Чытаць даследаванне}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${T}"}
mastodon-de: {network: mastodon, language: de, server: "https://town.example", token: "${T}"}
mastodon-be: {network: mastodon, language: be, server: "https://town.example", token: "${T}"}
bluesky-en: {network: bluesky, language: en, server: "https://town.example", handle: a.example, password: "${T}"}
"""
FIGURES = """\
lamps:
  label: {en: Lamps, de: Lampen, be: Лямпы}
  value: 1496
  as_of: 2027-05-01
  source: {name: Lamp & Wick}
"""
EXCERPTS = """\
E1: {verbatim: Light is a right., translations: {de: Licht ist ein Recht., be: Святло — гэта права.}}
"""
LAMPS = "{{ figure.lamps.line }}"
Differences = Callable[..., list[str]]


@pytest.fixture
def differences(written: Callable[..., App]) -> Differences:
    """What `check` says of a post whose languages differ."""

    def telling(en: str, de: str, be: str, more: str = "", at: str = "D 09:00", rules: str = "") -> list[str]:
        post = f"- id: night\n  kind: statement\n  at: {at}\n  channels: all\n{more}  text:\n"
        post += "".join(f"    {name}: |\n      {text}\n" for name, text in (("en", en), ("de", de), ("be", be)))
        files = {"channels": CHANNELS, "figures": FIGURES, "excerpts": EXCERPTS, "campaign": CAMPAIGN + rules}
        app = written(post, **{f"config__{name}": text for name, text in files.items()})
        problems = check(app.written, app.workshop, None, {})
        assert [problem for problem in problems if problem.is_error] == []
        return [str(problem) for problem in problems if problem.code == "parity"]

    return telling


def test_a_post_that_says_the_same_everywhere_is_right(differences: Differences):
    assert differences(LAMPS, LAMPS, LAMPS) == []


def test_a_figure_that_one_language_lacks_is_told_there(differences: Differences):
    (told,) = differences(LAMPS, LAMPS, "Лямпы.")
    assert told.startswith("posts/day.yaml:11:7: warning: night: figure lamps is in `en` and `de`, and not in `be` (")
    assert told.endswith("(let all of them say the same, or write why not: `differs: {be: …}`)")


def test_what_one_language_has_alone_is_told_there_too(differences: Differences):
    (told,) = differences(f"{LAMPS} “{{{{ excerpt.E1 }}}}”", "Lampen.", "Лямпы.")
    assert "excerpt E1 and figure lamps are in `en`, and not in `de` and `be`" in told
    assert "differs: {en: …}" in told


def test_a_reason_silences_it_for_that_language_only(differences: Differences):
    assert differences(LAMPS, LAMPS, "Лямпы.", more="  differs: {be: no label yet}\n") == []
    (told,) = differences(LAMPS, "Lampen.", "Лямпы.", more="  differs: {be: no label yet}\n")
    assert "figure lamps is in `en`, and not in `de`" in told


def test_a_link_is_a_link_whatever_its_words(differences: Differences):
    here, dort = "[List](list)", "[Liste](https://lantern.example/list)"
    assert differences(here, dort, "[Спіс](list)") == []
    (told,) = differences(here, "Nichts.", "[Спіс](list)")
    assert "link list is in `en` and `be`, and not in `de`" in told


@pytest.mark.parametrize("named", ["Шукайце на сайце Lantern Town.", "Вось спіс усіх лямпаў."])
def test_where_no_links_are_shown_a_name_in_words_is_enough(differences: Differences, named: str):
    assert differences("[List](list)", "[Liste](list)", named) == []
    assert differences("[Study](study)", "[Studie](study)", named) != []


def test_words_are_not_enough_where_links_are_shown(differences: Differences):
    assert differences("[List](list)", "Auf der Seite von Lantern Town.", "[Спіс](list)") != []


def test_the_link_below_the_text_counts_everywhere(differences: Differences):
    assert differences("Come.", "Kommt.", "Хадзіце.", more="  link: list\n") == []


def test_each_difference_is_told_once_for_all_times(differences: Differences):
    assert len(differences(LAMPS, "Lampen.", LAMPS, at="[D-2 09:00, D-1 09:00]")) == 1
    assert len(differences(LAMPS, "Lampen.", LAMPS, at="{en: D 09:00, de: [D 10:00, D 12:00], be: D 11:00}")) == 1


def test_a_draft_is_not_compared(differences: Differences):
    assert differences(LAMPS, LAMPS, "Лямпы.", more="  drafts: [be]\n") == []


def test_a_campaign_can_do_without(differences: Differences):
    assert differences(LAMPS, LAMPS, "Лямпы.", rules="rules: {lint: {parity: off}}\n") == []
