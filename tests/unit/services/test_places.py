"""Where `check` points: at the very line that is wrong, in a post or in a template, and once for all channels."""

import pytest

from amplify.services.check import check

POST = """\
- id: lamps
  kind: statement
  at: D 19:00
  channels: all
"""


def errors(app):
    return [p for p in check(app.written, app.workshop, None, {}) if p.is_error]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("  text:\n    en: |\n      Come.\n\n      Bring {{ figure.lamps.line }}.\n", 9, 7),
        ("  text:\n    en: |\n\n\n        Come to #Town.\n", 9, 9),
        ("  text:\n    en: | # by the reviewer\n      Come.\n      See [here](petition).\n", 8, 7),
        ('  text:\n    en: "Come.\\n\\nBring {{ figure.lamps.line }}."\n', 6, 9),
        ("  text:\n    en: Bring {{ figure.lamps.line }}.\n", 6, 9),
        (
            "  text: {en: Come.}\n  on:\n    mastodon:\n      text:\n        en: |\n          Come\n          to #Town.\n",
            11,
            11,
        ),
    ],
    ids=["a block", "a block with empty lines", "a block with a comment", "quotes", "one line", "a variant"],
)
def test_a_text_is_told_at_its_line(written, text: str, line: int, column: int):
    (problem,) = errors(written(POST + text))
    assert (problem.place.file, problem.place.line, problem.place.column) == ("posts/day.yaml", line, column)


def test_a_part_of_a_thread_is_told_at_its_line(written):
    thread = "  thread:\n    - id: one\n      text:\n        en: |\n          Come.\n    - id: two\n      text:\n        en: |\n          Come\n          to #Town.\n"
    (problem,) = errors(written(POST + thread))
    assert problem.place.line == 14
    assert problem.message.startswith("lamps.two on mastodon-en, telegram-en: the hashtag #Town")


def test_a_template_is_told_at_its_own_line(written, tmp_path):
    folder = tmp_path / "posts/templates"
    folder.mkdir(parents=True)
    (folder / "lamps.j2").write_text("Come.\n\nBring {{ figure.lamps.line }}.\n")
    (problem,) = errors(written(POST + "  template: lamps\n"))
    assert (problem.place.file, problem.place.line) == ("posts/templates/lamps.j2", 3)


def test_words_that_a_row_fills_in_are_told_at_the_post(written, tmp_path):
    folder = tmp_path / "posts/templates"
    folder.mkdir(parents=True)
    (folder / "lamps.j2").write_text("Come, {{ group }}.\n")
    (problem,) = errors(written(POST + '  template: lamps\n  with: {group: {en: "every\\u202eone"}}\n'))
    assert (problem.place.file, problem.place.line) == ("posts/day.yaml", 5)


def test_what_is_wrong_on_many_channels_and_at_many_times_is_told_once(written):
    again = POST.replace("at: D 19:00", "at: [D-1 19:00, D 19:00]")
    (problem,) = errors(written(again + '  text: {en: "Bring a lamp to #Town."}\n'))
    assert problem.message.startswith("lamps on mastodon-en, telegram-en: the hashtag #Town")


def test_a_text_that_is_too_long_is_told_where_it_begins(written):
    long = POST.replace("all", "mastodon-en") + f"  text:\n    en: |\n      {'Bring a lamp. ' * 40}\n"
    (problem,) = errors(written(long))
    assert (problem.code, problem.place.line, problem.place.column) == ("too-long", 7, 7)


def test_what_the_plan_refuses_is_told_once_for_all_channels(written):
    late = POST.replace("D 19:00", "D-60 19:00") + "  text: {en: Bring a lamp.}\n"
    app = written(late)
    (problem,) = [p for p in check(app.written, app.workshop, None, {}) if p.code == "blocked"]
    assert problem.message.startswith("lamps on mastodon-en, telegram-en: its time had passed")
